"""Over https the name is what is asked for and certified, though the connection goes to a checked address."""

import asyncio
import contextlib
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from digests.errors import FetchError
from digests.sources.fetch import GuardedClient

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is needed to make a certificate")


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A certificate for a.example that this process trusts, and its key."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=a.example"]
    names = ["-addext", "subjectAltName=DNS:a.example", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*command, *names], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    return cert, key


@asynccontextmanager
async def server(certificate: tuple[Path, Path]) -> AsyncIterator[tuple[int, list[str | None], list[str]]]:
    """A server over TLS: its port, the names asked for in handshakes, and the hosts in requests."""
    named: list[str | None] = []
    hosts: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        hosts.append(head.lower().partition("host: ")[2].partition("\r")[0])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    running = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with running:
        yield running.sockets[0].getsockname()[1], named, hosts


async def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


async def test_the_name_stands_in_handshake_and_request_and_not_the_address(certificate: tuple[Path, Path]) -> None:
    async with server(certificate) as (port, named, hosts):
        place = f"a.example:{port}"
        async with GuardedClient(allow_hosts={place}, resolver=here, gap=0.0) as client:
            assert (await client.get(f"https://{place}/")).body == b"ok"
    assert (named, hosts) == (["a.example"], [place])


async def test_a_server_without_a_certificate_for_the_name_is_not_asked(certificate: tuple[Path, Path]) -> None:
    async with server(certificate) as (port, _, hosts):
        place = f"b.example:{port}"
        async with GuardedClient(allow_hosts={place}, resolver=here, gap=0.0) as client:
            with pytest.raises(FetchError, match="certificate"):
                await client.get(f"https://{place}/")
    assert hosts == []
