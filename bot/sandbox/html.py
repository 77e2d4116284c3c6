"""parse_mode=HTML as Telegram reads it: tags, attributes, character references, and its errors to the byte.

Returns plain text and marks; leaves cleaning, nesting rules and automatic links to entities.py.
Source of method: tdlib MessageEntity.cpp, do_parse_html and decode_html_entity.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.links import checked_link, user_of_link

TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACES = " \t\r\n\0\v"
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class Mark:
    """One entity: code points `start` to `end` of the plain text; `extra` are the entity's further fields."""

    kind: str
    start: int
    end: int
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end: `start` is where its text begins in the plain text."""

    name: str
    start: int
    attributes: dict[str, str]


def parse_html(raw: str) -> tuple[str, list[Mark]]:
    """The plain text of `raw` and its marks. Raises ApiError 400 "can't parse entities: ..."."""
    return _Reader(raw).read()


def _problem(text: str) -> Exception:
    return bad(f"can't parse entities: {text}")


def reference(raw: str, at: int) -> tuple[str, int]:
    """The character that a reference at `at` stands for and where it ends; an empty string when it is none."""
    found = _REFERENCE.match(raw, at)
    if not found:
        return "", at
    if found[3]:
        return (NAMED[found[3]], found.end()) if found[3] in NAMED else ("", at)
    code = int(found[1], 16) if found[1] else int(found[2])
    digits = found.end() - at - raw[at : found.end()].endswith(";")
    if code == 0 or code >= 0x10FFFF or digits >= 10:
        return "", at
    return chr(code), found.end()


class _Reader:
    """Reads once from left to right. Positions are code points; errors name byte offsets into the UTF-8 text."""

    def __init__(self, raw: str) -> None:
        self.raw = raw.replace("\0", " ") + "\0"  # the end is a NUL, as in the original, so that looking ahead is safe
        self.at = 0
        self.text: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.stack: list[_Open] = []

    def read(self) -> tuple[str, list[Mark]]:
        end = len(self.raw) - 1
        while self.at < end:
            char = self.raw[self.at]
            if char == "<":
                self._tag()
                continue
            decoded, after = reference(self.raw, self.at) if char == "&" else ("", self.at)
            self._put(decoded or char)
            self.at = after if decoded else self.at + 1
        if self.stack:
            raise _problem(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].name}"')
        return self._finish()

    def _finish(self) -> tuple[str, list[Mark]]:
        text = "".join(self.text)
        if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
            raise _problem(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        return text, self.marks

    def _put(self, char: str) -> None:
        self.text.append(char)
        self.length += 1

    def _offset(self, at: int) -> int:
        return len(self.raw[:at].encode("utf-8", "surrogatepass"))

    def _skip_spaces(self) -> None:
        while self.raw[self.at] != "\0" and self.raw[self.at] in SPACES:
            self.at += 1

    def _word(self, stops: str) -> str:
        begin = self.at
        while self.raw[self.at] not in SPACES and self.raw[self.at] not in stops:
            self.at += 1
        return self.raw[begin : self.at]

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self.raw[self.at] == "/":
            self.at += 1
            self._end(begin)
        else:
            self._start(begin)
        self.at += 1

    def _start(self, begin: int) -> None:
        name = self._word(">").lower()
        if self.raw[self.at] == "\0":
            raise _problem(f"Unclosed start tag at byte offset {self._offset(begin)}")
        if name not in TAGS:
            raise _problem(f'Unsupported start tag "{name}" at byte offset {self._offset(begin)}')
        attributes: dict[str, str] = {}
        while self.raw[self.at] != ">":
            self._skip_spaces()
            if self.raw[self.at] != ">":
                self._attribute(begin, name, attributes)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _problem(f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset(begin)}')
        self.stack.append(_Open(name, self.length, attributes))

    def _attribute(self, begin: int, tag: str, attributes: dict[str, str]) -> None:
        name = self._word("=>").lower()
        if not name:
            raise _problem(f'Empty attribute name in the tag "{tag}" at byte offset {self._offset(begin)}')
        self._skip_spaces()
        if self.raw[self.at] not in "=\0":
            attributes[name] = ""
            return
        self.at += self.raw[self.at] == "="
        self._skip_spaces()
        if self.raw[self.at] == "\0":
            raise _problem(f'Unclosed start tag "{tag}" at byte offset {self._offset(begin)}')
        attributes[name] = self._quoted() if self.raw[self.at] in "'\"" else self._token()
        if self.raw[self.at] == "\0":
            raise _problem(f"Unclosed start tag at byte offset {self._offset(begin)}")

    def _token(self) -> str:
        begin = self.at
        found = _TOKEN.match(self.raw, begin)
        self.at = found.end() if found else begin
        if self.raw[self.at] not in SPACES and self.raw[self.at] != ">":
            raise _problem(f"Unexpected end of name token at byte offset {self._offset(begin)}")
        return self.raw[begin : self.at].lower()

    def _quoted(self) -> str:
        quote, value = self.raw[self.at], []
        self.at += 1
        while self.raw[self.at] not in (quote, "\0"):
            decoded, after = reference(self.raw, self.at) if self.raw[self.at] == "&" else ("", self.at)
            value.append(decoded or self.raw[self.at])
            self.at = after if decoded else self.at + 1
        self.at += self.raw[self.at] == quote
        return "".join(value)

    def _end(self, begin: int) -> None:
        if not self.stack:
            raise _problem(f"Unexpected end tag at byte offset {self._offset(begin)}")
        name = self._word(">").lower()
        self._skip_spaces()
        if self.raw[self.at] != ">":
            raise _problem(f"Unclosed end tag at byte offset {self._offset(begin)}")
        opened = self.stack[-1]
        if name and name != opened.name:
            where = f"at byte offset {self._offset(begin)}"
            raise _problem(f'Unmatched end tag {where}, expected "</{opened.name}>", found "</{name}>"')
        if self.length > opened.start:
            self._close(opened)
        self.stack.pop()

    def _close(self, opened: _Open) -> None:
        kind, start, end = TAGS[opened.name], opened.start, self.length
        inside = "".join(self.text[start:end])
        if opened.name in ("pre", "code") and self._merge_code(opened):
            return
        extra = _extra(opened, inside)
        if extra is None:
            return
        kind = "text_mention" if "user_id" in extra else extra.pop("type", kind)
        self.marks.append(Mark(kind, start, end, extra))

    def _merge_code(self, opened: _Open) -> bool:
        """`<pre><code class="language-x">` is one entity: pre with a language. Whether that is what closes here."""
        last = self.marks[-1] if self.marks else None
        if last is None or (last.start, last.end) != (opened.start, self.length):
            return False
        if opened.name == "pre" and last.kind == "code" and last.extra.get("language"):
            last.kind = "pre"
            return True
        if opened.name == "code" and last.kind == "pre" and _language(opened):
            last.extra["language"] = _language(opened)
            return True
        return False


def _language(opened: _Open) -> str:
    kind = opened.attributes.get("class", "")
    return kind.removeprefix("language-") if kind.startswith("language-") else ""


def _extra(opened: _Open, inside: str) -> dict[str, Any] | None:
    """The further fields of the entity that closes; None when Telegram drops it silently."""
    get = opened.attributes.get
    if opened.name == "a":
        link = get("href") or inside
        if (user := user_of_link(link)) is not None:
            return {"user_id": user}
        url = checked_link(link)
        return {"url": url} if url else None
    if opened.name == "code" and _language(opened):
        return {"language": _language(opened)}
    if opened.name == "blockquote" and "expandable" in opened.attributes:
        return {"type": "expandable_blockquote"}
    if opened.name == "tg-emoji":
        return {"custom_emoji_id": get("emoji-id", "")}
    if opened.name == "tg-time":
        return _time(get("unix", ""), get("format", ""))
    return {}


def _time(unix: str, pattern: str) -> dict[str, Any] | None:
    if not unix.isdigit():
        return None
    return {"unix_time": int(unix), **({"date_time_format": pattern} if pattern else {})}
