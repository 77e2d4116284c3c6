"""What did X say about Y: the sentences in which articles let somebody speak."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.editorial.actors import Found, Nobody, resolve
from digests.editorial.issues import about
from digests.editorial.sentences import around
from digests.editorial.summary import cite
from digests.flows.listings import names_in
from digests.models import Actor, Article, Kind, Saying, Span
from digests.store.base import Store

MEMORY = timedelta(days=30)
_MOST = 40  # sayings of one answer
_LOOKED_AT = 2_000  # attributions among which those about something are sought
_LONGEST = 600  # characters: what is longer is no sentence but a page without stops
_ABOUT = re.compile(r"^(?P<who>.+?)\s+(?:about|on|regarding|over)\s+(?P<what>.+)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who was asked for, and about what ("" for anything)."""

    who: Found
    what: str = ""


async def asked(store: Store, words: str) -> Asked:
    """Words as a question: "turkey", "turkey about the truce", "fidan truce" (the longest beginning that is a name)."""
    async with store.read() as books:
        names, listed = await books.actors.names(), await names_in(books)
    parted = _ABOUT.match(words.strip())
    if parted:
        return Asked(who=resolve(listed.meant(parted["who"]), names), what=parted["what"])
    parts = words.split()
    for size in range(len(parts), 0, -1):
        found = resolve(listed.meant(" ".join(parts[:size])), names)
        if not isinstance(found, Nobody):
            return Asked(who=found, what=" ".join(parts[size:]))
    return Asked(who=resolve(listed.meant(words), names))


async def said(
    store: Store, actor: Actor, what: str = "", *, now: datetime, window: timedelta = MEMORY
) -> tuple[Saying, ...]:
    """What an actor (of a state also: whoever belongs to it) is said to have said about something, newest first.

    Each is one or more whole sentences, word for word; the same words are given once.
    """
    async with store.read() as books:
        names = await books.actors.names()
        speakers = {one.id: one for _, one in names if one.id == actor.id or _is_of(one, actor)}
        held = await books.articles.attributed(speakers, since=now - window, until=now, limit=_LOOKED_AT)
        articles = {one.id: one for one in await books.articles.some({article_id for _, article_id, _ in held})}
    sayings = (_saying(speakers[speaker], articles[article_id], span) for speaker, article_id, span in held)
    return tuple(_told_once(one for one in sayings if not what or _is_about(one, what)))


def _is_of(one: Actor, state: Actor) -> bool:
    return state.kind is Kind.STATE and one.kind in (Kind.PERSON, Kind.ORGANISATION) and one.state == state.name


def _saying(actor: Actor, article: Article, span: Span) -> Saying:
    _, text, _ = around(article.text, span.start, span.end)
    start = article.text.find(text, max(0, span.start - len(text)))
    return Saying(actor=actor, text=text, start=start, end=start + len(text), citation=cite(article))


def _is_about(one: Saying, what: str) -> bool:
    return about(one.text, what)


def _told_once(sayings: Iterable[Saying]) -> Sequence[Saying]:
    found: dict[str, Saying] = {}
    for one in sayings:
        if len(one.text) <= _LONGEST:
            found.setdefault(one.text, one)
        if len(found) == _MOST:
            break
    return list(found.values())
