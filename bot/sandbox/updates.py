"""The queue of updates: what the bot has not confirmed yet, kept for 24 hours, handed out by getUpdates.

Source of method: telegram-bot-api Client.cpp, do_get_updates and add_update_impl.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.clock import Bell
from bot.sandbox.errors import ApiError

OFF_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
KEPT = timedelta(hours=24)
MAX_TIMEOUT = 50
CONFLICT_PAUSE = 3.0
HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """One bot's queue. Times are the sandbox's; waiting is in real seconds."""

    def __init__(self, now: Callable[[], datetime], bell: Bell) -> None:
        self._now = now
        self._bell = bell
        self._queue: list[tuple[datetime, dict[str, Any]]] = []
        self._allowed: frozenset[str] | None = None
        self._poll = 0
        self._last_conflict = -CONFLICT_PAUSE
        self.next_id = 1
        self.closed = False
        self.webhook = ""

    @property
    def pending(self) -> list[dict[str, Any]]:
        """The updates that wait, oldest first."""
        oldest = self._now() - KEPT
        self._queue = [entry for entry in self._queue if entry[0] > oldest]
        return [update for _, update in self._queue]

    def wants(self, kind: str) -> bool:
        """Whether updates of this kind are queued at all."""
        return kind not in OFF_BY_DEFAULT if self._allowed is None else kind in self._allowed

    def add(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update; its id, or None when the bot did not ask for this kind."""
        if not self.wants(kind):
            return None
        number = self.next_id
        self.next_id += 1
        self.inject({"update_id": number, kind: body})
        return number

    def inject(self, update: dict[str, Any]) -> None:
        """Queue an update exactly as given: a poisoned one, a repeated one, one of a kind nobody knows."""
        self._queue.append((self._now(), update))
        self._bell.ring()

    def allow(self, kinds: Any) -> None:
        """Set which kinds are queued from now on; an empty list means the default ones, None changes nothing."""
        if isinstance(kinds, list):
            self._allowed = frozenset(map(str, kinds)) or None

    def forget(self) -> None:
        """Drop everything that waits."""
        self._queue.clear()

    def interrupt(self) -> None:
        """End the long poll that is pending; it is answered 409."""
        self._poll += 1
        self._bell.ring()

    async def get(self, *, offset: int, limit: int, timeout: float) -> list[dict[str, Any]]:  # noqa: ASYNC109
        """Confirm what lies before `offset` and hand out the rest, waiting up to `timeout` seconds for one.

        Raises ApiError 409 when a webhook is set or a later call takes over.
        """
        if self.webhook:
            raise ApiError(409, HOOKED)
        self.interrupt()
        mine = self._poll
        self._confirm(offset)
        await self._bell.until(lambda: self._ready(mine), min(timeout, MAX_TIMEOUT))
        if self._poll != mine:
            await self._pause_conflict()
            raise ApiError(409, OTHER_POLLER if not self.webhook else "terminated by setWebhook request")
        return self.pending[:limit]

    def _ready(self, mine: int) -> bool | None:
        return True if self.closed or self._poll != mine or self.pending else None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            del self._queue[: max(0, len(self._queue) + offset)]
        elif offset > 0:
            self._queue = [entry for entry in self._queue if entry[1].get("update_id", 0) >= offset]

    async def _pause_conflict(self) -> None:
        """Conflicts within three seconds of each other are answered three seconds late, as Telegram does."""
        now = asyncio.get_running_loop().time()
        soon, self._last_conflict = now - self._last_conflict < CONFLICT_PAUSE, now
        if soon and not self.closed:
            await self._bell.until(lambda: True if self.closed else None, CONFLICT_PAUSE)
