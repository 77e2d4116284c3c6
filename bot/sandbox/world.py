"""The state of the sandbox: who is there, what was said, what the bot has set. No HTTP, no waiting."""

import itertools
import random
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.sandbox.clock import Bell
from bot.sandbox.errors import bad, forbidden
from bot.sandbox.nouns import Accepted, Chat, Message, Query, Request, User
from bot.sandbox.rates import Rates
from bot.sandbox.updates import Updates

CHAT_NAMES = {"group": "group", "supergroup": "supergroup", "channel": "channel"}


class World:
    """Everything the sandbox remembers; nothing survives it."""

    def __init__(self, *, now: Callable[[], datetime], bell: Bell, rates: Rates, bot: User) -> None:
        self.now = now
        self.bell = bell
        self.rates = rates
        self.bot = bot
        self.updates = Updates(now, bell)
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], Message] = {}
        self.queries: dict[str, Query] = {}
        self.profile: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}
        self.ledger: list[Accepted] = []
        self.edits: list[Accepted] = []
        self.actions: list[tuple[int, str]] = []
        self.requests: deque[Request] = deque(maxlen=10_000)
        self.marks: dict[int, int] = {}
        self.request = 0
        self._shared_ids = itertools.count(1)
        self._own_ids: dict[int, itertools.count[int]] = {}
        self._query_ids = itertools.count(random.randrange(10**15, 10**16))

    # ---- people and chats ------------------------------------------------------------------------------------

    def private_chat(self, user: User) -> Chat:
        """The chat of one person with the bot."""
        return self.chats.setdefault(
            user.id, Chat(id=user.id, type="private", title=user.first_name, username=user.username, bot="")
        )

    def find_chat(self, chat_id: int | str) -> Chat:
        """By id, or by @name for public groups and channels. Raises 400 "chat not found"."""
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            found = [c for c in self.chats.values() if not c.private and (c.username or "").lower() == name]
            if name and found:
                return found[0]
        elif chat_id in self.chats:
            return self.chats[chat_id]
        raise bad("chat not found")

    def open_chat(self, chat_id: int | str) -> Chat:
        """A chat in which the bot may act. Raises what Telegram answers when it may not."""
        chat = self.find_chat(chat_id)
        if chat.moved_to is not None:
            refusal = bad("group chat was upgraded to a supergroup chat")
            refusal.migrate_to = chat.moved_to
            raise refusal
        if chat.private:
            self._check_private(chat)
        elif chat.deleted:
            raise forbidden("the group chat was deleted")
        elif chat.bot == "kicked":
            raise forbidden(f"bot was kicked from the {self._kind(chat)} chat")
        elif chat.bot in ("left", ""):
            raise forbidden(f"bot is not a member of the {self._kind(chat)} chat")
        return chat

    @staticmethod
    def _kind(chat: Chat) -> str:
        return CHAT_NAMES[chat.type]

    def _check_private(self, chat: Chat) -> None:
        if self.users[chat.id].deactivated:
            raise forbidden("user is deactivated")
        if chat.bot == "kicked":
            raise forbidden("bot was blocked by the user")
        if not chat.bot:
            raise forbidden("bot can't initiate conversation with a user")

    def writable_chat(self, chat_id: int | str, thread: int | None) -> Chat:
        """A chat in which the bot may write, in that topic."""
        chat = self.open_chat(chat_id)
        if chat.muted or (chat.type == "channel" and chat.bot != "administrator"):
            raise bad("not enough rights to send text messages to the chat")
        if thread is not None and thread not in chat.topics:
            raise bad("message thread not found")
        return chat

    # ---- messages --------------------------------------------------------------------------------------------

    def next_message_id(self, chat: Chat) -> int:
        """Private chats and basic groups share one sequence; supergroups and channels have their own."""
        if chat.type in ("private", "group"):
            return next(self._shared_ids)
        return next(self._own_ids.setdefault(chat.id, itertools.count(1)))

    def post(self, chat: Chat, sender: User | None, **content: Any) -> Message:
        """Write a message into a chat; nobody is told but the page."""
        message = Message(chat=chat, message_id=self.next_message_id(chat), sender=sender, date=self.now(), **content)
        self.messages[chat.id, message.message_id] = message
        self.bell.ring()
        return message

    def accept(self, method: str, message: Message) -> None:
        """Put a message of the bot into the ledger (an edit into the list of edits)."""
        line = Accepted(
            method=method,
            chat=message.chat.id,
            thread=message.thread,
            message_id=message.message_id,
            text=message.text,
            entities=tuple(message.entities),
            reply_markup=message.markup,
            at=self.now(),
            request=self.request,
        )
        (self.edits if method.startswith("edit") else self.ledger).append(line)
        self.bell.ring()

    def find_message(self, chat: Chat, message_id: int, missing: str) -> Message:
        """Raises 400 with `missing` when there is none."""
        found = self.messages.get((chat.id, message_id))
        if found is None:
            raise bad(missing)
        return found

    def said_in(self, chat_id: int) -> list[Message]:
        """All messages of a chat, oldest first."""
        return [message for (chat, _), message in self.messages.items() if chat == chat_id]

    def new_query(self, user: User, message: Message) -> Query:
        """A pressed button."""
        query = Query(id=str(next(self._query_ids)), user=user, message=message, at=self.now())
        self.queries[query.id] = query
        return query
