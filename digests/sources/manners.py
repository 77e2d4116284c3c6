"""Politeness: one request a host at a time with a pause between them, and what robots.txt asks of us."""

import asyncio
import math
import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import unquote, urlsplit

GAP = 1.0  # seconds between two requests to one host: slower than a person clicks
LONGEST_GAP = 10.0  # a Crawl-delay beyond this would keep a look from ever ending
ROBOTS_AGE = 86_400.0  # seconds; RFC 9309 section 2.4: no longer than a day
LONGEST_FRESH = timedelta(hours=3)
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})\b")
_SECONDS = re.compile(r"[0-9]{1,9}")
_KEPT = 2000  # hosts remembered
_LINES = 5000  # of a robots.txt


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


class Waits:
    """Hosts that asked us to stay away for a while. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._until: OrderedDict[str, float] = OrderedDict()
        self._clock = clock

    def note(self, host: str, wait: timedelta) -> None:
        """The host asked to be left alone for so long."""
        self._until[host] = self._clock() + wait.total_seconds()
        while len(self._until) > _KEPT:
            self._until.popitem(last=False)

    def left(self, host: str) -> timedelta:
        """How long it still wants to be left alone; zero or less for a host that does not."""
        return timedelta(seconds=self._until.get(host, 0.0) - self._clock())


class Robots:
    """What one host's robots.txt says to us, by RFC 9309: the group that names us, or that for all; of its rules that
    fit a path the longest counts, and allows where two are as long. A host without one allows everything.
    """

    def __init__(self, text: str | None, *, agent: str) -> None:
        groups = _groups(text or "")
        named = [rules for names, rules in groups if any(agent.startswith(name) for name in names if name != "*")]
        chosen = named or [rules for names, rules in groups if "*" in names]
        rules = [rule for group in chosen for rule in group]
        self._paths = [(path, kind == "allow") for kind, path in rules if kind != "crawl-delay" and path]
        delays = [path for kind, path in rules if kind == "crawl-delay"]
        self.delay = _seconds(delays[0]) if delays else 0.0
        """Seconds that it asks us to leave between requests; 0 where it asks nothing."""

    def allows(self, url: str) -> bool:
        """Whether the page at `url` may be read by us."""
        parts = urlsplit(url)
        path = _plain_path((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(pattern), allowed) for pattern, allowed in self._paths if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


_Rules = list[tuple[str, str]]


def _groups(text: str) -> list[tuple[list[str], _Rules]]:
    """The groups of a robots.txt: the agents that each names in lower case, and its rules in order."""
    groups: list[tuple[list[str], _Rules]] = []
    is_naming = False
    for line in text.lstrip("\ufeff").splitlines()[:_LINES]:
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            if not is_naming:
                groups.append(([], []))
            groups[-1][0].append(value.lower())
            is_naming = True
        elif name in ("allow", "disallow", "crawl-delay"):
            is_naming = False
            if groups:
                groups[-1][1].append((name, value if name == "crawl-delay" else _plain_path(value)))
    return groups


def _plain_path(path: str) -> str:
    """A path in one spelling: percent signs undone, except those that would make a separator of its own."""
    return unquote(re.sub(r"%(?=2[fF]|25)", "%25", path))


def _fits(pattern: str, path: str) -> bool:
    """Whether a rule's pattern (* is anything, $ at its end the end) fits the beginning of a path. In linear time."""
    is_whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for place, part in enumerate(rest):
        if is_whole and place == len(rest) - 1:
            return path.endswith(part) and len(path) - len(part) >= at
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not is_whole or at == len(path)


def _seconds(written: str) -> float:
    try:
        found = float(written)
    except ValueError:
        return 0.0
    return found if 0 < found < math.inf else 0.0
