"""Politeness: one request a host at a time with a pause between them, and what robots.txt asks of us."""

import asyncio
import re
import urllib.robotparser
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

GAP = 1.0  # seconds between two requests to one host: slower than a person clicks
LONGEST_GAP = 10.0  # a Crawl-delay beyond this would keep a look from ever ending
ROBOTS_AGE = 86_400.0  # seconds; RFC 9309 section 2.4: no longer than a day
LONGEST_FRESH = timedelta(hours=3)
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})\b")
_SECONDS = re.compile(r"[0-9]{1,9}")
_KEPT = 2000  # hosts remembered


def fresh_for(headers: Mapping[str, str]) -> timedelta | None:
    """How long an answer holds by its Cache-Control and Age (RFC 9111 section 5), at most three hours; None if unsaid.

    A server may well say a year of a feed that changes by the hour, and a briefing must not miss the day for it.
    """
    said = headers.get("cache-control", "").lower()
    found = _MAX_AGE.search(said)
    if not found or re.search(r"\b(?:no-cache|no-store)\b", said):
        return None
    age = headers.get("age", "")
    left = int(found[1]) - (int(age) if _SECONDS.fullmatch(age) else 0)
    return min(timedelta(seconds=left), LONGEST_FRESH) if left > 0 else None


class Turns:
    """Lets one request a host through at a time, and `most` altogether. `clock` counts seconds."""

    def __init__(self, *, most: int, gap: float, clock: Callable[[], float]) -> None:
        self._all = asyncio.Semaphore(most)
        self._hosts: OrderedDict[str, asyncio.Lock] = OrderedDict()
        self._last: dict[str, float] = {}
        self._gap = gap
        self._clock = clock

    @asynccontextmanager
    async def turn(self, host: str, *, delay: float = 0.0) -> AsyncIterator[None]:
        """Waits for this host's turn; `delay` is a longer pause that the host asked for."""
        lock = self._hosts.setdefault(host, asyncio.Lock())
        async with lock:
            await self._pause(host, max(self._gap, min(delay, LONGEST_GAP)) if self._gap else 0.0)
            async with self._all:
                try:
                    yield
                finally:
                    self._last[host] = self._clock()
        self._forget()

    async def _pause(self, host: str, gap: float) -> None:
        left = self._last.get(host, -gap) + gap - self._clock()
        if left > 0:
            await asyncio.sleep(left)

    def _forget(self) -> None:
        while len(self._hosts) > _KEPT:
            host = next((host for host, lock in self._hosts.items() if not lock.locked()), None)
            if host is None:
                return
            del self._hosts[host]
            self._last.pop(host, None)


class Robots:
    """What one host's robots.txt says. A host without one allows everything (RFC 9309 section 2.3.1)."""

    def __init__(self, text: str | None, *, agent: str) -> None:
        self._agent = agent
        self._rules = urllib.robotparser.RobotFileParser()
        self._rules.parse((text or "").splitlines()[:5000])

    def allows(self, url: str) -> bool:
        """Whether the page at `url` may be read by us."""
        return self._rules.can_fetch(self._agent, url)

    @property
    def delay(self) -> float:
        """Seconds that it asks us to leave between requests; 0 where it asks nothing."""
        asked = self._rules.crawl_delay(self._agent)
        return float(asked) if asked else 0.0
