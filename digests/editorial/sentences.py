"""Where the sentences of a text begin and end. Offsets into the text as it is; nothing is changed or judged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Brig|Rev|Fr|St|Jr|Sr|Hon|Pres|Amb|Sec|Min|Lord|"
    r"No|Nos|vs|etc|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|est|cf|e\.g|i\.e)|"
    r"(?:^|[\s(“\"'‘])[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_STARTS = re.compile(r"\s*[\"'“‘(\[«]*[A-Z0-9À-ÞİŞ]")
_INITIALS_END = re.compile(r"\b(?:[A-Z]\.){2,}$")  # "in the U.S." may end a sentence when a new one clearly starts
_CLEAR_START = re.compile(
    r"\s+[\"“]?(?:The|A|An|In|On|At|It|He|She|They|But|And|Its|His|Her|This|That|There|Both|Neither|Officials)\b"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence at `start`:`end` of its text; `paragraph` and `number` count from 0."""

    text: str
    start: int
    end: int
    number: int
    paragraph: int


def split(text: str) -> tuple[Piece, ...]:
    """The sentences of `text` in order, without the white space around them. Every non-space character is in one."""
    pieces: list[Piece] = []
    paragraph = 0
    for start, end in _stretches(text):
        if pieces:
            paragraph += "\n" in text[pieces[-1].end : start]
        pieces.append(Piece(text[start:end], start, end, len(pieces), paragraph))
    return tuple(pieces)


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence before the span, the sentences that hold it, and the one after; "" where there is none."""
    pieces = split(text)
    inside = [piece for piece in pieces if piece.start < end and start < piece.end]
    if not inside:
        return "", text[start:end], ""
    first, last = inside[0], inside[-1]
    before = pieces[first.number - 1].text if first.number else ""
    after = pieces[last.number + 1].text if last.number + 1 < len(pieces) else ""
    return before, text[first.start : last.end], after


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        if found[0].startswith("\n") or _ends(text, found):
            yield from _trimmed(text, start, found.end())
            start = found.end()
    yield from _trimmed(text, start, len(text))


def _ends(text: str, found: re.Match[str]) -> bool:
    rest = text[found.end() : found.end() + 40]
    if not rest.strip():
        return True
    before = text[max(0, found.start() - 24) : found.start() + 1]
    if found[0] == "." and _INITIALS_END.search(before):
        return bool(_CLEAR_START.match(rest))
    if found[0] == "." and _ABBREVIATED.search(before):
        return False
    return bool(_STARTS.match(rest))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
