import pytest

from digests.editorial.actors import Nobody, One, Several, near_words, resolve
from digests.models import Actor, Kind
from digests.text import fold
from tests.editorial.builders import BLINKEN, ERDOGAN, EVERYBODY, FIDAN, TURKEY

OTHER_ERDOGAN = Actor(id=40, name="Bilal Erdogan", kind=Kind.PERSON)


def names(*more: Actor) -> list[tuple[str, Actor]]:
    return [(fold(name), actor) for actor in (*EVERYBODY, *more) for name in (actor.name, *actor.aliases)]


@pytest.mark.parametrize(
    ("asked", "actor"),
    [
        ("turkey", TURKEY),
        ("Türkiye", TURKEY),
        ("TURKIYE", TURKEY),
        ("ankara", TURKEY),
        ("turkish", TURKEY),
        ("Republic of Turkey", TURKEY),
        ("erdogan", ERDOGAN),
        ("Erdoğan", ERDOGAN),
        ("fidan", FIDAN),
        ("hakan", FIDAN),
        ("Hakan Fidan", FIDAN),
        ("antony", BLINKEN),
        ("blink", BLINKEN),
    ],
)
def test_a_name_finds_its_actor(asked: str, actor: Actor) -> None:
    assert resolve(asked, names()) == One(actor=actor)


@pytest.mark.parametrize(
    ("asked", "actor"), [("blinkn", BLINKEN), ("Fidna", FIDAN), ("Turky", TURKEY), ("hakan fiden", FIDAN)]
)
def test_a_slip_suggests_who_was_meant_and_decides_nothing(asked: str, actor: Actor) -> None:
    found = resolve(asked, names())
    assert isinstance(found, Nobody)
    assert found.nearest[0] == actor


@pytest.mark.parametrize("asked", ["zzzz", "", "x", "weather in lisbon"])
def test_a_strange_word_suggests_nobody(asked: str) -> None:
    assert resolve(asked, names()) == Nobody(asked=asked)


def test_two_of_one_surname_stay_two() -> None:
    found = resolve("erdogan", [pair for pair in names(OTHER_ERDOGAN) if pair[0] != "erdogan"])
    assert isinstance(found, Several)
    assert set(found.actors) == {ERDOGAN, OTHER_ERDOGAN}


def test_near_words_find_an_issue_with_a_slip() -> None:
    assert near_words("ceasfire", ["unconditional ceasefire in Gaza", "F-16 sale"]) == (
        "unconditional ceasefire in Gaza",
    )
