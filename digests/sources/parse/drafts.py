"""From what a parser found to an Article: the one place where ids, caps and dates are decided."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from digests.errors import ParseError
from digests.models import Article, Source, Trouble
from digests.sources.parse.hosts import ascii_host, shown_host
from digests.sources.parse.identity import bare, unwrapped
from digests.text import canonical_url, clean_text, fingerprint, one_line, short_id

TITLE, TEXT, AUTHOR, URL = 500, 100_000, 200, 2048
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # the web's first year; feeds that say 1970 mean "unknown"
AHEAD = timedelta(days=1)  # zones and fast clocks explain a day, nothing explains more
_LANGUAGE = re.compile(r"^[a-zA-Z]{2,3}(?=$|[-_])")
_SPELLED = ("%B %d %Y", "%d %B %Y", "%b %d %Y", "%d %b %Y", "%Y/%m/%d", "%Y%m%d", "%B %d %Y %H:%M", "%d %B %Y %H:%M")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_BYLINE = re.compile(r"^(?:by|from|written by|story by|author:)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a parser found, as it stood there. `published` is what was written; None where nothing was."""

    title: str = ""
    text: str = ""
    url: str | None = None
    publisher: str = ""
    author: str | None = None
    language: str = ""
    published: datetime | str | None = None
    is_teaser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What one document held; `sources` where it is a list of feeds. `title` is its own name for itself."""

    articles: tuple[Article, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    sources: tuple[Source, ...] = ()
    title: str = ""


def finish(draft: Draft, now: datetime) -> tuple[Article, Trouble | None]:
    """The clean Article of a draft seen at `now`, and what was wrong with its date, if anything.

    Raises ParseError when there is neither a title nor a text.
    """
    title, text = one_line(draft.title, limit=TITLE), clean_text(draft.text, limit=TEXT)
    if not title and not text:
        raise ParseError("neither a title nor a text")
    title = title or headline(text)
    url = web_address(draft.url)
    published, wrong = _dated(draft.published, now)
    print_ = fingerprint(title, text)
    article = Article(
        id=short_id(bare(url)) if url else print_,
        title=title,
        text=text or title,
        url=url,
        publisher=_publisher(draft.publisher) or (host(url) if url else ""),
        author=_author(draft.author),
        language=_language(draft.language),
        published_at=published,
        seen_at=now,
        fingerprint=print_,
        is_teaser=draft.is_teaser,
    )
    return article, Trouble(what=title[:120], reason=wrong) if wrong else None


def _publisher(written: str) -> str:
    """An outlet's name; one that is written as a host is shown as hosts are."""
    name = one_line(written, limit=AUTHOR)
    return shown_host(name) if not name.isascii() and _HOST.fullmatch(name) else name


def web_address(url: str | None) -> str | None:
    """The canonical form of `url`, or None where it is no web address that can be shown and kept."""
    try:
        whole = canonical_url(ascii_host(unwrapped(one_line(url or ""))))
        name, _, top = (urlsplit(whole).hostname or "").rstrip(".").rpartition(".")
    except ValueError:
        return None
    is_named = bool(name) and not top[:1].isdigit()  # a bare number is an address, perhaps of the reader's own router
    return whole if is_named and len(whole) <= URL else None


def host(url: str) -> str:
    """The host of an address, without the parts that name a machine and not an outlet; empty for what is none."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return shown_host(re.sub(r"^(?:(?:www\d?|feeds?|rss|m|amp|edition|en|english|news)\.)+(?=[^.]+\.)", "", name))


def headline(text: str) -> str:
    """A title for a text that has none: its first sentence, cut at a word after at most 120 characters."""
    first = re.split(r"(?<=[.!?…])[\"”’)]*\s|\n", text, maxsplit=1)[0]
    return first if len(first) <= 120 else first[:119].rsplit(" ", 1)[0] + "…"


def moment(written: str) -> datetime | None:
    """A written date as UTC (ISO 8601, RFC 822, or a day spelled out), or None where it can't be understood."""
    when = _iso(written) or _rfc822(written) or _spelled(written)
    if when is None:
        return None
    try:
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except OverflowError:
        return None


def _iso(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written.strip())
    except ValueError:
        return None


def _rfc822(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _spelled(written: str) -> datetime | None:
    plain = re.sub(r"^[A-Za-z]+day,?\s+|,|\.(?=\s)", "", one_line(written, limit=60))
    for form in _SPELLED:
        try:
            return datetime.strptime(plain, form)
        except ValueError:
            continue
    return None


def _dated(written: datetime | str | None, now: datetime) -> tuple[datetime | None, str | None]:
    if written is None or written == "":
        return None, None
    when = moment(written) if isinstance(written, str) else written.astimezone(UTC)
    if when is None:
        return None, f"date not understood: {one_line(str(written), limit=40)!r}; taken as undated"
    if when > now + AHEAD:
        return None, f"dated in the future ({when:%Y-%m-%d}); taken as undated"
    if when < EARLIEST:
        return None, f"dated before the web ({when:%Y-%m-%d}); taken as undated"
    return min(when, now), None


def _author(written: str | None) -> str | None:
    if not written:
        return None
    name = _BYLINE.sub("", one_line(written, limit=AUTHOR))
    if "@" in name:
        name = re.sub(r"^\S+@\S+\s*\((.+)\)$", r"\1", name)
    return name if name and "@" not in name and not name.startswith("http") else None


def _language(written: str) -> str:
    """What is written of the language; which one it is, is told when the article is filed (languages/identify.py)."""
    label = _LANGUAGE.match(written.strip())
    return label.group().lower() if label else "en"
