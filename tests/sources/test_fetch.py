import asyncio
import gzip
import logging
from contextlib import asynccontextmanager
from datetime import timedelta

import httpcore
import httpx
import pytest

from digests.errors import FetchError
from digests.sources.fetch import AGENT, GuardedClient, HttpStatus, shown
from digests.sources.wire import GuardedNetwork
from tests.sources.web import Web, streamed


class Honeypot:
    """A server on loopback that must never be reached, or must be, and counts."""

    def __init__(self) -> None:
        self.hits = 0
        self.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.hits += 1
        self.head = await reader.readuntil(b"\r\n\r\n")
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def honeypot():
    pot = Honeypot()
    server = await asyncio.start_server(pot.serve, "127.0.0.1", 0)
    pot.port = server.sockets[0].getsockname()[1]
    try:
        yield pot
    finally:
        server.close()
        await server.wait_closed()


def resolver(table):
    async def resolve(host, port):
        return table[host]

    return resolve


async def test_an_answer_brings_its_bytes_type_and_validators():
    web = Web(
        {
            "https://a.example/feed": httpx.Response(
                200,
                headers={"ETag": '"v1"', "Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT", "Content-Type": "text/xml"},
                content=b"<rss/>",
            )
        }
    )
    async with web.client() as client:
        answer = await client.get("https://a.example/feed")
    assert (answer.status, answer.body, answer.content_type) == (200, b"<rss/>", "text/xml")
    assert (answer.etag, answer.last_modified) == ('"v1"', "Mon, 02 Mar 2026 10:00:00 GMT")
    sent = web.requests[0].headers
    assert sent["user-agent"] == AGENT
    assert AGENT.startswith("briefing-bot/")
    assert sent["accept-encoding"] == "gzip"


async def test_validators_are_sent_and_304_brings_no_body():
    web = Web({"https://a.example/feed": 304})
    async with web.client() as client:
        answer = await client.get("https://a.example/feed", etag='"v1"', last_modified="yesterday")
    assert (answer.status, answer.body) == (304, b"")
    assert web.requests[0].headers["if-none-match"] == '"v1"'
    assert web.requests[0].headers["if-modified-since"] == "yesterday"


@pytest.mark.parametrize(
    ("status", "words"), [(404, "not found"), (410, "gone for good"), (500, "internal"), (403, "")]
)
async def test_a_status_that_is_no_answer_is_an_error_in_words(status, words):
    async with Web({"https://a.example/": status}).client() as client:
        with pytest.raises(HttpStatus, match=rf"HTTP {status}, .*{words}"):
            await client.get("https://a.example/")


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "120"}, timedelta(seconds=120)),
        ({"Retry-After": "99999999999"}, timedelta(days=1)),
        (
            {"Retry-After": "Mon, 02 Mar 2026 10:05:00 GMT", "Date": "Mon, 02 Mar 2026 10:00:00 GMT"},
            timedelta(minutes=5),
        ),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
async def test_a_server_that_names_a_pause_is_heard(headers, wait):
    async with Web({"https://a.example/": httpx.Response(429, headers=headers)}).client() as client:
        with pytest.raises(FetchError) as caught:
            await client.get("https://a.example/")
    assert caught.value.wait == wait


def moved(to: str) -> httpx.Response:
    return httpx.Response(302, headers={"Location": to, "Set-Cookie": "who=you"})


async def test_redirects_are_followed_and_no_cookie_is_carried():
    web = Web(
        {
            "http://a.example/": moved("https://b.example/x"),
            "https://b.example/x": moved("/y"),
            "https://b.example/y": "end",
        }
    )
    async with web.client() as client:
        answer = await client.get("http://a.example/")
    assert (answer.url, answer.body) == ("https://b.example/y", b"end")
    assert all("cookie" not in request.headers for request in web.requests)


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://127.0.0.1/", "not a public address"),
        ("http://169.254.169.254/latest/meta-data", "not a public address"),
        ("http://[::ffff:10.0.0.1]/", "not a public address"),
        ("http://b.example/", "from https to http"),
        ("ftp://b.example/", "only http and https"),
        ("https://b.example:8443/", "port 8443"),
        ("https://me:word@b.example/", "user name"),
        ("https://2130706433/", "no host name"),
        ("https://a.example/", "more than 5 times"),
        ("https://[::1", "Invalid URL in location"),
    ],
)
async def test_redirects_to_where_we_do_not_go_are_refused(to, reason):
    web = Web({"https://a.example/": moved(to)})
    async with web.client() as client:
        with pytest.raises(FetchError, match=reason):
            await client.get("https://a.example/")
    assert set(web.asked) == {"https://a.example/"}


