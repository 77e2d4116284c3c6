"""Nouns on a terminal: tables and text for people (rich), one JSON object a line for programs. Only shapes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from digests.models import ActorCard, Change, Citation, Coverage, Edition, FiledPosition, PositionLine, StoryBrief

Json = Mapping[str, Any]


def make_console() -> Console:
    """Standard output; no colours and no wrapping to a window when it is a pipe."""
    return Console(highlight=False, soft_wrap=False)


def say_json(objects: Iterable[Json]) -> None:
    """One JSON object a line, in the order given."""
    for each in objects:
        print(json.dumps(each, ensure_ascii=False, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    return str(value)


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 to the second, or None."""
    return None if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")


# ---- for programs ----------------------------------------------------------------------------------------------


def citation_json(citation: Citation) -> dict[str, Any]:
    """An article as a line of output points at it."""
    return {
        "id": citation.article_id,
        "title": citation.title,
        "url": citation.url,
        "publisher": citation.publisher,
        "published": iso(citation.published_at),
    }


def position_json(filed: FiledPosition) -> dict[str, Any]:
    """A filed position, as docs/cli.md describes it."""
    position = filed.position
    return {
        "actor": filed.actor.name,
        "kind": filed.actor.kind.value,
        "stance": position.stance.value,
        "issue": position.issue,
        "target": filed.target.name if filed.target else position.target,
        "conditional": position.conditional,
        "confidence": round(position.confidence, 3),
        "evidence": {
            "in": position.evidence.where,
            "start": position.evidence.start,
            "end": position.evidence.end,
            "text": position.evidence.text,
        },
        "article": citation_json(filed.citation),
    }


def card_json(card: ActorCard) -> dict[str, Any]:
    """An actor of a window."""
    actor = card.actor
    return {
        "name": actor.name,
        "kind": actor.kind.value,
        "role": actor.role,
        "state": actor.state,
        "aliases": list(actor.aliases),
        "mentions": card.mentions,
        "articles": card.articles,
        "articles_before": card.before,
        "salience": round(card.salience, 3),
        "latest": position_json(card.latest) if card.latest else None,
    }


def line_json(line: PositionLine) -> dict[str, Any]:
    """A position as a briefing shows it: best evidence first, and how many independent publishers carry it."""
    return position_json(line.best) | {
        "issue": line.issue,
        "publishers": line.publishers,
        "others": [position_json(each) for each in line.others],
    }


def change_json(change: Change) -> dict[str, Any]:
    """A change of position."""
    return {
        "actor": change.actor.name,
        "issue": change.issue,
        "before": position_json(change.before),
        "after": position_json(change.after),
    }


def story_json(story: StoryBrief) -> dict[str, Any]:
    """A story as a briefing tells it."""
    return {
        "id": story.id,
        "title": story.title,
        "title_from": citation_json(story.title_from),
        "sentences": [
            {"text": each.text, "article": each.citation.article_id, "start": each.start, "end": each.end}
            for each in story.sentences
        ],
        "publishers": story.publishers,
        "actors": [actor.name for actor in story.actors],
        "positions": [line_json(line) for line in story.positions],
        "changes": [change_json(change) for change in story.changes],
        "articles": [citation_json(citation) for citation in story.citations],
        "update": story.is_update,
    }


def edition_json(edition: Edition) -> dict[str, Any]:
    """A whole edition."""
    return {
        "since": iso(edition.since),
        "until": iso(edition.until),
        "sample": edition.is_sample,
        "coverage": asdict(edition.coverage),
        "stories": [story_json(story) for story in edition.stories],
        "also": list(edition.also),
    }


# ---- for people ------------------------------------------------------------------------------------------------


