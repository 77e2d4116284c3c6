"""When two addresses are one article: a redirector's wrapping, the phone's and AMP's copies, http and https.

The address that is kept and shown stays one that works; what is compared is its bare form.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_WRAPPED = {
    "www.google.com/url": ("q", "url"),
    "google.com/url": ("q", "url"),
    "l.facebook.com/l.php": ("u",),
    "lm.facebook.com/l.php": ("u",),
    "t.umblr.com/redirect": ("z",),
    "www.bing.com/news/apiclick.aspx": ("url",),
    "out.reddit.com": ("url",),
}
_SAFELINK = re.compile(r"^[a-z0-9]+\.safelinks\.protection\.outlook\.com$")
_CACHED = re.compile(r"^(?:www\.)?google\.[a-z.]{2,6}/amp/s/(.+)$|^[a-z0-9-]+\.cdn\.ampproject\.org/[cv]/(?:s/)?(.+)$")
_DEVICE = re.compile(r"^(?:(?:www\d?|m|mobile|amp|touch)\.)+(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)(?:\.html)?/?$|^/amp(?=/.)", re.IGNORECASE)
_AMP_QUERY = frozenset({"amp", "outputtype", "m", "mobile", "view_mode"})
_ROUNDS = 3  # a wrapping in a wrapping
_HOLDS = re.compile(r".{8}.*?(?:https?(?::|%3a)|/amp/s/|ampproject)", re.IGNORECASE)  # what any wrapping has


def unwrapped(url: str) -> str:
    """The address that a redirector's or a cache's address names in its own text; any other as it is."""
    for _ in range(_ROUNDS if _HOLDS.match(url) else 0):
        inner = _inside(url)
        if inner is None:
            break
        url = inner
    return url


def bare(url: str) -> str:
    """What is the same for all addresses of one article; nothing to be fetched or shown."""
    parts = urlsplit(url)
    host = _DEVICE.sub("", parts.netloc.lower())
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape") if parts.query else []
    kept = sorted((name, value) for name, value in pairs if not _is_for_phones(name, value))
    return f"{host}{path}?{urlencode(kept, errors='surrogateescape')}"


def _inside(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if cached := _CACHED.match(f"{host}{parts.path}"):
        return f"https://{cached[1] or cached[2]}" + (f"?{parts.query}" if parts.query else "")
    names = _WRAPPED.get(f"{host}{parts.path}".rstrip("/"), ("url",) if _SAFELINK.match(host) else ())
    if not names:
        return None
    given = dict(parse_qsl(parts.query))
    return next((given[name] for name in names if given.get(name, "").startswith(("http://", "https://"))), None)


def _is_for_phones(name: str, value: str) -> bool:
    return name.lower() in _AMP_QUERY and value.lower() in ("", "1", "true", "amp", "mobile")