async def test_an_answer_that_declares_itself_too_large_is_not_read():
    big = httpx.Response(200, headers={"Content-Length": str(6 * 1024 * 1024)}, content=b"x")
    async with Web({"https://a.example/": big}).client() as client:
        with pytest.raises(FetchError, match="larger than 5 MB"):
            await client.get("https://a.example/")


@pytest.mark.parametrize(
    "url", ["", "no address", "http://", "http://127.0.0.1\\@good.example/", "http://a b/", "x" * 3000]
)
async def test_what_is_no_address_is_refused_without_asking_anybody(url):
    web = Web()
    async with web.client() as client:
        with pytest.raises(FetchError):
            await client.get(url)
    assert web.asked == []


async def test_the_query_of_an_address_is_in_no_log_line_and_no_error(caplog):
    web = Web(
        {"https://a.example/f?key=hush": moved("https://a.example/g?key=hush"), "https://a.example/g?key=hush": 500}
    )
    caplog.set_level(logging.INFO, logger="digests")
    async with web.client() as client:
        with pytest.raises(FetchError) as caught:
            await client.get("https://a.example/f?key=hush")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("digests")]
    assert ours
    assert "hush" not in str(caught.value) + " ".join(ours)


# ---- robots.txt --------------------------------------------------------------------------------------------------


async def test_a_polite_request_asks_robots_once_a_day_and_obeys():
    web = Web(
        {
            "https://a.example/robots.txt": "User-agent: *\nDisallow: /private/\n",
            "https://a.example/open": "yes",
            "https://a.example/private/x": "no",
        }
    )
    time = 0.0
    async with web.client(clock=lambda: time) as client:
        assert (await client.get("https://a.example/open", polite=True)).body == b"yes"
        with pytest.raises(FetchError, match=r"robots\.txt asks us not to"):
            await client.get("https://a.example/private/x", polite=True)
        assert web.asked.count("https://a.example/robots.txt") == 1
        time += 86_401
        await client.get("https://a.example/open", polite=True)
    assert web.asked.count("https://a.example/robots.txt") == 2
    assert "https://a.example/private/x" not in web.asked


async def test_robots_that_name_us_are_obeyed_and_feeds_do_not_ask():
    web = Web(
        {"https://a.example/robots.txt": "User-agent: briefing-bot\nDisallow: /\n", "https://a.example/f": "feed"}
    )
    async with web.client() as client:
        with pytest.raises(FetchError, match="robots"):
            await client.get("https://a.example/f", polite=True)
        assert (await client.get("https://a.example/f")).body == b"feed"


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (429, False)])
async def test_missing_robots_allow_all_and_broken_ones_nothing(status, allowed):
    web = Web({"https://a.example/robots.txt": status, "https://a.example/x": "text"})
    async with web.client() as client:
        if allowed:
            assert (await client.get("https://a.example/x", polite=True)).body == b"text"
        else:
            with pytest.raises(FetchError):
                await client.get("https://a.example/x", polite=True)


# ---- sockets -----------------------------------------------------------------------------------------------------


def hostile_urls(port: int) -> list[str]:
    names = ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0", "[::1]", "[::ffff:127.0.0.1]", "[::]"]
    names += [
        "127.0.0.1.nip.example",
        "private.example",
        "mixed.example",
        "0177.0.0.1",
        "[64:ff9b::7f00:1]",
        "①②⑦.0.0.1",
    ]
    return [f"http://{name}:{port}/" for name in names] + [f"http://{name}/" for name in names]


async def test_nothing_on_loopback_is_reached_however_it_is_named():
    private = resolver(
        {
            "localhost": ["127.0.0.1"],
            "127.0.0.1.nip.example": ["127.0.0.1"],
            "private.example": ["::1", "127.0.0.1"],
            "mixed.example": ["93.184.215.14", "127.0.0.1"],
        }
    )
    async with honeypot() as pot, GuardedClient(resolver=private, gap=0.0) as client:
        for url in hostile_urls(pot.port):
            with pytest.raises(FetchError):
                await client.get(url)
    assert pot.hits == 0


