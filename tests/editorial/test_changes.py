"""Sixty pairs of dated positions and whether the second is a change; and the samples' four days, replayed."""

from dataclasses import replace

import pytest

from digests.editorial.positions import changes
from digests.models import Actor, FiledPosition, Kind, Stance
from tests.editorial.builders import filed


def _person(number: int, name: str, role: str, state: str) -> Actor:
    return Actor(id=number, name=name, kind=Kind.PERSON, role=role, state=state)


def _state(number: int, name: str) -> Actor:
    return Actor(id=number, name=name, kind=Kind.STATE, state=name)


CAST = {
    "Norland": _state(11, "Norland"),
    "Sudria": _state(12, "Sudria"),
    "PrimeN": _person(13, "Ada Prime", "Prime Minister", "Norland"),
    "ForeignN": _person(14, "Ben Abroad", "Foreign Minister", "Norland"),
    "InteriorN": _person(15, "Cleo Home", "Interior Minister", "Norland"),
    "FormerN": _person(16, "Dan Gone", "former president", "Norland"),
    "OppositionN": _person(17, "Eva Nay", "opposition leader", "Norland"),
    "ForeignS": _person(18, "Finn South", "Foreign Minister", "Sudria"),
    "Front": Actor(id=19, name="Front", kind=Kind.GROUP),
    "Union": Actor(id=20, name="Union", kind=Kind.ORGANISATION),
}

# who, stance, issue, hours | who, stance, issue, hours | flags of the second (or b: of the first) | whose change, or -
PAIRS = """
Norland rejects humanitarian pauses in the valley; -72 | Norland commits daily pauses in the valley; -3 | | Norland
Norland rejects a ceasefire; -50 | Norland supports a ceasefire; -2 | | Norland
Norland opposes the arms sale to Sudria; -90 | Norland supports arms sale to Sudria; -5 | | Norland
Norland denies a troop withdrawal; -40 | Norland commits troop withdrawal; -4 | | Norland
Norland demands release of the hostages; -60 | Norland rejects release of hostages; -6 | | Norland
Norland supports Sudria's membership of the pact; -99 | Norland rejects Sudria's membership of the pact; -9 | | Norland
Norland proposes new talks on the border; -30 | Norland rejects talks on the border; -1 | | Norland
Norland commits grain shipments; -70 | Norland opposes grain shipments; -7 | | Norland
Front rejects an unconditional truce; -48 | Front demands ceasefire; -2 | | Front
Union opposes sanctions on oil exports; -80 | Union proposes sanctions on oil exports; -8 | | Union
PrimeN rejects a pause in the fighting; -72 | Norland commits pause in the fighting; -3 | | Norland
Norland rejects a pause in the fighting; -72 | PrimeN commits pause in the fighting; -3 | | Norland
PrimeN rejects a pause in the fighting; -72 | ForeignN supports pause in the fighting; -3 | | Norland
ForeignN opposes the pipeline deal; -72 | Norland supports pipeline deal; -3 | | Norland
PrimeN demands an inquiry into the strike; -50 | PrimeN rejects inquiry into the strike; -3 | | Ada Prime
ForeignS rejects the peace plan; -50 | Sudria supports peace plan; -3 | | Sudria
Norland rejects the peace plan; -50 | Norland supports peace plan; -37 | | Norland
Norland rejects truce; -50 | Norland supports ceasefire; -2 | | Norland
Norland opposes withdrawal from the island; -50 | Norland commits pullout from the island; -2 | | Norland
Norland denies an investigation of the leak; -50 | Norland supports probe of the leak; -2 | | Norland
Norland rejects negotiations with the Front; -50 | Norland proposes talks with the Front; -2 | | Norland
Norland demands two-state solution; -50 | Norland opposes a two-state solution; -2 | | Norland
Norland commits air strikes on the port; -50 | Norland denies air raids on the port; -2 | | Norland
Norland supports aid for the refugees; -50 | Norland rejects assistance for the refugees; -2 | | Norland
InteriorN opposes the amnesty law; -50 | InteriorN supports amnesty law; -2 | | Cleo Home
OppositionN rejects the budget vote; -50 | OppositionN supports budget vote; -2 | | Eva Nay
FormerN opposes the canal treaty; -50 | FormerN supports canal treaty; -2 | | Dan Gone
Norland rejects the canal treaty; -500 | Norland supports canal treaty; -2 | | Norland
Norland proposes a buffer zone; -13 | Norland rejects a buffer zone; 0 | | Norland
Front denies ceasefire talks; -20 | Front supports ceasefire talks; -6 | | Front
Norland rejects a ceasefire; -72 | Sudria supports a ceasefire; -3 | | -
Norland rejects a ceasefire; -72 | Norland rejects a ceasefire; -3 | | -
Norland demands a ceasefire; -72 | Norland supports a ceasefire; -3 | | -
Norland rejects a ceasefire; -72 | Norland opposes a ceasefire; -3 | | -
Norland rejects a ceasefire; -72 | Norland commits release of the hostages; -3 | | -
Norland rejects a ceasefire; -72 | Norland supports a humanitarian pause; -3 | | -
Norland rejects Sudria's membership of the pact; -72 | Norland supports Ostia's membership of the pact; -3 | | -
Norland rejects the sale of jets to Sudria; -72 | Norland supports the sale of grain to Sudria; -3 | | -
Norland rejects a ceasefire; -72 | Norland accuses a ceasefire; -3 | | -
Norland rejects a ceasefire; -72 | Norland threatens a ceasefire; -3 | | -
Norland doubts a ceasefire; -72 | Norland supports a ceasefire; -3 | | -
Norland supports a ceasefire; -72 | Norland doubts a ceasefire; -3 | | -
Norland accuses the arms sale; -72 | Norland denies the arms sale; -3 | | -
Norland rejects a ceasefire; -14 | Norland supports a ceasefire; -3 | | -
Norland rejects a ceasefire; -3 | Norland supports a ceasefire; -3 | | -
Norland rejects a ceasefire; -9 | Norland supports a ceasefire; 0 | | -
Norland rejects a ceasefire; -72 | Norland supports a ceasefire; -3 | background | -
Norland rejects a ceasefire; -72 | Norland supports a ceasefire; -3 | b:background | -
Norland rejects a ceasefire; -72 | Norland supports a ceasefire; -3 | unsure | -
Norland rejects a ceasefire; -72 | Norland supports a ceasefire; -3 | b:unsure | -
InteriorN opposes the pauses in the valley; -72 | Norland commits pauses in the valley; -3 | | -
PrimeN commits pauses in the valley; -72 | InteriorN opposes pauses in the valley; -3 | | -
PrimeN commits pauses in the valley; -72 | OppositionN opposes pauses in the valley; -3 | | -
FormerN rejects the canal treaty; -72 | Norland supports canal treaty; -3 | | -
PrimeN rejects the canal treaty; -72 | ForeignS supports canal treaty; -3 | | -
Front rejects a truce; -72 | Union demands a truce; -3 | | -
Norland supports sanctions on oil; -72 | Norland rejects sanctions on grain; -3 | | -
Norland demands opening of the northern crossing; -72 | Norland rejects closing of the harbour; -3 | | -
Norland proposes an election in May; -72 | Norland commits an election in May; -3 | | -
Front rejects a temporary truce; -72 | Front demands permanent ceasefire; -3 | | -
Norland commits talks with Sudria; -72 | Norland rejects direct talks with Sudria; -3 | | -
Norland commits strikes on Sudria; -72 | Norland denies strike on Sudria hospital; -3 | | -
Norland rejects talks with Sudria; -72 | Norland commits talks with Sudria; -3 | conditional | -
Norland opposes discussions about Sudria; -72 | Norland demands other topics be discussed; -3 | | -
Norland demands sale of jets without conditions; -72 | Norland rejects conditions on the sale of jets; -3 | | -
"""
ROWS = [line for line in PAIRS.strip().split("\n") if line.strip()]


