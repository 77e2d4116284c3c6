"""The people's side: write to the bot, press its buttons, block it. Each deed becomes the update Telegram sends."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.entities import plain
from bot.sandbox.members import member_to_api
from bot.sandbox.nouns import Accepted, Chat, Json, Message, Query, User
from bot.sandbox.world import World

ANONYMOUS = User(id=1087968824, first_name="Group", username="GroupAnonymousBot", is_bot=True)
Pressed = Message | Accepted | int


def tell_standing(world: World, chat: Chat, user: User, before: str) -> None:
    """The update that tells the bot of its own new standing in a chat."""
    body = {
        "chat": chat.to_api(),
        "from": user.to_api(),
        "date": int(world.now().timestamp()),
        "old_chat_member": member_to_api(world.bot, before),
        "new_chat_member": member_to_api(world.bot, chat.bot),
    }
    world.updates.add("my_chat_member", body)
    world.bell.ring()


def say(world: World, user: User | None, chat: Chat, text: str, **more: Any) -> Message:
    """A person (None: a channel) writes; the bot hears of it when Telegram would tell it. `more`: thread, reply_to."""
    words, entities = plain(text)
    if user is not None and chat.private and chat.bot != "member":
        before, chat.bot = chat.bot, "member"
        if before:
            tell_standing(world, chat, user, before)
    message = world.post(chat, user, text=words, entities=entities, **more)
    world.marks[chat.id] = message.message_id
    if _heard(world, chat, message):
        world.updates.add("channel_post" if chat.type == "channel" else "message", message.to_api())
    return message


def _heard(world: World, chat: Chat, message: Message) -> bool:
    """Privacy mode: in groups a bot hears commands, replies and its own name only, unless it is an administrator."""
    if chat.private or chat.bot == "administrator":
        return True
    if chat.bot != "member":
        return False
    for entity in message.entities:
        word = _words(message.text, entity).lower()
        name = word.partition("@")[2]
        mine = not name or name == (world.bot.username or "").lower()
        if entity["type"] == "bot_command" and mine:
            return True
        if entity["type"] == "mention" and mine:
            return True
    return message.reply_to is not None and message.reply_to.sender is world.bot


def _words(text: str, entity: Json) -> str:
    """What an entity covers; its offsets count UTF-16 units."""
    units = text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


def press(world: World, user: User, message: Message, button: str | int) -> Query:
    """A person presses the button with this label, data or number (from 0). Raises ValueError when there is none."""
    found = _button(message, button)
    if "callback_data" not in found:
        raise ValueError(f"the button {found['text']!r} sends nothing to the bot")
    query = world.new_query(user, message)
    world.marks[message.chat.id] = max(
        (number for chat, number in world.messages if chat == message.chat.id), default=message.message_id
    )
    body = {
        "id": query.id,
        "from": user.to_api(),
        "message": message.to_api(),
        "chat_instance": str(message.chat.id),
        "data": found["callback_data"],
    }
    world.updates.add("callback_query", body)
    world.bell.ring()
    return query


def _button(message: Message, wanted: str | int) -> Json:
    buttons = message.buttons
    if isinstance(wanted, int):
        return buttons[wanted]
    exact = [one for one in buttons if wanted in (one["text"], one.get("callback_data"))]
    if found := exact or [one for one in buttons if wanted.lower() in one["text"].lower()]:
        return found[0]
    raise ValueError(f"no button {wanted!r} among {[one['text'] for one in buttons]}")


@dataclass(frozen=True, slots=True)
class Person:
    """A handle on one user: what they do in their own chat with the bot, or in a group."""

    world: World
    user: User

    @property
    def id(self) -> int:
        """The user's id, which is also the id of their chat with the bot."""
        return self.user.id

    @property
    def chat(self) -> Chat:
        """Their chat with the bot."""
        return self.world.private_chat(self.user)

    def send(
        self, text: str, *, chat: int | None = None, thread: int | None = None, reply_to: Message | None = None
    ) -> Message:
        """Write to the bot, or in a group. Raises ValueError where they are no member."""
        place = self.chat if chat is None else self.world.chats[chat]
        if not place.private and place.type != "channel" and place.members.get(self.id, "left") in ("left", "kicked"):
            raise ValueError(f"{self.user.first_name} is not in {place.title}")
        return say(
            self.world, None if place.type == "channel" else self.user, place, text, thread=thread, reply_to=reply_to
        )

    def edit(self, message: Message, text: str) -> None:
        """Change what they wrote before."""
        message.text, message.entities = plain(text)
        message.edited, message.edits = self.world.now(), message.edits + 1
        self.world.updates.add("edited_message", message.to_api())

    def forward(self, text: str, author: str = "Somebody") -> Message:
        """Pass on to the bot what somebody hidden wrote elsewhere."""
        origin = {"type": "hidden_user", "date": int(self.world.now().timestamp()), "sender_user_name": author}
        return say(self.world, self.user, self.chat, text, more={"forward_origin": origin})

    def press(self, message: Pressed | None, button: str | int, *, chat: int | None = None) -> Query:
        """Press a button of a message (None: the newest that has buttons) by label, part of it, data or number."""
        return press(self.world, self.user, self.message(message, chat), button)

    def message(self, wanted: Pressed | None, chat: int | None = None) -> Message:
        """The message itself, however it was named."""
        place = chat if chat is not None else wanted.chat if isinstance(wanted, Accepted) else self.id
        if isinstance(wanted, Message):
            return wanted
        if isinstance(wanted, Accepted):
            return self.world.messages[place, wanted.message_id]
        if wanted is not None:
            return self.world.messages[place, wanted]
        with_buttons = [message for message in self.world.said_in(place) if message.buttons]
        if not with_buttons:
            raise ValueError("no message with buttons in this chat")
        return with_buttons[-1]

    def said(self) -> list[Message]:
        """What the bot has said in their chat, oldest first."""
        return [message for message in self.world.said_in(self.id) if message.sender is self.world.bot]

    def block(self) -> None:
        """Block the bot."""
        self._stand("kicked")

    def unblock(self) -> None:
        """Let it write again."""
        self._stand("member")

    def _stand(self, status: str) -> None:
        before, self.chat.bot = self.chat.bot or "member", status
        if before != status:
            tell_standing(self.world, self.chat, self.user, before)

    def deactivate(self) -> None:
        """Delete the account."""
        self.user.deactivated = True


