"""Methods that put something into a chat: sendMessage, sendPhoto, sendDocument, sendChatAction."""

import secrets
from typing import Any

from bot.sandbox.entities import formatted
from bot.sandbox.errors import bad
from bot.sandbox.images import picture_size
from bot.sandbox.keyboards import read_markup
from bot.sandbox.nouns import Chat, Json, Message
from bot.sandbox.params import Params
from bot.sandbox.world import World

ACTIONS = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
]
PREVIEW = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")
MAX_FILE = 50 * 2**20


def send_message(world: World, params: Params) -> Json:
    """A text, at most 4096 characters after parsing."""
    text, entities = read_text(world, params)
    preview = params.fields("link_preview_options", "link preview options")
    preview = {key: preview[key] for key in PREVIEW if key in preview}
    more = {"link_preview_options": preview} if preview else {}
    return _send(world, params, "sendMessage", text=text, entities=entities, more=more)


def send_photo(world: World, params: Params) -> Json:
    """A picture with a caption; only uploaded PNG and JPEG files are taken."""
    upload = params.upload("photo")
    if upload is None:
        raise bad("there is no photo in the request")
    size = picture_size(upload.content)
    if size is None or sum(size) > 10_000:
        raise bad("IMAGE_PROCESS_FAILED" if size is None else "PHOTO_INVALID_DIMENSIONS")
    file = _keep(world, upload.content) | {"width": size[0], "height": size[1]}
    text, entities = read_text(world, params, caption=True)
    return _send(world, params, "sendPhoto", text=text, entities=entities, more={"photo": [file]})


def send_document(world: World, params: Params) -> Json:
    """A file with a caption."""
    upload = params.upload("document")
    if upload is None:
        raise bad("there is no document in the request")
    if not upload.content:
        raise bad("file must be non-empty")
    file = _keep(world, upload.content) | {"file_name": upload.name}
    text, entities = read_text(world, params, caption=True)
    return _send(world, params, "sendDocument", text=text, entities=entities, more={"document": file})


def send_chat_action(world: World, params: Params) -> bool:
    """Shows "typing" for a moment."""
    chat = world.writable_chat(params.chat_id(), _thread(params))
    if params.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.actions.append((chat.id, params.text("action")))
    world.bell.ring()
    return True


def read_text(world: World, params: Params, *, caption: bool = False) -> tuple[str, list[Json]]:
    """Text or caption with its entities; people that are mentioned by link become users, or nothing if unknown."""
    name = "caption" if caption else "text"
    given = params.values.get("caption_entities" if caption else "entities")
    text, entities = formatted(params.text(name), params.text("parse_mode"), given, caption=caption)
    kept = []
    for entity in entities:
        user = world.users.get(entity.pop("user_id", None) or 0)
        if entity["type"] == "text_mention" and user is None:
            continue
        kept.append(entity | ({"user": user.to_api()} if user else {}))
    return text, kept


def _thread(params: Params) -> int | None:
    return params.integer("message_thread_id") or None


def _keep(world: World, content: bytes) -> Json:
    if len(content) > MAX_FILE:
        raise bad("file is too big")
    file_id = secrets.token_urlsafe(24)
    world.files[file_id] = content
    return {"file_id": file_id, "file_unique_id": file_id[:12], "file_size": len(content)}


def _send(world: World, params: Params, method: str, **content: Any) -> Json:
    markup = read_markup(params)
    thread = _thread(params)
    chat = world.writable_chat(params.chat_id(), thread)
    reply_to = _replied(world, chat, params)
    world.rates.take(chat.id, private=chat.private)
    sender = None if chat.type == "channel" else world.bot
    message = world.post(chat, sender, markup=markup, thread=thread, reply_to=reply_to, **content)
    world.accept(method, message)
    return message.to_api()


def _replied(world: World, chat: Chat, params: Params) -> Message | None:
    """The message that this one answers. Raises 400 when it is gone and that was not allowed for."""
    reply = params.fields("reply_parameters", "reply parameters")
    number = Params(reply).integer("message_id") if reply else params.integer("reply_to_message_id")
    if not number:
        return None
    found = world.messages.get((chat.id, number))
    lenient = reply.get("allow_sending_without_reply") is True or params.boolean("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad("message to be replied not found")
    return found
