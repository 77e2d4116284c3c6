"""Load what editions are made of: of one window, the stories that may be told, in a few queries.

Which stories are in the window and how much is behind each is counted by the store; only the likeliest are loaded.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from digests.editorial.families import FAMILIES
from digests.editorial.interests import is_of
from digests.editorial.issues import topic
from digests.editorial.sides import principal, side
from digests.editorial.window import Material, likeliest
from digests.models import Actor, FiledPosition, Interest, Kind
from digests.store.base import Books

BEFORE = timedelta(days=4)  # articles this much older are loaded too, so that a story that goes on is known as such
MEMORY = timedelta(days=30)  # positions this old still count as held before
CANDIDATES = 16  # stories loaded; five are told
_FOUND = 2_000  # articles that are looked at for words that a reader follows


async def load_material(
    books: Books,
    *,
    since: datetime,
    until: datetime,
    interests: Sequence[Interest] = (),
    floor: float = 0.5,
    language: str = "en",
) -> Material:
    """The material of the window (`since`, `until`], of placed articles; positions below `floor` are left out."""
    followed = await _followed(books, interests)
    met = await _met(books, interests, followed, since, until)
    likely = likeliest(await books.placements.ranked(since, until, article_ids=met), until)[:CANDIDATES]
    placements = await books.placements.of([one.story for one in likely], since - BEFORE, until)
    ids = [one.article_id for one in placements]
    filed = await books.positions.find(since=since - BEFORE, until=until, article_ids=ids, floor=floor)
    known = [one.id for one in filed]
    earlier = await books.positions.on_topics(
        await _topics(books, filed), since=until - MEMORY, until=until, floor=floor, besides=known
    )
    last = await _last(books, interests, followed, until, floor)
    return Material(
        since=since,
        until=until,
        articles=tuple(await books.articles.some(ids)),
        readings=await books.articles.readings(ids),
        positions=tuple({one.id: one for one in (*filed, *earlier, *last)}.values()),
        sources=tuple(await books.sources.all()),
        interests=tuple(interests),
        language=language,
        placements={one.article_id: one for one in placements},
        families=FAMILIES.load(await books.notes.get(FAMILIES.note)),
        counted=await books.placements.counted(since, until),
    )


async def _topics(books: Books, filed: Iterable[FiledPosition]) -> Mapping[int, frozenset[str]]:
    """By actor: the terms of what its side takes a stance on; whoever speaks for a state, as the state itself."""
    held: dict[Hashable, frozenset[str]] = {}
    involved: dict[int, Actor] = {}
    for one in filed:
        involved[one.actor.id] = one.actor
        held[side(one.actor)] = held.get(side(one.actor), frozenset()) | topic(one.position.issue)
    states = {principal(actor).name for actor in involved.values() if principal(actor).kind is Kind.STATE}
    related = await books.actors.of_states(states)
    found = {actor.id: actor for actor in (*involved.values(), *related)}
    return {actor_id: held[side(actor)] for actor_id, actor in found.items() if side(actor) in held}


async def _followed(books: Books, interests: Sequence[Interest]) -> Mapping[str, list[int]]:
    """By the name of each actor that is followed: its id, and those of everybody of that state."""
    actors = [one for one in interests if one.kind == "actor"]
    if not actors:
        return {}
    known = {actor.id: actor for _, actor in await books.actors.names()}
    return {one.name: [actor.id for actor in known.values() if is_of(actor, one)] for one in actors}


async def _met(
    books: Books,
    interests: Sequence[Interest],
    followed: Mapping[str, list[int]],
    since: datetime,
    until: datetime,
) -> list[str] | None:
    """Articles that may meet an interest; None when there is none to meet."""
    if not interests:
        return None
    actor_ids = [actor_id for ids in followed.values() for actor_id in ids]
    found = list(await books.placements.with_actors(actor_ids, since - BEFORE, until)) if actor_ids else []
    for one in interests:
        if one.kind == "words":
            hits = await books.articles.search(one.name, since=since - BEFORE, until=until, limit=_FOUND)
            found += [citation.article_id for citation, _ in hits]
    return found


async def _last(
    books: Books, interests: Sequence[Interest], followed: Mapping[str, list[int]], until: datetime, floor: float
) -> list[FiledPosition]:
    """What shows since when a followed subject has been silent."""
    found: list[FiledPosition] = []
    for ids in followed.values():
        found += await books.positions.find(since=until - MEMORY, until=until, actor_ids=ids, floor=floor, limit=1)
    if any(one.kind == "words" for one in interests):
        found += await books.positions.find(since=until - MEMORY, until=until, floor=floor)
    return found
