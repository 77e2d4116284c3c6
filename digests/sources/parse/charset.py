"""Bytes to text, whatever they claim to be. Pure; what the text means is left to the others in this folder."""

import codecs
import re

from charset_normalizer import from_bytes

from digests.errors import ParseError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_MEANT = {
    "windows-1252": ("iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1", "ascii", "us-ascii", "cp1252"),
    "windows-1254": ("iso-8859-9", "iso8859-9", "latin5"),
    "cp874": ("iso-8859-11", "tis-620", "windows-874"),
    "gb18030": ("gb2312", "gbk", "gb_2312-80", "x-gbk"),
    "cp932": ("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"),
    "cp949": ("euc-kr", "ks_c_5601-1987", "ksc5601"),
}
"""What documents mean by what they declare, as browsers read it (WHATWG Encoding, 4.2)."""
_LABELS = {label: name for name, labels in _MEANT.items() for label in labels}
_BAD = re.compile("[\ufffd\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536
_FEW = 0.05  # of the bytes: with fewer beyond ASCII a text is Western, and a guess would take two of them for a Kana
_LOSS = 0.01  # a text with more than one unreadable character in a hundred was decoded with the wrong table


def decode(data: bytes, content_type: str = "") -> str:
    """`data` as text: by its BOM, as UTF-8 where it is (all but) valid, by what the header or the text declares, or by
    guess.

    UTF-8 comes before what is declared because servers lie about it far more often than other text happens to be
    valid UTF-8; a few bytes of windows-1252, pasted into it or left by a cut, don't make it anything else. Raises
    ParseError when the bytes are empty or no text.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise ParseError("empty")
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise ParseError(f"not text but {what}")
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _checked(data.decode(name, "replace"))
    for name in _candidates(data, content_type):
        text = _strict(data, name) if name != "utf-8" else _as_utf_8(data)
        if text is not None:
            return _checked(text)
    return _guessed(data)


def _candidates(data: bytes, content_type: str) -> list[str]:
    head = data[:8192]
    declared = [found.decode("ascii") for found in _DECLARED.findall(content_type.encode("ascii", "ignore"))]
    declared += [found.decode("ascii") for found in _DECLARED.findall(head)]
    shifting = [name for name in declared if name.lower().startswith(("iso-2022", "hz")) and b"\x1b" in data]
    wide = _wide(head)
    return [*shifting, *wide, "utf-8", *(_LABELS.get(name.lower(), name) for name in declared)]


def _wide(head: bytes) -> list[str]:
    """UTF-16 without a BOM shows as NULs in every other place."""
    if head.count(b"\x00") * 4 < len(head):
        return []
    return ["utf-16-le" if head[1::2].count(b"\x00") > head[::2].count(b"\x00") else "utf-16-be"]


def _as_utf_8(data: bytes) -> str | None:
    """`data` as UTF-8 in which at most one character in five beyond ASCII is a stray byte of windows-1252."""
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    strays: list[str] = []
    codecs.register_error("stray", lambda error: _western(error, strays))
    text = data.decode("utf-8", "stray")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text if len(strays) * 5 <= beyond else None


def _western(error: UnicodeError, strays: list[str]) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    meant = error.object[error.start : error.end].decode("windows-1252", "replace")
    strays.append(meant)
    return meant, error.end


def _strict(data: bytes, name: str) -> str | None:
    try:
        # A few bytes stand for nothing in these; they are no reason to take a text for one of another table.
        return data.decode(name, "replace" if name in ("windows-1252", "windows-1254") else "strict")
    except (UnicodeError, LookupError, ValueError):
        return None


def _guessed(data: bytes) -> str:
    if len(data) - len(data.decode("ascii", "ignore")) < _FEW * len(data):
        return _checked(data.decode("windows-1252", "replace"))
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise ParseError("not readable as text in any known encoding")
    return _checked(data.decode(best.encoding, "replace"))


def _checked(text: str) -> str:
    if not text.strip():
        raise ParseError("empty")
    bad = len(_BAD.findall(text, 0, _SAMPLE))
    if bad > max(3, _LOSS * min(len(text), _SAMPLE)):
        raise ParseError("not readable as text: wrong encoding or binary data")
    return text
