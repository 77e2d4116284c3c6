"""Builder and wiring of a bot: PTB's application with our handlers, the poller that feeds it, what they share."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot import router
from bot.access import load, new_code
from bot.channel import has_no_place
from bot.commands.table import COMMANDS
from bot.context import HOUSE, Context, House
from bot.inbox import Poller, Raw, chat_of
from bot.message import message
from bot.phrases.speak import phrase
from bot.profile import present
from bot.rates import Gate
from bot.voice import Voice
from bot.worker import Worker
from digests.channels.pace import Pace
from digests.errors import ChannelClosed
from digests.newsroom import Newsroom

LOG = logging.getLogger(__name__)
_POOL = 16  # connections; as many answers are under way at most
_SLOWEST_SIGN_IN = 30.0  # seconds between two tries
Bots = Application[Any, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


class Running:
    """A bot that is signed in: `poller` brings updates, `worker` has them handled, `pace` is shared by all senders."""

    def __init__(self, application: Bots, house: House, pace: Pace, gate: Gate, hold: int) -> None:
        self.house = house
        self.pace = pace
        self.bot: Bot = application.bot
        self._application = application
        self._failed: dict[int, Exception] = {}
        self._errands: set[asyncio.Task[None]] = set()
        arrived = asyncio.Event()
        store, now = house.newsroom.store, house.newsroom.now
        self.poller = Poller(self.bot, store, now=now, gate=gate, on_flood=self._warn, arrived=arrived, hold=hold)
        self.worker = Worker(store, self.handle, arrived=arrived)
        application.add_error_handler(self._note_failure)

    async def handle(self, raw: Raw) -> None:
        """Hand one update to the handlers. Raises what a handler raised, so that it is tried again."""
        update = Update.de_json(dict(raw), self.bot)
        await self._application.process_update(update)
        error = self._failed.pop(update.update_id, None)
        if isinstance(error, Forbidden):
            await self._leave(update)
        elif isinstance(error, BadRequest) and has_no_place(error):
            LOG.info("update %d: no place for a reply: %s", update.update_id, error.message)
        elif isinstance(error, InvalidToken):
            raise ChannelClosed("Telegram refuses the bot token; was it revoked?") from None
        elif error is not None:
            raise error

    async def _note_failure(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and isinstance(context.error, Exception):
            self._failed[update.update_id] = context.error

    async def _leave(self, update: Update) -> None:
        """The chat that was to be answered doesn't want us any more."""
        if update.effective_chat is not None:
            await router.mark_gone(self.house.newsroom.store, update.effective_chat.id, "blocked")

    def _warn(self, raw: Raw) -> None:
        """Tell someone who is too fast, beside everything else."""
        if (chat := chat_of(raw)) is not None:
            errand = asyncio.create_task(self._say(str(chat)))
            self._errands.add(errand)
            errand.add_done_callback(self._errands.discard)

    async def _say(self, address: str) -> None:
        try:
            await self.house.voice.say(address, message(phrase("unknown.flood")))
        except TelegramError as error:
            LOG.info("no notice to %s: %s", address, type(error).__name__)


@asynccontextmanager
async def open_bot(
    newsroom: Newsroom,
    *,
    token: str,
    base_url: str,
    is_sandbox: bool = False,
    gate: Gate | None = None,
    pace: Pace | None = None,
    hold: int = 30,
) -> AsyncIterator[Running]:
    """A bot signed in at `base_url` (up to the token), its commands told to Telegram.

    Raises ChannelClosed when the token is refused; an unreachable Telegram is waited for.
    """
    pace = pace or Pace()
    application = _build(token, base_url, trust_env=not is_sandbox)
    try:
        await _sign_in(application)
        house = House(
            newsroom=newsroom,
            voice=Voice(application.bot, pace),
            commands={command.name: command for command in COMMANDS},
            username=application.bot.username,
            is_sandbox=is_sandbox,
            claim=None if is_sandbox else await _claim(newsroom),
            started_at=newsroom.now(),
        )
        application.bot_data[HOUSE] = house
        await present(application.bot, newsroom.store, COMMANDS)
        yield Running(application, house, pace, gate or Gate(), hold)
    finally:
        await application.shutdown()


def _build(token: str, base_url: str, *, trust_env: bool) -> Bots:
    """PTB's application without its updater, queue and jobs: all of that is ours."""
    options: dict[str, Any] = {"httpx_kwargs": {"trust_env": trust_env}}
    application: Bots = (
        ApplicationBuilder()
        .token(token)
        .base_url(base_url)
        .request(HTTPXRequest(connection_pool_size=_POOL, read_timeout=20.0, pool_timeout=10.0, **options))
        .get_updates_request(HTTPXRequest(connection_pool_size=2, **options))
        .defaults(Defaults(block=True))
        .context_types(ContextTypes(context=Context))
        .updater(None)
        .job_queue(None)
        .build()
    )
    written = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
    application.add_handler(MessageHandler(written, router.on_message))
    application.add_handler(CallbackQueryHandler(router.on_press))
    application.add_handler(ChatMemberHandler(router.on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    return application


async def _sign_in(application: Bots) -> None:
    pause = 1.0
    while True:
        try:
            await application.initialize()
        except InvalidToken:  # its words hold the token
            raise ChannelClosed("Telegram refuses TELEGRAM_BOT_TOKEN: check it with @BotFather.") from None
        except (NetworkError, RetryAfter) as error:
            LOG.warning("Telegram can't be reached (%s); trying again in %.0f s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _SLOWEST_SIGN_IN)
        else:
            return


async def _claim(newsroom: Newsroom) -> str | None:
    """A code for the first administrator while there is none; shown in the log and nowhere else."""
    async with newsroom.store.read() as books:
        access = await load(books, admins=newsroom.settings.admin_ids)
    if access.admins:
        return None
    code = new_code()
    LOG.warning("This bot has no administrator. To become its administrator, send the bot: /start %s", code)
    return code
