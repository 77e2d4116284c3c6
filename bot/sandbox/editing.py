"""Methods about messages that are there already, and about pressed buttons."""

from datetime import timedelta

from bot.sandbox.errors import bad
from bot.sandbox.keyboards import read_markup
from bot.sandbox.nouns import Json, Message
from bot.sandbox.params import Params
from bot.sandbox.sending import read_text
from bot.sandbox.world import World

DELETABLE = timedelta(hours=48)
# Telegram does not say how long a pressed button waits for its answer; a strict minute shows what is answered late.
QUERY_LIFE = timedelta(minutes=1)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def edit_message_text(world: World, params: Params) -> Json:
    """New text and buttons for a message of the bot's own."""
    text, entities = read_text(world, params)
    message = _editable(world, params)
    if message.has_media:
        raise bad("there is no text in the message to edit")
    return _edit(world, params, "editMessageText", message, (text, entities))


def edit_message_caption(world: World, params: Params) -> Json:
    """New caption and buttons for a picture or file of the bot's own."""
    text, entities = read_text(world, params, caption=True)
    message = _editable(world, params)
    if not message.has_media:
        raise bad("there is no caption in the message to edit")
    return _edit(world, params, "editMessageCaption", message, (text, entities))


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """New buttons, or none."""
    message = _editable(world, params)
    return _edit(world, params, "editMessageReplyMarkup", message, (message.text, message.entities))


def delete_message(world: World, params: Params) -> bool:
    """Gone for everybody; only for two days after it was sent."""
    chat = world.open_chat(params.chat_id())
    message = world.find_message(chat, params.integer("message_id"), "message to delete not found")
    mine = message.sender in (world.bot, None) or chat.private or chat.bot == "administrator"
    if not mine or world.now() - message.date > DELETABLE:
        raise bad("message can't be deleted for everyone" if not mine else "message can't be deleted")
    del world.messages[chat.id, message.message_id]
    world.bell.ring()
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    """Ends the wait of a pressed button, with or without words."""
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.answer is not None or world.now() - query.at > QUERY_LIFE:
        raise bad(TOO_OLD)
    text = params.text("text")
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    query.answer = {"text": text, "show_alert": params.boolean("show_alert")}
    world.bell.ring()
    return True


def _editable(world: World, params: Params) -> Message:
    if params.text("inline_message_id"):
        raise bad("MESSAGE_ID_INVALID")
    chat = world.open_chat(params.chat_id())
    message = world.find_message(chat, params.integer("message_id"), "message to edit not found")
    if message.sender is not world.bot and not (chat.type == "channel" and message.sender is None):
        raise bad("message can't be edited")
    return message


def _edit(world: World, params: Params, method: str, message: Message, content: tuple[str, list[Json]]) -> Json:
    markup = read_markup(params, inline_only=True)
    if (*content, markup) == (message.text, message.entities, message.markup):
        raise bad(NOT_MODIFIED)
    world.rates.take(message.chat.id, private=message.chat.private)
    (message.text, message.entities), message.markup = content, markup
    message.edited, message.edits = world.now(), message.edits + 1
    world.accept(method, message)
    return message.to_api()
