"""RSS, RDF, Atom and JSON feeds: bytes to articles. Only ever given bytes, so no parser can fetch an address by itself.

fastfeedparser reads first; feedparser where it gives up or finds nothing. Items that are only teasers are marked;
reading their pages in full is left to flows/ingest.py.
"""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import fastfeedparser
import feedparser
from fastfeedparser.main import _parse_date as date_of

from digests.errors import ParseError
from digests.models import Article, Trouble
from digests.sources.parse.charset import decode
from digests.sources.parse.drafts import EARLIEST, Draft, Parsed, finish, host, moment
from digests.sources.parse.furniture import without_furniture
from digests.sources.parse.markup import plain
from digests.sources.parse.publishers import publisher
from digests.text import one_line

ITEMS = 500  # more than any real feed carries at once; a longer one is an archive or an attack
FULL = 150  # words; feeds' summaries run to 25 to 80, the shortest whole agency stories to about 150
_WEB = ("http://", "https://")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>\s*")
_BASE = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b[^>]{0,500}?\sxml:base\s*=\s*[\"']([^\"'<>\s]{1,500})", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"<(?:dc:)?language>\s*(?:<!\[CDATA\[)?\s*([\w-]{2,12})|<feed[^>]{0,2000}\sxml:lang=[\"']([\w-]{2,12})"
)
# An invitation stands by itself: behind the end of a sentence, or with a capital. "Spread on social media" is none.
_MORE = re.compile(
    r"(?:^|(?<=[.!?…:»”\"’'›)\]\n])[\s(\[]*|[\s(\[]+(?=(?-i:[A-ZÀ-Ý])))\b"
    r"(?:(?:(?:continue|keep) reading|read (?:more|on|full|the (?:full|rest|whole))|seguir leyendo|leer más"
    r"|lire la suite|weiterlesen|the post .{1,300} (?:appeared first on|first appeared on))\b|more\s*»).{0,200}$",
    re.IGNORECASE | re.DOTALL,
)
_INVITING = ("read", "»", "leer más", "seguir leyendo", "lire la suite", "weiterlesen", "the post ")
_TAIL = 800  # characters; the longest "the post ... appeared first on ..." is shorter
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])\s*$")
_TEXTS = ("id", "url", "title", "content_html", "content_text", "summary", "date_published", "date_modified")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)[A-Za-z][A-Za-z0-9]{1,30};")
_MARKUP = re.compile(
    r"<(?:title|summary|subtitle)\b[^>]{0,200}\btype=[\"']xhtml|<title>[^<]{0,500}<(?:em|b|i|strong|span|sup|sub|a)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d\s./:-]{1,20}")
_TAG = re.compile(r"^\[[\w .&'’-]{2,40}\]\s*(?:[-–—]\s*)?")


def parse_feed(data: bytes, now: datetime, *, content_type: str = "", address: str = "") -> Parsed:
    """The articles of a feed that was fetched from `address` at `now`.

    Raises ParseError when `data` is no feed; an item that can't be read is a Trouble. A feed may be empty.
    """
    text = _CONTROLS.sub("", decode(data, content_type))  # which libxml2 ends a text at
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        text = _NAMED.sub(_meant, text)
    _refuse_entities(text)
    feed, entries = _read(text)
    name = publisher(_text(feed.get("title")), link=_text(feed.get("link")) or address)
    language, site = _language(feed, text), host(_text(feed.get("link")) or address)
    base = _base(text, address or _text(feed.get("link")))
    articles, troubles, seen = list[Article](), list[Trouble](), dict[str, str]()
    if len(entries) > ITEMS:
        left = Trouble(what=name, reason=f"the oldest {len(entries) - ITEMS} of its {len(entries)} items are left out")
        troubles.append(left)
        entries = sorted(entries, key=_age, reverse=True)[:ITEMS]
    for entry in entries:
        try:
            draft = _draft(entry, name, language, base)
            draft = replace(draft, url=_own_page(entry, draft.url, site))
            article, wrong = finish(draft, now)
        except ParseError as error:
            troubles.append(Trouble(what=f"an item of {name}", reason=str(error)))
            continue
        if wrong:
            troubles.append(wrong)
        if article.id not in seen:
            seen[article.id] = article.fingerprint
            articles.append(article)
        elif seen[article.id] != article.fingerprint:
            troubles.append(Trouble(what=article.title, reason="another item of this feed has the same address"))
    return Parsed(articles=tuple(articles), troubles=tuple(troubles), title=name)