async def test_an_allowed_host_is_reached_and_redirects_from_it_are_checked_again():
    async with honeypot() as pot, honeypot() as other:
        pot.answer = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{other.port}/\r\n\r\n".encode()
        async with GuardedClient(allow_hosts={f"127.0.0.1:{pot.port}"}, gap=0.0) as client:
            with pytest.raises(FetchError, match="redirects to where we don't go"):
                await client.get(f"http://127.0.0.1:{pot.port}/")
        assert (pot.hits, other.hits) == (1, 0)


async def test_a_name_is_resolved_once_and_the_connection_goes_to_the_checked_address():
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked = []

    async def changing(host, port):
        asked.append(host)
        return answers.pop(0)

    async with honeypot() as pot:
        client = GuardedClient(resolver=changing, allow_hosts={f"feeds.example:{pot.port}"}, gap=0.0)
        async with client:
            answer = await client.get(f"http://feeds.example:{pot.port}/x?y=1")
    assert answer.body == b"ok"
    assert asked == ["feeds.example"]
    assert pot.head.startswith(b"GET /x?y=1 HTTP/1.1\r\n")
    assert f"host: feeds.example:{pot.port}".encode() in pot.head.lower()


async def test_a_compressed_answer_comes_out_whole_over_a_real_socket():
    text = b"A sentence about a strait. " * 5000
    packed = gzip.compress(text)
    async with honeypot() as pot:
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
        pot.answer = head.encode() + packed
        async with GuardedClient(allow_hosts={"127.0.0.1"}, gap=0.0) as client:
            assert (await client.get(f"http://127.0.0.1:{pot.port}/")).body == text


async def test_environment_proxies_are_ignored(monkeypatch):
    async with honeypot() as pot:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{pot.port}")
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{pot.port}")
        async with GuardedClient(resolver=resolver({"a.example": ["10.0.0.1"]}), gap=0.0) as client:
            with pytest.raises(FetchError, match="not a public address"):
                await client.get("http://a.example/")
    assert pot.hits == 0


