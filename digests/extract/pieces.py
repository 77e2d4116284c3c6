"""What the encoder sees of a text: word pieces with their letter case, and where quotations and paragraphs begin.

The vocabulary is uncased and knows no layout, so both are told to the model beside each piece.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from digests.extract.wordpiece import Pieces, WordPiece

CASES = 6
"""No letter, lower case, UPPER CASE, Capitalised, miXed, or right behind a letter or digit."""
LAYOUTS = 6
"""Outside quotation marks, inside, or a mark itself; three more for the first piece of a paragraph."""

_OPENING, _CLOSING, _STRAIGHT = "“„«", "”»", '"'
_INSIDE, _MARK, _FIRST = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Sequence:
    """The pieces of a whole text and, for each, its `cases` and `layouts` value."""

    pieces: Pieces
    cases: list[int]
    layouts: list[int]

    def __len__(self) -> int:
        return len(self.pieces)


def sequence(text: str, tokenizer: WordPiece) -> Sequence:
    """`text` as the encoder sees it."""
    pieces = tokenizer.encode(text)
    spans = list(zip(pieces.starts, pieces.ends, strict=True))
    return Sequence(pieces, [letter_case(text, *span) for span in spans], layouts(text, spans))


def letter_case(text: str, start: int, end: int) -> int:
    """Which of the CASES the piece at `start`:`end` shows."""
    if start > 0 and text[start - 1].isalnum():
        return 5
    piece = text[start:end]
    if piece.islower():
        return 1
    if piece.isupper():
        return 2 if len(piece) > 1 else 3
    if not any(letter.isalpha() for letter in piece):
        return 0
    return 3 if piece[0].isupper() else 4


def layouts(text: str, spans: list[tuple[int, int]]) -> list[int]:
    """Which of the LAYOUTS each span shows. A quotation ends with its paragraph."""
    found, inside, single, before = [], False, False, 0
    for start, end in spans:
        first = before == 0 or "\n" in text[before:start]
        before = end
        if first:
            inside = single = False
        mark = text[start] if end - start == 1 else ""
        value = _INSIDE if inside or single else 0
        if mark and mark in _OPENING:
            value, inside = _MARK, True
        elif mark and mark in _CLOSING:
            value, inside = _MARK, False
        elif mark == _STRAIGHT:
            value, inside = _MARK, not inside
        elif mark == "‘" and not text[start - 1 : start].isalnum():
            value, single = _MARK, True
        elif mark == "’" and single and not text[end : end + 1].isalnum():
            value, single = _MARK, False
        found.append(value + _FIRST * first)
    return found


def windows(length: int, size: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Where windows of at most `size` pieces begin and end over `length`, each sharing at least `overlap` with the
    next.
    """
    if length <= size:
        yield 0, length
        return
    count = -(-(length - overlap) // (size - overlap))
    step = (length - size) / (count - 1)
    for index in range(count):
        start = round(index * step)
        yield start, start + size
