"""Addresses that lead where the bot must not go: each is refused with its reason, and nobody is ever connected to."""

from collections.abc import Sequence

import pytest

from digests.errors import FetchError
from digests.sources.fetch import GuardedClient
from tests.sources.honeypot import connections, server

PRIVATE = "not a public address"
NO_HOST = "no host name|not a web address"
PORT = "only 80 and 443"
USER = "user name or password"
SCHEME = "only http and https"
NONE = "not a web address|names no host|no host name"

NAMES = {
    "loopback.example": ["127.0.0.1"],
    "six.example": ["::1"],
    "mixed.example": ["93.184.215.14", "127.0.0.1"],
    "mixed-late.example": ["93.184.215.14"] * 5 + ["10.0.0.1"],
    "mixed-six.example": ["93.184.215.14", "::ffff:127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "lan.example": ["192.168.1.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "six-to-four.example": ["2002:7f00:1::"],
    "multicast.example": ["224.0.0.1"],
    "scoped.example": ["fe80::1%eth0"],
    "odd.example": ["127.1"],
    "nowhere.example": [],
    "localhost": ["127.0.0.1"],
    "localhost.": ["127.0.0.1"],
    "localhost.localdomain": ["127.0.0.1"],
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "xn--lcalhost-5za.example": ["127.0.0.1"],
    "public.example": ["93.184.215.14"],
}

HOSTILE = {
    # numbers in all their forms
    "http://127.0.0.1/": PRIVATE,
    "http://127.255.255.254/": PRIVATE,
    "http://0.0.0.0/": PRIVATE,
    "http://10.1.2.3/": PRIVATE,
    "http://172.16.0.1/": PRIVATE,
    "http://192.168.0.1/": PRIVATE,
    "http://100.64.0.1/": PRIVATE,
    "http://169.254.169.254/latest/meta-data/": PRIVATE,
    "http://198.18.0.1/": PRIVATE,
    "http://192.0.0.8/": PRIVATE,
    "http://192.88.99.1/": PRIVATE,
    "http://224.0.0.1/": PRIVATE,
    "http://240.0.0.1/": PRIVATE,
    "http://255.255.255.255/": PRIVATE,
    "http://2130706433/": NO_HOST,
    "http://0x7f000001/": NO_HOST,
    "http://0x7f.0.0.1/": NO_HOST,
    "http://017700000001/": NO_HOST,
    "http://0177.0.0.1/": NO_HOST,
    "http://127.1/": NO_HOST,
    "http://127.0.1/": NO_HOST,
    "http://0/": NO_HOST,
    "http://127.0.0.1./": f"{PRIVATE}|{NO_HOST}",
    "http://①②⑦.⓪.⓪.①/": f"{PRIVATE}|{NO_HOST}",
    "http://127。0。0。1/": f"{PRIVATE}|{NO_HOST}",
    # version six
    "http://[::1]/": PRIVATE,
    "http://[::]/": PRIVATE,
    "http://[::ffff:127.0.0.1]/": PRIVATE,
    "http://[::ffff:7f00:1]/": PRIVATE,
    "http://[::127.0.0.1]/": PRIVATE,
    "http://[64:ff9b::7f00:1]/": PRIVATE,
    "http://[64:ff9b:1::7f00:1]/": PRIVATE,
    "http://[2002:7f00:1::]/": PRIVATE,
    "http://[2001:0:7f00:1::]/": PRIVATE,
    "http://[fc00::1]/": PRIVATE,
    "http://[fe80::1]/": PRIVATE,
    "http://[fec0::1]/": PRIVATE,
    "http://[ff02::1]/": PRIVATE,
    "http://[fe80::1%25eth0]/": f"{PRIVATE}|{NO_HOST}",
    "http://[::1": NONE,
    "http://[127.0.0.1]/": NONE,
    # names
    "http://localhost/": PRIVATE,
    "https://localhost/": PRIVATE,
    "http://LOCALHOST/": PRIVATE,
    "http://localhost./": PRIVATE,
    "http://localhost.localdomain/": PRIVATE,
    "http://loopback.example/": PRIVATE,
    "https://six.example/": PRIVATE,
    "http://mixed.example/": PRIVATE,
    "http://mixed-late.example/": PRIVATE,
    "http://mixed-six.example/": PRIVATE,
    "http://metadata.example/": PRIVATE,
    "http://lan.example/": PRIVATE,
    "http://nat64.example/": PRIVATE,
    "http://six-to-four.example/": PRIVATE,
    "http://multicast.example/": PRIVATE,
    "http://scoped.example/": PRIVATE,
    "http://odd.example/": PRIVATE,
    "http://nowhere.example/": "has no address",
    "http://unknown.example/": "is not known",
    "http://127.0.0.1.nip.example/": PRIVATE,
    # ports
    "http://public.example:{port}/": PORT,
    "http://127.0.0.1:{port}/": PORT,
    "http://localhost:{port}/": PORT,
    "http://public.example:22/": PORT,
    "http://public.example:6379/": PORT,
    "http://public.example:0/": PORT,
    "http://public.example:99999/": PORT,
    # users
    "http://me@127.0.0.1/": USER,
    "http://me:word@public.example/": USER,
    "http://public.example@127.0.0.1:{port}/": USER,
    "http://127.0.0.1:{port}@public.example/": USER,
    "http://public.example%40127.0.0.1/": f"{NONE}|is not known",
    "http://127.0.0.1\\@public.example/": NONE,
    # schemes and what is none
    "file:///etc/passwd": SCHEME,
    "ftp://127.0.0.1/": SCHEME,
    "gopher://127.0.0.1:6379/_INFO": SCHEME,
    "dict://127.0.0.1:11211/": SCHEME,
    "data:text/html,hello": SCHEME,
    "javascript:alert(1)": SCHEME,
    "//127.0.0.1/": f"{SCHEME}|{NONE}",
    "http:///etc/passwd": NONE,
    "http://": NONE,
    "http:127.0.0.1": NONE,
    "http://127.0.0.1 /": NONE,
    "http://public.example\r\nHost: 127.0.0.1/": NONE,
    "http://public.example\x00.127.0.0.1/": NONE,
    "http://" + "a" * 300 + ".example/": NONE,
    "http://-a.example/": f"{NO_HOST}|is not known",
}


async def resolve(host: str, port: int) -> Sequence[str]:
    if host == "127.0.0.1":  # an address means itself, as for the system's own name service
        return [host]
    if host not in NAMES:
        raise OSError("no such name")
    return NAMES[host]


def test_the_table_is_long_enough():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_hostile_address_is_refused_with_its_reason_and_nobody_is_connected_to(url):
    async with server() as pot, GuardedClient(resolver=resolve, gap=0.0) as client:
        with connections() as seen, pytest.raises(FetchError, match=HOSTILE[url]):
            await client.get(url.replace("{port}", str(pot.port)))
        assert seen == []
        assert pot.asked == []


OWN = ("http://", "http:///etc/passwd")  # without a host: joined to an address they are that address's own


@pytest.mark.parametrize("url", [url for url in HOSTILE if url.isprintable() and " " not in url and url not in OWN])
async def test_a_redirect_to_a_hostile_address_ends_where_it_began(url):
    async with server() as pot, server() as door:
        door.redirect("/", "/further")
        door.redirect("/further", url.replace("{port}", str(pot.port)))
        own = {f"127.0.0.1:{door.port}"}
        async with GuardedClient(resolver=resolve, allow_hosts=own, gap=0.0) as client:
            with connections() as seen, pytest.raises(FetchError):
                await client.get(f"http://127.0.0.1:{door.port}/")
        assert door.asked == ["/", "/further"]
        assert pot.asked == []
        assert {place for place in seen if place != ("127.0.0.1", door.port)} == set()


async def test_the_witness_sees_a_connection_and_the_honeypot_a_request():
    async with server() as pot, GuardedClient(allow_hosts={f"127.0.0.1:{pot.port}"}, gap=0.0) as client:
        with connections() as seen:
            assert (await client.get(f"http://127.0.0.1:{pot.port}/")).body == b"ok"
    assert seen == [("127.0.0.1", pot.port)]
    assert pot.asked == ["/"]


async def test_a_name_that_means_another_address_the_second_time_gains_nothing():
    answers = [["93.184.215.14", "127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]]

    async def changing(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    async with server(), GuardedClient(resolver=changing, gap=0.0) as client:
        with connections() as seen:
            for _ in range(3):
                with pytest.raises(FetchError, match=PRIVATE):
                    await client.get("http://rebinding.example/")
    assert seen == []


async def test_a_redirect_asks_the_name_service_again_and_checks_what_it_says_now():
    answers = [["127.0.0.1"], ["10.0.0.1"]]

    async def changing(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    async with server() as door:
        door.redirect("/", "http://rebinding.example/")
        own = {f"door.example:{door.port}"}
        async with GuardedClient(resolver=changing, allow_hosts=own, gap=0.0) as client:
            with connections() as seen, pytest.raises(FetchError, match=PRIVATE):
                await client.get(f"http://door.example:{door.port}/")
    assert seen == [("127.0.0.1", door.port)]
    assert answers == []


async def test_a_chain_of_redirects_is_left_after_the_fifth():
    async with server() as door:
        for n in range(9):
            door.redirect(f"/{n}", f"/{n + 1}")
        async with GuardedClient(allow_hosts={"127.0.0.1"}, gap=0.0) as client:
            with pytest.raises(FetchError, match="redirects more than 5 times"):
                await client.get(f"http://127.0.0.1:{door.port}/0")
    assert door.asked == [f"/{n}" for n in range(6)]
