# ruff: noqa: E501 -- a case is one line
"""Word pieces: those of BERT's own tokenizer (the expected ones were printed by Hugging Face's), offsets, layout."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.extract.encoder import MODEL
from digests.extract.pieces import layouts, letter_case, sequence, windows
from digests.extract.wordpiece import WordPiece

VOCABULARY = (MODEL / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
TOKENIZER = WordPiece(VOCABULARY)
# fmt: off
CASES = [
    ( 'Ankara demands an unconditional ceasefire.' , ['ankara', 'demands', 'an', 'un', '##con', '##ditional', 'ceasefire', '.'] ),
    ( "“We won't,” Erdoğan’s envoy said—twice." , ['“', 'we', 'won', "'", 't', ',', '”', 'er', '##dog', '##an', '’', 's', 'envoy', 'said', '—', 'twice', '.'] ),
    ( "İstanbul'da Müller naïve café" , ['istanbul', "'", 'da', 'muller', 'naive', 'cafe'] ),
    ( '中国 and 한국' , ['中', '国', 'and', 'ᄒ', '##ᅡ', '##ᆫ', '##ᄀ', '##ᅮ', '##ᆨ'] ),
    ( 'U.S.-led F-16s, R-Ill. 3.5% @NATO #1' , ['u', '.', 's', '.', '-', 'led', 'f', '-', '16', '##s', ',', 'r', '-', 'ill', '.', '3', '.', '5', '%', '@', 'nato', '#', '1'] ),
    ( 'soft\xadhyphen zero\u200bwidth nul\x00bell\x07tab\tline\nend' , ['soft', '##hy', '##ph', '##en', 'zero', '##wi', '##dt', '##h', 'nu', '##lb', '##ell', '##ta', '##b', 'line', 'end'] ),
    ( '\ufb01ne \xbd \u01c5 \xdf \u216b e\u0301' , ['ﬁ', '##ne', '½', '[UNK]', 'ß', '[UNK]', 'e'] ),
    ( 'supercalifragilisticexpialidocious xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' , ['super', '##cal', '##if', '##rag', '##ilis', '##tic', '##ex', '##pia', '##lid', '##oc', '##ious', '[UNK]'] ),
    ( '\ufffd \ufffd  ' , [] ),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_pieces_are_those_of_the_published_tokenizer(text: str, expected: list[str]) -> None:
    assert [VOCABULARY[piece] for piece in TOKENIZER.encode(text).ids] == expected


@given(st.text(max_size=200))
def test_pieces_stand_in_the_text_one_after_the_other(text: str) -> None:
    pieces = TOKENIZER.encode(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(pieces.starts, pieces.ends, strict=True))
    assert pieces.starts == sorted(pieces.starts)


def test_the_model_is_told_case_quotation_and_paragraph() -> None:
    text = "Iran said “no.”\n\nU.S. talks"
    seen = sequence(text, TOKENIZER)
    words = [text[s:e] for s, e in zip(seen.pieces.starts, seen.pieces.ends, strict=True)]
    assert words == ["Iran", "said", "“", "no", ".", "”", "U", ".", "S", ".", "talks"]
    assert seen.cases == [3, 1, 0, 1, 5, 0, 3, 5, 3, 5, 1]
    assert seen.layouts == [3, 0, 2, 1, 1, 2, 3, 0, 0, 0, 0]


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    text = '"A\nB'
    assert layouts(text, [(0, 1), (1, 2), (3, 4)]) == [5, 1, 3]


@pytest.mark.parametrize(("word", "value"), [("nato", 1), ("NATO", 2), ("Nato", 3), ("nAto", 4), ("16", 0)])
def test_letter_case_has_a_number(word: str, value: int) -> None:
    assert letter_case(word, 0, len(word)) == value


@given(st.integers(1, 3000), st.integers(70, 400), st.integers(0, 60))
def test_windows_cover_everything_and_share_what_they_should(length: int, size: int, overlap: int) -> None:
    found = list(windows(length, size, overlap))
    assert (found[0][0], found[-1][1]) == (0, length)
    assert all(stop - start <= size for start, stop in found)
    assert all(left[1] - right[0] >= overlap for left, right in itertools.pairwise(found))
