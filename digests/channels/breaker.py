"""Stop knocking when nobody opens: after some failed connections in a row only one probe at a time goes out."""

import time
from collections.abc import Callable


class Breaker:
    """Counts connections that failed in a row. Seconds come from `clock`, which never goes back."""

    def __init__(self, *, after: int = 5, pause: float = 15.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._after = after
        self._pause = pause
        self._clock = clock
        self._failed = 0
        self._probe_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the other side seems to be away."""
        return self._failed >= self._after

    def room(self, wanted: int) -> int:
        """How many of `wanted` messages may go out now: all, none, or one probe every `pause` seconds."""
        if not self.is_open:
            return wanted
        if self._clock() < self._probe_at:
            return 0
        self._probe_at = self._clock() + self._pause
        return min(1, wanted)

    def note(self, *, reached: bool) -> None:
        """Somebody answered (whatever they said), or the connection failed."""
        if reached:
            self._failed = 0
            return
        self._failed += 1
        if self._failed == self._after:
            self._probe_at = self._clock() + self._pause
