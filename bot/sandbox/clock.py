"""The sandbox's clock: the real time, or any other, moved by hand; and a bell that wakes those who wait."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

T = TypeVar("T")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END = datetime(2100, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


class Clock:
    """Runs like `base` and can be moved; calling it gives an aware UTC datetime."""

    def __init__(self, base: Callable[[], datetime] = utc_now) -> None:
        self._base = base
        self._shift = timedelta()

    def __call__(self) -> datetime:
        """What time it is."""
        return self._base() + self._shift

    @property
    def shift(self) -> timedelta:
        """How far it is moved from its base."""
        return self._shift

    def moved(self) -> float:
        """The same in seconds."""
        return self._shift.total_seconds()

    def move(self, seconds: float) -> None:
        """Moved by so many seconds, back when negative."""
        self._put(self._shift + timedelta(seconds=seconds))

    def set(self, moment: datetime) -> None:
        """Moved so that it is `moment` (aware) now."""
        if moment.tzinfo is None:
            raise ValueError("the sandbox's clock takes aware times only")
        self._put(moment.astimezone(UTC) - self._base())

    def _put(self, shift: timedelta) -> None:
        moment = self._base() + shift
        if not EPOCH <= moment < END:
            raise ValueError(f"the sandbox's clock runs from {EPOCH.year} to {END.year}")
        self._shift = shift

    def reset(self) -> None:
        """Like its base again."""
        self._shift = timedelta()


class Bell:
    """Rings whenever anything in the sandbox changed; `count` says how often."""

    def __init__(self) -> None:
        self.count = 0
        self._waiters: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all who wait."""
        self.count += 1
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()

    async def wait(self, seconds: float) -> bool:
        """Until it rings (True), or until so many real seconds have passed (False)."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
        return True

    async def until(self, look: Callable[[], T | None], seconds: float) -> T | None:
        """What `look` finds, looked for again at every ring; None after so many real seconds without."""
        ends = asyncio.get_running_loop().time() + seconds
        while (found := look()) is None:
            left = ends - asyncio.get_running_loop().time()
            if left <= 0:
                return None
            await self.wait(left)
        return found
