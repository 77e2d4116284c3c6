"""One gate for everything that is sent, so that a channel's published rates are kept whoever sends.

Rates (telegram.org/faq: bots): about 30 messages a second overall, one a second to a chat with "short bursts", 20 a
minute to a group. We stay below: 25 a second, and replies to people go first. Only a monotonic clock is asked, so a
step of the wall clock neither floods nor stalls. What to do with a refusal is left to the sender; it calls `halt`.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

_TIDY_ABOVE = 5_000  # chats remembered before the quiet ones are forgotten
_SHORTEST = 0.001  # seconds; rounding must not make a wait that never ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How much a channel takes. Reserve and burst are messages that a reply may send ahead of its time."""

    overall: float = 25.0  # messages a second
    reserve: int = 3  # with it at most 29 leave in any second
    chat: float = 1.0  # messages a second to one private chat
    burst: int = 10
    group: int = 20  # messages to one group in any `group_span`
    group_span: float = 60.0  # seconds


@dataclass(slots=True)
class _Chat:
    free_at: float = 0.0  # when the next message keeps to the chat's rate
    halted_until: float = 0.0
    sent: deque[float] = field(default_factory=deque)  # groups only: the newest `group` times


class Pace:
    """The gate: `await pace.turn(address)` comes back when a message to that address may leave, and counts it.

    Addresses are the channel's: what follows a "/" is a topic of the same chat, and groups and channels begin with
    "-". `clock` gives seconds that never go back and `sleep` waits that long; tests hand in their own.
    """

    def __init__(
        self,
        rates: Rates | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rates = rates or Rates()
        self._clock = clock
        self._sleep = sleep
        self._chats: dict[str, _Chat] = {}
        self._free_at = 0.0
        self._halted_until = 0.0

    async def turn(self, address: str, *, interactive: bool = False, patience: float = math.inf) -> bool:
        """Wait for the address's turn and take it. `interactive` is for replies to people: they overtake briefings.

        False, and no turn taken, as soon as the wait would be longer than `patience` (seconds).
        """
        while (wait := self.wait(address, interactive=interactive)) > 0:
            if wait > patience:
                return False
            await self._sleep(max(wait, _SHORTEST))
        self._take(address)
        return True

    def wait(self, address: str, *, interactive: bool = False) -> float:
        """Seconds until the address's turn would come, as things stand; 0 when it may send now."""
        now = self._clock()
        chat = self._chats.get(_chat_of(address), _Chat())
        ahead = self._rates.reserve / self._rates.overall if interactive else 0.0  # this is how replies overtake
        free_at = max(self._free_at - ahead, self._single(address, chat, interactive))
        return max(0.0, self._halted_until - now, chat.halted_until - now, free_at - now)

    def halt(self, address: str | None, span: timedelta) -> None:
        """Send nothing to an address for a while, or, with None, nothing to anyone. The longer halt wins."""
        until = self._clock() + span.total_seconds()
        if address is None:
            self._halted_until = max(self._halted_until, until)
        else:
            chat = self._chats.setdefault(_chat_of(address), _Chat())
            chat.halted_until = max(chat.halted_until, until)

    def _single(self, address: str, chat: _Chat, interactive: bool) -> float:
        rates = self._rates
        if _is_group(address):
            full = len(chat.sent) >= rates.group
            return chat.sent[-rates.group] + rates.group_span if full else 0.0
        return chat.free_at - (rates.burst / rates.chat if interactive else 0.0)

    def _take(self, address: str) -> None:
        now = self._clock()
        if len(self._chats) > _TIDY_ABOVE:
            self._tidy(now)
        chat = self._chats.setdefault(_chat_of(address), _Chat())
        self._free_at = max(self._free_at, now) + 1 / self._rates.overall
        chat.free_at = max(chat.free_at, now) + 1 / self._rates.chat
        if _is_group(address):
            chat.sent.append(now)
            while len(chat.sent) > self._rates.group:
                chat.sent.popleft()

    def _tidy(self, now: float) -> None:
        quiet = now - self._rates.group_span
        self._chats = {
            name: chat
            for name, chat in self._chats.items()
            if max(chat.free_at, chat.halted_until, *chat.sent, 0.0) > quiet
        }


def _chat_of(address: str) -> str:
    return address.partition("/")[0]


def _is_group(address: str) -> bool:
    return address.startswith("-")
