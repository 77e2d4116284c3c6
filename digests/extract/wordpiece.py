"""WordPiece: text to the pieces of an uncased BERT vocabulary, with the offsets of each.

The same pieces as Hugging Face's BertTokenizer (Wu et al. 2016; Devlin et al. 2019), which the tests hold it to,
without
its native library and what that pulls in. Knows nothing of the model.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"
_LONGEST_WORD = 100
_CACHED = 50_000
_CHUNK = re.compile("[^ \\t\\n\\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_CJK = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pieces:
    """Vocabulary ids with the characters that each stands for, `starts` to `ends` (exclusive), in order."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.ids)


class WordPiece:
    """Greedy longest-match-first pieces over `vocabulary`, whose order gives the ids."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: index for index, piece in enumerate(vocabulary)}
        self.unknown, self.begin, self.end = (self._ids[mark] for mark in (UNKNOWN, BEGIN, END))
        self._known: dict[str, tuple[tuple[int, int, int], ...]] = {}

    def encode(self, text: str) -> Pieces:
        """The pieces of `text`, without the marks that begin and end a sequence."""
        pieces = Pieces([], [], [])
        for match in _CHUNK.finditer(text):
            at = match.start()
            for piece, start, end in self._chunk(match.group()):
                pieces.ids.append(piece)
                pieces.starts.append(at + start)
                pieces.ends.append(at + end)
        return pieces

    def _chunk(self, chunk: str) -> tuple[tuple[int, int, int], ...]:
        known = self._known.get(chunk)
        if known is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            known = tuple(piece for word in _words(chunk) for piece in self._pieces(word))
            if len(chunk) <= _LONGEST_WORD:
                self._known[chunk] = known
        return known

    def _pieces(self, word: list[tuple[str, int]]) -> list[tuple[int, int, int]]:
        whole = [(self.unknown, word[0][1], word[-1][1] + 1)]
        if len(word) > _LONGEST_WORD:
            return whole
        letters = "".join(letter for letter, _ in word)
        found, first = [], 0
        while first < len(word):
            last = len(word)
            while last > first:
                piece = self._ids.get(("##" if first else "") + letters[first:last])
                if piece is not None:
                    break
                last -= 1
            else:
                return whole
            found.append((piece or 0, word[first][1], word[last - 1][1] + 1))
            first = last
        return found


def _words(chunk: str) -> list[list[tuple[str, int]]]:
    """The words of a chunk without spaces: lower case, no accents, each mark and ideograph alone; letters with
    offsets.
    """
    words: list[list[tuple[str, int]]] = [[]]
    for index, char in enumerate(chunk):
        if not char.isascii() and any(first <= ord(char) <= last for first, last in _CJK):
            words += [[(char, index)], []]
            continue
        if char in "\0\ufffd" or unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co"):
            continue
        for plain in char if char.isascii() else unicodedata.normalize("NFD", char):
            if unicodedata.category(plain) == "Mn":
                continue
            for letter in plain.lower():
                if _is_mark(letter):
                    words += [[(letter, index)], []]
                else:
                    words[-1].append((letter, index))
    return [word for word in words if word]


def _is_mark(letter: str) -> bool:
    """What BERT calls punctuation: every ASCII sign that is no letter or digit, and Unicode's category P."""
    if letter.isascii():
        return not letter.isalnum()
    return unicodedata.category(letter).startswith("P")
