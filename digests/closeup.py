"""What stands behind a briefing's lines, on a terminal: story, timeline, why, sayings, matrix. Only shapes."""

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from digests.console import change_json, citation_json, iso, line_json, position_json, show_change, show_held
from digests.editorial.matrix import LETTERS, Matrix
from digests.editorial.timeline import Moment
from digests.flows.answer import Why
from digests.languages.en_stances import said
from digests.models import Change, Citation, Saying, StoryBrief


def why_json(found: Why) -> dict[str, Any]:
    """A position with the sentences around its evidence."""
    around = {"before": found.before, "sentence": found.sentence, "after": found.after, "headline": found.in_title}
    return position_json(found.filed) | around


def moment_json(one: Moment) -> dict[str, Any]:
    """A moment of a timeline."""
    at = {"at": iso(one.at)}
    if isinstance(one.what, Citation):
        return at | {"article": citation_json(one.what)}
    return at | (
        {"change": change_json(one.what)} if isinstance(one.what, Change) else {"position": line_json(one.what)}
    )


def saying_json(one: Saying) -> dict[str, Any]:
    """What somebody is said to have said."""
    span = {"start": one.start, "end": one.end, "text": one.text}
    return {"actor": one.actor.name, **span, "article": citation_json(one.citation)}


def matrix_json(shown: Matrix) -> dict[str, Any]:
    """A matrix: the newest stance of a cell first."""
    return {
        "issues": list(shown.issues),
        "actors": [actor.name for actor in shown.actors],
        "cells": [
            {"issue": shown.issues[row], "actor": shown.actors[column].name, "stances": list(stances)}
            for (row, column), stances in sorted(shown.cells.items())
        ],
    }


def show_story(number: int, story: StoryBrief) -> RenderableType:
    """A story in full: sentences, every position, what changed, its articles in order of time."""
    rows: list[RenderableType] = [Text(f"{number}. {story.title}  ({_publishers(story)})", style="bold")]
    rows += [Text(f"{one.text} [{one.citation.publisher}]") for one in story.sentences]
    rows += [
        Padding(Group(Text(f"{place}."), show_held(line)), (0, 0, 0, 2))
        for place, line in enumerate(story.positions, 1)
    ]
    rows += [show_change(change) for change in story.changes]
    ordered = sorted(story.citations, key=lambda one: (one.dated, one.article_id))
    return Group(*rows, Text(), *(_report(one) for one in ordered))


def _publishers(story: StoryBrief) -> str:
    return "1 publisher" if story.publishers == 1 else f"{story.publishers} publishers"


def _report(one: Citation) -> Text:
    return Text(f"{one.dated:%-d %b %H:%M}  {one.title} — {one.publisher} {one.url or ''}".rstrip())


def show_timeline(moments: Sequence[Moment]) -> RenderableType:
    """A story from its first report to its newest, all times in UTC."""
    return Group(*(_moment(one) for one in moments))


def _moment(one: Moment) -> Text:
    if isinstance(one.what, Citation):
        return _report(one.what)
    if isinstance(one.what, Change):
        return Text.assemble(f"{one.at:%-d %b %H:%M}  ", show_change(one.what))
    line = one.what
    stand = said(line.actor, line.stance, line.issue, line.target)
    return Text.assemble(f"{one.at:%-d %b %H:%M}  ", (line.actor.name, "cyan"), f" {stand}")


def show_why(found: Why) -> RenderableType:
    """The evidence of a position in its place."""
    cited = found.filed.citation
    words = Text.assemble(f"{found.before} ".lstrip(), (found.sentence, "bold"), f" {found.after}".rstrip())
    where = f"{cited.publisher}, {cited.dated:%-d %b %Y %H:%M} UTC {cited.url or ''}".rstrip()
    head = "In a headline: " if found.in_title else ""
    return Group(Text.assemble(head, words), Text(cited.title), Text(where, style="dim"))


def show_sayings(found: Sequence[Saying]) -> RenderableType:
    """What somebody said, newest first."""
    if not found:
        return Text("Nothing found in this window; --since looks further back.")
    return Group(
        *(
            Text.assemble(
                (f"{one.citation.dated:%-d %b} ", "dim"), (one.actor.name, "cyan"), f": {' '.join(one.text.split())} ",
                (f"[{one.citation.publisher}]", "dim"),
            )
            for one in found
        )
    )  # fmt: skip


def show_matrix(shown: Matrix) -> RenderableType:
    """Issues by actors, each cell with the letters of its stances."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("issue")
    for actor in shown.actors:
        table.add_column(actor.name, justify="center")
    for row, issue in enumerate(shown.issues):
        cells = [shown.cells.get((row, column), ()) for column in range(len(shown.actors))]
        table.add_row(Text(issue), *("/".join(LETTERS[stance] for stance in held) for held in cells))
    used = [stance for stance in LETTERS if any(stance in held for held in shown.cells.values())]
    return Group(table, Text(", ".join(f"{LETTERS[stance]} {stance}" for stance in used), style="dim"))
