"""How much one person may ask: a burst of eight, then one in three seconds; the rest is dropped with a notice a minute.

Slower than one answer a second on purpose: /start is three messages, Telegram takes one a second for a chat, and what
one person asks must never grow faster than it can be answered, or it would stand before everybody else's.
"""

import time
from collections.abc import Callable
from enum import Enum, auto

_TIDY_ABOVE = 10_000  # people remembered before the quiet ones are forgotten
_NOTICE = 60.0  # seconds


class Verdict(Enum):
    """What becomes of an update."""

    ADMIT = auto()
    WARN = auto()  # dropped, and its sender hears about it
    DROP = auto()


class Gate:
    """The generic cell rate algorithm (ITU-T I.371), one cell stream a person, on a clock that never goes back."""

    def __init__(self, *, a_second: float = 1 / 3, burst: int = 8, clock: Callable[[], float] = time.monotonic) -> None:
        self._step = 1.0 / a_second
        self._slack = self._step * (burst - 1)
        self._clock = clock
        self._due: dict[int, float] = {}
        self._warned: dict[int, float] = {}

    def ask(self, person: int | None) -> Verdict:
        """Whether one more update of this person is let in. Nobody in particular always is."""
        if person is None:
            return Verdict.ADMIT
        now = self._clock()
        due = max(self._due.get(person, now), now)
        if due - now <= self._slack:
            self._tidy(now)
            self._due[person] = due + self._step
            return Verdict.ADMIT
        if now - self._warned.get(person, -_NOTICE) >= _NOTICE:
            self._warned[person] = now
            return Verdict.WARN
        return Verdict.DROP

    def _tidy(self, now: float) -> None:
        if len(self._due) > _TIDY_ABOVE:
            self._due = {person: due for person, due in self._due.items() if due > now}
            self._warned = {person: at for person, at in self._warned.items() if now - at < _NOTICE}
