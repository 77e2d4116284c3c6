import pytest

from digests.errors import FetchError
from digests.sources.addresses import check_addresses, check_url, is_public

NOT_PUBLIC = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.8.9.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.7",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_lead_into_private_networks_are_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "::ffff:8.8.8.8", "2606:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_let_through(address):
    assert is_public(address)


def test_one_private_address_among_public_ones_refuses_the_host():
    check_addresses("a.example", ["93.184.215.14", "8.8.8.8"])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 is not a public address"):
        check_addresses("a.example", ["93.184.215.14", "10.0.0.1"])


@pytest.mark.parametrize(
    ("scheme", "host", "port", "userinfo", "reason"),
    [
        ("ftp", "a.example", None, b"", "only http and https"),
        ("file", "", None, b"", "only http and https"),
        ("http", "", None, b"", "no host"),
        ("http", "a.example", 22, b"", "port 22"),
        ("http", "a.example", 8080, b"", "port 8080"),
        ("http", "a.example", None, b"user:word", "user name"),
        ("http", "2130706433", None, b"", "no host name"),
        ("http", "0x7f000001", None, b"", "no host name"),
        ("http", "127.1", None, b"", "no host name"),
        ("http", "0", None, b"", "no host name"),
        ("http", "0177.0.0.01", None, b"", "no host name"),
        ("http", "a.example.0x1", None, b"", "no host name"),
        ("http", "127.0.0.1", None, b"", "not a public address"),
        ("https", "::1", None, b"", "not a public address"),
        ("http", "-a.example", None, b"", "no host name"),
        ("http", "a" * 254, None, b"", "no host"),
    ],
)
def test_addresses_whose_form_forbids_them_are_refused(scheme, host, port, userinfo, reason):
    with pytest.raises(FetchError, match=reason):
        check_url(scheme, host, port, userinfo, ())


def test_the_operators_own_hosts_are_let_in_with_any_port_or_only_with_the_one_listed():
    check_url("http", "nas.lan", 8080, b"", {"nas.lan"})
    check_url("http", "127.0.0.1", 9000, b"", {"127.0.0.1:9000"})
    with pytest.raises(FetchError):
        check_url("http", "127.0.0.1", 9001, b"", {"127.0.0.1:9000"})
    with pytest.raises(FetchError, match="user name"):
        check_url("http", "nas.lan", 8080, b"me", {"nas.lan"})
