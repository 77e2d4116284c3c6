"""Names known beforehand: states, capitals, adjectives, bodies, places, looked up by their words."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from digests.extract.sentences import WORD, Token
from digests.languages import en, world


class Look(StrEnum):
    """What a name looks like."""

    STATE = "state"
    CAPITAL = "capital"
    SEAT = "seat"
    ADJECTIVE = "adjective"
    DEMONYM = "demonym"
    PLACE = "place"
    KNOWN = "known"
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `first` to `last` (exclusive) of a name. `key` is the table's name for it, or the words themselves.

    For a person `role` is the office as written and `titled` tells that one stands before the name.
    """

    first: int
    last: int
    look: Look
    key: str
    role: str | None = None
    role_first: int = -1
    titled: bool = False


Entry = tuple[Look, str]


@lru_cache(maxsize=1)
def known() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """First word -> (all words, look, key), longest first."""
    table: dict[tuple[str, ...], Entry] = {}
    for words, entry in _entries():
        table.setdefault(tuple(WORD.findall(words.replace("’", "'"))), entry)
    index: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for parts, entry in table.items():
        index.setdefault(parts[0], []).append((parts, entry))
    for choices in index.values():
        choices.sort(key=lambda choice: -len(choice[0]))
    return index


def _entries() -> list[tuple[str, Entry]]:
    found: list[tuple[str, Entry]] = []
    for name, state in world.name_states().items():
        found.append((name, (Look.STATE, state)))
    found += [(place, (Look.PLACE, place)) for place in en.PLACES]
    for organisation in world.organisations():
        for name in (organisation.name, *organisation.others):
            found.append((name, (Look.KNOWN, organisation.name)))
    found += [(seat, (Look.SEAT, state)) for seat, state in en.SEATS.items()]
    found += [(word, (Look.ADJECTIVE, state)) for word, state in world.adjective_states().items()]
    found += [
        (city, (Look.CAPITAL, state)) for city, state in world.capital_states().items() if city not in en.NO_SEATS
    ]
    found += [(people, (Look.DEMONYM, state)) for people, state in world.demonym_states().items()]
    return found


def known_at(tokens: tuple[Token, ...], index: int, last: int) -> tuple[int, Entry] | None:
    """The longest known name that begins at token `index`: its end and its entry."""
    for parts, entry in known().get(tokens[index].text, ()):
        end = index + len(parts)
        if end <= last and all(_same(tokens[index + k].text, part) for k, part in enumerate(parts)):
            return end, entry
    return None


def _same(written: str, part: str) -> bool:
    return written == part or written.replace("’", "'") == part
