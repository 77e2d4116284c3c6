"""The briefing: an edition as one message of at most 4,000 UTF-16 units, the least important lines giving way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot import lines
from bot.markup import Row, bold, row, text
from bot.message import LIMIT, Button, Message, message
from bot.phrases.speak import counted, phrase, words
from bot.press import pack
from bot.when import moment, near, place_of, zone_of
from digests.models import Coverage, Edition, Sentence, StoryBrief, Subscriber

MOST_BYTES, MOST_TAGS = 30_000, 100  # Telegram takes 32,768 bytes of markup and 100 entities
CORRECTIONS = 3  # lines; more are counted
LATE = timedelta(minutes=5)
A_DAY = timedelta(hours=26)  # a window longer than this is told in the header

Numbers = dict[str, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line that may give way: what it says, how much it matters, and what stands between it and the one before."""

    weight: float
    say: Callable[[Numbers], Row]
    before: str = "\n"


def briefing(edition: Edition, subscriber: Subscriber, *, now: datetime, planned_at: datetime) -> str:
    """The briefing as a payload for a delivery row (bot/message.py). Pure: equal arguments give equal bytes."""
    return brief(edition, subscriber, now=now, planned_at=planned_at).payload()


def brief(edition: Edition, subscriber: Subscriber, *, now: datetime, planned_at: datetime) -> Message:
    """The briefing as a message. `planned_at` minutes before `now` means that it is late, and it says so."""
    pieces = list(_pieces(edition, subscriber, now, planned_at))
    while True:
        said = message(_joined(pieces), *_buttons(edition, pieces))
        if len(pieces) == 1 or _fits(said):
            return said
        pieces.remove(min(reversed(pieces), key=lambda piece: piece.weight))


def _fits(said: Message) -> bool:
    return said.length <= LIMIT and len(said.html.encode()) <= MOST_BYTES and said.html.count("</") <= MOST_TAGS


def _joined(pieces: list[Piece]) -> Row:
    numbers: Numbers = {}
    parts: list[Row | str] = []
    for piece in pieces:
        parts += [piece.before if parts else "", piece.say(numbers)]
    return row(*parts)


def _pieces(edition: Edition, subscriber: Subscriber, now: datetime, planned_at: datetime) -> Iterator[Piece]:
    yield Piece(1000, partial(_always, _header(edition, subscriber, now, planned_at)))
    for place, story in enumerate(edition.stories, 1):
        yield from _story(place, story)
    if not edition.stories:
        yield Piece(900, partial(_always, _quiet(edition)), "\n\n")
    before = "\n\n"
    for piece in _footer(edition, subscriber):
        yield Piece(piece.weight, piece.say, before)
        before = "\n"


# ---- header and footer ------------------------------------------------------------------------------------------


def _header(edition: Edition, subscriber: Subscriber, now: datetime, planned_at: datetime) -> Row:
    zone = zone_of(subscriber)
    parts: list[Row | str] = [row(bold(_title(edition))), "\n", moment(planned_at, zone), " ", text_of(subscriber)]
    coverage = _coverage(edition.coverage, subscriber, planned_at)
    parts += [" · ", coverage]
    if edition.until - edition.since > A_DAY:
        parts += ["\n", phrase("briefing.since", moment=moment(edition.since, zone))]
    if now - planned_at >= LATE:
        parts += ["\n", phrase("briefing.late", time=near(now, zone, to=planned_at))]
    return row(*parts)


def text_of(subscriber: Subscriber) -> Row:
    """The place that a subscriber's times are called after."""
    return row(text(lines.clip(place_of(subscriber), lines.NAME)))


def _title(edition: Edition) -> Row:
    title = phrase("briefing.sample_title") if edition.is_sample else phrase("briefing.title")
    names = [lines.clip(interest.name, 40) for interest in edition.interests[:3]]
    if len(edition.interests) > 3:
        names.append(words("briefing.more_interests", n=len(edition.interests) - 3))
    return row(title, " · ", text(", ".join(names))) if names else title


