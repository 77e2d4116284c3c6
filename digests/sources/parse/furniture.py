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
    r"(?i:by|written by|story by|reported by|author:)\s+(?P<who>[A-Z][\w.'’-]+(?:,?\s+(?:and\s+)?[\w.'’-]+){0,7})\W*"
)
_PROSE = re.compile(r"[a-z,;:]\s.*[.!?…][\"”’»)\]]*$")
_NEAR = 4  # bylines and dates are furniture at an article's head and foot only
_BOX = 12  # lines that a box in the middle of a text may have at most


def is_furniture(line: str) -> bool:
    """Whether the whole line is page furniture."""
    line = line.strip()
    return len(line) <= _LONGEST and _PATTERNS["line"].fullmatch(line) is not None


def without_furniture(lines: list[str]) -> list[str]:
    """The lines that are the article's own, in order. Blank lines are dropped."""
    kept = [line.strip() for line in lines if line.strip()]
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
    return len(line.split()) >= 12 and _PROSE.search(line) is not None


def _without_tail(lines: list[str]) -> list[str]:
    """Cuts at a heading that begins the page's foot; a box in the middle of the text loses only its own lines."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if not (len(lines[at]) <= 80 and _PATTERNS["foot"].fullmatch(lines[at].rstrip(" :.…"))):
            kept.append(lines[at])
            at += 1
            continue
        if _is_foot(lines, at):
            break
        at += 1
        for _ in range(_BOX):
            if at >= len(lines) or is_prose(lines[at]):
                break
            at += 1
    return kept


def _is_foot(lines: list[str], at: int) -> bool:
    """Whether what follows is the page's foot: less prose than stands before it."""
    before = sum(len(line.split()) for line in lines[:at] if is_prose(line))
    after = sum(len(line.split()) for line in lines[at + 1 :] if is_prose(line))
    return before > after
