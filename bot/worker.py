"""From the store's inbox to the handlers: each chat in its order, several chats at once, every update at least once.

An update is marked as handled only after its handler has returned. One that raises is tried three times and then put
aside as dead; its neighbours don't wait for more than that.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable

from bot.inbox import Raw, chat_of
from digests.errors import ChannelClosed
from digests.models import Update
from digests.store.base import Store

LOG = logging.getLogger(__name__)
PARALLEL = 16
ATTEMPTS = 3
_LONGEST = 90.0  # seconds that one update may take
_LOOKAHEAD = 500  # waiting updates looked at, so that one busy chat doesn't hide the others

Handle = Callable[[Raw], Awaitable[None]]


class Worker:
    """Hands waiting updates to `handle`, which raises when an update could not be handled."""

    def __init__(self, store: Store, handle: Handle, *, arrived: asyncio.Event, retry_after: float = 1.0) -> None:
        self._store = store
        self._handle = handle
        self._arrived = arrived
        self._retry_after = retry_after
        self._busy: set[int] = set()
        self._stopping = False

    async def run(self) -> None:
        """Until `stop`; then what was begun is finished first."""
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping:
                self._arrived.clear()
                for update, chat in await self._ready():
                    self._busy.add(chat)
                    tasks.create_task(self._work(update, chat))
                await self._arrived.wait()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True
        self._arrived.set()

    async def _ready(self) -> list[tuple[Update, int]]:
        """The first waiting update of each chat that is not being worked for, as many as there are hands free."""
        busy = set(self._busy)  # as it was before the look: what is done meanwhile still shows there as waiting
        async with self._store.read() as books:
            waiting = await books.inbox.waiting(limit=_LOOKAHEAD)
        first: dict[int, Update] = {}
        for update in waiting:
            first.setdefault(_chat(update), update)
        free = PARALLEL - len(self._busy)
        return [(update, chat) for chat, update in first.items() if chat not in busy][: max(0, free)]

    async def _work(self, update: Update, chat: int) -> None:
        try:
            if not await self._try(update):
                await asyncio.sleep(self._retry_after)
        finally:
            self._busy.discard(chat)
            self._arrived.set()

    async def _try(self, update: Update) -> bool:
        try:
            async with asyncio.timeout(_LONGEST):
                await self._handle(json.loads(update.raw))
        except ChannelClosed:  # no fault of the update, and nothing that another try could mend
            raise
        except Exception as error:
            LOG.exception("update %d could not be handled (try %d)", update.update_id, update.attempt + 1)
            async with self._store.write() as books:
                await books.inbox.failed(update.update_id, f"{type(error).__name__}: {error}"[:300], attempts=ATTEMPTS)
            return False
        async with self._store.write() as books:
            await books.inbox.done(update.update_id)
        return True


def _chat(update: Update) -> int:
    """The chat whose order matters; updates of no chat, or ones that can't be read, stand for themselves."""
    try:
        raw = json.loads(update.raw)
    except ValueError:
        return -update.update_id
    chat = chat_of(raw) if isinstance(raw, dict) else None
    return chat if chat is not None else -update.update_id
