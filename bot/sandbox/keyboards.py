"""Reply markup as Telegram takes it, or the error it gives instead."""

from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.links import checked_link, user_of_link
from bot.sandbox.nouns import Json
from bot.sandbox.params import Params

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_DATA_BYTES = 64
MAX_MARKUP_BYTES = 10_000
ACTIONS = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
]


def read_markup(params: Params, *, inline_only: bool = False) -> Json | None:
    """The `reply_markup` parameter, checked; None when absent or empty. Raises ApiError 400."""
    markup = params.parsed("reply_markup", "reply keyboard markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if inline_only:
        raise bad("message can't be edited")  # only messages with inline keyboards, or none, can be
    return markup


def _inline(rows: Any) -> Json | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    checked = [[_button(button) for button in row] for row in rows if row]
    buttons = [button for row in checked for button in row]
    size = sum(len(str(button).encode("utf-8", "replace")) for button in buttons)
    if len(buttons) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in checked) or size > MAX_MARKUP_BYTES:
        raise bad("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad('can\'t parse inline keyboard button: field "text" must be of type String')
    if not text.strip():
        raise bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
    used = [action for action in ACTIONS if action in button]
    if not used:
        raise bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
    if used[0] in ("callback_data", "url") and not isinstance(button[used[0]], str):
        raise bad(f'can\'t parse inline keyboard button: field "{used[0]}" must be of type String')
    _check_action(used[0], button[used[0]])
    return {key: button[key] for key in ("text", used[0], "style", "icon_custom_emoji_id") if key in button}


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data" and not 1 <= len(str(value).encode("utf-8", "replace")) <= MAX_DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if action == "url" and user_of_link(str(value)) is None and not checked_link(str(value)):
        raise bad(f"inline keyboard button URL '{value}' is invalid: wrong HTTP URL")