async def test_a_server_that_drips_is_left_when_its_time_is_up():
    left = asyncio.Event()

    async def drip(reader, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        goodbye = asyncio.ensure_future(reader.read())
        while not goodbye.done():
            writer.write(b"x")
            await asyncio.wait([goodbye], timeout=0.02)
        writer.close()
        left.set()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, GuardedClient(allow_hosts={"127.0.0.1"}, gap=0.0, total=0.2) as client:
        with pytest.raises(FetchError, match="took longer"):
            await client.get(f"http://127.0.0.1:{port}/")
        await asyncio.wait_for(left.wait(), 5)


async def test_a_port_nobody_listens_on_is_an_error_in_words():
    async with honeypot() as pot:
        port = pot.port
    async with GuardedClient(allow_hosts={"127.0.0.1"}, gap=0.0) as client:
        with pytest.raises(FetchError, match="can't be reached"):
            await client.get(f"http://127.0.0.1:{port}/")


async def test_a_host_that_takes_no_connection_is_not_tried_again_for_a_minute():
    seconds, tried = [100.0], []

    async def answer(request: httpx.Request) -> httpx.Response:
        tried.append(str(request.url))
        raise httpx.ConnectTimeout("no answer")

    transport = httpx.MockTransport(answer)
    async with GuardedClient(transport=transport, gap=0.0, clock=lambda: seconds[0]) as client:
        asked = (client.get(f"https://dead.example/{n}") for n in range(40))
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert len(tried) == 1
        assert all(isinstance(one, FetchError) and one.is_brief for one in found)
        seconds[0] += 61
        with pytest.raises(FetchError, match="does not answer"):
            await client.get("https://dead.example/1")
        assert len(tried) == 2


async def test_one_host_is_asked_one_request_at_a_time_and_hosts_do_not_wait_for_each_other():
    busy: dict[str, int] = {}
    most: dict[str, int] = {}
    both = asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        host = request.url.host
        busy[host] = busy.get(host, 0) + 1
        most[host] = max(most.get(host, 0), busy[host])
        if len(busy) == 2:
            both.set()
        await asyncio.wait_for(both.wait(), 5)
        busy[host] -= 1
        return streamed(b"ok")

    async with GuardedClient(transport=httpx.MockTransport(answer), gap=0.0) as client:
        urls = [f"https://{host}.example/{n}" for host in "ab" for n in range(4)]
        await asyncio.gather(*(client.get(url) for url in urls))
    assert most == {"a.example": 1, "b.example": 1}


async def test_a_host_that_asks_to_wait_is_asked_for_nothing_more_until_then():
    seconds = [100.0]
    web = Web(
        {"https://a.example/1": httpx.Response(429, headers={"Retry-After": "120"}), "https://a.example/2": b"ok"}
    )
    async with web.client(clock=lambda: seconds[0]) as client:
        for url, reason in (("https://a.example/1", "HTTP 429"), ("https://a.example/2", "wait for 120 s more")):
            with pytest.raises(FetchError, match=reason) as error:
                await client.get(url, polite=url.endswith("2"))
            assert error.value.wait == timedelta(seconds=120)
        assert web.asked == ["https://a.example/1"]
        seconds[0] += 121
        assert (await client.get("https://a.example/2")).body == b"ok"


@pytest.mark.parametrize("to", ["mailto:a@b.example", "javascript:alert(1)", "http:127.0.0.1", "http://[", "//"])
async def test_a_redirect_to_what_is_no_address_is_an_error_in_words(to):
    web = Web({"https://a.example/": httpx.Response(302, headers={"Location": to})})
    async with web.client() as client:
        with pytest.raises(FetchError):
            await client.get("https://a.example/")


async def test_headers_that_are_no_plain_text_are_neither_understood_nor_kept():
    wait = httpx.Response(429, headers=[(b"Retry-After", b"\xb2")])
    odd = httpx.Response(200, headers=[(b"ETag", b'"\xe9"'), (b"Last-Modified", b"lun., 02 f\xe9vr. 2026")])
    web = Web({"https://a.example/": wait, "https://b.example/": odd})
    async with web.client() as client:
        with pytest.raises(HttpStatus, match="429") as caught:
            await client.get("https://a.example/")
        answer = await client.get("https://b.example/", etag='"é"')
    assert caught.value.wait is None
    assert (answer.etag, answer.last_modified) == (None, None)


def test_an_address_is_shown_as_it_travels():
    assert shown(httpx.URL("https://evil.example/%0aERROR%20forged%e2%80%ae?token=1")) == (
        "https://evil.example/%0aERROR%20forged%e2%80%ae"
    )
    assert shown(httpx.URL("https://xn--80ak6aa92e.example/a")) == "https://xn--80ak6aa92e.example/a"
    assert shown(httpx.URL("https://xn--.evil.example/feed")) == "https://xn--.evil.example/feed"


async def test_the_words_of_a_status_line_are_cleaned_and_cut():
    words = b"\x1b]0;x\x07" + b"long " * 60
    web = Web({"https://a.example/": httpx.Response(599, extensions={"reason_phrase": words})})
    async with web.client() as client:
        with pytest.raises(HttpStatus) as caught:
            await client.get("https://a.example/")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 100


async def test_robots_and_page_share_one_time():
    answering = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answering.append(asyncio.current_task())
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.3)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, GuardedClient(allow_hosts={place}, gap=0.0, total=0.4) as client:
        with pytest.raises(FetchError, match="took longer"):
            await client.get(f"http://{place}/", polite=True)
        await asyncio.gather(*answering, return_exceptions=True)


async def test_a_host_whose_first_address_is_a_black_hole_is_reached_by_its_next():
    tried = []

    class Sockets:
        async def connect_tcp(self, host, *_rest):
            tried.append(host)
            if host == "93.184.215.14":
                raise httpcore.ConnectTimeout
            return "a stream"

    network = GuardedNetwork((), resolver({"a.example": ["93.184.215.14", "93.184.215.15"]}))
    network._sockets = Sockets()
    assert await network.connect_tcp("a.example", 443) == "a stream"
    assert tried == ["93.184.215.14", "93.184.215.15"]
