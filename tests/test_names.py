"""The operator's table of names: what it takes and refuses, and whom it says an article means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.errors import ParseError
from digests.listing import to_toml
from digests.models import Actor
from digests.names import NAMES, Names, name_key
from tests.store.make import organisation, person, state

SOME = st.text(min_size=1, max_size=12).filter(lambda name: bool(name_key(name).strip()))
TABLE = {"Mohammed bin Salman": ("MBS", "Crown Prince Mohammed"), "France": ("the Élysée",), "Donald Trump": ("Trump",)}


def test_a_form_stands_under_the_last_heading_that_lists_it_and_never_under_itself() -> None:
    table = NAMES.load({"France": ["Élysée", "FRANCE"], "Paris": ["the ELYSEE", "City of Light"]})
    assert table == {"Paris": ("the ELYSEE", "City of Light")}
    assert NAMES.with_row(table, "paris", ["the City", "Paris"]) == {
        "Paris": ("the ELYSEE", "City of Light", "the City")
    }
    assert NAMES.without(table, "Elysée") == {"Paris": ("City of Light",)}
    assert NAMES.without(table, "the paris") == {}


@pytest.mark.parametrize(
    ("heading", "forms", "reason"),
    [
        ("Riyadh", ["Mohammed bin Salman"], "row of its own"),
        ("M.B.S.", ["the Prince"], "stands under “Mohammed bin Salman”"),
        ("Iran", ["iran"], "needs a name and forms"),
        ("Iran", ["—", ""], "needs a name and forms"),
        ("…", ["Tehran"], "needs a name and forms"),
    ],
)
def test_what_would_leave_it_open_who_is_meant_is_refused_with_the_reason(
    heading: str, forms: list[str], reason: str
) -> None:
    with pytest.raises(ParseError, match=reason):
        NAMES.with_row(TABLE, heading, forms)


def test_two_headings_under_each_other_are_refused() -> None:
    with pytest.raises(ParseError, match="row of its own"):
        NAMES.from_toml('A = ["B"]\nB = ["A"]')
    with pytest.raises(ParseError, match="not in the table"):
        NAMES.without(TABLE, "Nobody")


@given(st.dictionaries(SOME, st.lists(SOME, min_size=1, max_size=4), max_size=5))
def test_a_table_of_names_comes_back_from_its_toml(raw: dict[str, list[str]]) -> None:
    try:
        table = NAMES.load(raw)
    except ParseError:
        return
    assert NAMES.from_toml(to_toml(table)) == table


@pytest.mark.parametrize(
    ("actor", "heading"),
    [
        (person("mbs"), "Mohammed bin Salman"),
        (organisation("Elysee"), "France"),
        (person("Mohammed bin Salman Al Saud", "MBS"), "Mohammed bin Salman"),
        (person("Melania Trump", "Trump"), None),
        (state("Saudi Arabia", "MBS"), None),
        (person("Ann Lee", "MBS", "Trump"), None),
        (person("Mohammed bin Salman"), None),
        (person("Ann Lee"), None),
    ],
)
def test_an_article_means_the_heading_of_its_name_or_of_another_that_is_no_part_of_it(
    actor: Actor, heading: str | None
) -> None:
    assert Names(TABLE).heading(actor) == heading


def test_a_question_for_a_form_is_one_for_its_heading() -> None:
    names = Names(TABLE)
    assert names.meant("m.b.s.") == "Mohammed bin Salman"
    assert names.meant("Ann Lee") == "Ann Lee"
