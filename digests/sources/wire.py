"""The guarded socket: names are resolved once, every address is checked, and the connection goes to a checked one.

Checking at the socket and not before it leaves no moment in which a name could come to mean another address.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpcore
import httpx
from httpcore import AsyncNetworkStream

from digests.errors import FetchError
from digests.sources.addresses import check_addresses, is_allowed

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
_TRIED = 3  # addresses of one host; each may take the whole connect timeout


_NAMES = ThreadPoolExecutor(25, "names")  # threads of their own: a name server that is silent would hold up reading too


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses that the system knows for `host`."""
    asked = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_NAMES, asked)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to public addresses only, or to hosts that the operator allows."""

    def __init__(self, allowed: Iterable[str], resolver: Resolver) -> None:
        self._allowed = frozenset(allowed)
        self._resolver = resolver
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (the signature is httpcore's)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> AsyncNetworkStream:
        """A connection to `host`. Raises FetchError when any of its addresses is refused."""
        addresses = await self._addresses(host, port, timeout)
        if not is_allowed(host, port, self._allowed):
            check_addresses(host, addresses)
        tried = addresses[:_TRIED]
        for address in tried:
            try:
                return await self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if address == tried[-1]:
                    raise
        raise FetchError(f"{host} has no address")

    async def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002
        timeout: float | None = None,  # noqa: ARG002, ASYNC109
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> AsyncNetworkStream:
        """Never: nothing on the web is a Unix socket."""
        raise FetchError("Unix sockets are not fetched")

    async def sleep(self, seconds: float) -> None:
        """Waits, for httpcore."""
        await asyncio.sleep(seconds)

    async def _addresses(self, host: str, port: int, timeout: float | None) -> Sequence[str]:  # noqa: ASYNC109
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolver(host, port)
        except TimeoutError:
            raise FetchError(f"no name server knows {host} in time", is_brief=True) from None
        except (OSError, UnicodeError):
            raise FetchError(f"{host} is not known (no such name, or no network)") from None
        if not addresses:
            raise FetchError(f"{host} has no address")
        return addresses


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx over `GuardedNetwork`: one connection a request, no proxy, no HTTP/2."""

    def __init__(self, network: httpcore.AsyncNetworkBackend, *, connections: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=connections,
            max_keepalive_connections=0,
            network_backend=network,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one request; httpcore's errors come out as they are."""
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()
