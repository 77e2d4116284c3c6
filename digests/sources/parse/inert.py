"""What a parser found, as JSON and back. Nothing but checked plain values crosses from a child, which strangers' bytes
may have taken over: no pickle, no class named by the other side, every type looked at.
"""

import json
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from digests.errors import ParseError
from digests.models import Article, Source, SourceKind, Trouble
from digests.sources.parse.drafts import Parsed
from digests.text import one_line

LENGTH = struct.Struct(">I")  # before each part, and before each document on its way to a child
LARGEST = 4 * 1024 * 1024  # bytes of one part; an article has at most 100,000 characters
MEMORY = 512 * 1024 * 1024  # bytes of address space a child
CPU = 10  # seconds of computing a document

_TIMES = ("published_at", "seen_at")
_FLAGS = ("is_teaser", "is_sample")
_MAY_LACK = ("url", "author", "published_at", "item")
_NAMES = tuple(field.name for field in fields(Article))


def pack(parsed: Parsed) -> Iterator[bytes]:
    """The parts of `parsed`, each a JSON object, the last of them its end."""
    for article in parsed.articles:
        yield _json({"article": [_plain(getattr(article, name)) for name in _NAMES]})
    for trouble in parsed.troubles:
        yield _json({"trouble": [trouble.what, trouble.reason]})
    for source in parsed.sources:
        yield _json({"source": [source.kind, source.location, source.title]})
    yield _json({"end": parsed.title})


def pack_error(reason: str, *, is_spent: bool = False) -> bytes:
    """The last part of something that could not be read; `is_spent` when its reader can't read on either."""
    return _json({"spent" if is_spent else "error": reason})


class Spent(ParseError):
    """What could not be read took its reader along."""


class Nonsense(Exception):
    """What came is no part of an answer; nothing that follows can be trusted."""


class Unpacked:
    """Collects parts until the last has come."""

    def __init__(self) -> None:
        self._articles: list[Article] = []
        self._troubles: list[Trouble] = []
        self._sources: list[Source] = []

    def add(self, part: bytes) -> Parsed | None:
        """Takes one part; gives everything when it was the last.

        Raises ParseError when it says that there is nothing to read, Nonsense when it is no part.
        """
        try:
            ((kind, value),) = json.loads(part).items()
            if kind == "article":
                self._articles.append(_article(value))
            elif kind == "trouble":
                what, reason = value
                self._troubles.append(Trouble(what=_str(what), reason=_str(reason)))
            elif kind == "source":
                form, where, title = value
                self._sources.append(Source(kind=SourceKind(form), location=_str(where), title=_str(title)))
            elif kind == "end":
                return self._whole(_str(value))
            elif kind in ("error", "spent"):
                raise (Spent if kind == "spent" else ParseError)(one_line(_str(value), limit=300))
            else:
                raise Nonsense
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            raise Nonsense from error
        return None

    def _whole(self, title: str) -> Parsed:
        return Parsed(
            articles=tuple(self._articles), troubles=tuple(self._troubles), sources=tuple(self._sources), title=title
        )


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _article(values: Iterable[object]) -> Article:
    pairs: Mapping[str, Any] = {name: _value(name, value) for name, value in zip(_NAMES, values, strict=True)}
    return Article(**pairs)


def _value(name: str, value: object) -> object:
    if value is None and name in _MAY_LACK:
        return None
    if name in _FLAGS:
        if not isinstance(value, bool):
            raise TypeError(name)
        return value
    text = _str(value)
    if name not in _TIMES:
        return text
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError(name)
    return when


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value