def _meant(found: re.Match[str]) -> str:
    return _characters(found[0])


@lru_cache(maxsize=1024)
def _characters(entity: str) -> str:
    """The characters that an entity of HTML stands for, where XML does not mind them."""
    meant = unescape(entity)
    return entity if set(meant) & set("<>&\"'\\") or ord(meant[0]) < 32 else meant


def _age(entry: Mapping[str, Any]) -> datetime:
    return moment(_text(entry.get("published")) or _text(entry.get("updated"))) or EARLIEST


def looks_like_feed(data: bytes) -> bool:
    """Whether the first bytes are those of a feed, as far as they tell."""
    head = data[:4096].replace(b"\x00", b"").decode("latin-1")
    if re.match(r"[\s\ufeffï»¿]*\{", head):
        return "jsonfeed.org" in head
    return _ROOT.search(head) is not None and "<html" not in head.lower()


def _refuse_entities(text: str) -> None:
    """An entity declared before the root element is how XML bombs begin; no feed needs one."""
    if "<!ENTITY" not in text:
        return
    text = _without_comments(text)
    at, root = text.find("<!ENTITY"), _ROOT.search(text)
    if at >= 0 and (root is None or at < root.start()):
        raise ParseError("declares XML entities, which no feed needs; refused")


def _without_comments(text: str) -> str:
    """By finding, and not by a pattern: fifty thousand comments that never end would each be looked for to the end."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join((*parts, text[at:]))


def _read(text: str) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    data = _DECLARATION.sub("", text.lstrip("\ufeff")).encode("utf-8", "ignore")
    if data.lstrip().startswith(b"{"):
        data = _fit(data)
    elif not data.lstrip().startswith(b"<"):
        raise ParseError("not a feed")
    # fastfeedparser knows nothing of markup that is not escaped
    for read in (_thorough, _fast) if _MARKUP.search(text) else (_fast, _thorough):
        feed, entries = read(data)
        if entries:
            return feed, entries
    if _ROOT.search(text[:20_000]) or feed.get("title"):
        if _ITEM.search(text):
            raise ParseError("a feed whose items can't be read")
        return feed, []
    if "<html" in text[:4096].lower():
        raise ParseError(f"not a feed but a web page{_named_feed(text)}")
    raise ParseError("not a feed")


def _fit(data: bytes) -> bytes:
    """A JSON feed without what is not as its standard has it: fastfeedparser gives the whole of it up for one item."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return data
    if not isinstance(whole, dict) or not isinstance(whole.get("items"), list):
        return data
    whole["items"] = [_fit_item(one) for one in whole["items"] if isinstance(one, dict)]
    whole["authors"], whole["author"] = [], {}
    return json.dumps(whole).encode()


def _fit_item(item: dict[str, Any]) -> dict[str, Any]:
    texts = {name: value for name, value in item.items() if name in _TEXTS and isinstance(value, str)}
    if isinstance(item.get("id"), int | float):
        texts["id"] = str(item["id"])
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    named = [one.get("name") if isinstance(one, dict) else one for one in authors or ()]
    return texts | {"authors": [{"name": name} for name in named if isinstance(name, str)]}


def _fast(data: bytes) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    try:
        found = fastfeedparser.parse(data)
        return found.feed, list(found.entries)
    except Exception:  # the parser meets endless inputs; whatever it raises means: let the thorough one try
        return {}, []


def _thorough(data: bytes) -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    try:
        # A stream, not bytes: feedparser takes bytes for the name of a file to open.
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        return found.feed, list(found.entries)
    except Exception as error:  # as above, and nobody is left to try
        raise ParseError(f"not a feed that can be read ({type(error).__name__})") from error


def _draft(entry: Mapping[str, Any], name: str, language: str, base: str) -> Draft:
    text, teaser = _body(entry)
    author = _text(entry.get("author"))
    return Draft(
        title=plain(_text(entry.get("title")), limit=2000),
        text=text,
        url=_link(entry, base),
        publisher=_outlet(entry) or name,
        author=plain(author, limit=400) if author else None,
        language=language,
        published=_date(entry),
        is_teaser=teaser,
    )


def _date(entry: Mapping[str, Any]) -> str | None:
    published, name = _text(entry.get("published")), _text(entry.get("id"))
    if published and _NUMBER.fullmatch(name) and published == date_of(name):
        published = ""  # fastfeedparser takes what names an item for its date, where it has none
    return published or _text(entry.get("updated")) or None


