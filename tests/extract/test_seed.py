"""The seed article, cut by hand to headline and body: what must be read in it, and that nothing else is shown."""

import pytest

from digests.extract.base import read
from digests.extract.wire import from_line
from digests.models import Actor, Extraction, Kind, Position
from tests import evaldata
from tests.extract.reader import READER

FURNITURE = ("About Author", "Leave a Reply", "Your email")


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    raw = (evaldata.folder() / "seed" / "article.txt").read_text(encoding="utf-8")
    parts = [part.strip() for part in raw.split("\n\n") if part.strip()]
    body = "\n\n".join(part for part in parts[3:] if not part.startswith(FURNITURE))
    return read(READER, from_line({"id": "seed", "title": parts[1], "text": body}))


def positions(extraction: Extraction) -> list[Position]:
    return [position for position in extraction.positions if position.confidence >= 0.5]


def actors(extraction: Extraction) -> dict[str, Actor]:
    return {reading.actor.name: reading.actor for reading in extraction.actors}


@pytest.mark.parametrize(
    ("holders", "stance", "words"),
    [
        ({"Turkey"}, "demands", "unconditional ceasefire"),
        ({"United States", "Antony Blinken"}, "supports", "humanitarian pause"),
        ({"Israel"}, "rejects", "pause"),
        ({"Arab and Muslim nations", "Arab and Muslim leaders"}, "demands", "immediate ceasefire"),
        ({"Turkey", "Recep Tayyip Erdogan"}, "accuses", ""),
    ],
)
def test_what_the_article_says_is_read_with_confidence(
    extraction: Extraction, holders: set[str], stance: str, words: str
) -> None:
    fitting = [
        position
        for position in positions(extraction)
        if position.actor in holders and position.stance == stance and words in position.issue
    ]
    assert fitting


def test_turkey_accuses_israel_of_a_massacre(extraction: Extraction) -> None:
    (accused,) = [position for position in positions(extraction) if position.stance == "accuses"]
    assert (accused.actor, accused.target) == ("Turkey", "Israel")
    assert "massacre" in accused.evidence.text


@pytest.mark.parametrize(
    ("name", "office", "state"),
    [
        ("Antony Blinken", "Secretary of State", "United States"),
        ("Hakan Fidan", "Foreign Minister", "Turkey"),
        ("Recep Tayyip Erdogan", "President", "Turkey"),
    ],
)
def test_each_person_is_one_actor_with_office_and_state(
    extraction: Extraction, name: str, office: str, state: str
) -> None:
    surname = name.split()[-1]
    assert [other for other in actors(extraction) if surname in other] == [name]
    actor = actors(extraction)[name]
    assert actor.kind is Kind.PERSON
    assert office in (actor.role or "")
    assert actor.state == state


def test_a_state_and_its_capital_and_government_are_one_actor(extraction: Extraction) -> None:
    found = actors(extraction)
    assert {"Turkey", "United States", "Israel", "Hamas"} <= set(found)
    assert {"Ankara", "Turkish government"} <= set(found["Turkey"].aliases)
    assert {"U.S.", "Washington"} <= set(found["United States"].aliases)
    assert found["Arab and Muslim nations"].kind is Kind.GROUP


def test_nothing_else_is_shown_than_what_was_checked_by_hand(extraction: Extraction) -> None:
    shown = {(position.actor, str(position.stance), position.target) for position in positions(extraction)}
    assert shown == {
        ("Recep Tayyip Erdogan", "rejects", None),
        ("Recep Tayyip Erdogan", "supports", None),
        ("Turkey", "doubts", "Antony Blinken"),
        ("United States", "supports", None),
        ("Israel", "rejects", "United States"),
        ("Arab and Muslim nations", "demands", None),
        ("Arab and Muslim leaders", "opposes", None),
        ("United States", "demands", "Turkey"),
        ("Turkey", "demands", None),
        ("Turkey", "accuses", "Israel"),
        ("Turkey", "commits", "Israel"),
        ("Turkey", "opposes", "United States"),
    }
