"""The operator's table of publisher families, and what it does to counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.editorial.briefing import make_edition
from digests.editorial.families import FAMILIES, publisher_key, relatives
from digests.errors import ParseError
from digests.listing import to_toml
from digests.models import Stance
from tests.editorial.builders import TURKEY, article, filed, material
from tests.editorial.test_stories import ANKARA, ANKARA_TOO

NAMES = st.text(min_size=1, max_size=12).filter(lambda name: bool(publisher_key(name).strip()))


def test_publishers_of_one_family_are_one_voice_in_stories_lines_and_coverage() -> None:
    one = article("Blinken and Fidan meet in Ankara", ANKARA, publisher="Lamp")
    two = article("Blinken and Fidan disagree in Ankara", ANKARA_TOO, publisher="Coast Daily", hours=0.5)
    said = [filed(TURKEY, Stance.DEMANDS, "ceasefire in Gaza", each) for each in (one, two)]
    window = material([one, two], said)
    apart = make_edition(window)
    together = make_edition(replace(window, families={"Global": ("The Lamp", "coast daily")}))
    for edition, count in ((apart, 2), (together, 1)):
        (story,) = edition.stories
        assert (story.publishers, story.positions[0].publishers, edition.coverage.publishers) == (count,) * 3


def test_a_publisher_is_in_one_family_and_an_empty_family_is_none() -> None:
    table = FAMILIES.with_row(FAMILIES.with_row({}, "Global", ["The Lamp", "Coast"]), "Other", ["coast", "Gazette"])
    assert table == {"Global": ("The Lamp",), "Other": ("coast", "Gazette")}
    assert FAMILIES.without(table, "the lamp") == {"Other": ("coast", "Gazette")}
    assert FAMILIES.without(table, "OTHER") == {"Global": ("The Lamp",)}
    with pytest.raises(ParseError, match="Nobody"):
        FAMILIES.without(table, "Nobody")
    assert relatives(table)[publisher_key("Lamp")] == publisher_key("Global")


@given(st.dictionaries(NAMES, st.lists(NAMES, min_size=1, max_size=4), max_size=5))
def test_a_table_comes_back_from_its_toml(raw: dict[str, list[str]]) -> None:
    table = FAMILIES.load(raw)
    assert FAMILIES.from_toml(to_toml(table)) == table


@pytest.mark.parametrize("bad", ["x = 3", "x = [1]", "[x]\ny = 1", "=", 'x = ["", " "]', '"" = ["a"]'])
def test_what_is_no_table_is_refused_with_a_reason(bad: str) -> None:
    with pytest.raises(ParseError):
        FAMILIES.from_toml(bad)
