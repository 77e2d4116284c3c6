"""Marked-up text for Telegram's HTML mode: the only file that writes a `<`.

Messages are built from a small tree whose leaves escape what they are given, so that no text from a feed or a chat
can break a tag, forge a link or become a command. What Telegram does with HTML: core.telegram.org/bots/api#html-style
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

JOINER = "\u2060"  # the invisible word joiner
_NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_CLICKABLE = re.compile(
    r"""(?<!\w)/(?=\w)         # /command, and what follows any://
      | :(?=//)                # any://address
      | [@#](?=\w)             # @mention, #tag, and the at of an address
      | \$(?=[A-Za-z])         # $TAG
      | (?<=\w)\.(?=[^\W\d_]{2,})  # host.name
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text that needs no more thought than escaping: make it with `text` or `own`."""

    shown: str

    @property
    def html(self) -> str:
        """Escaped for HTML mode."""
        return escape(self.shown, quote=False)

    @property
    def plain(self) -> str:
        """As it is shown."""
        return self.shown


@dataclass(frozen=True, slots=True)
class Tag:
    """Nodes inside one pair of tags."""

    name: str
    inner: "Row"
    href: str | None = None

    @property
    def html(self) -> str:
        """The inner nodes between the tags; nothing at all when nothing would be shown."""
        if not self.inner.plain.strip():
            return self.inner.html
        attribute = f' href="{escape(self.href)}"' if self.href else ""
        return f"<{self.name}{attribute}>{self.inner.html}</{self.name}>"

    @property
    def plain(self) -> str:
        """As it is shown."""
        return self.inner.plain


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes one after the other."""

    nodes: tuple["Node", ...] = ()

    @property
    def html(self) -> str:
        """The nodes' HTML, joined."""
        return "".join(node.html for node in self.nodes)

    @property
    def plain(self) -> str:
        """As it is shown."""
        return "".join(node.plain for node in self.nodes)

    def __bool__(self) -> bool:
        return bool(self.plain.strip())


Node = Text | Tag | Row


def text(untrusted: str) -> Text:
    """Somebody else's words on one line: nothing in them becomes a command, mention, tag or address to tap.

    The only edits are invisible: a word joiner at such places, and isolates around text that runs right to left.
    """
    line = " ".join(_NEVER.sub("", untrusted).split())
    line = _CLICKABLE.sub(lambda found: found.group() + JOINER, line)
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in line):
        line = f"\u2068{line}\u2069"
    return Text(line)


def own(words: str) -> Text:
    """The bot's own words, in which a /command is meant to be tapped."""
    return Text(words)


def row(*nodes: Node | str) -> Row:
    """Nodes one after the other; a plain string is the bot's own."""
    return Row(tuple(own(node) if isinstance(node, str) else node for node in nodes))


def bold(*nodes: Node | str) -> Tag:
    """In bold."""
    return Tag("b", row(*nodes))


def italic(*nodes: Node | str) -> Tag:
    """In italics."""
    return Tag("i", row(*nodes))


def quote(*nodes: Node | str) -> Tag:
    """A block set apart as somebody's words. Telegram doesn't nest these."""
    return Tag("blockquote", row(*nodes))


def link(label: Node | str, url: str | None) -> Node:
    """A label that opens `url`; only the label when `url` is no web address."""
    inner = row(label)
    return Tag("a", inner, url) if url and is_web_address(url) else inner


def is_web_address(url: str) -> bool:
    """Whether `url` is http or https, with a host that has a dot, and nobody's name or password in it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or "\\" in url:
        return False
    return "." in host.strip(".") and all(" " < char < "\x7f" or char.isalnum() for char in url)


def join(nodes: Iterable[Node | str], separator: str) -> Row:
    """Nodes with `separator` between them."""
    parts: list[Node | str] = []
    for node in nodes:
        parts += [separator, node] if parts else [node]
    return row(*parts)


def lines(*nodes: Node | str | None) -> Row:
    """One node a line; None leaves no line, an empty string an empty one."""
    return join([node for node in nodes if node is not None], "\n")


def fill(template: str, **values: Node | str | int) -> Row:
    """A template of the bot's own words with `{names}` filled in and `**bold**` set; strings are somebody else's words.

    Raises KeyError when the template names a value that was not given.
    """
    pieces = [_filled(piece, values) for piece in template.split("**")]
    return row(*(bold(piece) if place % 2 else piece for place, piece in enumerate(pieces)))


def _filled(template: str, values: dict[str, Node | str | int]) -> Row:
    nodes: list[Node] = []
    for place, piece in enumerate(re.split(r"\{(\w+)\}", template)):
        if place % 2 == 0:
            nodes.append(own(piece))
        else:
            value = values[piece]
            nodes.append(
                text(value) if isinstance(value, str) else own(str(value)) if isinstance(value, int) else value
            )
    return Row(tuple(nodes))
