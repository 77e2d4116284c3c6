"""`digests story`, `why`, `timeline`, `said` and `matrix`: what stands behind the lines of a briefing."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from digests import closeup, console
from digests.charts import matrix_png, timeline_png
from digests.door import AsJson, Now, Since, newsroom_at, run, show
from digests.editorial.actors import One
from digests.editorial.matrix import matrix
from digests.editorial.timeline import MOST, timeline
from digests.flows import answer
from digests.flows import said as saying
from digests.models import Edition
from digests.moments import window
from digests.newsroom import Newsroom

N = Annotated[int, typer.Argument(metavar="N", help="The number of a story in `digests brief` of the same window.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write a picture (PNG) there.")]


def story(n: N, now: Now = None, since: Since = "24h", as_json: AsJson = False) -> None:
    """Story N of the briefing in full: all its positions, what changed, its articles."""
    run(_story(n, now, since, as_json))


async def _story(n: int, now: datetime | None, since: timedelta | datetime, as_json: bool) -> int:
    async with newsroom_at(now) as newsroom:
        edition = await _edition(newsroom, now, since)
    if not 0 < n <= len(edition.stories):
        return _no_such(n, edition)
    told = edition.stories[n - 1]
    show([console.story_json(told)], closeup.show_story(n, told), as_json)
    return 0


def timeline_(n: N, out: Out = None, now: Now = None, since: Since = "24h", as_json: AsJson = False) -> None:
    """Story N in order of time: its reports, who took a stance, who turned; as a picture with --out."""
    run(_timeline(n, out, now, since, as_json))


async def _timeline(n: int, out: Path | None, now: datetime | None, since: timedelta | datetime, as_json: bool) -> int:
    async with newsroom_at(now) as newsroom:
        edition = await _edition(newsroom, now, since)
    if not 0 < n <= len(edition.stories):
        return _no_such(n, edition)
    told = edition.stories[n - 1]
    if out is not None:
        return await _write(out, timeline_png(timeline(told, most=MOST), title=told.title, zone=UTC, note="UTC"))
    moments = timeline(told)
    show([closeup.moment_json(one) for one in moments], closeup.show_timeline(moments), as_json)
    return 0


def why(
    n: N,
    line: Annotated[int, typer.Argument(metavar="[LINE]", help="Which of its positions.")] = 1,
    now: Now = None,
    since: Since = "24h",
    as_json: AsJson = False,
) -> None:
    """The words behind a line of story N: its sentence and those around it, publisher, date, address."""
    run(_why(n, line, now, since, as_json))


async def _why(n: int, line: int, now: datetime | None, since: timedelta | datetime, as_json: bool) -> int:
    async with newsroom_at(now) as newsroom:
        edition = await _edition(newsroom, now, since)
        if not 0 < n <= len(edition.stories):
            return _no_such(n, edition)
        held = edition.stories[n - 1].positions
        if not 0 < line <= len(held):
            print(f"story {n} has {len(held)} positions", file=sys.stderr)
            return 1
        found = await answer.why(newsroom.store, held[line - 1].best.id)
    if found is None:
        print("that line is no longer kept", file=sys.stderr)
        return 1
    show([closeup.why_json(found)], closeup.show_why(found), as_json)
    return 0


def said(
    words: Annotated[list[str], typer.Argument(metavar="WHO [about WHAT]", help="Somebody, and about what.")],
    now: Now = None,
    since: Since = "30d",
    as_json: AsJson = False,
) -> None:
    """What somebody said about something, sentence by sentence, each with its article."""
    run(_said(" ".join(words), now, since, as_json))


async def _said(words: str, now: datetime | None, since: timedelta | datetime, as_json: bool) -> int:
    begin, until = window(now, since)
    async with newsroom_at(now) as newsroom:
        question = await saying.asked(newsroom.store, words)
        if not isinstance(question.who, One):
            print(console.whom(words, question.who), file=sys.stderr)
            return 1
        who = question.who.actor
        found = await saying.said(newsroom.store, who, question.what, now=until, window=until - begin)
    show([closeup.saying_json(one) for one in found], closeup.show_sayings(found), as_json)
    return 0


def matrix_(
    words: Annotated[list[str] | None, typer.Argument(metavar="[ACTOR] [ISSUE]", help="Of whom, on what.")] = None,
    out: Out = None,
    now: Now = None,
    since: Since = "7d",
    as_json: AsJson = False,
) -> None:
    """Who stands where at a glance: issues by actors; as a picture with --out."""
    run(_matrix(" ".join(words or []), out, now, since, as_json))


async def _matrix(
    words: str, out: Path | None, now: datetime | None, since: timedelta | datetime, as_json: bool
) -> int:
    begin, until = window(now, since)
    async with newsroom_at(now) as newsroom:
        question = await answer.ask(newsroom.store, words) if words else answer.Question(asked="")
        if question.actor is not None and not isinstance(question.actor, One):
            print(console.whom(words, question.actor), file=sys.stderr)
            return 1
        floor = newsroom.settings.position_floor
        found = matrix((await answer.positions(newsroom.store, question, now=until, since=begin, floor=floor)).issues)
    if not found.issues:
        print("no position found in this window; --since looks further back", file=sys.stderr)
        return 1
    if out is None:
        show([closeup.matrix_json(found)], closeup.show_matrix(found), as_json)
        return 0
    note = f"{begin:%-d %b} to {until:%-d %b %Y, %H:%M} UTC"
    return await _write(out, matrix_png(found, title="Who stands where", note=note))


async def _edition(newsroom: Newsroom, now: datetime | None, since: Any) -> Edition:
    begin, until = window(now, since)
    floor = newsroom.settings.position_floor
    return await answer.preview(newsroom.store, now=until, window=until - begin, floor=floor)


def _no_such(n: int, edition: Edition) -> int:
    print(f"no story {n}: that briefing has {len(edition.stories)}", file=sys.stderr)
    return 1


async def _write(out: Path, png: bytes) -> int:
    try:
        await asyncio.to_thread(out.write_bytes, png)
    except OSError as error:
        print(f"{out}: {(error.strerror or 'cannot be written').lower()}", file=sys.stderr)
        return 1
    return 0
