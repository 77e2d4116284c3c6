"""The contract of the store: `async with store.write() as books` is one transaction, `store.read()` a read-only view.

`Books` holds one table family each. Nothing is kept in them between transactions, and no transaction may span a
call to the outside world. Everything is safe to run twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from digests.listing import Table
from digests.models import (
    Actor,
    ActorCard,
    Article,
    Citation,
    Counted,
    Delivery,
    DeliveryState,
    Edition,
    Extraction,
    FiledPosition,
    Placement,
    Slot,
    Source,
    Span,
    Stance,
    StoryCount,
    Subscriber,
    SubscriberState,
    Trouble,
    Update,
)


class Sources(Protocol):
    """Where articles come from, and how each source is doing."""

    async def add(self, source: Source) -> Source:
        """The source with its id; the one already kept when kind and location are known (only a title is filled)."""

    async def all(self) -> Sequence[Source]:
        """Every source, by title."""

    async def due(self, now: datetime, *, limit: int = 100) -> Sequence[Source]:
        """Enabled sources whose next check has come, the longest overdue first."""

    async def forget(self, source_id: int) -> None:
        """Drop a source and its troubles. Its articles stay."""

    async def record(self, source: Source) -> None:
        """Keep validators, next check, health and title of a source just looked at."""

    async def note_look(self, source: Source) -> bool:
        """As `record`, but a source that was switched off meanwhile stays off; whether it is kept still."""

    async def note_troubles(self, source_id: int | None, troubles: Iterable[Trouble], now: datetime) -> None:
        """Keep what could not be read; the newest 200 stay."""

    async def troubles(self, *, limit: int = 10) -> Sequence[tuple[datetime, Trouble]]:
        """The newest troubles, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What `Articles.file` did."""

    fate: Literal["new", "changed", "duplicate"]
    article: Article


class Articles(Protocol):
    """Texts, their search, and what was read from them."""

    async def known(self, articles: Iterable[Article]) -> Mapping[str, Literal["new", "changed", "duplicate"]]:
        """By article id, what `file` would find: lets ingest read only what is new or changed, outside a transaction.

        duplicate: the same id with the same fingerprint, or another article of the same publisher with the same
        fingerprint. A teaser of an article that is already kept in full is a duplicate, unless its words are new: then
        the page may be too. The full text of one kept as a teaser is a change.
        """

    async def file(self, article: Article, extraction: Extraction | None, now: datetime) -> Filed:
        """Keep an article, or its new version, with what was read from it (actors linked, positions filed).

        A changed article keeps its id and its first seen_at; its old text is kept as a version and its old reading is
        replaced. A position that both versions give keeps its id, whether it is hidden, and when it was learnt; one
        that the new version brought was learnt `now`.
        """

    async def file_all(self, pairs: Sequence[tuple[Article, Extraction | None]], now: datetime) -> Sequence[Filed]:
        """The same for several at once, in their order: new ones together, which is many times faster."""

    async def changed(self, since: datetime, until: datetime) -> Sequence[str]:
        """Ids of the articles whose publishers changed them, as far as we saw it in (since, until]."""

    async def earlier(self, article_id: str) -> Sequence[tuple[datetime, Article]]:
        """What an article said before, oldest first, each with when it was replaced."""

    async def forget_earlier(self, before: datetime) -> int:
        """Drop versions that were replaced before then, and the numbers of positions taken back. Returns how many."""

    async def get(self, article_id: str) -> Article | None:
        """One article."""

    async def some(self, article_ids: Iterable[str]) -> Sequence[Article]:
        """Those of these articles that are kept, oldest first."""

    async def window(self, since: datetime, until: datetime, *, limit: int = 20_000) -> Sequence[Article]:
        """Articles of a window, oldest first: published in (since, until], or first seen in it and published no more
        than two days before it. Nothing dated after `until`."""

    async def readings(self, article_ids: Iterable[str]) -> Mapping[str, Sequence[tuple[Actor, float, int]]]:
        """By article id: its actors with salience and number of mentions."""

    async def attributed(
        self, actor_ids: Iterable[int], *, since: datetime, until: datetime, limit: int = 500
    ) -> Sequence[tuple[int, str, Span]]:
        """What these actors are said to have said, newest first: the actor's id, the article's, and from the first to
        the last character of speaker, cue and content."""

    async def search(
        self, words: str, *, since: datetime | None = None, until: datetime | None = None, limit: int = 10
    ) -> Sequence[tuple[Citation, str]]:
        """Full-text search: citations with a snippet of the text, best first. Never raises for any `words`."""

    async def count(self) -> int:
        """How many articles are kept."""

    async def newest(self) -> datetime | None:
        """When the newest article was published."""

    async def unread(self, reader: str, *, limit: int = 100) -> Sequence[Article]:
        """Articles that `reader` (name and version) has not read yet."""


class Actors(Protocol):
    """Who is known, by all names."""

    async def named(self, name: str) -> Sequence[Actor]:
        """Actors that have exactly this name or alias (folded), most mentioned first."""

    async def names(self) -> Sequence[tuple[str, Actor]]:
        """Every folded name and alias with its actor: what near misses are chosen from."""

    async def get(self, actor_id: int) -> Actor | None:
        """One actor."""

    async def of_states(self, states: Iterable[str]) -> Sequence[Actor]:
        """These states (by the name they go by), and the persons who belong to them and hold an office."""

    async def cards(
        self,
        since: datetime,
        until: datetime,
        *,
        floor: float,
        article_ids: Sequence[str] | None = None,
        limit: int = 50,
    ) -> Sequence[ActorCard]:
        """Actors of a window (or of some articles), those that matter most first."""

    async def unite(self, table: Table) -> int:
        """Actors whose own name is a form in the table of names become one with their heading's actor, or take its
        name when nobody has it yet. All that was theirs is the one's. Returns how many."""


