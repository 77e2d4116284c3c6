"""From what a bot sends to what Telegram keeps: cleaned and trimmed text, entities that nest, links found in it.

Leaves to others: reading HTML (html.py) and finding links and commands (detect.py).
Source of method: tdlib misc.cpp clean_input_string, MessageEntity.cpp fix_formatted_text and fix_entities.
"""

import json
from itertools import accumulate, pairwise
from typing import Any

from bot.sandbox.detect import found_in
from bot.sandbox.errors import bad
from bot.sandbox.html import parse_html
from bot.sandbox.marks import Mark

MAX_RAW_BYTES = 32_768
MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100
SOLID = {"pre", "code", "text_link", "text_mention"}  # no links or commands are found inside these
CODE = {"pre", "code"}
SPLITTABLE = {"bold", "italic", "underline", "strikethrough", "spoiler"}
QUOTES = {"blockquote", "expandable_blockquote"}
PRIORITY = {"blockquote": 0, "expandable_blockquote": 0, "pre": 11, "code": 20, "text_link": 49, "text_mention": 49} | {
    kind: 90 + place
    for place, kind in enumerate(("bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"))
}
DETECTED = {"url", "email", "mention", "hashtag", "cashtag", "bot_command"}
_DROPPED = {"\r", "\u0333", "\u033f", "\u030a", *map(chr, range(0x2028, 0x202F))}

Entities = list[dict[str, Any]]


def formatted(raw: str, parse_mode: str | None, given: Any = None, *, caption: bool = False) -> tuple[str, Entities]:
    """Text and entities (UTF-16 offsets) as Telegram keeps them. Raises ApiError 400 with Telegram's words.

    `given` is the `entities` parameter, used when there is no parse mode. A caption may be empty.
    """
    if not raw and not caption:
        raise bad("message text is empty")
    if len(raw.encode("utf-8", "surrogatepass")) > MAX_RAW_BYTES:
        raise bad("text is too long")
    text, marks = _parsed(raw, parse_mode, given)
    text, marks = _clean(text, marks)
    text, marks = _trim(text, marks)
    if not text and not caption:
        raise bad("text must be non-empty")
    if len(text) > (MAX_CAPTION if caption else MAX_TEXT):
        raise bad("message caption is too long" if caption else "message is too long")
    return text, to_utf16(text, _nest([*marks, *_detected(text, marks)]))


def plain(raw: str) -> tuple[str, Entities]:
    """A text as a person writes it: cleaned, with links and commands found."""
    return formatted(raw, None)


def _parsed(raw: str, parse_mode: str | None, given: Any) -> tuple[str, list[Mark]]:
    mode = (parse_mode or "").lower()
    if mode == "html":
        return parse_html(raw)
    if mode not in ("", "none"):
        raise bad("unsupported parse_mode")
    if any(0xD800 <= ord(char) <= 0xDFFF for char in raw):
        raise bad("text must be encoded in UTF-8")
    return raw, _marks(raw, given)


