"""The one polite, guarded web client. All that the program reads from the web passes here (docs/sources.md)."""

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpcore
import httpx

from digests.errors import FetchError
from digests.sources.addresses import PORTS, check_url
from digests.sources.body import LARGEST, not_slow, read_bounded
from digests.sources.manners import GAP, ROBOTS_AGE, Robots, Turns, Waits, fresh_for
from digests.sources.wire import GuardedNetwork, GuardedTransport, Resolver, system_resolver
from digests.text import one_line

log = logging.getLogger(__name__)

NAME = "briefing-bot"
AGENT = f"{NAME}/{version(NAME)} (news briefings; reads feeds and their articles; self-hosted)"
TOTAL, CONNECT, READ = 30.0, 5.0, 10.0  # seconds: for an address with all its redirects, a connection, one read
SILENCE = timedelta(minutes=1)  # that a host is left alone which took no connection
REDIRECTS = 5
AT_ONCE = 25  # requests in flight; more would only fill a small machine's memory with answers
ROBOTS_LARGEST = 512 * 1024  # bytes; RFC 9309 section 2.5 asks for at least 500 KiB
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.1"
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A guarded answer: `sources.base.Page`. `url` is where the redirects ended."""

    status: int
    url: str
    body: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    fresh_for: timedelta | None = None


class GuardedClient:
    """Fetches public http and https addresses, within bounds, one request a host at a time. An async context manager.

    `allow_hosts` are hosts (or "host:port") of the operator's own network. `transport`, `resolver` and `clock` are
    seams for tests: a transport replaces the sockets, a resolver the name service.
    """

    def __init__(
        self,
        *,
        allow_hosts: Iterable[str] = (),
        transport: httpx.AsyncBaseTransport | None = None,
        resolver: Resolver = system_resolver,
        clock: Callable[[], float] = time.monotonic,
        gap: float = GAP,
        total: float = TOTAL,
    ) -> None:
        self._allowed = frozenset(name.lower() for name in allow_hosts)
        network = GuardedNetwork(self._allowed, resolver)
        self._http = httpx.AsyncClient(
            transport=transport or GuardedTransport(network, connections=AT_ONCE),
            timeout=httpx.Timeout(READ, connect=CONNECT),
            headers={"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # keeps none
            trust_env=False,
            follow_redirects=False,
        )
        self._turns = Turns(most=AT_ONCE, gap=gap, clock=clock)
        self._waits = Waits(clock)
        self._silent = Waits(clock)
        self._robots: OrderedDict[str, tuple[float, Robots]] = OrderedDict()
        self._clock = clock
        self._total = total

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def get(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, polite: bool = False
    ) -> Answer:
        """The answer to `url`, or one with status 304 and no body where the validators still hold.

        `polite` asks robots.txt first. Raises FetchError with a reason in one line; `wait` where the server named one.
        """
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in validators.items() if value and _is_plain(value)}
        return await self._within(self._total, url, headers, polite=polite)

    async def _within(self, budget: float, url: str, headers: dict[str, str], *, polite: bool) -> Answer:
        """`get` within `budget` seconds, robots.txt included; waiting for a turn is not counted."""
        start = where = self._checked(url)
        for _ in range(REDIRECTS + 1):
            try:
                self._check_wait(where)
                asked = self._clock()
                delay = await self._ask_robots(where, budget) if polite else 0.0
                budget -= self._clock() - asked
                async with self._turns.turn(where.host, delay=delay):
                    self._check_silence(where)
                    began = self._clock()
                    answer, location = await self._hop(where, headers, budget)
            except FetchError as error:
                if error.wait and isinstance(error, HttpStatus):
                    self._waits.note(where.host, error.wait)
                if isinstance(error, Unreachable):
                    self._silent.note(_door(where), SILENCE)
                log.info("%s: %s", shown(where), error)
                raise error if where == start else _redirected(error, where) from None
            if location is None:
                return answer
            budget -= self._clock() - began
            where = self._next(where, location)
        raise FetchError(f"redirects more than {REDIRECTS} times")

    def _check_wait(self, where: httpx.URL) -> None:
        """Raises FetchError while the host wants to be left alone (Retry-After), whichever of its addresses said so."""
        left = self._waits.left(where.host)
        if left > timedelta():
            raise FetchError(f"asked us to wait for {math.ceil(left.total_seconds())} s more", wait=left, is_brief=True)

    def _check_silence(self, where: httpx.URL) -> None:
        """Raises FetchError where the host took no connection a moment ago: forty feeds on a dead one would else each
        wait for it in turn.
        """
        if self._silent.left(_door(where)) > timedelta():
            raise FetchError("can't be reached (nor could it a moment ago)", is_brief=True)

    def _checked(self, url: str) -> httpx.URL:
        """The address as httpx itself understands it, so that nobody reads it in two ways. Raises FetchError."""
        if len(url) > 2048 or not url.isprintable() or any(char in url for char in "\\ "):
            raise FetchError("not a web address")
        try:
            where = httpx.URL(url)
            host = where.raw_host.decode("ascii").lower()
            check_url(where.scheme, host, where.port, where.userinfo, self._allowed)
        except (httpx.InvalidURL, ValueError, TypeError):
            raise FetchError("not a web address") from None
        return where

    def _next(self, here: httpx.URL, location: str) -> httpx.URL:
        try:
            where = self._checked(str(here.join(location)))
        except FetchError as error:
            raise FetchError(f"redirects to where we don't go: {error}") from None
        except (httpx.InvalidURL, ValueError, TypeError):
            raise FetchError("redirects to no web address") from None
        if here.scheme == "https" and where.scheme == "http":
            raise FetchError("redirects from https to http; refused")
        return where

    async def _hop(self, where: httpx.URL, headers: dict[str, str], left: float) -> tuple[Answer, str | None]:
        """One request: its answer, and where it redirects to if it does."""
        try:
            async with asyncio.timeout(max(left, 0.0)), self._http.stream("GET", where, headers=headers) as response:
                if response.status_code in _MOVED and "location" in response.headers:
                    return Answer(status=response.status_code, url=str(where), body=b""), response.headers["location"]
                return await _answer(where, response, self._clock), None
        except TimeoutError:
            raise FetchError(f"took longer than {self._total:.0f} s", is_brief=True) from None
        except (httpx.ConnectTimeout, httpcore.ConnectTimeout):
            raise Unreachable("does not answer (timeout)") from None
        except (httpx.TimeoutException, httpcore.TimeoutException):
            raise FetchError("does not answer (timeout)", is_brief=True) from None
        except (httpx.ConnectError, httpcore.ConnectError) as error:
            raise Unreachable(f"can't be reached ({_cause(error)})") from None
        except (httpx.HTTPError, httpcore.ProtocolError, httpcore.NetworkError) as error:
            raise FetchError(f"broke off ({_cause(error)})", is_brief=True) from None
        except (httpx.InvalidURL, ValueError):  # httpx and h11 read some headers, and not all of them with care
            raise FetchError("answers with what is no HTTP") from None

    async def _ask_robots(self, where: httpx.URL, budget: float) -> float:
        """The pause that the host asks for. Raises FetchError when its robots.txt keeps us out."""
        robots = await self._robots_of(where, budget)
        if not robots.allows(str(where)):
            raise FetchError("robots.txt asks us not to read it")
        return robots.delay

    async def _robots_of(self, where: httpx.URL, budget: float) -> Robots:
        origin = f"{where.scheme}://{where.netloc.decode('ascii')}"
        known = self._robots.get(origin)
        if known and self._clock() - known[0] < ROBOTS_AGE:
            return known[1]
        robots = Robots(await self._robots_text(f"{origin}/robots.txt", budget), agent=NAME)
        self._robots[origin] = (self._clock(), robots)
        while len(self._robots) > 2000:
            self._robots.popitem(last=False)
        return robots

    async def _robots_text(self, url: str, budget: float) -> str | None:
        """None where the host has none. A host that can't be asked for it raises: its pages could not be had either."""
        try:
            answer = await self._within(budget, url, {}, polite=False)
        except HttpStatus as error:
            if error.is_brief:
                raise
            return None
        return answer.body[:ROBOTS_LARGEST].decode("utf-8", "replace")


