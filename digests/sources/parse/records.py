"""JSON lines, one article a line: {"title", "text"} and, where known, "id", "url", "publisher" or "source", "author",
"published" (or "published_at", "date") and "language".
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from digests.errors import ParseError
from digests.models import Article, Trouble
from digests.sources.parse.charset import decode
from digests.sources.parse.drafts import Draft, Parsed, finish
from digests.sources.parse.markup import plain
from digests.text import one_line

LINES = 100_000


def parse_records(data: bytes, now: datetime, *, keep_ids: bool = False, first: int = 1) -> Parsed:
    """The articles of a file of JSON lines. A line that can't be read is a Trouble naming its number.

    `keep_ids` keeps the ids that the lines give, for programs that compare our reading with their own; the texts then
    stay as they are, to the letter. `first` is the number of the first line, where `data` is a part of a file.
    Raises ParseError when no line holds an article.
    """
    articles, troubles = [], []
    for number, line in enumerate(decode(data).split("\n")[:LINES], first):
        if not line.strip():
            continue
        try:
            record = _record(line)
            article, wrong = finish(_draft(record), now)
        except ParseError as error:
            troubles.append(Trouble(what=f"line {number}", reason=str(error)))
            continue
        articles.append(_as_given(article, record) if keep_ids else article)
        troubles += [wrong] if wrong else []
    if not articles:
        raise ParseError(troubles[0].reason if troubles else "no articles in it")
    return Parsed(articles=tuple(articles), troubles=tuple(troubles))


def _record(line: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise ParseError("not valid JSON") from None
    if not isinstance(record, dict):
        raise ParseError("not a JSON object")
    return record


def _draft(record: Mapping[str, Any]) -> Draft:
    text = _field(record, "text", "body", "content")
    if not text.strip():
        raise ParseError('no "text"')
    return Draft(
        title=one_line(plain(_field(record, "title", "headline"), limit=2000)),
        text=plain(text),
        url=_field(record, "url", "link") or None,
        publisher=_field(record, "publisher", "source"),
        author=_field(record, "author") or None,
        language=_field(record, "language", "lang"),
        published=_field(record, "published", "published_at", "date") or None,
        is_teaser=record.get("is_teaser") is True,
    )


def _as_given(article: Article, record: Mapping[str, Any]) -> Article:
    text, title = _field(record, "text", "body", "content"), _field(record, "title", "headline")
    return replace(article, id=str(record.get("id") or article.id), text=text, title=title or article.title)


def _field(record: Mapping[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := record.get(name), str) and value), "")
