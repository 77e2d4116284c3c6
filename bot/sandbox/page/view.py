"""What the chat page shows: the sandbox's state as JSON. Pure reading; every string is content, never markup."""

from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.nouns import Chat, Json, Message, Query, User
from bot.sandbox.profile import commands_for
from bot.sandbox.world import World

SHOWN = 200


def state(world: World, clock: Clock, user: User) -> Json:
    """Everything that this person sees."""
    chats = [world.private_chat(user), *(chat for chat in world.chats.values() if user.id in chat.members)]
    return {
        "version": world.bell.count,
        "now": clock().timestamp(),
        "shift": clock.shift.total_seconds(),
        "bot": {"name": _bot_name(world), "username": world.bot.username or "", "about": _about(world)},
        "me": user.id,
        "people": [{"id": one.id, "name": one.first_name} for one in world.users.values() if not one.is_bot],
        "chats": [_chat(world, chat, user) for chat in chats if chat.moved_to is None],
        "answers": [_answer(query) for query in world.queries.values() if query.user is user and query.answer][-20:],
    }


def _bot_name(world: World) -> str:
    return str(world.profile.get("name ") or world.bot.first_name)


def _about(world: World) -> str:
    return str(world.profile.get("description ") or world.profile.get("short_description ") or "")


def _chat(world: World, chat: Chat, user: User) -> Json:
    messages = world.said_in(chat.id)[-SHOWN:]
    return {
        "id": chat.id,
        "type": chat.type,
        "title": _bot_name(world) if chat.private else chat.title,
        "bot": chat.bot,
        "members": len(chat.members) + 1,
        "admin": chat.members.get(user.id) in ("creator", "administrator"),
        "topics": [{"id": thread, "name": name} for thread, name in chat.topics.items()],
        "commands": commands_for(world, chat, user),
        "messages": [_message(world, message, user) for message in messages],
    }


def _message(world: World, message: Message, user: User) -> Json:
    sender = message.sender
    return {
        "id": message.message_id,
        "mine": sender is user,
        "from": sender.first_name if sender else message.chat.title,
        "bot": sender is world.bot,
        "text": message.text,
        "entities": message.entities,
        "rows": (message.markup or {}).get("inline_keyboard", []),
        "at": message.date.timestamp(),
        "edits": message.edits,
        "thread": message.thread,
        "service": _service(message),
        "photo": message.more["photo"][-1] if "photo" in message.more else None,
        "document": message.more.get("document"),
    }


def _service(message: Message) -> str:
    if "migrate_to_chat_id" in message.more:
        return "This group became a supergroup"
    return "This supergroup was a group before" if "migrate_from_chat_id" in message.more else ""


def _answer(query: Query) -> Json:
    answer: dict[str, Any] = query.answer or {}
    return {"id": query.id, "text": answer.get("text", ""), "alert": answer.get("show_alert", False)}
