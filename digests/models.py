"""The nouns: what every room of the house talks about. Only the standard library is imported here.

All are frozen, slotted, keyword-only dataclasses. Times are aware datetimes in UTC. Offsets count characters
(code points) of a text exactly as it is stored. An id of 0 means "not in a store yet".

    article      Article, Citation (what a line needs to point at one), Source, Trouble, Fetched, Glance
    reading      Span, Actor, ActorReading, Attribution, Evidence, Position, Extraction
    filed        FiledPosition, ActorCard, Saying, Placement, StoryCount, Counted
    briefing     Story, Sentence, PositionLine, Change, Correction, StoryBrief, Coverage, Edition
    delivery     Interest, Subscriber, Slot, Delivery, Update
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal

# ---- reading ---------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"
    GROUP = "group"


class Stance(StrEnum):
    """Where an actor stands; docs/reading.md defines each."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    DEMANDS = "demands"
    REJECTS = "rejects"
    ACCUSES = "accuses"
    DENIES = "denies"
    PROPOSES = "proposes"
    COMMITS = "commits"
    THREATENS = "threatens"
    DOUBTS = "doubts"


Mode = Literal["direct", "indirect", "narrated"]
Where = Literal["text", "title"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of an article's text."""

    start: int
    end: int

    def meets(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, state, organisation or group that says or does something.

    `name` is the fullest form; `role` a person's title as an article gives it; `state` the country it belongs to.
    """

    id: int = 0
    name: str
    kind: Kind
    role: str | None = None
    state: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorReading:
    """An actor as one article shows it: where it is mentioned and how much the article is about it (0 to 1)."""

    actor: Actor
    mentions: tuple[Span, ...] = ()
    salience: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who is said to have said, thought or wanted what. `speaker` is an actor's name in the same extraction."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that show a stance: `text` stands at `start`:`end` of the article's text or title, to the letter."""

    where: Where = "text"
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Actor, stance and issue with the evidence. `actor` and `target` are names of actors in the same extraction.

    `quote` is the span of words in quotation marks, where there are any; `confidence` runs from 0 to 1;
    `background` marks what was said long before the article ("in 2019 he said"), which never counts as a change.
    """

    actor: str
    stance: Stance
    issue: str
    target: str | None = None
    conditional: bool = False
    negated: bool = False
    evidence: Evidence
    quote: Span | None = None
    mode: Mode = "indirect"
    confidence: float = 0.5
    background: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that an extractor read from one article. `reader` is its name and version, as "encoder/1"."""

    article_id: str
    reader: str
    actors: tuple[ActorReading, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    positions: tuple[Position, ...] = ()


# ---- articles and where they come from -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One text by one publisher.

    `id` is derived from the canonical URL (or the fingerprint where there is none), so the same article has the
    same id in every store. `published_at` is None when the text gives no date; `seen_at` is when we first had it.
    `is_teaser` marks a feed item whose page could not be read in full; `is_sample` an article made for trying out.
    `item` is the fingerprint of the feed item whose page was read in its stead.
    """

    id: str
    title: str
    text: str
    url: str | None = None
    publisher: str = ""
    author: str | None = None
    language: str = "en"
    published_at: datetime | None = None
    seen_at: datetime
    fingerprint: str
    is_teaser: bool = False
    is_sample: bool = False
    item: str | None = None

    @property
    def dated(self) -> datetime:
        """When it was published, or else when we first saw it."""
        return self.published_at or self.seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a line needs to point at its article. What a new version brought was seen when that version was."""

    article_id: str
    title: str
    url: str | None
    publisher: str
    published_at: datetime | None
    seen_at: datetime
    is_teaser: bool = False

    @property
    def dated(self) -> datetime:
        """When the article was published, or else when we first saw it."""
        return self.published_at or self.seen_at


class SourceKind(StrEnum):
    """How a source is fetched and read."""

    FEED = "feed"
    PAGE = "page"
    FOLDER = "folder"
    OPML = "opml"
    SAMPLES = "samples"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An outlet's feed, page, folder or file that articles come from.

    `location` is a URL or a path (for samples, the moment of loading). `etag` and `last_modified` are the validators
    of the last full answer.
    A source that fails keeps its `error` in words, `failing_since`, and the count of `failures` in a row.
    """

    id: int = 0
    kind: SourceKind
    location: str
    title: str = ""
    enabled: bool = True
    etag: str | None = None
    last_modified: str | None = None
    next_check_at: datetime | None = None
    last_ok_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that could not be read, and the reason in one line. `what` is a path, an address or an item's title."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What one look at a source brought: clean articles, and what could not be read.

    `unchanged` is True when the source answered that nothing is new. `title` is the source's own name for itself.
    `retry_after` is when the source asked to be looked at again, `fresh_until` until when it expects nothing new.
    `error` is set when the source as a whole could not be read; then `articles` is empty. `is_gone` says that it is
    gone for good and need not be asked again, `is_brief` that it may well be had a few minutes later.
    """

    articles: tuple[Article, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    sources: tuple[Source, ...] = ()
    unchanged: bool = False
    title: str = ""
    etag: str | None = None
    last_modified: str | None = None
    retry_after: datetime | None = None
    fresh_until: datetime | None = None
    error: str | None = None
    is_gone: bool = False
    is_brief: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a first look at an address showed, before anything is kept: the feed that is there, and what it holds.

    `teasers` of its `articles` are only that; `page` says what came of reading one of these in full ("" where none was
    tried). `others` are further feeds that the site names. With an `error` there is nothing worth keeping.
    """

    source: Source
    articles: int = 0
    teasers: int = 0
    newest: datetime | None = None
    titles: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    page: str = ""
    others: tuple[Source, ...] = ()
    error: str | None = None


# ---- filed: what the store knows -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledPosition:
    """A position as the store keeps it: its actor is known across articles and its article is cited."""

    id: int
    actor: Actor
    target: Actor | None = None
    position: Position
    citation: Citation

    @property
    def said_at(self) -> datetime:
        """When it was said, as far as the article tells: its date."""
        return self.citation.dated


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorCard:
    """An actor with what a window of articles shows of it.

    `mentions` counts spans, `articles` the articles that mention it; `before` is the articles of the window of
    equal length just before, for a trend; `latest` the newest position above the floor.
    """

    actor: Actor
    mentions: int = 0
    articles: int = 0
    before: int = 0
    salience: float = 0.0
    latest: FiledPosition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What an actor is said to have said: whole sentences of the article, at `start`:`end` of its text."""

    actor: Actor
    text: str
    start: int
    end: int
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an article belongs: its story, and whose voice it is (equal voices are one independent publisher).

    `copy_of` is the article that it reprints. `look` is what grouping compared of it, as JSON (editorial/stories.py).
    """

    article_id: str
    story: str
    voice: str
    copy_of: str | None = None
    look: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCount:
    """How much of a story a window holds: articles, independent voices, positions taken, and the newest article."""

    story: str
    articles: int
    voices: int
    stands: int
    newest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a window of placed articles holds in all; `publishers` by name, as the articles give it."""

    articles: int = 0
    publishers: frozenset[str] = frozenset()
    teasers: int = 0
    newest: datetime | None = None
    is_sample: bool = False


# ---- briefing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that report the same event, the most central first."""

    id: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence taken word for word from a cited article's text, at `start`:`end`."""

    text: str
    citation: Citation
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLine:
    """One actor's stance on one issue, with its best evidence first; `publishers` counts independent ones."""

    actor: Actor
    stance: Stance
    issue: str
    target: str | None = None
    conditional: bool = False
    best: FiledPosition
    others: tuple[FiledPosition, ...] = ()
    publishers: int = 1

    @property
    def newest(self) -> datetime:
        """When this position was last said."""
        return max(filed.said_at for filed in (self.best, *self.others))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An actor took one stance on an issue and later a contrary one (docs/reading.md says which pairs are contrary)."""

    actor: Actor
    issue: str
    before: FiledPosition
    after: FiledPosition


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A position that a briefing told and that its article, changed since, no longer gives."""

    actor: Actor
    stance: Stance
    issue: str
    target: str | None = None
    conditional: bool = False
    citation: Citation
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBrief:
    """A story as a briefing tells it. `title_from` is the outlet whose headline it is; `is_update` a return.

    `news`: when we learnt something new of it (first report, position, change, actor), oldest first; never a reprint.
    """

    id: str
    title: str
    title_from: Citation
    sentences: tuple[Sentence, ...] = ()
    publishers: int = 1
    actors: tuple[Actor, ...] = ()
    positions: tuple[PositionLine, ...] = ()
    changes: tuple[Change, ...] = ()
    citations: tuple[Citation, ...] = ()
    score: float = 0.0
    news: tuple[datetime, ...] = ()
    is_update: bool = False

    @property
    def newest(self) -> datetime:
        """When its newest article was published."""
        return max(citation.dated for citation in self.citations)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingSource:
    """A source that does not answer at present, since when and why."""

    title: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a briefing rests on, so that an outage never looks like a quiet day."""

    articles: int = 0
    publishers: int = 0
    teasers: int = 0
    newest: datetime | None = None
    sources: int = 0
    failing: tuple[FailingSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is worth telling for one window, language and set of interests; shared by all who have these.

    `corrections` take back what earlier briefings told the same chats.
    """

    id: int = 0
    since: datetime
    until: datetime
    language: str = "en"
    interests: tuple["Interest", ...] = ()
    stories: tuple[StoryBrief, ...] = ()
    also: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    is_sample: bool = False


# ---- subscribers and delivery ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What a subscriber follows: an actor, or plain words."""

    kind: Literal["actor", "words"]
    name: str
    actor_id: int = 0


class SubscriberState(StrEnum):
    """Whether briefings go out to a subscriber."""

    NEW = "new"  # talks to us, has no time zone yet: nothing is scheduled
    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"  # by their own /stop
    GONE = "gone"  # blocked us, was deleted, or we were removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A chat with its settings.

    `address` is the channel's own ("12345", or "-10012345/7" for a forum topic). `days` are ISO weekdays, Monday 1.
    `mark` is the end of the last scheduled briefing it was sent; only scheduled briefings move it.
    `last_edition` is the edition it was last told, which /story and /why refer to. `version` counts changes of
    time, days or zone.
    """

    id: int = 0
    channel: str = "telegram"
    address: str
    title: str = ""
    language: str = "en"
    zone: str | None = None
    city: str | None = None
    at: time = time(7, 30)
    days: frozenset[int] = frozenset(range(1, 8))
    state: SubscriberState = SubscriberState.NEW
    interests: tuple[Interest, ...] = ()
    mark: datetime | None = None
    last_edition: int = 0
    version: int = 0
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One briefing due to one subscriber on one local date. `shifted` is True where a clock change moved it."""

    subscriber_id: int
    local_date: date
    planned_at: datetime
    valid_until: datetime
    shifted: bool = False

    @property
    def key(self) -> str:
        """The same for every planning of the same briefing: subscriber and local date, never an instant."""
        return f"{self.subscriber_id}:{self.local_date.isoformat()}"


class DeliveryState(StrEnum):
    """What became of a delivery. sent, unknown, dead and skipped are ends; docs/reliability.md draws the arrows."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DEAD = "dead"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One briefing for one chat: one message, one row.

    `payload` is the message as the channel wrote it, opaque to everyone else. `attempt` counts sends that were
    tried and is the fencing number; `unclear` counts answers that were lost. `mark` is what the subscriber's mark
    becomes once it is sent.
    """

    id: int = 0
    subscriber_id: int
    slot_key: str
    channel: str
    address: str
    payload: str
    edition_id: int = 0
    state: DeliveryState = DeliveryState.READY
    reason: str | None = None
    planned_at: datetime
    due_at: datetime
    valid_until: datetime
    mark: datetime
    attempt: int = 0
    unclear: int = 0
    owner: str | None = None
    lease_until: datetime | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One raw thing that a channel received, kept until it is handled."""

    update_id: int
    raw: str
    received_at: datetime
    attempt: int = 0
    error: str | None = None