def _marks(text: str, given: Any) -> list[Mark]:
    """The `entities` parameter as marks; entities outside the text are ignored, as Telegram does."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise bad("can't parse entities JSON object") from None
    if not isinstance(given, list | None) or not all(map(_is_entity, given or ())):
        raise bad("can't parse entities: expected an Array of MessageEntity")
    points = {unit: point for point, unit in enumerate(_units(text))}
    marks = []
    for entity in given or ():
        extra = {key: value for key, value in entity.items() if key not in ("type", "offset", "length")}
        if isinstance(extra.get("user"), dict):
            extra = {"user_id": extra["user"].get("id")}
        start, end = points.get(entity["offset"]), points.get(entity["offset"] + entity["length"])
        if start is not None and end is not None and start < end and entity["type"] not in DETECTED:
            marks.append(Mark(entity["type"], start, end, extra))
    return marks


def _is_entity(entity: Any) -> bool:
    return (
        isinstance(entity, dict)
        and isinstance(entity.get("type"), str)
        and all(type(entity.get(name)) is int for name in ("offset", "length"))
    )


def _moved(marks: list[Mark], places: list[int]) -> list[Mark]:
    """The marks after the text changed: `places[old]` is the new position of an old one."""
    moved = [Mark(mark.kind, places[mark.start], places[mark.end], mark.extra) for mark in marks]
    return [mark for mark in moved if mark.start < mark.end]


def _clean(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    kept = [("" if char in _DROPPED else " " if char < " " and char != "\n" else char) for char in text]
    return "".join(kept), _moved(marks, [0, *accumulate(map(len, kept))])


def _trim(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """Without spaces and newlines at the end, and at the start up to the first entity that shows something."""
    text = text.rstrip(" \n")
    marks = [Mark(mark.kind, mark.start, min(mark.end, len(text)), mark.extra) for mark in marks]
    marks = [mark for mark in marks if text[mark.start : mark.end].strip(" \n")]
    first = min((mark.start for mark in marks), default=len(text))
    cut = min(len(text) - len(text.lstrip(" \n")), first)
    return text[cut:], [Mark(mark.kind, mark.start - cut, mark.end - cut, mark.extra) for mark in marks]


def _detected(text: str, marks: list[Mark]) -> list[Mark]:
    solid = [mark for mark in marks if mark.kind in SOLID]
    found = [Mark(kind, start, end) for kind, start, end in found_in(text)]
    return [one for one in found if not any(_meet(one, mark) for mark in solid)]


def _nest(marks: list[Mark]) -> list[Mark]:
    """At most 100 marks that nest or don't touch: code holds nothing else, quotes hold no quotes, like is joined."""
    code = [mark for mark in marks if mark.kind in CODE]
    kept: list[Mark] = []
    for mark in sorted(marks, key=_order):
        if mark.kind not in CODE | SPLITTABLE | QUOTES and any(_meet(mark, one) for one in code):
            continue
        if not any(_swallows(one, mark) for one in kept):
            kept.append(mark)
    whole = [mark for mark in kept if mark.kind not in SPLITTABLE]
    pieces = [piece for mark in kept if mark.kind in SPLITTABLE for piece in _split(mark, whole)]
    for mark in whole:
        if mark.kind == "code":
            mark.extra = {}
    return sorted([*whole, *pieces], key=_order)[:MAX_ENTITIES]


def _order(mark: Mark) -> tuple[int, int, int]:
    """Outer before inner; among equals, quotes and code before links, links before letter forms."""
    return mark.start, -mark.end, PRIORITY.get(mark.kind, 50)


def _meet(one: Mark, other: Mark) -> bool:
    return one.start < other.end and other.start < one.end


def _swallows(outer: Mark, inner: Mark) -> bool:
    """Whether `inner`, which starts no earlier, has no place beside `outer`."""
    if inner.start >= outer.end:
        return False
    if outer.kind == inner.kind or (outer.kind in QUOTES and inner.kind in QUOTES):
        outer.end = max(outer.end, inner.end)
        return True
    crossing = inner.end > outer.end
    return crossing and inner.kind not in SPLITTABLE and outer.kind not in SPLITTABLE


def _split(mark: Mark, whole: list[Mark]) -> list[Mark]:
    """`mark` cut at the edges of marks that it crosses, and without what lies in code."""
    cuts = {mark.start, mark.end}
    for other in whole:
        if other.kind in CODE or not (_holds(mark, other) or _holds(other, mark)):
            cuts |= {edge for edge in (other.start, other.end) if mark.start < edge < mark.end}
    pieces = [Mark(mark.kind, start, end, mark.extra) for start, end in pairwise(sorted(cuts))]
    return [piece for piece in pieces if not any(one.kind in CODE and _meet(one, piece) for one in whole)]


def _holds(outer: Mark, inner: Mark) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _units(text: str) -> list[int]:
    """The UTF-16 position of every code point, and of the end."""
    return [0, *accumulate(1 + (char > "\uffff") for char in text)]


def to_utf16(text: str, marks: list[Mark]) -> Entities:
    """Marks as the API writes entities. `user_id` stays for the caller, who knows the people."""
    units = _units(text)
    return [
        {
            "type": mark.kind,
            "offset": units[mark.start],
            "length": units[mark.end] - units[mark.start],
            **mark.extra,
        }
        for mark in marks
    ]