def _body(entry: Mapping[str, Any]) -> tuple[str, bool]:
    """The longest text that the item carries, and whether it is only a teaser."""
    found = [_text(entry.get("description")), _text(entry.get("summary"))]
    content = entry.get("content")
    for part in content if isinstance(content, list) else []:
        found.append(_text(part.get("value")) if isinstance(part, Mapping) else _text(part))
    whole = ""
    for markup in sorted(filter(None, set(found)), key=lambda one: (-len(one), one)):
        if len(markup) <= len(whole):  # what is seen of it is no longer than it
            break
        whole = max(whole, plain(markup), key=len)
    whole = "\n\n".join(without_furniture(whole.split("\n")))
    whole = _TAG.sub("", whole)
    cut = _without_invitation(whole)
    is_cut = cut != whole or _CUT.search(cut, max(0, len(cut) - _TAIL)) is not None
    return cut, is_cut or len(cut.split(None, FULL)) < FULL


def _without_invitation(whole: str) -> str:
    """The text without the "continue reading" at its end."""
    start = max(0, len(whole) - _TAIL)
    tail = whole[start:]
    low = tail.lower()
    if not any(sign in low for sign in _INVITING):
        return whole.rstrip()
    return (whole[:start] + _MORE.sub("", tail)).rstrip()


def _link(entry: Mapping[str, Any], base: str = "") -> str | None:
    """The item's own address; one without a host is the feed's (RFC 3986), not that of a picture or of comments."""
    links = entry.get("links")
    others = [one for one in links if isinstance(one, Mapping)] if isinstance(links, list) else []
    own = [_text(one.get("href")) for one in others if one.get("rel") in (None, "alternate")]
    candidates = [*(_joined(base, link) for link in (*own, _text(entry.get("link")))), _text(entry.get("id"))]
    return next((link for link in candidates if link.lower().startswith(_WEB)), None)


def _base(text: str, address: str) -> str:
    """What addresses without a host are relative to: the feed's own, or what its root element says (xml:base)."""
    head = _without_comments(text[:20_000])
    root = _ROOT.search(head)
    said = _BASE.match(head, root.start()) if root else None
    return _joined(address, said[1]) if said else address


def _own_page(entry: Mapping[str, Any], link: str | None, site: str) -> str | None:
    """Where a link blog's item leads to another's page, the item's own page on the blog's `site`, where it names one:
    what the blog says of a page is not that page, and the outlet that wrote it may be a source too.
    """
    leads = host(link) if link else ""
    if not leads or not site or leads == site or leads.endswith(f".{site}") or site.endswith(f".{leads}"):
        return link
    links = entry.get("links")
    others = [one for one in links if isinstance(one, Mapping)] if isinstance(links, list) else []
    related = [_text(one.get("href")) for one in others if one.get("rel") == "related"]
    return next((one for one in (_text(entry.get("id")), *related) if _is_page_of(one, site)), link)


def _is_page_of(address: str, site: str) -> bool:
    """Whether an address is that of a page of a site, and not of its front."""
    if not address.lower().startswith(_WEB) or host(address) != site:
        return False
    return bool(urlsplit(address).path.strip("/"))


def _joined(base: str, link: str) -> str:
    link = link.strip()
    if not link or " " in link or _SCHEME.match(link):
        return link
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _outlet(entry: Mapping[str, Any]) -> str:
    """The outlet of an item in somebody else's feed (the RSS element `source`)."""
    source = entry.get("source")
    return publisher(_text(source.get("title")), link="") if isinstance(source, Mapping) else ""


def _language(feed: Mapping[str, Any], text: str) -> str:
    stated = _text(feed.get("language"))
    found = None if stated else _LANGUAGE.search(text[:20_000])
    return stated or (next(filter(None, found.groups()), "") if found else "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _named_feed(page: str) -> str:
    """Where a web page that was taken for a feed says its feed is, in words."""
    for link in re.findall(r"<link\b[^>]{1,1000}>", page[:200_000], re.IGNORECASE):
        href = re.search(r"""href\s*=\s*["']([^"'\s]{1,300})""", link, re.IGNORECASE)
        if href and re.search(r"application/(?:rss|atom|feed)\+(?:xml|json)", link, re.IGNORECASE):
            return f"; its feed may be {one_line(href[1])}"
    return ""
