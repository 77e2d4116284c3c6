"""Faults by script: what goes wrong with which call, how often, and whether the message was accepted before.

The script says what; wire.py does it to the socket. Faults of one method are used up in the order they were added.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What goes wrong. Those with AFTER (and the spoilt answers) happen when the call has already had its effect."""

    DELAY = "delay"  # answered properly, `seconds` late
    REFUSE = "refuse"  # a proper refusal with status, description, retry_after; nothing accepted
    HTML = "html"  # a proxy's page with `status`; nothing accepted
    CLOSE_BEFORE = "close-before"  # socket closed before the body is read
    REFUSE_AFTER = "refuse-after"  # accepted, then a proper refusal
    HTML_AFTER = "html-after"  # accepted, then a proxy's page
    CLOSE_AFTER = "close-after"  # accepted, then the socket is closed
    SILENT_AFTER = "silent-after"  # accepted, then no answer for `seconds`, then the socket is closed
    TRUNCATED = "truncated"  # accepted, half of the answer
    GARBAGE = "garbage"  # accepted, 200 with something that is no JSON
    NOT_OK = "not-ok"  # accepted, 200 with ok: false and no result
    EMPTY = "empty"  # accepted, 200 with an empty body


BEFORE = frozenset({Kind.REFUSE, Kind.HTML, Kind.CLOSE_BEFORE})


@dataclass(slots=True, kw_only=True)
class Fault:
    """One line of the script. `times` None means for ever; the first `skip` calls that it fits are spared."""

    method: str
    kind: Kind
    times: int | None = 1
    skip: int = 0
    chat: int | None = None
    status: int = 502
    description: str = ""
    retry_after: Any = None
    seconds: float = 0.0
    used: int = 0

    def fits(self, method: str, chat: int | None) -> bool:
        """Whether it is about this call and not used up."""
        about = self.method in ("*", method.lower()) and self.chat in (None, chat)
        return about and (self.times is None or self.used < self.times)


class Faults:
    """The script: `add` lines, `clear` them; `used` counts what has gone wrong so far."""

    def __init__(self) -> None:
        self._lines: list[Fault] = []
        self.used = 0

    def add(self, method: str, kind: Kind | str, **more: Any) -> Fault:
        """One more line; method "*" means every method. Further arguments are the fields of Fault."""
        fault = Fault(method=method.lower(), kind=Kind(kind), **more)
        self._lines.append(fault)
        return fault

    def clear(self) -> None:
        """All is well again."""
        self._lines.clear()

    def draw(self, method: str, chat: int | None, *, only: Collection[Kind] = tuple(Kind)) -> Fault | None:
        """The fault that befalls this call, if any (of the kinds `only`)."""
        for fault in self._lines:
            if fault.kind not in only or not fault.fits(method, chat):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.used += 1
            self.used += 1
            return fault
        return None
