"""429 by the published rates: about 30 messages a second overall, 1 a second in a private chat, 20 a minute in a group.

Telegram lets short bursts pass and says neither how short nor for how long it stays angry: the burst here is ours.
"""

import math
import time
from collections import deque
from collections.abc import Callable

from bot.sandbox.errors import flood

OVERALL = (30, 1.0)
GROUP = (20, 60.0)
PRIVATE = 1.0
BURST = 20


class Rates:
    """Counts accepted messages by real seconds (plus `moved`, how far the sandbox's clock was moved)."""

    def __init__(self, moved: Callable[[], float] = lambda: 0.0, *, enabled: bool = True) -> None:
        self.enabled = enabled
        self._moved = moved
        self._overall: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._private: dict[int, float] = {}

    def take(self, chat: int, *, private: bool) -> None:
        """One message to `chat`. Raises ApiError 429, and then counts nothing."""
        if not self.enabled:
            return
        now = time.monotonic() + self._moved()
        wait = max(_window(self._overall, OVERALL, now), self._private_wait(chat, now) if private else 0.0)
        if not private:
            wait = max(wait, _window(self._groups.setdefault(chat, deque()), GROUP, now))
        if wait > 0:
            raise flood(max(1, math.ceil(wait)))
        self._count(chat, private, now)

    def _private_wait(self, chat: int, now: float) -> float:
        """Leaky bucket: `_private` is the moment at which the chat's debt is paid."""
        debt = self._private.get(chat, now) - now
        if debt > BURST * PRIVATE:  # only when the clock went back
            del self._private[chat]
            return 0.0
        return debt - (BURST - 1) * PRIVATE

    def _count(self, chat: int, private: bool, now: float) -> None:
        self._overall.append(now)
        if private:
            self._private[chat] = max(self._private.get(chat, now), now) + PRIVATE
        else:
            self._groups[chat].append(now)


def _window(times: deque[float], rate: tuple[int, float], now: float) -> float:
    """Seconds until there is room in a sliding window."""
    most, seconds = rate
    while times and times[0] <= now - seconds:
        times.popleft()
    if times and times[-1] > now:  # the clock went back: what was sent "later" no longer counts
        times.clear()
    return times[0] + seconds - now if len(times) >= most else 0.0
