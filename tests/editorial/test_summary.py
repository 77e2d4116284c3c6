from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.editorial.sentences import around, split
from digests.editorial.stories import group
from digests.editorial.summary import LENGTH, WORDS, headline, stands_alone, summarise
from digests.models import Story
from tests.editorial.builders import BLINKEN, TURKEY, article

LEAD = (
    "Turkish Foreign Minister Hakan Fidan demanded a complete ceasefire in Gaza at talks with Antony Blinken on Monday."
)
SECOND = "Blinken said in Ankara that Washington supported humanitarian pauses but no ceasefire that would help Hamas."
DANGLING = "He also told reporters that it had been a long and difficult day for both of the delegations."


def test_sentences_do_not_end_at_titles_initials_and_abbreviations() -> None:
    sentences = [
        "U.S. Secretary of State Antony J. Blinken met Mr. Fidan on Nov. 6.",
        "“It was frank.”",
        "Gen. Smith left the U.S.",
        "The talks go on, said U.S. President Joe Biden.",
    ]
    assert [piece.text for piece in split(" ".join(sentences))] == sentences


@given(st.text(alphabet="aB .!?\n“”\"'U1é…", max_size=200))
def test_sentences_are_exact_disjoint_spans_that_hold_every_letter(text: str) -> None:
    pieces = split(text)
    assert all(text[piece.start : piece.end] == piece.text and piece.text.strip() == piece.text for piece in pieces)
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())


def test_around_gives_the_sentence_before_and_after() -> None:
    text = f"{LEAD} {SECOND}\n\n{DANGLING}"
    start = text.index("Washington supported")
    assert around(text, start, start + 10) == (LEAD, SECOND, DANGLING)
    assert around(LEAD, 0, 7) == ("", LEAD, "")


@pytest.mark.parametrize(
    "sentence",
    [
        DANGLING,
        "Meanwhile, Israel said that it would go on with its operation in the north of the Gaza Strip.",
        "But Turkey rejected the plan that the United States had brought to the talks in Ankara.",
        "The minister said that the sale of the jets would be decided by the end of the year.",
        "“We want a ceasefire now, and we want it to be unconditional and to last, said Fidan in Ankara.",
        "Turkey demanded a ceasefire.",
        "Turkey supports the evacuation of the wounded through Rafah and is coordinating it with Egypt, he said.",
        "Sign up for our newsletter and have the best of our reporting sent to you every morning at seven.",
        "What does Turkey want from the United States, and what will it offer to Washington in return?",
        "and so the talks in Ankara ended without an agreement on a ceasefire or on anything else at all.",
    ],
)
def test_a_sentence_that_needs_its_neighbours_is_never_told(sentence: str) -> None:
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        LEAD,
        SECOND,
        "The war in Gaza has displaced more than a million people, the United Nations said on Friday.",
        "“Turkey will not wait for others to act,” Fidan told reporters in Ankara after the talks on Monday.",
    ],
)
def test_a_sentence_that_stands_alone_may_be_told(sentence: str) -> None:
    assert stands_alone(sentence)


def test_a_summary_is_the_lead_and_something_else_word_for_word() -> None:
    one = article("Fidan meets Blinken", f"{LEAD} {DANGLING} {SECOND}")
    found = summarise(Story(id="s", articles=(one,)), title=one.title, actors=[TURKEY, BLINKEN])
    assert [sentence.text for sentence in found] == [LEAD, SECOND]
    assert all(one.text[sentence.start : sentence.end] == sentence.text for sentence in found)


def test_a_summary_does_not_say_the_headline_again() -> None:
    one = article(LEAD.rstrip("."), f"{LEAD} {SECOND}")
    assert [sentence.text for sentence in summarise(Story(id="s", articles=(one,)), title=one.title)] == [SECOND]


def test_two_outlets_with_one_wording_give_one_sentence() -> None:
    first = article("Fidan meets Blinken", LEAD, publisher="Lamp")
    second = article("Ankara talks", f"{LEAD} {SECOND}", publisher="Coast", hours=1)
    found = summarise(Story(id="s", articles=(first, second)))
    assert [sentence.text for sentence in found] == [LEAD, SECOND]


TOKENS = [
    "Turkey",
    "Israel",
    "demanded",
    "a",
    "ceasefire",
    "in",
    "Gaza",
    "on",
    "Monday.",
    "He",
    "“Now”",
    "said",
    "U.S.",
    "\n",
]


@given(st.lists(st.lists(st.sampled_from(TOKENS), max_size=60).map(" ".join), min_size=1, max_size=4))
def test_whatever_the_text_every_sentence_told_is_an_exact_span_of_a_cited_article(texts: list[str]) -> None:
    articles = [article(f"Story {n}", text, publisher=f"Outlet {n}", hours=n) for n, text in enumerate(texts)]
    by_id = {one.id: one for one in articles}
    for story in group(articles, {}):
        found = summarise(story, title=headline(story).title)
        assert len(found) <= 2
        assert sum(len(one.text.split()) for one in found) <= WORDS
        for sentence in found:
            assert by_id[sentence.citation.article_id].text[sentence.start : sentence.end] == sentence.text
            assert len(sentence.text.split()) in LENGTH


def test_the_headline_is_neither_a_lure_nor_a_question_nor_a_shout() -> None:
    titles = [
        "Live: Blinken and Fidan in Ankara, everything you need to know",
        "Will Blinken and Fidan agree on a Gaza ceasefire?",
        "BLINKEN AND FIDAN FAIL TO AGREE ON GAZA CEASEFIRE",
        "Blinken and Fidan fail to agree on a Gaza ceasefire",
    ]
    articles = tuple(article(title, LEAD, publisher=f"Outlet {n}") for n, title in enumerate(titles))
    assert headline(Story(id="s", articles=articles)).title == titles[-1]


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("Britain and Spain support the sale, he said, while Germany opposes it.", False),
        ("In Geneva on Monday he told reporters that the talks with Iran had failed.", False),
        ("On Tuesday the United States would decide, she added, whether the talks go on.", False),
        ("Donald Trump said on Monday that he would meet the Iranian delegation soon.", True),
        ("A spokesman for the ministry said that he knew nothing of any plan.", True),
        ("The prime minister said on Monday that she would resign in the spring.", True),
        ("Fidan said that a people could not live on four hours a day, and he repeated the offer.", True),
    ],
)
def test_a_he_or_she_stands_alone_only_where_the_sentence_says_who_it_is(sentence: str, alone: bool) -> None:
    assert stands_alone(sentence) is alone
