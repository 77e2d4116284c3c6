"""A web page: bytes to one article, by trafilatura, with what it leaves of the page's furniture taken away."""

import html
import re
from datetime import datetime

import trafilatura
from trafilatura.settings import Document

from digests.errors import ParseError
from digests.sources.parse.charset import decode
from digests.sources.parse.drafts import Draft, Parsed, finish
from digests.sources.parse.furniture import byline, without_furniture
from digests.sources.parse.markup import plain
from digests.sources.parse.publishers import publisher
from digests.sources.parse.walls import obstacle
from digests.text import one_line

SHORTEST = 25  # words; a page with less has shown us a cookie wall, a video or nothing
_LONGEST = 1024 * 1024  # characters without scripts
_PARAGRAPHS = 3_000  # the fullest news page has some hundreds; seven thousand take trafilatura's jusText seven seconds
_TAGS = 40_000  # several times the fullest news page; a quarter of a million bare <p> take trafilatura ten seconds
_OPENING = re.compile(r"<(script|style|svg)\b([^>]{0,1000})>", re.IGNORECASE)
_PUBLISHED = (
    re.compile(r"""<meta[^>]+(?:property|name|itemprop)=["'](?:article:published_time|datePublished|date|pubdate|dc\.date\.issued|parsely-pub-date|sailthru\.date)["'][^>]*?content=["']([^"']{8,40})""", re.IGNORECASE),  # noqa: E501
    re.compile(r"""<meta[^>]+content=["']([^"']{8,40})["'][^>]*?(?:property|name|itemprop)=["'](?:article:published_time|datePublished|pubdate)["']""", re.IGNORECASE),  # noqa: E501
    re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"'),
    re.compile(r"""<time[^>]+datetime=["']([^"']{8,40})""", re.IGNORECASE),
)  # fmt: skip
_LANGUAGE = re.compile(r"<html[^>]{0,500}?\slang=[\"']?([a-zA-Z]{2,3})", re.IGNORECASE)
_STRANGE = [  # somebody else's words in the middle of an article's
    "//blockquote[contains(@class, 'twitter-') or contains(@class, 'instagram-') or contains(@class, 'tiktok-')]",
    "//*[contains(concat(' ', @class, ' '), ' poll ')]",
]
_NEW_YEAR = re.compile(r"\b0?1[./-]0?1\b|\bjan(?:uary|\.)? 0?1\b|\b0?1(?:st)? jan", re.IGNORECASE)
_H1 = re.compile(r"<h1[^>]*>(.{1,600}?)</h1>", re.IGNORECASE | re.DOTALL)


def parse_page(data: bytes, now: datetime, *, content_type: str = "", address: str = "") -> Parsed:
    """The article of a page fetched from `address` at `now`.

    Raises ParseError when no text of an article is found.
    """
    markup = decode(data, content_type)
    if "<" not in markup:
        raise ParseError("not a web page")
    seen = _without_scripts(markup)[:_LONGEST]
    if seen.count("<") > _TAGS or seen.count("<p") + seen.count("<P") > _PARAGRAPHS:
        raise ParseError("a page of too many parts; refused")
    found = _extract(seen) or _extract(seen, tables=True)  # old pages are laid out in tables
    text = str(found.text or "") if found else ""
    if reason := obstacle(seen, text, address):
        raise ParseError(reason)
    if found is None or len(text.split()) < SHORTEST:
        raise ParseError("no text of an article found on the page")
    who, lines = byline(without_furniture(text.split("\n")))
    name = publisher(str(found.sitename or ""), link=address)
    title = _title(found.title, seen, name, lines)
    if lines and one_line(lines[0]) == title:
        lines = lines[1:]
    draft = Draft(
        title=title,
        text="\n\n".join(lines),
        url=address or found.url,
        publisher=name,
        author=found.author or who,
        language=_first(_LANGUAGE, seen) or "",
        published=_published(seen) or _guessed(found.date, seen),
    )
    article, wrong = finish(draft, now)
    return Parsed(articles=(article,), troubles=(wrong,) if wrong else (), title=name)


def _without_scripts(markup: str) -> str:
    """The page without what no reader sees, which is most of many a page; facts for search engines stay."""
    parts, at, low = [], 0, markup.lower()
    while opening := _OPENING.search(markup, at):
        end = low.find(f"</{opening[1].lower()}", opening.end())
        if end < 0:
            break
        keep = "ld+json" in opening[2].lower()
        parts.append(markup[at : end if keep else opening.start()])
        at = end
    return "".join((*parts, markup[at:]))


def _extract(markup: str, *, tables: bool = False) -> Document | None:
    """What trafilatura finds; with `tables` also in those. None for nothing."""
    if tables and "<td" not in markup.lower():
        return None
    try:
        found = trafilatura.bare_extraction(
            markup,
            favor_precision=True,
            include_comments=False,
            include_tables=tables,
            with_metadata=True,
            prune_xpath=_STRANGE,
        )
        return found if isinstance(found, Document) and (found.text or tables) else None
    except Exception as error:  # lxml and trafilatura meet endless inputs; a page they break on holds no article
        raise ParseError(f"the page could not be read ({type(error).__name__})") from error


def _title(found: str | None, markup: str, name: str, lines: list[str]) -> str:
    """The headline: what trafilatura found, or the first h1; without the outlet's name behind it."""
    title = one_line(plain(found or "", limit=600))
    if not title and (h1 := _H1.search(markup)):
        title = one_line(plain(h1[1], limit=600))
    if name:
        title = re.sub(rf"\s+[-–—|·»]\s+{re.escape(name)}\s*$", "", title, flags=re.IGNORECASE)
    return title or (lines[0] if lines else "")


def _guessed(day: str | None, markup: str) -> str | None:
    """The day that htmldate found; but not the first of a year that stands in a page's foot as the year alone."""
    if day is None or not day.endswith("-01-01"):
        return day
    return day if _NEW_YEAR.search(markup) else None


def _published(markup: str) -> str | None:
    return next(filter(None, (_first(pattern, markup) for pattern in _PUBLISHED)), None)


def _first(pattern: re.Pattern[str], markup: str) -> str | None:
    found = pattern.search(markup, 0, 400_000)
    return html.unescape(found[1]) if found else None
