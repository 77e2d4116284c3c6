"""What stands around an article on a page and is none of it: counters, comment forms, bylines, boxes, cookie lines.

Works on lines, and only on lines that are furniture as a whole: a sentence that merely mentions cookies stays. What
furniture looks like is data, in furniture.txt.
"""

import re
from importlib import resources

_LONGEST = 160  # characters; longer lines are prose whatever they begin with


def _load() -> dict[str, re.Pattern[str]]:
    written: dict[str, list[str]] = {}
    part: list[str] = []
    for line in resources.files(__package__).joinpath("furniture.txt").read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"\[(share|line|foot)\]", line):
            part = written.setdefault(heading[1], [])
        elif line and not line.startswith("#"):
            part.append(line)
    share = "|".join(written.pop("share"))
    return {name: _either(patterns, share) for name, patterns in written.items()}


def _either(patterns: list[str], share: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.replace('{share}', share)})" for pattern in patterns), re.IGNORECASE)


_PATTERNS = _load()
_BY = re.compile(
    r"(?i:by|written by|story by|reported by|author:)\s+"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|June|July|August|September"
    r"|October|November|December)\b)"
    r"(?P<who>[^\W\d_a-z][\w.'’-]+(?:\s+(?:and\s+)?(?:[^\W\d_a-z][\w.'’-]*|al|bin|ben|da|de|del|der|di|dos|du|el|ibn|la"
    r"|le|van|von|of|the|in|for|at)){0,7}(?:,\s[\w.,'’ -]{0,40}\b"
    r"(?:correspondent|editor|reporter|writer|staff|agenc(?:y|ies)|bureau|chief|analyst|[A-Z][\w’'-]+))?)\W*"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_NEAR = 4  # bylines and dates are furniture at an article's head and foot only
_BOX = 12  # lines that a box in the middle of a text may have at most


def is_furniture(line: str) -> bool:
    """Whether the whole line is page furniture."""
    line = line.strip()
    return len(line) <= _LONGEST and _PATTERNS["line"].fullmatch(line) is not None


def without_furniture(lines: list[str]) -> list[str]:
    """The lines that are the article's own, in order. Blank lines are dropped."""
    kept = [line.strip() for line in lines if line.strip()]
    if all(len(line) > _LONGEST for line in kept):
        return kept
    kept = _without_tail(kept)
    return [line for line in kept if not is_furniture(line)]


def byline(lines: list[str]) -> tuple[str | None, list[str]]:
    """Who an article's head or foot says it is by, and the lines without that line."""
    edges = [*range(min(_NEAR, len(lines))), *range(max(_NEAR, len(lines) - 2), len(lines))]
    for at in edges:
        found = _BY.fullmatch(lines[at]) if len(lines[at]) <= 100 else None
        if found:
            return found["who"], lines[:at] + lines[at + 1 :]
    return None, lines


def is_prose(line: str) -> bool:
    """Whether a line reads as a paragraph: twelve words or more that end as a sentence does."""
    return _words_of_prose(line) > 0


def _words_of_prose(line: str) -> int:
    """How many words a line has that reads as a paragraph; none otherwise."""
    if not _SENTENCE_END.search(line[-12:]):
        return 0
    count = len(line.split())
    return count if count >= 12 else 0


def _without_tail(lines: list[str]) -> list[str]:
    """Cuts at a heading that begins the page's foot; a box in the middle of the text loses only its own lines."""
    headings = {at for at, line in enumerate(lines) if _is_heading(line)}
    if not headings:
        return lines
    prose = [_words_of_prose(line) for line in lines]
    before, whole = 0, sum(prose)
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if at not in headings:
            kept.append(lines[at])
            before += prose[at]
            at += 1
            continue
        if before > whole - before:
            break
        box = lines[at + 1 : at + 1 + _BOX]
        at += 1 + next((n for n, line in enumerate(box) if is_prose(line)), len(box))
    return kept


def _is_heading(line: str) -> bool:
    """Whether a line begins a page's foot or a box of links."""
    return len(line) <= 80 and _PATTERNS["foot"].fullmatch(line.rstrip(" :.…")) is not None
