"""Which addresses may be fetched: the rules of the guard, as pure functions (docs/sources.md says what is refused)."""

import ipaddress
import re
from collections.abc import Iterable

from digests.errors import FetchError

PORTS = {"http": 80, "https": 443}
# Networks that Python calls global, or that lead to private ones: protocol assignments, 6to4 relays, NAT64 (which
# carries any IPv4 address, private ones too), 6to4, deprecated site-local, IPv4-compatible, Teredo, documentation.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "240.0.0.0/4",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
_NUMERIC = re.compile(r"^(?:0x[0-9a-f]*|\d+)$")
_HOST = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?$")


def check_url(scheme: str, host: str, port: int | None, userinfo: bytes | str, allowed: Iterable[str]) -> None:
    """Refuse an address whose form alone forbids fetching it. `host` in lower case and ASCII, brackets off.

    `allowed` holds hosts ("nas.lan") and hosts with a port ("nas.lan:8080") of the operator's own network.
    Raises FetchError.
    """
    if scheme not in PORTS:
        raise FetchError(f"only http and https are fetched, not {scheme or 'an address without scheme'}")
    if userinfo:
        raise FetchError("addresses with a user name or password are not fetched")
    if not host or len(host) > 253:
        raise FetchError("the address names no host")
    port = PORTS[scheme] if port is None else port
    if is_allowed(host, port, allowed):
        return
    if port not in PORTS.values():
        raise FetchError(f"port {port} is refused: only 80 and 443 (ALLOW_HOSTS widens this)")
    literal = _literal(host)
    if literal is not None:
        check_addresses(host, [str(literal)])
    elif _NUMERIC.match(host.rstrip(".").rsplit(".", 1)[-1]) or not _HOST.match(host):
        raise FetchError(f"{host} is no host name")


def check_addresses(host: str, addresses: Iterable[str]) -> None:
    """Refuse a host unless every one of its addresses is public. Raises FetchError."""
    found = list(addresses)
    if not found:
        raise FetchError(f"{host} has no address")
    for address in found:
        if not is_public(address):
            raise FetchError(f"{host} is refused: {address} is not a public address (ALLOW_HOSTS lets in your own)")


def is_public(address: str) -> bool:
    """Whether `address` lies on the public internet, whatever it is wrapped in."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _REFUSED)


def is_allowed(host: str, port: int, allowed: Iterable[str]) -> bool:
    """Whether the operator listed this host, by itself or with this port."""
    names = frozenset(name.lower() for name in allowed)
    return host in names or f"{host}:{port}" in names


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
