"""States and organisations as tables: what they are called, their capitals, adjectives and leaders.

The data lies beside this file in states.tsv and organisations.tsv; their heads say where it is from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from digests.models import Kind
from digests.text import fold


@dataclass(frozen=True, slots=True)
class State:
    """A state and the words for it: names, capitals, adjectives, plural demonyms, leaders as (full name, surname)."""

    name: str
    others: tuple[str, ...]
    capitals: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    leaders: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation or group known beforehand, and the state it belongs to, where it belongs to one."""

    name: str
    kind: Kind
    state: str | None
    others: tuple[str, ...]


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """All states of the table."""
    return tuple(_state(row) for row in _rows("states.tsv", 6))


@lru_cache(maxsize=1)
def organisations() -> tuple[Known, ...]:
    """All organisations and groups of the table."""
    return tuple(
        Known(name, Kind(kind), state or None, _parts(others))
        for name, kind, state, others in _rows("organisations.tsv", 4)
    )


@lru_cache(maxsize=1)
def adjective_states() -> dict[str, str]:
    """Adjective ("Turkish") to the state's name ("Turkey"); the first state of the table keeps a shared one."""
    return _first((adjective, state.name) for state in states() for adjective in state.adjectives)


@lru_cache(maxsize=1)
def name_states() -> dict[str, str]:
    """Every name of a state to the name it goes by here."""
    return _first((name, state.name) for state in states() for name in (state.name, *state.others))


@lru_cache(maxsize=1)
def capital_states() -> dict[str, str]:
    """Capital to state; a capital that is also the state's name is left out."""
    pairs = ((capital, state.name) for state in states() for capital in state.capitals)
    return _first((capital, state) for capital, state in pairs if capital not in name_states())


@lru_cache(maxsize=1)
def demonym_states() -> dict[str, str]:
    """Plural demonym ("Israelis") to state."""
    return _first((demonym, state.name) for state in states() for demonym in state.demonyms)


@lru_cache(maxsize=1)
def leader_states() -> dict[str, str]:
    """Full name of a head of state or government to the state; never its office, which only an article may give."""
    return _first((full, state.name) for state in states() for full, _ in state.leaders)


@lru_cache(maxsize=1)
def leader_names() -> dict[str, str]:
    """Surname in lower case of a head of state or government to the full name; a name of two leaders is left out."""
    found: dict[str, set[str]] = {}
    for state in states():
        for full, surname in state.leaders:
            found.setdefault(surname.lower(), set()).add(full)
    return {surname: next(iter(names)) for surname, names in found.items() if len(names) == 1}


def may_mean(surname: str, full: str) -> bool:
    """Whether a bare surname (lower case) may mean the person of that full name.

    A leader's surname means the leader alone, never kin: "Trump" is not Melania Trump. Given names that begin alike
    pass for spellings of one (Benyamin and Benjamin, Joseph and Joe, but not Jill), and so does a shared second name.
    """
    leader = leader_names().get(surname)
    if leader is None or fold(full) == surname:
        return True
    ours, theirs = fold(leader).split(), fold(full).split()
    return ours[0][:2] == theirs[0][:2] or bool(set(ours) & set(theirs) - {surname})


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for key, value in pairs:
        table.setdefault(key, value)
    return table


def _state(row: list[str]) -> State:
    name, others, capitals, adjectives, demonyms, leaders = row
    pairs = tuple((full, surname) for full, _, surname in (leader.partition("=") for leader in _parts(leaders)))
    return State(name, _parts(others), _parts(capitals), _parts(adjectives), _parts(demonyms), pairs)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _rows(name: str, width: int) -> list[list[str]]:
    text = resources.files("digests.languages").joinpath(name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [row + [""] * (width - len(row)) for row in rows]