class Positions(Protocol):
    """Who stands where on what."""

    async def find(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        floor: float = 0.0,
        actor_ids: Sequence[int] | None = None,
        stances: Sequence[Stance] | None = None,
        article_ids: Sequence[str] | None = None,
        limit: int = 5000,
    ) -> Sequence[FiledPosition]:
        """Positions that fit all that is given, newest first, hidden ones never. Windows as in `Articles.window`."""

    async def get(self, position_id: int) -> FiledPosition | None:
        """One position."""

    async def on_topics(
        self,
        topics: Mapping[int, Iterable[str]],
        *,
        since: datetime,
        until: datetime,
        floor: float = 0.0,
        besides: Iterable[int] = (),
        limit: int = 5000,
    ) -> Sequence[FiledPosition]:
        """Positions of these actors whose issue has one of the terms given for the actor, newest first; without those
        whose ids are `besides`."""


class Placements(Protocol):
    """Which story an article is in, and what that asks for."""

    async def waiting(self, *, limit: int = 500) -> Sequence[Article]:
        """Articles that are new or changed since they were placed, in order of receipt."""

    async def put(self, placements: Iterable[Placement], topics: Mapping[int, Iterable[str]]) -> None:
        """Keep where articles belong (one that has a story keeps it) and, by position, the terms of its issue."""

    async def pass_over(self, article_ids: Iterable[str]) -> None:
        """These articles belong to no story: they are in a language that is not read."""

    async def recall(self, since: datetime, *, after: int = 0, limit: int = 5000) -> Sequence[tuple[int, Placement]]:
        """Placements of articles dated after `since`, in the order they were received, each with its number there;
        those after the number `after`."""

    async def ranked(
        self, since: datetime, until: datetime, *, article_ids: Iterable[str] | None = None
    ) -> Sequence[StoryCount]:
        """What each story has in a window (as in `Articles.window`); only those with one of `article_ids`, if given."""

    async def of(self, stories: Iterable[str], since: datetime, until: datetime) -> Sequence[Placement]:
        """The placements of these stories' articles dated in (since, until], the oldest first."""

    async def with_actors(self, actor_ids: Iterable[int], since: datetime, until: datetime) -> Sequence[str]:
        """Ids of the articles dated in (since, until] that mention one of these actors."""

    async def counted(self, since: datetime, until: datetime) -> Counted:
        """What a window holds in all."""

    async def forget_looks(self, before: datetime) -> int:
        """Drop what grouping compared of articles dated before then; their stories stay. Returns how many."""


class Subscribers(Protocol):
    """Chats and their settings."""

    async def get(self, subscriber_id: int) -> Subscriber | None:
        """One subscriber."""

    async def at(self, channel: str, address: str) -> Subscriber | None:
        """The subscriber at an address."""

    async def put(self, subscriber: Subscriber) -> Subscriber:
        """Keep a new subscriber (id 0) or all settings of a known one, interests included.

        When it is not active (any more), its deliveries that are ready are skipped: /stop and /pause hold at once.
        """

    async def all(self) -> Sequence[Subscriber]:
        """Every one, whatever its state."""

    async def active(self) -> Sequence[Subscriber]:
        """Those who are sent briefings."""

    async def count(self) -> Mapping[SubscriberState, int]:
        """How many are in each state."""

    async def move(self, subscriber_id: int, address: str) -> None:
        """A chat has a new address; its unsent deliveries follow. When the new address is known, the two become one."""

    async def mark_gone(self, subscriber_id: int, why: str) -> None:
        """Nothing more is sent there until it asks to (/start, /resume); its unsent deliveries are skipped."""

    async def told(self, subscriber_id: int, edition_id: int) -> None:
        """Remember which edition it was last told."""


class Editions(Protocol):
    """What was told, kept so that its lines can be asked about."""

    async def put(self, edition: Edition, now: datetime) -> Edition:
        """Keep an edition; returns it with its id."""

    async def get(self, edition_id: int) -> Edition | None:
        """One edition, or None when it is unknown or was pruned."""

    async def prune(self, before: datetime) -> int:
        """Forget editions made before then; the newest stays, so that no number is given twice. Returns how many."""


