"""The sandbox: a Bot API server on 127.0.0.1 with a chat page, for trying out without a token and for end-to-end tests.

    sandbox = Sandbox(); await sandbox.start()
    builder.base_url(sandbox.api).token(sandbox.token)
    ada = sandbox.user(501, "Ada"); ada.send("/start"); message = await sandbox.reply(ada)

Leaves to others: the state (world.py), the methods (methods.py), HTTP (wire.py, page/), people's deeds (people.py).
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.sandbox.clock import Bell, Clock, utc_now
from bot.sandbox.faults import Faults
from bot.sandbox.nouns import Accepted, Chat, Json, Message, Query, User
from bot.sandbox.page.handlers import Page
from bot.sandbox.people import Group, Person, Pressed
from bot.sandbox.rates import Rates
from bot.sandbox.waiting import PATIENCE, Waiting
from bot.sandbox.wire import Observe, Wire
from bot.sandbox.world import World

BOT_ID = 7_000_000_001
CAST = ((501, "Ada"), (502, "Bilal"), (503, "Chen"))
CAST_GROUP = -1_000_000_000_900
MAX_BODY = 60 * 2**20

Someone = Person | Group | int


def new_token() -> str:
    """A token that looks like Telegram's and opens nothing but this sandbox."""
    return f"{BOT_ID}:{secrets.token_urlsafe(26)[:35]}"


class Sandbox:
    """One bot, its people and their chats. `port` 0 picks a free one; `rates` False never answers 429 by itself.

    `observe(method, params, result)` sees every call that went well. `cast` False starts with nobody there.
    """

    def __init__(
        self,
        port: int = 0,
        token: str | None = None,
        now: Callable[[], datetime] = utc_now,
        *,
        rates: bool = True,
        observe: Observe | None = None,
        cast: bool = True,
    ) -> None:
        self.token = token or new_token()
        self.clock = Clock(now)
        self.faults = Faults()
        meter = Rates(self.clock.moved, enabled=rates)
        number = int(self.token.partition(":")[0])
        bot = User(id=number, first_name="Briefing", username="briefing_sandbox_bot", is_bot=True)
        self.world = World(now=self.clock, bell=Bell(), rates=meter, bot=bot)
        self.waiting = Waiting(self.world)
        self._wire = Wire(self.world, self.faults, self.token, observe)
        self._page = Page(self.world, self.clock, secrets.token_urlsafe(16))
        self._runner: web.AppRunner | None = None
        self.port = port
        if cast:
            self._add_cast()

    def __repr__(self) -> str:
        return f"Sandbox(port={self.port})"

    def _add_cast(self) -> None:
        for number, name in CAST:
            self.user(number, name)
        self.group(CAST_GROUP, "The desk", members={501: "creator", 502: "member", 503: "member"})

    # ---- coming and going ------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        app = web.Application(client_max_size=MAX_BODY, middlewares=[self._page.guard])
        self._page.add_routes(app)
        app.router.add_route("*", "/{tail:.*}", self._wire.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.world.updates.closed = False

    async def stop(self) -> None:
        """Close every connection. The state stays, so that `start` again is a server that was down for a while."""
        self.world.updates.closed = True
        self.world.bell.ring()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "Sandbox":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def api(self) -> str:
        """Base address for a bot library; the token follows it directly."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def root(self) -> str:
        """The server's address, without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def page(self) -> str:
        """The chat page, with the key that opens it."""
        return f"{self.root}/?key={self._page.key}"

    # ---- clock, ledger, switches -----------------------------------------------------------------------------

    def now(self) -> datetime:
        """The sandbox's time, an aware UTC datetime."""
        return self.clock()

    def move(self, seconds: float) -> None:
        """Move the clock; the page and all who wait are told."""
        self.clock.move(seconds)
        self.world.bell.ring()

    def set(self, moment: datetime) -> None:
        """Set the clock to an aware moment."""
        self.clock.set(moment)
        self.world.bell.ring()

    @property
    def ledger(self) -> list[Accepted]:
        """Every message that was accepted, whatever became of the answer."""
        return self.world.ledger

    @property
    def edits(self) -> list[Accepted]:
        """Every edit that was accepted."""
        return self.world.edits

    def revoke(self, revoked: bool = True) -> None:
        """From now on the token is worth nothing (401)."""
        self._wire.revoked = revoked

    def be_strange(self, strange: bool = True) -> None:
        """Unknown fields in every object that is returned from now on."""
        self._wire.strange = strange

    def inject(self, update: Json) -> None:
        """Queue an update exactly as given, whatever its kind and shape."""
        self.world.updates.inject(update)

    # ---- people ----------------------------------------------------------------------------------------------

    def user(self, number: int, first_name: str = "", **more: Any) -> Person:
        """The person with this id, who is made when new. Their chat opens when they first write."""
        if number not in self.world.users:
            self.world.users[number] = User(id=number, first_name=first_name or f"Person {number}", **more)
        user = self.world.users[number]
        self.world.private_chat(user)
        return Person(self.world, user)

    def group(self, number: int, title: str = "", *, kind: str = "supergroup", **more: Any) -> Group:
        """The group, supergroup or channel with this (negative) id, made when new. `members` maps ids to standings."""
        if number not in self.world.chats:
            self.world.chats[number] = Chat(id=number, type=kind, title=title or "Group", **more)
        return Group(self.world, self.world.chats[number])

    def send(self, text: str, *, user: Person | int, chat: Someone | None = None, **more: Any) -> Message:
        """Someone writes to the bot, or in a group."""
        return self._person(user).send(text, chat=None if chat is None else _id(chat), **more)

    def press(self, message: Pressed | None, button: str | int, *, user: Person | int | None = None) -> Query:
        """Someone (of themselves, in a private chat) presses a button of a message."""
        if user is None:
            if not isinstance(message, Message | Accepted):
                raise ValueError("say whose button it is")
            user = message.chat.id if isinstance(message, Message) else message.chat
        return self._person(user).press(message, button)

    def _person(self, user: Person | int) -> Person:
        return user if isinstance(user, Person) else self.user(user)

    # ---- waiting ---------------------------------------------------------------------------------------------

    async def reply(self, chat: Someone, *, after: int | None = None, seconds: float = PATIENCE) -> Message:
        """The bot's first message after the last deed of a person in that chat."""
        return await self.waiting.reply(_id(chat), after=after, seconds=seconds)

    async def ask(self, user: Person | int, text: str, *, seconds: float = PATIENCE) -> Message:
        """Someone writes, the bot replies."""
        return await self.reply(self._person(user).send(text).chat.id, seconds=seconds)

    async def tap(
        self, message: Pressed | None, button: str | int, *, user: Person | int | None = None, seconds: float = PATIENCE
    ) -> Message:
        """Someone presses a button; the message as edited, or the new one that came."""
        target = self._person(user).message(message) if user is not None else message
        before = target.edits if isinstance(target, Message) else 0
        return await self.waiting.response(self.press(target, button, user=user), before, seconds=seconds)

    async def wait_for_message(
        self, wanted: str | Callable[[Message], bool], *, chat: Someone | None = None, seconds: float = PATIENCE
    ) -> Message:
        """A message that holds these words, or passes this test, in this chat or anywhere."""
        return await self.waiting.message(wanted, chat=None if chat is None else _id(chat), seconds=seconds)


def _id(someone: Someone) -> int:
    return someone if isinstance(someone, int) else someone.id