def show_edition(edition: Edition) -> RenderableType:
    """A briefing on a terminal, all times in UTC."""
    parts: list[RenderableType] = [Text("Briefing" + (" · SAMPLE" if edition.is_sample else ""), style="bold")]
    parts.append(Text(f"{edition.until:%a %-d %b %Y, %H:%M} UTC · {coverage_words(edition.coverage)}", style="dim"))
    if not edition.stories:
        parts.append(Text("\nNothing new of weight in this window."))
    for number, story in enumerate(edition.stories, 1):
        parts += [Text(), _story(number, story)]
    if edition.also:
        parts += [Text(), Text("Also: " + "; ".join(edition.also))]
    for failing in edition.coverage.failing:
        since = f"{failing.since:%-d %b %H:%M} UTC"
        parts.append(Text(f"Failing since {since}: {failing.title} ({failing.reason})", style="yellow"))
    return Group(*parts)


def coverage_words(coverage: Coverage) -> str:
    """How many articles and publishers, and how new, in words."""
    words = f"{_count(coverage.articles, 'article')}, {_count(coverage.publishers, 'publisher')}"
    if coverage.newest:
        words += f", newest {coverage.newest:%-d %b %H:%M}"
    if coverage.teasers:
        words += f", {_count(coverage.teasers, 'teaser')} among them"
    if coverage.failing:
        words += f" · {len(coverage.failing)} of {coverage.sources} sources failing"
    return words


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _story(number: int, story: StoryBrief) -> RenderableType:
    update = "↻ Update: " if story.is_update else ""
    head = Text.assemble((f"{number}. {update}{story.title}", "bold"), f"  ({_count(story.publishers, 'publisher')})")
    rows: list[RenderableType] = [head]
    rows += [Text(f"{each.text} [{each.citation.publisher}]") for each in story.sentences]
    rows += [Padding(_position(line), (0, 0, 0, 2)) for line in story.positions]
    rows += [Padding(show_change(change), (0, 0, 0, 2)) for change in story.changes]
    return Group(*rows)


def _position(line: PositionLine) -> Text:
    words = Text.assemble((line.actor.name, "cyan"), " ", (line.stance.value, "bold"), f" {line.issue}")
    if line.conditional:
        words.append(" (on a condition)")
    words.append(f" — “{line.best.position.evidence.text}” ", style="dim")
    words.append(f"↗ {line.best.citation.publisher}")
    return words


def show_change(change: Change) -> Text:
    """A change of position in one line."""
    before, after = change.before, change.after
    return Text(
        f"↻ {change.actor.name}: {before.position.stance} {before.position.issue} ({before.said_at:%-d %b})"
        f" → {after.position.stance} {after.position.issue} ({after.said_at:%-d %b})",
        style="magenta",
    )


def show_actors(cards: Sequence[ActorCard]) -> RenderableType:
    """Actors of a window as a table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("actor", "kind", "role", "state", "articles", "mentions", "latest position"):
        table.add_column(column, justify="right" if column in ("articles", "mentions") else "left")
    for card in cards:
        latest = f"{card.latest.position.stance} {card.latest.position.issue}" if card.latest else ""
        actor = card.actor
        cells = (actor.name, actor.kind.value, actor.role or "", actor.state or "")
        table.add_row(*(escape(cell) for cell in cells), str(card.articles), str(card.mentions), escape(latest))
    return table


def show_positions(positions: Sequence[FiledPosition]) -> RenderableType:
    """Filed positions, each with its evidence under it."""
    rows: list[RenderableType] = []
    for filed in positions:
        position = filed.position
        line = Text.assemble((filed.actor.name, "cyan"), " ", (position.stance.value, "bold"), f" {position.issue}")
        if filed.target and filed.target.name.lower() not in position.issue.lower():
            line.append(f" (to {filed.target.name})")
        if position.conditional:
            line.append(" (on a condition)")
        source = f"{filed.citation.publisher}, {filed.said_at:%-d %b %Y}"
        rows += [line, Padding(Text(f"“{position.evidence.text}” — {source}", style="dim"), (0, 0, 0, 2))]
    return Group(*rows)


def show_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    """A plain table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        table.add_column(name)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    return table
