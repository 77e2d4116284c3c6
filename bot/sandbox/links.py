"""What Telegram makes of the address in a link: a mention, a web address, or nothing. Pure functions."""

import re
from urllib.parse import parse_qs, urlsplit

_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"^[^\s/?#@:]+(\.[^\s/?#@:.]+)+$|^localhost$|^[0-9.]+$|^\[[0-9a-f:]+\]$", re.IGNORECASE)


def user_of_link(link: str) -> int | None:
    """The user id of a tg://user?id=N link."""
    parts = _parts(link)
    if parts is None or parts[0] != "tg" or parts[1] != "user":
        return None
    ids = parse_qs(parts[2]).get("id", [""])
    return int(ids[0]) if ids[0].isdigit() and ids[0].isascii() and len(ids[0]) <= 16 and int(ids[0]) else None


def checked_link(link: str) -> str:
    """The address as Telegram keeps it, or an empty string when it drops the link (javascript:, file:, no host)."""
    link = link.strip()
    parts = _parts(link)
    if parts is None:
        return ""
    scheme, host, _ = parts
    if scheme in ("tg", "ton", "tonsite"):
        return link
    if scheme not in ("", "http", "https") or not _HOST.match(host):
        return ""
    if not scheme:
        link = f"http://{link}"
    return link if re.search(r"^\w+://[^/?#]+[/?#]", link) else f"{link}/"


def _parts(link: str) -> tuple[str, str, str] | None:
    """Scheme, host and query of a link; the scheme is empty when there is none. None when it can't be read."""
    link = link.strip()
    scheme = _SCHEME.match(link)
    has_scheme = bool(scheme and ("://" in link or scheme[1].lower() in ("javascript", "data", "file", "mailto")))
    try:
        parts = urlsplit(link if has_scheme else f"//{link}")
        host = parts.netloc.rsplit("@", 1)[-1].lower()
        if parts.port:
            host = host.rsplit(":", 1)[0]
    except ValueError:
        return None
    return (parts.scheme.lower() if has_scheme else ""), host, parts.query
