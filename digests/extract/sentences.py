"""Words, sentences and quotations of a text, with offsets. Knows letters and marks, nothing of meaning."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from digests.languages import en_grammar as grammar
from digests.models import Span

WORD = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S.
    r"|(?<!\w)[A-Z]\.(?=\s[A-Z])"  # the J. of Donald J. Trump
    r"|['’]s\b"
    r"|\w+(?:(?:['’.&-])(?!s\b|S\b)\w+)*"
    r"|[^\w\s]"
)
_OPEN, _CLOSE, _BOTH = "“„«", "”»", '"'
_LONGEST_QUOTE = 2500
_LONGEST_SENTENCE = 250


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark at `start`:`end`."""

    text: str
    start: int
    end: int
    lower: str

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or digit first."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive), characters `start` to `end`; `paragraph` counts from 0."""

    first: int
    last: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True)
class Page:
    """A text in words, sentences and quotations. At most the first `limit` characters are looked at."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[Span, ...]

    @cached_property
    def starts(self) -> list[int]:
        """Where each token starts."""
        return [token.start for token in self.tokens]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each sentence starts."""
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def quoted(self) -> bytearray:
        """For each token 1 when it stands inside quotation marks, else 0."""
        marks = bytearray(len(self.tokens))
        for quote in self.quotes:
            first, last = self.token_at(quote.start), self.token_at(quote.end - 1)
            marks[first : last + 1] = b"\1" * (last + 1 - first)
        return marks

    def token_at(self, offset: int) -> int:
        """Index of the token that begins at or before `offset`."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that begins at or before `offset`."""
        return self.sentences[max(0, bisect_right(self.sentence_starts, offset) - 1)]

    def words(self, first: int, last: int) -> str:
        """The text from token `first` to token `last` (exclusive)."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if first < last else ""


def lower_of(word: str) -> str:
    """A word in lower case; "US" is the country's, never the pronoun."""
    return "u.s." if word == "US" else word.lower()


def open_page(text: str, *, limit: int = 60_000) -> Page:
    """`text` cut into words, sentences and quotations."""
    seen = text[:limit]
    tokens = tuple(Token(m.group(), m.start(), m.end(), lower_of(m.group())) for m in WORD.finditer(seen))
    quotes = find_quotes(seen)
    return Page(text, tokens, tuple(_sentences(seen, tokens)), quotes)


def find_quotes(text: str) -> tuple[Span, ...]:
    """Spans in quotation marks, the marks included. A quotation never runs past its paragraph."""
    spans: list[Span] = []
    opened: int | None = None
    for match in re.finditer(r"[“”„«»\"\n]", text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if opened is not None and at - opened > 1:
                end = len(text[opened:at].rstrip()) + opened
                if text[opened] in _OPEN and end - opened > 20:  # a quotation that goes on in the next paragraph
                    spans.append(Span(start=opened, end=end))
            opened = None
        elif opened is None and mark in _OPEN + _BOTH:
            opened = at
        elif opened is not None and mark in _CLOSE + _BOTH:
            if 1 < at - opened < _LONGEST_QUOTE:
                spans.append(Span(start=opened, end=at + 1))
            opened = None
    return tuple(sorted([*spans, *_single_quotes(text, spans)]))


def _single_quotes(text: str, taken: list[Span]) -> list[Span]:
    """Quotations in single marks: the opening one after a space, the closing one after a stop or comma."""
    found = []
    for match in re.finditer(
        r"(?:(?<=\s)|^)[‘'](?=[A-Z][^‘’'\n]*\s)(?:[^‘’'\n]|(?<=\w)['’](?=\w)){12,1200}?[,.!?]['’](?!\w)",
        text,
        re.MULTILINE,
    ):
        span = Span(start=match.start(), end=match.end())
        if not any(span.meets(other) for other in taken):
            found.append(span)
    return found


def _sentences(text: str, tokens: tuple[Token, ...]) -> list[Sentence]:
    found: list[Sentence] = []
    first = paragraph = 0
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        gap = text[token.end : following.start] if following else "\n"
        if "\n" in gap or index - first >= _LONGEST_SENTENCE or _ends(tokens, index, gap):
            found.append(Sentence(first, index + 1, tokens[first].start, token.end, paragraph))
            first = index + 1
        paragraph += "\n" in gap
    return found


def _ends(tokens: tuple[Token, ...], index: int, gap: str) -> bool:
    """Whether a sentence ends with token `index` inside a paragraph."""
    token, following = tokens[index], tokens[index + 1]
    if token.text in "”\"’'»)" and index and tokens[index - 1].text in (".", "!", "?", "…"):
        return bool(gap) and (following.is_capital or following.text in "“\"‘'«(")
    if token.text not in (".", "!", "?", "…"):
        dotted = token.text.endswith(".") and len(token.text) > 2
        return dotted and bool(gap) and following.text in ("The", "He", "She", "It", "In", "But", "“")
    if not gap or (following.text in "”»)") or (following.text in "\"'’" and not gap):
        return False
    before = tokens[index - 1] if index else None
    if token.text == "." and before and before.end == token.start:
        if before.lower in grammar.ABBREVIATIONS and not (before.lower in ("no", "co", "inc") and following.is_capital):
            return False
        if len(before.text) == 1 and before.text.isupper() and before.text != "I":
            return False
    return following.is_capital or following.text in "“\"‘'«([" or following.text[0].isdigit()