def _filed(cell: str, flags: str) -> FiledPosition:
    who, stance, rest = cell.strip().split(None, 2)
    issue, hours = rest.rsplit(";", 1)
    return filed(
        CAST[who],
        Stance(stance),
        issue.strip(),
        hours=float(hours),
        background="background" in flags,
        conditional="conditional" in flags,
        confidence=0.3 if "unsure" in flags else 0.8,
    )


def test_there_are_sixty_pairs_half_of_them_changes() -> None:
    assert len(ROWS) >= 60
    assert sum(not row.endswith("-") for row in ROWS) == 30


@pytest.mark.parametrize("row", ROWS, ids=range(1, len(ROWS) + 1))
def test_a_pair_is_a_change_or_none_as_the_table_says(row: str) -> None:
    first, second, flags, answer = (cell.strip() for cell in row.split("|"))
    before = _filed(first, flags.removeprefix("b:") if flags.startswith("b:") else "")
    after = _filed(second, "" if flags.startswith("b:") else flags)
    found = changes([after, before])
    assert [change.actor.name for change in found] == ([] if answer == "-" else [answer])
    for change in found:
        assert (change.before.id, change.after.id) == (before.id, after.id)


def test_a_change_told_of_a_state_takes_the_state_as_it_is_known() -> None:
    rejects = filed(CAST["Norland"], Stance.REJECTS, "pauses", hours=-72)
    commits = filed(replace(CAST["PrimeN"]), Stance.COMMITS, "pauses", hours=-3)
    (change,) = changes([rejects, commits])
    assert change.actor == CAST["Norland"]
    assert change.after.actor == CAST["PrimeN"], "the person is named beside it"
