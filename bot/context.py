"""What a handler has at hand: the newsroom, the chat with its settings, and a way to answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from telegram import CallbackQuery, Chat, Update, User
from telegram import Message as Posted
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext, ExtBot

from bot import access
from bot.access import Access
from bot.markup import Node
from bot.message import Button, Message, message
from bot.voice import Voice
from digests.models import Subscriber, SubscriberState
from digests.newsroom import Newsroom
from digests.store.base import Store
from digests.text import one_line

if TYPE_CHECKING:
    from bot.command import Command

CHANNEL = "telegram"
HOUSE = "house"
Data = dict[Any, Any]


@dataclass(slots=True, kw_only=True)
class House:
    """What all handlers share. `claim` is the code with which a first administrator may claim the bot."""

    newsroom: Newsroom
    voice: Voice
    commands: "Mapping[str, Command]" = field(default_factory=dict)
    username: str = ""
    is_sandbox: bool = False
    claim: str | None = None
    started_at: datetime
    admins_of: dict[int, tuple[float, frozenset[int]]] = field(default_factory=dict)


class Context(CallbackContext[ExtBot[None], Data, Data, Data]):
    """A handler's view of one update."""

    happened: Update

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> "Context":
        """As PTB makes it, with the update kept."""
        context = super().from_update(update, application)
        context.happened = cast(Update, update)
        return context

    @property
    def house(self) -> House:
        """What all handlers share."""
        return cast(House, self.bot_data[HOUSE])

    @property
    def newsroom(self) -> Newsroom:
        """The newsroom."""
        return self.house.newsroom

    @property
    def store(self) -> Store:
        """The newsroom's store."""
        return self.newsroom.store

    @property
    def now(self) -> datetime:
        """The time by the program's one clock."""
        return self.newsroom.now()

    # ---- who and where -----------------------------------------------------------------------------------------

    @property
    def query(self) -> CallbackQuery | None:
        """The press of a button, when this is one."""
        return self.happened.callback_query

    @property
    def post(self) -> Posted | None:
        """The message that was written, or whose button was pressed; None where Telegram keeps it from us."""
        posted = self.query.message if self.query else self.happened.effective_message
        return posted if isinstance(posted, Posted) else None

    @property
    def chat(self) -> Chat:
        """Where it happened. Raises LookupError for an update without a chat."""
        if (chat := self.happened.effective_chat) is None:
            raise LookupError("an update without a chat")
        return chat

    @property
    def user(self) -> User | None:
        """Who did it, where that is a person."""
        return self.happened.effective_user

    @property
    def is_private(self) -> bool:
        """Whether the chat is one person's."""
        return self.chat.type == ChatType.PRIVATE

    @property
    def address(self) -> str:
        """The chat, with the topic where it is one of a forum."""
        post = self.post
        topic = post.message_thread_id if post is not None and post.is_topic_message else None
        return f"{self.chat.id}/{topic}" if topic else str(self.chat.id)

    # ---- settings ----------------------------------------------------------------------------------------------

    async def subscriber(self) -> Subscriber:
        """The chat's settings; fresh ones, not kept yet, for a chat that has none."""
        async with self.store.read() as books:
            known = await books.subscribers.at(CHANNEL, self.address)
        return known or self._fresh()

    async def change(self, decide: Callable[[Subscriber], Subscriber]) -> Subscriber:
        """Change the chat's settings: read, `decide` and write in one transaction. Returns them as kept."""
        async with self.store.write() as books:
            known = await books.subscribers.at(CHANNEL, self.address) or self._fresh()
            wanted = decide(known)
            return await books.subscribers.put(wanted) if wanted != known or not known.id else known

    def _fresh(self) -> Subscriber:
        title = self.chat.effective_name or ""
        return Subscriber(channel=CHANNEL, address=self.address, title=one_line(title, limit=80), created_at=self.now)

    async def told(self, subscriber: Subscriber, edition_id: int) -> None:
        """Remember which edition the chat saw last; a chat without settings gets its first."""
        if not subscriber.id:
            subscriber = await self.change(lambda fresh: fresh)
        async with self.store.write() as books:
            await books.subscribers.told(subscriber.id, edition_id)

    async def access(self) -> Access:
        """Who may use the bot."""
        async with self.store.read() as books:
            return await access.load(books, admins=self.newsroom.settings.admin_ids, is_open=self.house.is_sandbox)

    async def change_access(self, decide: Callable[[Access], Access]) -> Access:
        """Change who may use the bot, in one transaction."""
        async with self.store.write() as books:
            changed = decide(await access.load(books))
            await access.keep(books, changed)
            return changed

    # ---- answering ---------------------------------------------------------------------------------------------

    async def say(self, body: Node | Message, *buttons: tuple[Button, ...]) -> None:
        """Answer with a new message."""
        said = body if isinstance(body, Message) else message(body, *buttons)
        await self.house.voice.say(self.address, said)

    async def show(self, body: Node | Message, *buttons: tuple[Button, ...]) -> None:
        """Answer a press by changing its message, anything else with a new one."""
        said = body if isinstance(body, Message) else message(body, *buttons)
        if self.query is not None and self.post is not None:
            await self.house.voice.edit(self.address, self.post.message_id, said)
        else:
            await self.house.voice.say(self.address, said)

    async def hand(self, name: str, content: bytes, caption: Node) -> None:
        """Answer with a file."""
        await self.house.voice.hand(self.address, name, content, message(caption))

    async def nod(self, words: str | None = None) -> None:
        """End the waiting on the pressed button, with a few words or none. Too late is no trouble."""
        if self.query is not None:
            try:
                await self.query.answer(words[:200] if words else None)
            except TelegramError:
                return


def settled(subscriber: Subscriber) -> Subscriber:
    """A chat that talks to us again, or whose zone is known, is sent briefings."""
    wanted = SubscriberState.ACTIVE if subscriber.zone else SubscriberState.NEW
    return subscriber if subscriber.state is wanted else replace(subscriber, state=wanted)
