"""Text: cleaning, folding, canonical URLs, fingerprints, lengths. Pure functions of their arguments."""

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

# What no reader sees and every trick uses (docs/security.md says why each goes): C0 and C1 controls except \n and \t,
# lone surrogates, byte order marks, soft hyphens, zero-width spaces, fillers that show as nothing, bidirectional
# controls, invisible operators and joiners of words, interlinear notes, private characters and those that are none.
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\u00ad\u200b\u180e\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    "\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufff9-\ufffb\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
)
_DROPPED = re.compile(f"[{_HIDDEN}]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # combining marks that stack
_MARK = re.compile(f"[{_MARKS}]")
_TOWER = re.compile(f"([{_MARKS}]{{3}})[{_MARKS}]+")
# ZWJ and ZWNJ make words in some scripts and pictures of emoji; anywhere else they only hide how a word is written.
_JOINER = re.compile("(?<![^\x00-\x7f\\s\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\\s\u200c\u200d])")
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SELECTED = re.compile(f"([{_SELECTORS}])[{_SELECTORS}]+")  # one chooses a glyph, a row of them hides a message
_FLAG_OR_TAG = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,7}\U000e007f)|[\U000e0000-\U000e007f]"
)
_JOINERS = "\u200c\u200d"
_SUBTLE = tuple(map(re.compile, ("[\ufe00-\ufe0f]", "[\U000e0000-\U000e01ef]")))  # one range each, for speed
_UNCLEAN = re.compile(
    # What cleaning may have to do with besides what is not in NFC: hidden marks, odd spaces, combining marks.
    f"[{_HIDDEN}{_MARKS}{_SELECTORS}\u200c\u200d\U000e0000-\U000e007f\t\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_PRINTED = "’‘“”–—…"
_SIGNS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "_&")}
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|at_medium|at_campaign|cmpid|ns_\w+|ref|ref_src|smid|"
    r"traffic_source|src|ocid|mod|partner|emc|sr_share|taid|xtor|maca)$",
    re.IGNORECASE,
)


def clean_text(raw: str, *, limit: int | None = None) -> str:
    """Text that is safe to store, search and show: NFC, no controls but newline and tab, no invisible direction marks.

    Spaces inside a line are kept single; three or more newlines become two. At most `limit` characters are kept.
    """
    if limit is not None:
        raw = raw[: limit * 2]
    if _is_clean(raw):
        text = raw.strip()
        return text if limit is None else text[:limit].rstrip()
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _DROPPED.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _TOWER.sub(r"\1", text) if _MARK.search(text) else text
        text = _without_tricks(text) if _is_subtle(text) else text
    text = "\n".join([" ".join(line.split()) for line in text.split("\n")])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    text = text.strip()
    return text if limit is None else text[:limit].rstrip()


def _is_subtle(text: str) -> bool:
    """Whether there are joiners, selectors or tags in it."""
    return any(joiner in text for joiner in _JOINERS) or any(marks.search(text) for marks in _SUBTLE)


def _without_tricks(text: str) -> str:
    """Without invisible characters that have a use in some places, wherever they have none."""
    text = _FLAG_OR_TAG.sub(lambda found: found[1] or "", text)
    return _JOINER.sub("", _SELECTED.sub(r"\1", text))


def _is_clean(raw: str) -> bool:
    """Whether `clean_text` would only strip it: true of most texts, and told many times faster than cleaning takes."""
    if "  " in raw or " \n" in raw or "\n " in raw or "\n\n\n" in raw:
        return False
    if raw.isascii():
        return raw.replace("\n", "").isprintable()
    return not _UNCLEAN.search(raw) and unicodedata.is_normalized("NFC", raw)


def without_hidden(raw: str) -> str:
    """`raw` without controls and invisible marks, and otherwise untouched: for markup that is still to be parsed."""
    return _DROPPED.sub("", raw)


def one_line(raw: str, *, limit: int | None = None) -> str:
    """`clean_text` with every run of white space made one space."""
    text = " ".join(clean_text(raw, limit=limit).split())
    return text if limit is None else text[:limit].rstrip()


def fold(name: str) -> str:
    """A name for comparing: lower case, no accents, possessives or dots, hyphens as spaces, ı as i."""
    plain = name if name.isascii() else _in_ascii(name)
    plain = plain.lower()
    if "'s" in plain:
        plain = re.sub(r"'s\b", "", plain)
    return " ".join(plain.replace(".", "").translate(_SIGNS).split())


def _in_ascii(name: str) -> str:
    """`name` with `_folded` for whatever is not ASCII: for printers' signs at once, for most texts hold no others."""
    for sign in _PRINTED:
        name = name.replace(sign, _folded(sign))
    return name if name.isascii() else _FOREIGN.sub(lambda found: _folded(found[0]), name)


@lru_cache(maxsize=4096)
def _folded(foreign: str) -> str:
    """Characters beyond ASCII without accents; those that are no letters as spaces."""
    decomposed = unicodedata.normalize("NFKD", foreign.replace("ı", "i").replace("İ", "I").replace("’", "'"))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return "".join(char if char.isascii() or char.isalnum() else " " for char in plain)


def canonical_url(url: str) -> str:
    """The address under which an article is one and the same: no fragment, no tracking, host in lower case.

    Raises ValueError when `url` is not an absolute http or https address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not a web address: {url[:80]!r}")
    host = parts.hostname.lower()
    if parts.port and (parts.scheme.lower(), parts.port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{parts.port}"
    given = [one for one in parts.query.split("&") if one and not _TRACKING.match(one.partition("=")[0])]
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", "&".join(given), "")).replace(" ", "%20")


def fingerprint(title: str, text: str) -> str:
    """16 hex digits that are equal for texts with the same words, whatever their case, accents and punctuation."""
    words = " ".join((fold(title), fold(text)))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def short_id(*parts: str) -> str:
    """16 hex digits that stand for `parts` and nothing else."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def utf16_len(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram measures messages."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
