"""HTML to plain text with its paragraphs kept. A streaming reader: no tree, so no depth can hurt it."""

import html
import re
import threading

from lxml import etree

from digests.text import clean_text, without_hidden

_MACHINERY = frozenset(("script", "style", "noscript", "template", "head", "title", "iframe", "object", "svg"))
_FORMS = frozenset(("form", "button", "select", "textarea", "nav", "footer", "aside"))
_UNSEEN = _MACHINERY | _FORMS | {"figure", "figcaption", "audio", "video"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | {
    "p",
    "div",
    "section",
    "article",
    "header",
    "main",
    "blockquote",
    "ul",
    "ol",
    "dl",
    "table",
    "pre",
}
_LINES = frozenset(("br", "li", "dt", "dd", "tr"))
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--|&(?:[a-zA-Z]{2,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_TAG = re.compile(r"<(?:!--.*?-->|/?[a-zA-Z][^<>]*>)", re.DOTALL)
_LIMIT = 400_000
_ROUNDS = 3  # feeds escape twice, and now and then three times


class _Plain:
    """Collects what a reader would see."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.unseen = 0

    def start(self, tag: str, _attributes: object) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")

    def end(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    def data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)

    def comment(self, text: str) -> None:
        pass

    def close(self) -> str:
        whole = "".join(self.parts)
        self.parts, self.unseen = [], 0
        return whole


_kept = threading.local()


def _parser() -> etree.HTMLParser:
    """This thread's parser: making one takes longer than parsing what most items of a feed hold."""
    if not hasattr(_kept, "parser"):
        _kept.parser = etree.HTMLParser(target=_Plain(), recover=True)
    parser: etree.HTMLParser = _kept.parser
    return parser


def plain(markup: str, *, limit: int = 100_000) -> str:
    """What a reader of `markup` would see, at most `limit` characters; text that has no markup comes back clean.

    Markup that was escaped more than once is followed down. Never raises.
    """
    text = markup[:_LIMIT]
    for _ in range(_ROUNDS):
        if not ("<" in text or "&" in text) or not _MARKUP.search(text):
            break
        text = _seen(text)
    return clean_text(text, limit=limit)


def _seen(markup: str) -> str:
    spaced = without_hidden(markup)
    if "<p" in markup or "<br" in markup:
        spaced = " ".join(spaced.split())
    parser = _parser()
    try:
        parser.feed(f"<html><body><div>{spaced}</div></body></html>")
        return str(parser.close())
    except (etree.LxmlError, ValueError, AssertionError):
        del _kept.parser  # nobody knows in which state it is
        return html.unescape(_TAG.sub(" ", spaced))