class Unreachable(FetchError):
    """No connection came about."""

    def __init__(self, message: str) -> None:
        super().__init__(message, is_brief=True)


class HttpStatus(FetchError):
    """The server answered, but not with what was asked for."""

    def __init__(self, message: str, status: int, *, wait: timedelta | None = None) -> None:
        super().__init__(message, wait=wait, is_gone=status == 410, is_brief=status >= 500 or status == 429)
        self.status = status


def _door(where: httpx.URL) -> str:
    return where.netloc.decode("ascii")


def shown(where: httpx.URL) -> str:
    """An address as it may be logged and shown: no user, no query, no fragment."""
    port = f":{where.port}" if where.port and where.port not in PORTS.values() else ""
    host, path = where.raw_host.decode("ascii"), where.raw_path.partition(b"?")[0].decode("ascii")  # as they travel
    return f"{where.scheme}://{host}{port}{path}"[:200]


def _redirected(error: FetchError, where: httpx.URL) -> FetchError:
    words = f"redirects to {shown(where)}: {error}"
    if isinstance(error, HttpStatus):
        return HttpStatus(words, error.status, wait=error.wait)
    return FetchError(words, wait=error.wait, is_brief=error.is_brief)


async def _answer(where: httpx.URL, response: httpx.Response, clock: Callable[[], float]) -> Answer:
    status = response.status_code
    if status == 304:
        return Answer(status=304, url=str(where), body=b"", fresh_for=fresh_for(response.headers))
    if not 200 <= status < 300:
        words = {404: "not found", 410: "gone for good", 429: "too many requests", 401: "asks for a login"}
        reason = words.get(status) or one_line(response.reason_phrase.lower(), limit=80) or "no reason given"
        raise HttpStatus(f"HTTP {status}, {reason}", status, wait=_wait(response))
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > LARGEST:
        raise FetchError(f"larger than {LARGEST // 1024 // 1024} MB")
    packed = response.headers.get("content-encoding", "")
    body = await read_bounded(not_slow(response.aiter_raw(), clock), packed)
    return Answer(
        status=status,
        url=str(where),
        body=body,
        content_type=response.headers.get("content-type", "")[:200],
        etag=_header(response, "etag"),
        last_modified=_header(response, "last-modified"),
        fresh_for=fresh_for(response.headers),
    )


def _header(response: httpx.Response, name: str) -> str | None:
    value = response.headers.get(name, "")
    return value if 0 < len(value) <= 400 and _is_plain(value) else None


def _is_plain(value: str) -> bool:
    """Whether a header's value can be sent back as it came."""
    return value.isascii() and value.isprintable()


def _wait(response: httpx.Response) -> timedelta | None:
    """Retry-After, in seconds or as a date (RFC 9110 section 10.2.3), at most a day."""
    asked = response.headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return timedelta(seconds=min(int(asked[:9]), 86_400))
    try:
        until = parsedate_to_datetime(asked)
        began = parsedate_to_datetime(response.headers["date"]) if "date" in response.headers else datetime.now(UTC)
        return min(max(until - began, timedelta()), timedelta(days=1))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _cause(error: Exception) -> str:
    return one_line(str(error), limit=120) or type(error).__name__
