"""Finds what Telegram makes clickable in plain text: addresses, @mentions, #tags, $tags and /commands.

Source of method: the regular expressions in tdlib MessageEntity.cpp (match_mentions, match_bot_commands, ...).
"""

import re
from collections.abc import Iterator

_TAG = r"\w\u200c\u00b7\u0d80-\u0dff"
_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("hashtag", re.compile(rf"(?<![{_TAG}])#(?=[{_TAG}]*[^\W\d_])[{_TAG}]{{1,256}}(?![{_TAG}]*#)")),
    ("cashtag", re.compile(rf"(?<![{_TAG}$])\$(?:1INCH|[A-Z]{{1,8}})(?![{_TAG}$])")),
)
# Without a scheme only names under well-known top-level domains are links; the real list has about 1,500 of them.
_TOP = (
    "com|org|net|int|edu|gov|info|news|io|co|me|tv|app|dev|eu|uk|de|fr|it|es|nl|se|no|fi|dk|pl|ch|at|"
    "tr|il|qa|ae|sa|ir|iq|jo|lb|eg|in|pk|cn|jp|kr|ru|ua|us|ca|au|br|za"
)
_URL = re.compile(
    r"(?<![\w.@/-])(?:(?:https?|tg|ton|tonsite)://[^\s<>\"«»“”]+"
    rf"|(?:[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]*[a-z0-9\u00a1-\uffff])?\.)+(?:{_TOP})"
    r"(?![\w.@-]*[\w@])(?:[/?#][^\s<>\"«»“”]*)?)",
    re.IGNORECASE,
)
_TRAILING = ".,:;!?'`”»*_~"


def found_in(text: str) -> list[tuple[str, int, int]]:
    """Kind, start and end (code points) of everything clickable, in order, none crossing another."""
    found: list[tuple[str, int, int]] = []
    taken: list[tuple[int, int]] = []
    for kind, start, end in _candidates(text):
        if not any(start < right and left < end for left, right in taken):
            found.append((kind, start, end))
            taken.append((start, end))
    return sorted(found, key=lambda one: one[1])


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _URL.finditer(text):
        end = _url_end(text, match.start(), match.end())
        if re.search(r"\w", text[match.start() : end].split("://", 1)[-1]):
            yield "url", match.start(), end
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield kind, match.start(), match.end()


def _url_end(text: str, start: int, end: int) -> int:
    """Where an address ends: not at a full stop after it, nor at a bracket that it did not open."""
    while end > start:
        last, inside = text[end - 1], text[start:end]
        unopened = last in ")]}" and inside.count(last) > inside.count("([{"[")]}".index(last)])
        if last not in _TRAILING and last not in "([{" and not unopened:
            break
        end -= 1
    return end
