import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.editorial.issues import about, cluster, likeness, same

SAME = [
    ("ceasefire in Gaza", "unconditional ceasefire in Gaza"),
    ("ceasefire", "immediate cease-fire in Gaza"),
    ("truce in Gaza", "a cease-fire in Gaza"),
    ("release of captives", "release of all hostages held by Hamas"),
    ("Sweden's NATO bid", "Swedish membership of NATO"),
    ("daily four-hour pauses", "humanitarian pause"),
    ("sale of F-16 jets to Turkey", "F-16 sale"),
    ("investigation of the strike", "independent inquiry into the strike"),
    ("U.S. sanctions on Russia", "sanctions on Russia"),
]
DIFFERENT = [
    ("humanitarian pause in Gaza", "ceasefire in Gaza"),
    ("ceasefire in Gaza", "massacre in Gaza"),
    ("Sweden's NATO bid", "Finland's NATO bid"),
    ("release of 5,000 Taliban prisoners", "release of American hostages"),
    ("sanctions on Russia", "sanctions on Iran"),
    ("military aid to Ukraine", "military operation in Gaza"),
    ("Israel's ground offensive", "Israel's blockade"),
    ("aid to Gaza", "attack on Gaza"),
    ("Palestinian state", "Palestinian prisoners"),
    ("recall of the ambassador", "expulsion of the ambassador"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_phrases_for_one_thing_are_one_issue(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_things_stay_two_issues(one: str, other: str) -> None:
    assert not same(one, other)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_does_not_mind_the_order_and_stays_between_0_and_1(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0
    assert same(one, one)


@given(st.lists(st.sampled_from([phrase for pair in SAME + DIFFERENT for phrase in pair]), max_size=12))
def test_clustering_keeps_every_thing_exactly_once(phrases: list[str]) -> None:
    groups = cluster(phrases, lambda phrase: phrase)
    assert sorted(phrase for group in groups for phrase in group) == sorted(phrases)


@pytest.mark.parametrize(
    ("issue", "asked", "answer"),
    [
        ("unconditional ceasefire in Gaza", "ceasefire", True),
        ("unconditional ceasefire in Gaza", "truce", True),
        ("unconditional ceasefire in Gaza", "gaza ceasefire", True),
        ("humanitarian pause", "ceasefire", False),
        ("sale of F-16 jets", "f-16", True),
        ("anything", "", False),
    ],
)
def test_a_question_in_plain_words_finds_its_issue(issue: str, asked: str, answer: bool) -> None:
    assert about(issue, asked) is answer
