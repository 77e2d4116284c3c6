"""OPML, the format in which feed readers exchange lists of feeds: read and write."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from lxml import etree

from digests.errors import ParseError
from digests.models import Source, SourceKind, Trouble
from digests.sources.parse.charset import decode
from digests.text import clean_text, one_line

LARGEST, OUTLINES = 1024 * 1024, 500
_SCHEME = re.compile(r"^https?://[^\s/]+", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>\s*")


def parse_opml(data: bytes) -> tuple[tuple[Source, ...], tuple[Trouble, ...]]:
    """The feeds that an OPML file lists, each once, and what could not be taken.

    Raises ParseError when it is no OPML, declares entities, is larger than 1 MB or lists more than 500 outlines.
    """
    if len(data) > LARGEST:
        raise ParseError("an OPML file of more than 1 MB; refused")
    root = _root(decode(data))
    outlines = list(root.iter("outline"))
    if len(outlines) > OUTLINES:
        raise ParseError(f"lists {len(outlines)} outlines; at most {OUTLINES} are taken")
    sources: dict[str, Source] = {}
    troubles = []
    for outline in outlines:
        address = _said(outline, "xmlUrl", "xmlurl").strip()
        title = one_line(_said(outline, "title", "text"), limit=200)
        if not address:
            continue
        if not _SCHEME.match(address) or len(address) > 2048:
            troubles.append(Trouble(what=title or address[:80], reason="not a web address"))
            continue
        sources.setdefault(address, Source(kind=SourceKind.FEED, location=address, title=title))
    return tuple(sources.values()), tuple(troubles)


def write_opml(sources: Iterable[Source], *, title: str = "Feeds") -> str:
    """An OPML 2.0 file of these sources; folders and pages are left out, for OPML has no word for them."""
    lines = [
        f'    <outline type="rss" text={_attribute(source.title or source.location)} '
        f"xmlUrl={_attribute(source.location)}/>"
        for source in sources
        if source.kind is SourceKind.FEED
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<opml version="2.0">',
            f"  <head><title>{_attribute(title)[1:-1]}</title></head>",
            "  <body>",
            *lines,
            "  </body>",
            "</opml>",
            "",
        ]
    )


def _root(text: str) -> "etree._Element":
    if "<!ENTITY" in text:
        raise ParseError("declares XML entities, which no OPML needs; refused")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text.lstrip("\ufeff")).encode("utf-8", "ignore"), parser)
        if root is not None and etree.QName(root).localname.lower() == "opml":
            return root
    except (etree.LxmlError, ValueError):  # a ValueError also where the root's namespace holds &#xD800;
        pass
    raise ParseError("not an OPML file")


def _said(outline: "etree._Element", *names: str) -> str:
    """The first of these attributes that says something; libxml2 keeps &#xD800;, which no text can hold."""
    try:
        return next((value for name in names if (value := outline.get(name))), "")
    except UnicodeDecodeError:
        return ""


def _attribute(value: str) -> str:
    return quoteattr(one_line(clean_text(value)))
