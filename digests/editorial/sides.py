"""For whom an actor stands: a state's head and its foreign and defence ministers stand for the state, others for
themselves.

Only those: what another minister wants is often not what the government does, and a quarrel in a cabinet is no state
that turned. The person is still named wherever a line is shown.
"""

import re
from collections.abc import Hashable
from functools import lru_cache

from digests.models import Actor, Kind
from digests.text import fold

_SPEAKS = re.compile(
    r"\b(president|prime minister|premier|chancellor|king|queen|emir|sultan|supreme leader|taoiseach|head of state|"
    r"(foreign|defen[cs]e|external affairs) (minister|secretary)|secretary of (state|defen[cs]e|war)|"
    r"minister of (foreign affairs|defen[cs]e))\b"
)
_NOT = re.compile(
    r"\b(former|ex|vice|deputy|elect|opposition|shadow|assistant|under|candidate|party|then|late|acting|"
    r"ousted|deposed|toppled|exiled|jailed)\b"
)
_BODY = re.compile(
    r"\b(of|president) (the )?(\w+ )*(parliament|senate|council|commission|assembly|bank|university|court)\b"
)


def speaks_for(actor: Actor) -> str | None:
    """The state that a person speaks for by office, or None."""
    if actor.kind is not Kind.PERSON or not actor.state or not actor.role:
        return None
    return actor.state if _is_office(actor.role) else None


@lru_cache(maxsize=10_000)
def _is_office(role: str) -> bool:
    plain = fold(role)
    return bool(_SPEAKS.search(plain)) and not _NOT.search(plain) and not _BODY.search(plain)


@lru_cache(maxsize=2_000)
def _key(state: str) -> Hashable:
    return "state", fold(state)


def side(actor: Actor) -> Hashable:
    """What makes two actors one side: the state they are or speak for, or else the actor itself."""
    state = actor.name if actor.kind is Kind.STATE else speaks_for(actor)
    return _key(state) if state else (actor.id or actor.name)


def principal(actor: Actor) -> Actor:
    """Who stands behind an actor: of somebody who speaks for a state, that state; else the actor itself."""
    state = speaks_for(actor)
    return Actor(name=state, kind=Kind.STATE, state=state) if state else actor
