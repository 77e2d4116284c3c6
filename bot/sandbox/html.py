"""parse_mode=HTML as Telegram reads it: tags, attributes, character references, and its errors to the byte.

Returns plain text and marks; leaves what a tag means to marks.py, and cleaning, nesting and automatic links to
entities.py.
Source of method: tdlib MessageEntity.cpp, do_parse_html and decode_html_entity.
"""

import re

from bot.sandbox.errors import bad
from bot.sandbox.marks import TAGS, Mark, Opened, further_fields, language

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACES = " \t\r\n\0\v"
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


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
    if len(found[0].removesuffix(";")) >= 10:
        return "", at
    code = int(found[1], 16) if found[1] else int(found[2])
    if code == 0 or code >= 0x10FFFF:
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
        self.stack: list[Opened] = []

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
        self.stack.append(Opened(name, self.length, attributes))

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

    def _close(self, opened: Opened) -> None:
        kind, start, end = TAGS[opened.name], opened.start, self.length
        inside = "".join(self.text[start:end])
        if opened.name in ("pre", "code") and self._merge_code(opened):
            return
        extra = further_fields(opened, inside)
        if extra is None:
            return
        kind = "text_mention" if "user_id" in extra else extra.pop("type", kind)
        self.marks.append(Mark(kind, start, end, extra))

    def _merge_code(self, opened: Opened) -> bool:
        """`<pre><code class="language-x">` is one entity: pre with a language. Whether that is what closes here."""
        last = self.marks[-1] if self.marks else None
        if last is None or (last.start, last.end) != (opened.start, self.length):
            return False
        if opened.name == "pre" and last.kind == "code" and last.extra.get("language"):
            last.kind = "pre"
            return True
        if opened.name == "code" and last.kind == "pre" and language(opened):
            last.extra["language"] = language(opened)
            return True
        return False
