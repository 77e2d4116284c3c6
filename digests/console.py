"""Nouns on a terminal: tables and text for people (rich), one JSON object a line for programs. Only shapes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import SecretStr
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from digests.editorial.actors import Found, Nobody, Several
from digests.editorial.sides import speaks_for
from digests.flows.answer import ActorAnswer, Question, Stances
from digests.flows.health import Health
from digests.languages.en_stances import said, says_condition
from digests.models import (
    Actor,
    ActorCard,
    Article,
    Change,
    Citation,
    Coverage,
    Edition,
    Extraction,
    FiledPosition,
    PositionLine,
    StoryBrief,
)

Json = Mapping[str, Any]
LINES = 6  # positions shown of a story: as many as are read at a glance


def make_console(*, stderr: bool = False) -> Console:
    """Standard output (or error); no colours when it is a pipe."""
    return Console(highlight=False, stderr=stderr)


def shown(value: object) -> str:
    """A setting's value; of a secret only whether it is set."""
    if isinstance(value, SecretStr):
        return "(set)"
    return "(not set)" if value in (None, "") else str(value)


def whom(asked: str, found: Found) -> str:
    """What to say when a name is nobody's, or several actors'."""
    if isinstance(found, Several):
        return f"{asked!r} may be " + ", ".join(actor.name for actor in found.actors) + ": say more of the name."
    near = [actor.name for actor in found.nearest] if isinstance(found, Nobody) else []
    return f"Nobody called {asked!r} is in the store." + (f" Did you mean {' or '.join(near)}?" if near else "")


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
        "corrections": [asdict(each) for each in edition.corrections],
    }


def stances_json(stances: Stances) -> list[dict[str, Any]]:
    """Every position of an answer, one object each."""
    held = [line for issue in stances.issues for line in issue.lines]
    return [position_json(filed) for line in held for filed in (line.best, *line.others)]


def actor_json(answer: ActorAnswer) -> dict[str, Any]:
    """All about one actor."""
    return card_json(answer.card) | {
        "positions": [line_json(line) for issue in answer.issues for line in issue.lines],
        "changes": [change_json(change) for change in answer.changes],
        "others": [actor.name for actor in answer.others],
    }


