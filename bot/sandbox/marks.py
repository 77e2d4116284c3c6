"""Marks: what the tags of HTML mean as entities, with their further fields. Leaves reading the tags to html.py."""

from dataclasses import dataclass, field
from typing import Any

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


@dataclass(slots=True)
class Mark:
    """One entity: code points `start` to `end` of the plain text; `extra` are the entity's further fields."""

    kind: str
    start: int
    end: int
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Opened:
    """A tag that waits for its end: `start` is where its text begins in the plain text."""

    name: str
    start: int
    attributes: dict[str, str]


def language(opened: Opened) -> str:
    """The programming language that a code tag names, or nothing."""
    kind = opened.attributes.get("class", "")
    return kind.removeprefix("language-") if kind.startswith("language-") else ""


def further_fields(opened: Opened, inside: str) -> dict[str, Any] | None:
    """The further fields of the entity that closes; None when Telegram drops it silently."""
    get = opened.attributes.get
    if opened.name == "a":
        link = get("href") or inside
        if (user := user_of_link(link)) is not None:
            return {"user_id": user}
        url = checked_link(link)
        return {"url": url} if url else None
    if opened.name == "code" and language(opened):
        return {"language": language(opened)}
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
