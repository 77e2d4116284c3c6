"""Which known actor an article's actor is: a table of cases."""

from dataclasses import replace

import pytest

from digests.models import Actor, Kind
from digests.store.linking import Link, link, surname
from tests.store.make import organisation, person, state

BLINKEN = replace(person("Antony Blinken", "Blinken", state="United States", role="Secretary of State"), id=1)
FIDAN = replace(person("Hakan Fidan", "Fidan", state="Turkey", role="Foreign Minister"), id=2)
JOE = replace(person("Joe Biden", "Biden", state="United States", role="President"), id=3)
HUNTER = replace(person("Hunter Biden", "Biden", state="United States"), id=4)
ERDOGAN = replace(person("Recep Tayyip Erdogan", "Erdogan", state="Turkey"), id=5)
XI = replace(person("Xi Jinping", "Xi", state="China"), id=6)
TURKEY = replace(state("Turkey", "Ankara", "Türkiye"), id=7)
OIC = replace(organisation("Organisation of Islamic Cooperation", "OIC"), id=8)
TURKISH_MINISTRY = replace(organisation("Foreign Ministry", state="Turkey"), id=9)
ISRAELI_MINISTRY = replace(organisation("Foreign Ministry", state="Israel"), id=10)
MELANIA = replace(person("Melania Trump", state="United States"), id=12)
NETANYAHU = replace(person("Benjamin Netanyahu", state="Israel"), id=13)  # the table of leaders spells him Benyamin
LONELY = replace(person("Stoltenberg", state="Norway"), id=11)
KNOWN = [
    BLINKEN,
    FIDAN,
    JOE,
    HUNTER,
    ERDOGAN,
    XI,
    TURKEY,
    OIC,
    TURKISH_MINISTRY,
    ISRAELI_MINISTRY,
    LONELY,
    MELANIA,
    NETANYAHU,
]


@pytest.mark.parametrize(
    ("actor", "states", "found"),
    [
        (person("Hakan Fidan"), [], Link(actor_id=2)),
        (person("HAKAN FİDAN"), [], Link(actor_id=2)),
        (replace(FIDAN, id=0, kind=Kind.ORGANISATION), [], None),
        (person("Blinken", state="United States"), [], Link(actor_id=1)),
        (person("Blinken"), ["United States", "Israel"], Link(actor_id=1)),
        (person("Blinken"), ["Israel"], None),
        (person("Blinken", state="Israel"), ["United States"], None),
        (person("Alan Blinken", state="United States"), ["United States"], None),
        (person("Biden"), ["United States"], None),
        (person("Biden", role="President"), ["United States"], Link(actor_id=3)),
        (person("Biden", role="Senator"), ["United States"], None),
        (person("Trump", state="United States"), ["United States"], None),
        (person("Netanyahu"), ["Israel"], Link(actor_id=13)),
        (person("Tayyip Erdogan"), ["Turkey"], Link(actor_id=5)),
        (person("Erdoğan"), ["Turkey"], Link(actor_id=5)),
        (person("Bilal Erdogan"), ["Turkey"], None),
        (person("Xi"), ["China"], Link(actor_id=6)),
        (person("Jens Stoltenberg", state="Norway"), [], Link(actor_id=11, is_fuller=True)),
        (person("Jens Stoltenberg"), ["Norway"], None),
        (person("Stoltenberg"), [], Link(actor_id=11)),
        (state("Turkey"), [], Link(actor_id=7)),
        (state("Türkiye"), [], Link(actor_id=7)),
        (state("Turkmenistan"), [], None),
        (organisation("OIC"), [], Link(actor_id=8)),
        (organisation("Organisation of Islamic Cooperation", state="Jeddah"), [], Link(actor_id=8)),
        (organisation("Foreign Ministry", state="Turkey"), [], Link(actor_id=9)),
        (organisation("Foreign Ministry", state="Sweden"), [], None),
        (organisation("Foreign Ministry"), ["Turkey"], None),
    ],
)
def test_who_is_who(actor: Actor, states: list[str], found: Link | None) -> None:
    assert link(actor, KNOWN, states) == found
    assert link(actor, reversed(KNOWN), states) == found


def test_nobody_is_known_in_an_empty_store() -> None:
    assert link(person("Blinken"), []) is None


def test_a_surname_is_the_last_word() -> None:
    assert surname("Recep Tayyip Erdoğan") == "erdogan"
    assert surname("") == ""
