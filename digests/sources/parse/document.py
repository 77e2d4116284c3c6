"""Text files as a scraper or a person left them (.txt, .md): bytes to one article, the headline found."""

import re
from datetime import datetime

from digests.errors import ParseError
from digests.sources.parse.charset import decode
from digests.sources.parse.drafts import Draft, Parsed, finish, headline, moment
from digests.sources.parse.furniture import byline, is_furniture, is_prose, without_furniture
from digests.text import clean_text, one_line

_LONGEST_TITLE = 250
_LIMIT = 400_000  # characters; four times the longest article that is kept
_FRONT = re.compile(r"\A---\n(.{0,4000}?)\n---\n", re.DOTALL)
_KEY = re.compile(r"^(title|author|date|published|url|link|source|publisher|language)\s*:\s*(.+)$", re.IGNORECASE)
_DATE = re.compile(
    r"(?:published|updated|posted)?(?: on)?:?\s*(\w+ \d{1,2},? \d{4}|\d{1,2} \w+ \d{4}|\d{4}-\d\d-\d\d)\W*",
    re.IGNORECASE,
)
_MARKS = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{1,500})\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)"), r"\1"),
    (re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,500}?\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"^(?:>\s?|[-*+]\s+)", re.MULTILINE), ""),
    (re.compile(r"^(?:[-*_]\s*){3,}$", re.MULTILINE), ""),
)


def parse_text(data: bytes, now: datetime, *, markdown: bool = False) -> Parsed:
    """The article of a text file. Raises ParseError when nothing but furniture is left, or the bytes are no text."""
    text = clean_text(decode(data), limit=_LIMIT)
    facts, text = _front_matter(text)
    if markdown:
        text = _unmarked(text)
    lines = without_furniture(text.split("\n"))
    who, lines = byline(lines)
    when, lines = _dateline(lines)
    title, lines = _headed(lines, facts.get("title"))
    if not lines:
        raise ParseError("no text of an article in it")
    draft = Draft(
        title=title,
        text="\n\n".join(lines),
        url=facts.get("url") or facts.get("link"),
        publisher=facts.get("publisher") or facts.get("source") or "",
        author=facts.get("author") or who,
        language=facts.get("language", ""),
        published=facts.get("published") or facts.get("date") or when,
    )
    article, wrong = finish(draft, now)
    return Parsed(articles=(article,), troubles=(wrong,) if wrong else (), title="")


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The facts that some programs put between two lines of three dashes at a file's head."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    pairs = (_KEY.match(line) for line in found[1].split("\n"))
    return {pair[1].lower(): pair[2].strip().strip("\"'") for pair in pairs if pair}, text[found.end() :]


def _unmarked(text: str) -> str:
    for pattern, instead in _MARKS:
        text = pattern.sub(instead, text)
    return text


def _dateline(lines: list[str]) -> tuple[str | None, list[str]]:
    """A date that stands alone near the head, and the lines without it."""
    for at, line in enumerate(lines[:5]):
        found = _DATE.fullmatch(line)
        if found and moment(found[1]):
            return found[1], lines[:at] + lines[at + 1 :]
    return None, lines


def _headed(lines: list[str], stated: str | None) -> tuple[str, list[str]]:
    """The title and the lines below it: as stated, the first line, or the first sentence where all is prose."""
    if not lines:
        return stated or "", lines
    first = one_line(lines[0])
    if stated:
        return stated, lines[1:] if first == one_line(stated) else lines
    is_title = len(lines) > 1 and len(first) <= _LONGEST_TITLE and not is_prose(first) and not is_furniture(first)
    return (first, lines[1:]) if is_title else (headline(first), lines)