def _coverage(coverage: Coverage, subscriber: Subscriber, at: datetime) -> Row:
    if not coverage.articles:
        return counted("count.article", 0)
    parts: list[Row | str] = [counted("count.article", coverage.articles)]
    parts += [", ", counted("count.publisher", coverage.publishers)]
    if coverage.newest is not None:
        parts += [", ", phrase("briefing.newest", moment=near(coverage.newest, zone_of(subscriber), to=at))]
    return row(*parts)


def _quiet(edition: Edition) -> Row:
    coverage = edition.coverage
    if coverage.articles:
        return phrase("briefing.quiet")
    if coverage.failing and len(coverage.failing) >= max(1, coverage.sources):
        return phrase("briefing.outage")
    return phrase("briefing.nothing_came")


def _footer(edition: Edition, subscriber: Subscriber) -> Iterator[Piece]:
    coverage = edition.coverage
    for place, taken_back in enumerate(edition.corrections[:CORRECTIONS]):
        yield Piece(850 - place, partial(_always, lines.correction(taken_back)))
    if len(edition.corrections) > CORRECTIONS:
        more = phrase("briefing.more_corrections", n=len(edition.corrections) - CORRECTIONS)
        yield Piece(840, partial(_always, more))
    if edition.also:
        also = phrase("briefing.also", titles="; ".join(lines.clip(title, 120) for title in edition.also[:4]))
        yield Piece(30, partial(_always, also))
    if coverage.failing:
        failing = _failing(coverage, subscriber, edition.until)
        yield Piece(800, partial(_always, failing))
    if coverage.teasers:
        teasers = row(lines.note(counted("briefing.teaser", coverage.teasers)))
        yield Piece(25, partial(_always, teasers))


def _failing(coverage: Coverage, subscriber: Subscriber, at: datetime) -> Row:
    since = near(min(source.since for source in coverage.failing), zone_of(subscriber), to=at)
    several = max(coverage.sources, len(coverage.failing))
    if len(coverage.failing) == 1:
        title = lines.clip(coverage.failing[0].title, lines.NAME)
        return phrase("briefing.failing_one", of=several, since=since, title=title)
    return phrase("briefing.failing_many", n=len(coverage.failing), of=several, since=since)


# ---- stories ----------------------------------------------------------------------------------------------------


def _story(place: int, story: StoryBrief) -> Iterator[Piece]:
    """A story's pieces: of two that matter the same, the one in the later story gives way first."""
    late = place * 0.01
    yield Piece(700 - place, partial(_always, _story_title(place, story)), "\n\n")
    for order, said in enumerate(story.sentences[:2]):
        yield Piece((40, 12)[order] - late, partial(_numbered, said), " " if order else "\n")
    for order, line in enumerate(story.positions[:4]):
        shown = row("• ", lines.position(line))
        yield Piece((60, 50, 20, 10)[order] - late, partial(_always, shown))
    for order, moved in enumerate(story.changes[:2]):
        yield Piece((55, 15)[order] - late, partial(_always, lines.change(moved)))


def _numbered(said: Sentence, numbers: Numbers) -> Row:
    return lines.sentence(said, numbers.setdefault(said.citation.article_id, len(numbers) + 1))


def _always(shown: Row, _numbers: Numbers) -> Row:
    return shown


def _story_title(place: int, story: StoryBrief) -> Row:
    update = phrase("briefing.update") if story.is_update else row()
    title = bold(text(lines.clip(story.title, lines.TITLE)))
    return row(f"{place}. ", update, title, " (", counted("count.publisher", story.publishers), ")")


def _buttons(edition: Edition, pieces: list[Piece]) -> tuple[tuple[Button, ...], ...]:
    """A button for each story that kept its title, then what can be asked of the whole edition."""
    if not edition.stories:
        return ()
    kept = sum(1 for piece in pieces if 600 < piece.weight < 700)
    stories = tuple(
        Button(label=f"{place} ▸", data=pack("story", edition.id, story.id))
        for place, story in enumerate(edition.stories[: min(kept, 8)], 1)
    )
    whole = (
        Button(label=words("button.positions"), data=pack("stands", edition.id)),
        Button(label=words("button.actors"), data=pack("cast", edition.id)),
        Button(label=words("button.matrix"), data=pack("matrix", "e", edition.id)),
    )
    return (stories, whole)