def health_json(health: Health, now: datetime) -> dict[str, Any]:
    """How the newsroom is doing."""
    return {
        "well": health.illness(now) is None,
        "illness": health.illness(now),
        "database": health.database,
        "articles": health.articles,
        "newest": iso(health.newest),
        "sources": health.sources,
        "failing": [asdict(each) for each in health.failing],
        "subscribers": {state.value: count for state, count in health.subscribers.items()},
        "deliveries": {state.value: count for state, count in health.deliveries.items()},
        "last_sent": iso(health.last_sent),
        "overdue": iso(health.overdue),
        "looked": iso(health.looked),
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
    rows += [Text(f"{each.text} [{_outlet(each.citation)}]") for each in story.sentences]
    rows += [Padding(_position(line), (0, 0, 0, 2)) for line in story.positions[:LINES]]
    if len(story.positions) > LINES:
        rows.append(Text(f"  {len(story.positions) - LINES} more: digests positions", style="dim"))
    rows += [Padding(show_change(change), (0, 0, 0, 2)) for change in story.changes]
    return Group(*rows)


def _position(line: PositionLine) -> Text:
    words = _stand(line)
    words.append(f" — “{line.best.position.evidence.text}” ", style="dim")
    words.append(f"↗ {_outlet(line.best.citation)}")
    return words


def _outlet(citation: Citation) -> str:
    return citation.publisher or "no publisher named"


def _stand(line: PositionLine) -> Text:
    """Actor, stance and issue as a sentence."""
    verb, _, rest = said(line.actor, line.stance, line.issue, line.target).partition(" ")
    state = speaks_for(line.actor)
    of = f" ({state})" if state else ""
    words = Text.assemble((line.actor.name, "cyan"), f"{of} ", (verb, "bold"), f" {rest}")
    return words.append(", on a condition") if line.conditional and not says_condition(line.issue) else words


def _held_by(filed: FiledPosition) -> str:
    """A filed position without its actor."""
    position = filed.position
    words = said(filed.actor, position.stance, position.issue, filed.target.name if filed.target else position.target)
    is_open = position.conditional and not says_condition(position.issue)
    return f"{words}, on a condition" if is_open else words


def show_change(change: Change) -> Text:
    """A change of position in one line."""
    before, after = (
        f"{_held_by(one)} ({_whose(change, one)}{one.said_at:%-d %b})" for one in (change.before, change.after)
    )
    return Text(f"↻ {change.actor.name}: {before} → {after}", style="magenta")


def _whose(change: Change, filed: FiledPosition) -> str:
    """The person, where the change is told of the state."""
    return "" if filed.actor.name == change.actor.name else f"{filed.actor.name}, "


def show_actors(cards: Sequence[ActorCard]) -> RenderableType:
    """Actors of a window as a table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("actor", "articles", "mentions", "latest position"):
        table.add_column(column, justify="right" if column in ("articles", "mentions") else "left")
    for card in cards:
        latest = _held_by(card.latest) if card.latest else ""
        who = Text.assemble(card.actor.name, (f", {about}" if (about := _about(card.actor)) else "", "dim"))
        table.add_row(who, str(card.articles), str(card.mentions), Text(latest))
    return table


def _about(actor: Actor) -> str:
    """Role and state, without what the name or the role says already."""
    role, state = actor.role or "", actor.state or ""
    shown = [role] if role else []
    if state and state not in (actor.name, role) and state.lower() not in role.lower():
        shown.append(state)
    return ", ".join(shown)


def show_stances(stances: Stances) -> RenderableType:
    """Who stands where, by issue."""
    rows: list[RenderableType] = [show_change(change) for change in stances.changes]
    for issue in stances.issues:
        rows.append(Text(issue.name, style="bold"))
        rows += [Padding(show_held(line), (0, 0, 0, 2)) for line in issue.lines]
    if not rows:
        near = f" Near it: {', '.join(stances.near)}." if stances.near else ""
        rows.append(Text("No position found in this window; --since looks further back." + near))
    return Group(*rows)


def show_actor(answer: ActorAnswer) -> RenderableType:
    """One actor: who it is, where it stands."""
    actor = answer.card.actor
    about = ", ".join(part for part in (actor.kind.value, actor.role, actor.state) if part)
    rows: list[RenderableType] = [Text.assemble((actor.name, "bold"), f" ({about})")]
    if actor.aliases:
        rows.append(Text("also: " + ", ".join(actor.aliases), style="dim"))
    rows.append(Text(f"in {_count(answer.card.articles, 'article')}, {_count(answer.card.mentions, 'mention')}"))
    rows.append(
        show_stances(Stances(question=Question(asked=actor.name), issues=answer.issues, changes=answer.changes))
    )
    if answer.others:
        rows.append(Text("with it: " + ", ".join(other.name for other in answer.others)))
    return Group(*rows)


def show_extraction(article: Article, extraction: Extraction) -> RenderableType:
    """What a reader found in one article."""
    rows: list[RenderableType] = [Text(article.title or article.id, style="bold")]
    for reading in extraction.actors:
        actor = reading.actor
        about = ", ".join(part for part in (actor.kind.value, actor.role, actor.state) if part)
        rows.append(Text(f"  {actor.name} ({about}) {reading.salience:.2f}"))
    for position in extraction.positions:
        rows.append(Text.assemble("  ", (position.actor, "cyan"), f" {position.stance} {position.issue}"))
        rows.append(Text(f"    “{position.evidence.text}” {position.confidence:.2f}", style="dim"))
    return Group(*rows)


def show_health(health: Health, now: datetime) -> RenderableType:
    """How the newsroom is doing, in lines."""
    wrong = health.illness(now)
    rows = [
        ("state", f"ill: {wrong}" if wrong else "well"),
        ("database", health.database),
        ("articles", f"{health.articles}, newest {iso(health.newest) or 'none'}"),
        ("sources", f"{health.sources}, {len(health.failing)} failing"),
        (
            "subscribers",
            ", ".join(f"{count} {state}" for state, count in health.subscribers.items() if count) or "none",
        ),
        ("deliveries", ", ".join(f"{count} {state}" for state, count in health.deliveries.items() if count) or "none"),
        ("last sent", iso(health.last_sent) or "never"),
        ("briefings made up to", iso(health.looked) or "none yet"),
    ]
    rows += [("failing", f"{each.title}: {each.reason} (since {iso(each.since)})") for each in health.failing]
    rows += [("trouble", f"{iso(at)} {trouble.what}: {trouble.reason}") for at, trouble in health.troubles]
    return show_table(("", ""), rows)


def show_held(line: PositionLine) -> RenderableType:
    """A position with its words, publisher and date."""
    words = _stand(line)
    where = f"{_outlet(line.best.citation)}, {line.best.said_at:%-d %b %Y}"
    return Group(words, Padding(Text(f"“{line.best.position.evidence.text}” — {where}", style="dim"), (0, 0, 0, 2)))


def show_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    """A plain table; one line instead when there is nothing to put in it."""
    rows = list(rows)
    if not rows:
        return Text("Nothing found.")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        table.add_column(name)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    return table
