"""Which known actor a name means: exactly, by surname, by its beginning, or nearly.

Pure: names come in as (folded name or alias, actor) pairs, as `books.actors.names()` gives them. Who is one and the
same across articles was settled when they were filed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from digests.languages.world import adjective_states, demonym_states, name_states
from digests.models import Actor, Kind
from digests.text import fold

Names = Sequence[tuple[str, Actor]]

NEAR = 78.0  # similarity in percent from which a name is worth suggesting; one slip in five letters is 80
_SUGGESTED = 3
_OFFERED = 8
_SHORTEST = 3  # letters from which a beginning or a near miss means anything


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """The name means this actor."""

    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """The name may mean any of these."""

    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nobody:
    """Nobody has this name; `nearest` are the actors whose names are nearly it."""

    asked: str
    nearest: tuple[Actor, ...] = ()


Found = One | Several | Nobody


def resolve(name: str, names: Names) -> Found:
    """Who `name` means among all known names: exact before surname before beginning; else the nearest."""
    asked = fold(name)
    return (
        known(asked, names) or _found(_by_beginning(asked, names)) or Nobody(asked=name, nearest=nearest(asked, names))
    )


def known(asked: str, names: Names) -> One | Several | None:
    """Who has exactly this name, alias or surname (folded), or which state is called so; None when nobody has."""
    state = _state_names().get(asked, asked)
    return _found(_exactly(asked, names)) or _found(_by_surname(asked, names)) or _found(_exactly(state, names))


def nearest(asked: str, names: Names) -> tuple[Actor, ...]:
    """Actors whose name, or a word of it, is nearly `asked` (folded), the nearest first."""
    if len(asked) < _SHORTEST:
        return ()
    scored: dict[int | str, tuple[float, int, Actor]] = {}
    for order, (given, actor) in enumerate(names):
        score = _nearness(asked, given)
        key = actor.id or actor.name
        if score >= NEAR and score > scored.get(key, (0.0, 0, actor))[0]:
            scored[key] = (score, order, actor)
    ranked = sorted(scored.values(), key=lambda one: (-one[0], one[1]))
    return tuple(actor for _, _, actor in ranked[:_SUGGESTED])


def near_words(asked: str, choices: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Of some phrases (as issues), those nearest to what was asked, the nearest first."""
    pool = sorted(set(choices))
    hits = process.extract(fold(asked), pool, scorer=fuzz.partial_ratio, processor=fold, score_cutoff=NEAR, limit=limit)
    return tuple(choice for choice, _, _ in hits)


@cache
def _state_names() -> dict[str, str]:
    """Every name, adjective and demonym of a state to the name it goes by, all folded: no article need have used it."""
    tables = (adjective_states(), demonym_states(), name_states())
    return {fold(word): fold(state) for table in tables for word, state in table.items()}


def _found(actors: Sequence[Actor]) -> One | Several | None:
    if not actors:
        return None
    return One(actor=actors[0]) if len(actors) == 1 else Several(actors=tuple(actors[:_OFFERED]))


def _exactly(asked: str, names: Names) -> list[Actor]:
    return _distinct(actor for given, actor in names if given == asked)


def _by_surname(asked: str, names: Names) -> list[Actor]:
    persons = ((given, actor) for given, actor in names if actor.kind == Kind.PERSON and " " in given)
    return _distinct(actor for given, actor in persons if given.rsplit(" ", 1)[-1] == asked)


def _by_beginning(asked: str, names: Names) -> list[Actor]:
    if len(asked) < _SHORTEST:
        return []
    return _distinct(actor for given, actor in names if given.startswith(asked) or f" {asked}" in given)


def _distinct(actors: Iterable[Actor]) -> list[Actor]:
    return list({actor.id or actor.name: actor for actor in actors}.values())


def _nearness(asked: str, given: str) -> float:
    """Percent of letters in place, of the whole name or of its likest word; a swap of neighbours is one slip."""
    whole = DamerauLevenshtein.normalized_similarity(asked, given)
    parts = [part for part in given.split() if len(part) > _SHORTEST] if " " not in asked else []
    return 100 * max([whole, *(DamerauLevenshtein.normalized_similarity(asked, part) for part in parts)])
