"""Hosts of the whole world's letters: as they are asked for, and as they may be shown without fooling anybody."""

import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

import idna

_LATIN = frozenset("æœøåþðß")  # letters that look like no other; the rest are ASCII letters with marks


def ascii_host(url: str) -> str:
    """`url` with its host in the ASCII form in which it is asked for, so that what is shown is what is opened.

    Raises ValueError for a host that is none.
    """
    parts = urlsplit(url)
    if parts.netloc.isascii():
        return url
    host = idna.encode((parts.hostname or "").rstrip("."), uts46=True).decode("ascii")
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=f"{host}{port}"))


@lru_cache(maxsize=1024)  # a feed's items are mostly of one host
def shown_host(host: str) -> str:
    """A host as it may be shown: in its own letters where nothing else looks like them, or else in its ASCII form.

    Latin letters with marks are what they seem; other scripts only under a top-level domain of the same script, where
    whole names are written in it (Chrome's rule for whole-script look-alikes; Unicode Technical Standard 39).
    """
    plain = host.lower().rstrip(".")
    try:
        in_ascii = idna.encode(plain, uts46=True).decode("ascii")
        labels = idna.decode(in_ascii).split(".")
    except (idna.IDNAError, ValueError):
        return plain if plain.isascii() else plain.encode("ascii", "backslashreplace").decode("ascii")
    top = _script(labels[-1])
    is_plain = all(_script(label) == "LATIN" or (top != "LATIN" and _script(label) == top) for label in labels)
    return ".".join(labels) if is_plain else in_ascii


def _script(label: str) -> str:
    """The one script of a label's letters; a word of its own where there are several, or letters that fool."""
    found = {_script_of(char) for char in label if char.isalpha()}
    return found.pop() if len(found) == 1 else "LATIN" if not found else f"several: {label}"


def _script_of(letter: str) -> str:
    if letter.isascii() or letter in _LATIN or unicodedata.normalize("NFKD", letter)[0].isascii():
        return "LATIN"
    name = unicodedata.name(letter, "UNKNOWN").partition(" ")[0]
    return f"fooling {letter}" if name == "LATIN" else name
