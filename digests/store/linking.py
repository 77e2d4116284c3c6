"""Which known actor an article's actor is: a pure decision over names, kinds, states and roles.

Two people with one surname stay two: rather a new actor than a wrong one. What the operator's table of names says comes
before all of that (`listed`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from digests.languages.world import may_mean, name_states
from digests.models import Actor, Kind
from digests.names import Names, name_key, spellings
from digests.text import fold

folded = lru_cache(maxsize=50_000)(fold)  # names are compared with many others, again and again


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The known actor that an article's actor is; `is_fuller` when the article names it more fully than we did."""

    actor_id: int
    is_fuller: bool = False


def link(actor: Actor, known: Iterable[Actor], states: Iterable[str] = ()) -> Link | None:
    """The known actor that `actor`, as one article shows it, is; None when it is a new one.

    `known` are candidates of any kind with their aliases; `states` the states that the article mentions.
    """
    candidates = [candidate for candidate in known if candidate.kind is actor.kind]
    if actor.kind is Kind.PERSON:
        return _person(actor, candidates, {folded(state) for state in states})
    return _body(actor, candidates)


def surname(name: str) -> str:
    """The last word of a folded name."""
    return folded(name).rpartition(" ")[2]


def home(actor: Actor) -> str:
    """What tells two organisations or groups of one name apart: their state."""
    return folded(actor.state or "") if actor.kind in (Kind.ORGANISATION, Kind.GROUP) else ""


def _body(actor: Actor, candidates: Sequence[Actor]) -> Link | None:
    """A state, organisation or group: its own name first, then an alias that only one of them has."""
    name = folded(actor.name)
    fitting = candidates if actor.kind is Kind.STATE else [one for one in candidates if _same_home(one, actor)]
    own = [one for one in fitting if folded(one.name) == name]
    if len(own) > 1:
        own = [one for one in own if folded(one.state or "") == folded(actor.state or "")]
    return _only(own) or _only([one for one in fitting if name in _aliases(one)])


def _person(actor: Actor, candidates: Sequence[Actor], states: set[str]) -> Link | None:
    """A person: the full name as it is; a shorter one only with the article's support; else a fuller one of ours."""
    words = folded(actor.name).split()
    same = _only([one for one in candidates if folded(one.name).split() == words])
    longer = [one for one in candidates if _is_short_for(words, one)]
    if len(words) == 1:
        return _supported(actor, [one for one in longer if may_mean(words[0], one.name)], states) or same
    if same is not None:
        return same
    return _supported(actor, longer, states) or _fuller(actor, candidates, words)


def _supported(actor: Actor, longer: Sequence[Actor], states: set[str]) -> Link | None:
    """The one fuller person whose state or role the article shows; nobody when there are two."""
    at_home = [one for one in longer if _is_at_home(actor, one, states)]
    if len(at_home) > 1 and actor.role:
        at_home = [one for one in at_home if one.role and folded(one.role) == folded(actor.role)]
    return _only(at_home)


def _is_at_home(actor: Actor, one: Actor, states: set[str]) -> bool:
    if actor.state and one.state:
        return folded(actor.state) == folded(one.state)
    if one.state:
        return folded(one.state) in states
    return bool(actor.role and one.role and folded(actor.role) == folded(one.role))


def _fuller(actor: Actor, candidates: Sequence[Actor], words: list[str]) -> Link | None:
    """A person of the same state whom we know by a shorter form of this name only."""
    if not actor.state:
        return None
    shorter = [
        one
        for one in candidates
        if _is_subsequence(folded(one.name).split(), words) and one.state and folded(one.state) == folded(actor.state)
    ]
    rivals = [one for one in candidates if one not in shorter and surname(one.name) == words[-1]]
    found = None if rivals else _only(shorter)
    return None if found is None else Link(actor_id=found.actor_id, is_fuller=True)


def _is_short_for(words: list[str], one: Actor) -> bool:
    full = folded(one.name).split()
    if len(full) <= len(words):
        return False
    return _is_subsequence(words, full) or (len(words) == 1 and words[0] in _aliases(one))


def _is_subsequence(short: list[str], full: list[str]) -> bool:
    """Whether `short` is `full` with some of its first words left out: "Tayyip Erdogan" of "Recep Tayyip Erdogan"."""
    rest = iter(full)
    return len(short) < len(full) and short[-1:] == full[-1:] and all(word in rest for word in short)


def _same_home(one: Actor, actor: Actor) -> bool:
    return not one.state or not actor.state or folded(one.state) == folded(actor.state)


def _aliases(one: Actor) -> set[str]:
    return {folded(alias) for alias in one.aliases}


def _only(found: Sequence[Actor]) -> Link | None:
    return Link(actor_id=found[0].id) if len(found) == 1 else None


# ---- what the operator's table says ----------------------------------------------------------------------------


def listed(heading: str, actor: Actor, known: Iterable[Actor]) -> Actor | None:
    """The known actor that a heading of the table means, for an article's `actor` under it; None when it is a new one.

    Its own name comes before another that only one has; the name of a state means the state. Of several, it is the one
    of the kind (and state) that the article's has.
    """
    state, key = _state_named(heading), name_key(heading)
    candidates = [one for one in known if state is None or one.kind is Kind.STATE]
    found = (
        [one for one in candidates if folded(one.name) == folded(heading)]
        or [one for one in candidates if name_key(one.name) in (key, state and name_key(state))]
        or [one for one in candidates if any(name_key(alias) == key for alias in one.aliases)]
    )
    if len(found) > 1:
        found = [one for one in found if one.kind is actor.kind and home(one) == home(actor)]
    return found[0] if len(found) == 1 else None


def headed(heading: str, actor: Actor, names: Names) -> Actor:
    """The new actor that an article's `actor` becomes under a heading: a state where the heading is a state's name.

    The state keeps the name that the reader knows it by, unless the table has another for that.
    """
    state = _state_named(heading)
    if state is None:
        return replace(actor, name=heading)
    name = heading if names.is_form(state) else state
    return replace(actor, name=name, kind=Kind.STATE, role=None, state=name)


def known_as(heading: str) -> set[str]:
    """The folded names by which candidates for a heading are found."""
    state = _state_named(heading)
    return spellings(heading) | ({folded(state)} if state else set())


def _state_named(name: str) -> str | None:
    return _states_by_key().get(name_key(name))


@lru_cache(maxsize=1)
def _states_by_key() -> dict[str, str]:
    return {name_key(name): state for name, state in name_states().items()}
