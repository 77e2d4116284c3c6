"""Who is who within an article."""

import pytest

from digests.models import Actor, Kind
from tests.extract.reading import read_text


def actors(text: str) -> dict[str, Actor]:
    return {reading.actor.name: reading.actor for reading in read_text(text).actors}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The U.S. urged calm.", "United States", Kind.STATE),
        ("Türkiye urged calm.", "Turkey", Kind.STATE),
        ("The Kremlin urged calm.", "Russia", Kind.STATE),
        ("The Biden administration urged calm.", "United States", Kind.STATE),
        ("The Trump Administration urged calm.", "United States", Kind.STATE),
        ("The Maduro Regime rejected the ultimatum.", "Venezuela", Kind.STATE),
        ("The Takaichi Government urged calm.", "Japan", Kind.STATE),
        ("The UN urged calm.", "United Nations", Kind.ORGANISATION),
        ("The Israeli military urged calm.", "Israeli military", Kind.ORGANISATION),
        ("The Ministry of Health urged calm.", "Ministry of Health", Kind.ORGANISATION),
        ("Hamas urged calm.", "Hamas", Kind.GROUP),
        ("Arab and Muslim leaders urged calm.", "Arab and Muslim leaders", Kind.GROUP),
        ("The talks were hard, Ayman Safadi said.", "Ayman Safadi", Kind.PERSON),
    ],
)
def test_an_actor_gets_its_name_and_kind(text: str, name: str, kind: Kind) -> None:
    assert actors(text)[name].kind is kind


def test_title_surname_and_full_name_are_one_person() -> None:
    found = actors("President Emmanuel Macron left. Macron spoke to Mr. Macron's aides. President Macron said no.")
    (macron,) = [actor for actor in found.values() if actor.kind is Kind.PERSON]
    assert macron.name == "Emmanuel Macron"
    assert {"Macron", "President Emmanuel Macron"} <= set(macron.aliases)


def test_two_people_with_one_surname_stay_two() -> None:
    found = actors("President Joseph Aoun met General Michel Aoun. Joseph Aoun said no. Michel Aoun said yes.")
    assert {"Joseph Aoun", "Michel Aoun"} <= set(found)


def test_an_office_is_given_only_as_the_article_gives_it() -> None:
    assert actors("Emmanuel Macron said no.")["Emmanuel Macron"].role is None
    assert actors("Jordanian Foreign Minister Ayman Safadi said no.")["Ayman Safadi"].state == "Jordan"


def test_a_capital_where_things_merely_happen_is_no_actor() -> None:
    assert "Turkey" not in actors("The ministers met in Ankara on Monday.")


def test_an_acronym_in_brackets_is_an_alias() -> None:
    found = actors("The Kurdistan Workers’ Party (PKK) urged calm. The PKK said no.")
    assert len([actor for actor in found.values() if actor.kind is Kind.GROUP]) == 1


def test_reporters_in_a_credit_line_are_no_actors() -> None:
    assert actors("Israel urged calm.\n\nReporting by Ann Smith; editing by John Doe").keys() == {"Israel"}


def test_mentions_stand_where_the_name_stands() -> None:
    text = "Israel urged calm. Later Israel said no."
    (reading,) = read_text(text).actors
    assert [text[span.start : span.end] for span in reading.mentions] == ["Israel", "Israel"]
