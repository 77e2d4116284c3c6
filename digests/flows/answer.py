"""What people ask, and the answers as nouns: the bot and the command line both ask here.

Each question is one short coroutine that takes the store, and `now` where there is a window. How an answer looks is
left to whoever asked. Names that nobody has, or that several have, are values (editorial/actors.py).
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.editorial.actors import Found, One, Several, known, near_words, resolve
from digests.editorial.briefing import make_edition
from digests.editorial.issues import about
from digests.editorial.positions import IssueLines, by_issue, changes, lines, of_today
from digests.editorial.sentences import around
from digests.editorial.terms import STOP
from digests.flows.listings import names_in
from digests.flows.material import MEMORY, load_material
from digests.flows.placing import place_new
from digests.models import (
    Actor,
    ActorCard,
    Change,
    Citation,
    Edition,
    FiledPosition,
    Interest,
    StoryBrief,
)
from digests.store.base import Store
from digests.text import fold, one_line

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_NEWEST = 2_000  # positions that decide whether words are an issue: this many of the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Free words taken apart: the actor they name (None when they name none) and the issue left over ("" for any)."""

    asked: str
    actor: Found | None = None
    issue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stances:
    """Who stands where: lines by issue, newest first, and what changed; `near`: issues like the one asked for."""

    question: Question
    issues: tuple[IssueLines, ...] = ()
    changes: tuple[Change, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorAnswer:
    """All about one actor in a window: its card, its lines, its changes, and who speaks for the same state."""

    card: ActorCard
    issues: tuple[IssueLines, ...] = ()
    changes: tuple[Change, ...] = ()
    others: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The evidence of one position in its place: the sentence that holds it, with the ones before and after.

    `evidence` stands word for word in `sentence` (or in the headline, when `in_title`).
    """

    filed: FiledPosition
    before: str
    sentence: str
    after: str
    in_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a search found, with a snippet of its text."""

    citation: Citation
    snippet: str


async def edition_now(
    store: Store,
    *,
    now: datetime,
    window: timedelta = DAY,
    interests: Sequence[Interest] = (),
    floor: float = 0.5,
    language: str = "en",
    subscriber_id: int | None = None,
) -> Edition:
    """The edition of the window that ends now, kept so that its lines can be asked about.

    A subscriber's own question for it is remembered as what it was last told; its mark stays where it is.
    """
    await place_new(store)
    async with store.read() as books:
        material = await load_material(
            books, since=now - window, until=now, interests=interests, floor=floor, language=language
        )
    edition = await asyncio.to_thread(make_edition, material)
    async with store.write() as books:
        kept = await books.editions.put(edition, now)
        if subscriber_id is not None:
            await books.subscribers.told(subscriber_id, kept.id)
    return kept


async def preview(
    store: Store, *, now: datetime, window: timedelta = DAY, interests: Sequence[Interest] = (), floor: float = 0.5
) -> Edition:
    """The same edition without keeping anything: for the command line."""
    await place_new(store)
    async with store.read() as books:
        material = await load_material(books, since=now - window, until=now, interests=interests, floor=floor)
    return await asyncio.to_thread(make_edition, material)


async def find_actor(store: Store, name: str) -> Found:
    """Who is meant by a name: One, Several, or Nobody with the nearest."""
    async with store.read() as books:
        listed = await names_in(books)
        return resolve(listed.meant(name), await books.actors.names())


async def ask(store: Store, words: str) -> Question:
    """Free words as a question: "turkey", "ceasefire", "hakan fidan ceasefire", "turkey on the truce".

    The longest run of words at either end that is a known name is the actor, the rest the issue. Words that name
    nobody are an issue when some position has them, and else the beginning or a near miss of a name.
    """
    asked = one_line(words, limit=200)
    async with store.read() as books:
        names, listed = await books.actors.names(), await names_in(books)
        filed = await books.positions.find(limit=_NEWEST)
    parts = asked.split()
    for name, rest in _ways_to_read(parts):
        found = known(fold(listed.meant(" ".join(name))), names)
        if found and (not rest or _said(found, _plain(rest), filed) or not _said(None, _plain(parts), filed)):
            return Question(asked=asked, actor=found, issue=_plain(rest))
    if _said(None, _plain(parts), filed):
        return Question(asked=asked, issue=_plain(parts))
    return Question(asked=asked, actor=resolve(listed.meant(asked), names))


async def actors(
    store: Store,
    *,
    now: datetime,
    window: timedelta = DAY,
    floor: float = 0.5,
    article_ids: Sequence[str] | None = None,
    limit: int = 20,
) -> tuple[ActorCard, ...]:
    """Who is involved in a window, or in some articles: those that matter most first."""
    async with store.read() as books:
        return tuple(await books.actors.cards(now - window, now, floor=floor, article_ids=article_ids, limit=limit))


async def story_actors(
    store: Store, edition_id: int, n: int, *, now: datetime, window: timedelta = WEEK, floor: float = 0.5
) -> tuple[ActorCard, ...]:
    """Who is involved in story `n` of an edition."""
    told = await story(store, edition_id, n)
    if told is None:
        return ()
    ids = [citation.article_id for citation in told.citations]
    return await actors(store, now=now, window=window, floor=floor, article_ids=ids)


async def actor_card(
    store: Store, actor: Actor, *, now: datetime, window: timedelta = WEEK, floor: float = 0.5
) -> ActorAnswer:
    """One actor's card with where it stands on what, its changes, and others of its state that matter in the window."""
    async with store.read() as books:
        cards = await books.actors.cards(now - window, now, floor=floor, limit=500)
        filed = await books.positions.find(since=now - MEMORY, until=now, floor=floor, actor_ids=[actor.id])
    card = next((card for card in cards if card.actor.id == actor.id), None)
    card = card or ActorCard(actor=actor, latest=filed[0] if filed else None)
    state = actor.name if actor.state is None else actor.state
    others = tuple(
        one.actor for one in cards if one.actor.id != actor.id and state in (one.actor.state, one.actor.name)
    )
    return ActorAnswer(
        card=card, issues=by_issue(lines(of_today(filed))), changes=changes(filed, floor=floor), others=others[:8]
    )


async def positions(
    store: Store,
    question: Question,
    *,
    now: datetime,
    since: datetime | None = None,
    floor: float = 0.5,
    with_state: bool = True,
) -> Stances:
    """Who stands where on what was asked, by issue, newest first, with changes; the last 30 days unless `since`.

    A question for a state also has what its ministers and bodies said, as their own lines, unless not `with_state`.
    """
    async with store.read() as books:
        filed = await books.positions.find(since=since or now - MEMORY, until=now, floor=floor)
    concerned = [one for one in filed if _is_asked(one.actor, question.actor, with_state=with_state)]
    wanted = [one for one in concerned if not question.issue or about(one.position.issue, question.issue)]
    near = () if wanted else near_words(question.issue, {one.position.issue for one in concerned})
    return Stances(
        question=question, issues=by_issue(lines(of_today(wanted))), changes=changes(wanted, floor=floor), near=near
    )


async def story(store: Store, edition_id: int, n: int) -> StoryBrief | None:
    """Story `n` (from 1) of an edition, or None when there is none."""
    async with store.read() as books:
        edition = await books.editions.get(edition_id)
    return edition.stories[n - 1] if edition and 0 < n <= len(edition.stories) else None


async def why(store: Store, position_id: int) -> Why | None:
    """The evidence of a position with the sentence before and after it; None when it is hidden or unknown."""
    async with store.read() as books:
        filed = await books.positions.get(position_id)
        article = await books.articles.get(filed.citation.article_id) if filed else None
    if filed is None or article is None:
        return None
    evidence = filed.position.evidence
    if evidence.where == "title":
        return Why(filed=filed, before="", sentence=article.title, after="", in_title=True)
    before, sentence, after = around(article.text, evidence.start, evidence.end)
    return Why(filed=filed, before=before, sentence=sentence, after=after)


async def search(
    store: Store, words: str, *, now: datetime, window: timedelta = MEMORY, limit: int = 10
) -> tuple[Hit, ...]:
    """Articles of the window that have the words, best first; words that carry no topic ("there", "who") find none."""
    telling = [word for word in words.split() if fold(word) not in STOP or (word.isupper() and len(word) > 1)]
    async with store.read() as books:
        hits = await books.articles.search(" ".join(telling), since=now - window, until=now, limit=limit)
    return tuple(Hit(citation=citation, snippet=snippet) for citation, snippet in hits)


async def follow(store: Store, words: str) -> Interest | Several:
    """What following some words means: the actor of that name, else the plain words; Several when it is unclear who."""
    match await find_actor(store, words):
        case One(actor=actor):
            return Interest(kind="actor", name=actor.name, actor_id=actor.id)
        case Several() as several:
            return several
        case _:
            return Interest(kind="words", name=one_line(words, limit=80))


def unfollow(interests: Sequence[Interest], words: str) -> Interest | None:
    """Which of the interests the words mean (exactly, else by its beginning), or None."""
    asked = fold(words)
    exact = [interest for interest in interests if fold(interest.name) == asked]
    begun = [interest for interest in interests if asked and asked in fold(interest.name)]
    return next(iter([*exact, *begun]), None)


def _is_asked(actor: Actor, asked: Found | None, *, with_state: bool) -> bool:
    if asked is None:
        return True
    if not isinstance(asked, One):
        return False
    return actor.id == asked.actor.id or (with_state and actor.state == asked.actor.name)


def _ways_to_read(parts: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Words split into a name and the rest: all, then the longest run at the start or at the end."""
    for size in range(len(parts), 0, -1):
        for start in sorted({0, len(parts) - size}):
            yield [*parts[start : start + size]], [*parts[:start], *parts[start + size :]]


def _said(found: Found | None, issue: str, filed: Sequence[FiledPosition]) -> bool:
    """Whether somebody (one of those found, or anybody) has a position on the issue."""
    wanted = found.actors if isinstance(found, Several) else (found.actor,) if isinstance(found, One) else ()
    ids = {actor.id for actor in wanted}
    names = {actor.name for actor in wanted}
    return any(
        about(one.position.issue, issue) and (not wanted or one.actor.id in ids or one.actor.state in names)
        for one in filed
    )


def _plain(words: Sequence[str]) -> str:
    """The words of an issue without those that only join it to the name: "on the truce" is "truce"."""
    joining = {"on", "about", "the", "and", "of", "regarding", "concerning", "say", "said", "says", "position"}
    return " ".join(word for word in words if fold(word) not in joining)