@dataclass(frozen=True, slots=True)
class Group:
    """A handle on a group, supergroup, forum or channel: what happens to it and to the bot's standing there."""

    world: World
    chat: Chat

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.chat.id

    def member(self, user: int, status: str = "member") -> None:
        """Someone joins, leaves ("left") or becomes "administrator"."""
        self.chat.members[user] = status

    def bot(self, status: str, by: User | None = None) -> None:
        """The bot becomes member, administrator, left or kicked, and is told so."""
        before, self.chat.bot = self.chat.bot, status
        tell_standing(self.world, self.chat, by or self._owner(), before)

    def _owner(self) -> User:
        ids = [user for user, status in self.chat.members.items() if status in ("creator", "administrator")]
        return self.world.users[(ids or list(self.chat.members))[0]]

    def send_anonymously(self, text: str) -> Message:
        """An administrator writes in the group's own name."""
        return say(self.world, ANONYMOUS, self.chat, text, more={"sender_chat": self.chat.to_api()})

    def mute(self, muted: bool = True) -> None:
        """The bot may read but not write."""
        self.chat.muted = muted

    def delete(self) -> None:
        """The group is no more."""
        self.chat.deleted = True

    def topic(self, thread: int, name: str | None) -> None:
        """A forum topic appears, or disappears when `name` is None."""
        self.chat.is_forum = True
        if name is None:
            self.chat.topics.pop(thread, None)
        else:
            self.chat.topics[thread] = name

    def migrate(self, *, tell: bool = True) -> "Group":
        """Becomes a supergroup with a new id; `tell` False keeps the service messages back."""
        old = self.chat
        new_id = -1_000_000_000_000 - abs(old.id)
        new = Chat(id=new_id, type="supergroup", title=old.title, bot=old.bot, members=dict(old.members))
        old.moved_to = new.id
        self.world.chats[new.id] = new
        if tell:
            self.tell_migration()
        return Group(self.world, new)

    def tell_migration(self) -> None:
        """The two service messages of a migration, as updates."""
        new = self.world.chats[self.chat.moved_to or 0]
        for place, more in (
            (self.chat, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": self.chat.id}),
        ):
            message = self.world.post(place, self._owner(), more=dict[str, Any](more))
            self.world.updates.add("message", message.to_api())
