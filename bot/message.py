"""A message as it will be sent: HTML, the same words without tags, and buttons."""

import json
from dataclasses import dataclass

from bot.markup import Node
from digests.text import utf16_len

CAPTION = 1000  # UTF-16 units; Telegram takes 1,024 characters under a photo
LIMIT = 4000  # UTF-16 units; Telegram's own limit is 4,096 characters, so either way of counting has room


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message: pressing it sends `data` (bot/press.py) or opens `url`."""

    label: str
    data: str | None = None
    url: str | None = None


Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is shown and what can be pressed. `plain` is sent where Telegram can't read `html`.

    With a `photo` (PNG) the words are its caption, at most `CAPTION` long; deliveries have none.
    """

    html: str
    plain: str
    buttons: Buttons = ()
    photo: bytes | None = None

    @property
    def length(self) -> int:
        """In the units in which Telegram measures."""
        return utf16_len(self.plain)

    @property
    def reply_markup(self) -> dict[str, list[list[dict[str, str]]]] | None:
        """The buttons as the Bot API takes them."""
        if not self.buttons:
            return None
        return {"inline_keyboard": [[_as_json(button) for button in line] for line in self.buttons]}

    def payload(self) -> str:
        """As JSON for a delivery row: the same message gives the same bytes."""
        whole = {"text": self.html, "plain": self.plain, "reply_markup": self.reply_markup}
        return json.dumps(whole, ensure_ascii=False, sort_keys=True)


def message(body: Node, *buttons: tuple[Button, ...], photo: bytes | None = None) -> Message:
    """A message of `body` with rows of buttons, under a picture where there is one."""
    return Message(html=body.html, plain=body.plain, buttons=tuple(line for line in buttons if line), photo=photo)


def _as_json(button: Button) -> dict[str, str]:
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data or "-"}