class Deliveries(Protocol):
    """The outbox. docs/reliability.md draws its states."""

    async def slots(self, keys: Iterable[str]) -> Mapping[str, DeliveryState]:
        """Which of these slot keys are planned already, and their state."""

    async def latest_slot(self, subscriber_id: int) -> Delivery | None:
        """The newest delivery row of a subscriber by planned time, skipped ones included."""

    async def plan(self, delivery: Delivery) -> bool:
        """Keep a delivery unless its slot key is taken; whether it was kept."""

    async def skip(self, slot: Slot, subscriber: Subscriber, reason: str) -> bool:
        """Keep a slot that is not sent, with the reason ("late", "no_such_day", "superseded"); whether it was kept."""

    async def reap(self, now: datetime) -> Sequence[Delivery]:
        """Deliveries whose lease ran out while sending: once back to ready after 30 s, the second time unknown.

        Three expired leases on one row make it dead(crash_loop). Returns the rows as they are now.
        """

    async def claim(self, now: datetime, *, owner: str, lease: timedelta, limit: int = 10) -> Sequence[Delivery]:
        """Take due deliveries in due order: state sending, attempt + 1, owner and lease set. SKIP LOCKED on PostgreSQL.

        Rows past `valid_until` become dead(expired) or, when an answer was lost before, unknown; halted addresses wait.
        """

    async def settle(
        self,
        delivery: Delivery,
        state: DeliveryState,
        *,
        now: datetime,
        reason: str | None = None,
        message_id: str | None = None,
        due_at: datetime | None = None,
        unclear: int | None = None,
        counted: bool = True,
    ) -> bool:
        """Record what became of a claimed delivery, fenced by id, owner and attempt; False when overtaken.

        Settling as sent also moves the subscriber's mark and its last edition, in the same transaction. Proof that it
        was sent counts even after the lease ran out, as long as nobody has taken the row again.
        """

    async def halt(self, channel: str, until: datetime, *, address: str = "") -> None:
        """Nothing of a channel (or only of one address there) is claimed before `until`."""

    async def counts(self) -> Mapping[DeliveryState, int]:
        """How many rows are in each state."""

    async def told(self, subscriber_id: int, since: datetime) -> Sequence[int]:
        """The editions that a subscriber was sent for slots after `since`, oldest first."""

    async def last_sent(self) -> datetime | None:
        """When the newest delivery was settled as sent."""

    async def overdue(self, now: datetime) -> datetime | None:
        """Planned time of the oldest delivery that should have gone out and is still ready or sending."""

    async def dead(self, *, limit: int = 10) -> Sequence[Delivery]:
        """The newest deliveries that ended dead or unknown."""

    async def prune(self, before: datetime) -> int:
        """Forget what deliveries planned before then and ended said, and halts that were over by then.

        The rows stay: their slots are taken for ever. Returns how many briefings were forgotten.
        """


class Inbox(Protocol):
    """What a channel received: kept before it is acknowledged, handled at least once, its effect exactly once."""

    async def put(self, updates: Iterable[Update]) -> int:
        """Keep raw updates; those already kept are left alone. Returns how many were new."""

    async def next_offset(self) -> int | None:
        """One more than the id of the update received last (by time of receipt, ids may jump), or None."""

    async def waiting(self, *, limit: int = 100) -> Sequence[Update]:
        """Updates not handled yet, in order of receipt."""

    async def done(self, update_id: int) -> None:
        """An update was handled."""

    async def failed(self, update_id: int, error: str, *, attempts: int = 3) -> None:
        """Handling raised: tried again up to `attempts` times, then put aside as dead."""

    async def prune(self, before: datetime) -> int:
        """Forget handled updates received before then."""


class Notes(Protocol):
    """Small facts of the program under a name, as JSON: administrators, openness, invites, halts, one-time codes."""

    async def get(self, name: str) -> object | None:
        """The note, or None."""

    async def set(self, name: str, value: object) -> None:
        """Keep a note; None forgets it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """All table families within one transaction."""

    sources: Sources
    articles: Articles
    actors: Actors
    positions: Positions
    placements: Placements
    subscribers: Subscribers
    editions: Editions
    deliveries: Deliveries
    inbox: Inbox
    notes: Notes


class Store(Protocol):
    """One database. `store/engine.py` opens it for SQLite or PostgreSQL."""

    def read(self) -> AbstractAsyncContextManager[Books]:
        """A consistent read-only view."""

    def write(self) -> AbstractAsyncContextManager[Books]:
        """One transaction: committed at the end of the block, rolled back when the block raises."""

    @property
    def version(self) -> str:
        """The database and its version in words, for /status."""

    async def close(self) -> None:
        """Let go of every connection and of the lock."""
