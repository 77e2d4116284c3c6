"""`digests sources`: which sources there are and how they do; add, remove, enable, test, OPML in and out."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from digests import catalogue
from digests.door import AsJson, Now, newsroom_at, out, run, show
from digests.flows import sourcing
from digests.models import Glance, Source, SourceKind
from digests.newsroom import Newsroom
from digests.sources import opml

app = typer.Typer(help="Where articles come from: list, add, remove, enable, test, import, export.")
Which = Annotated[str, typer.Argument(metavar="SOURCE", help="Its number, address, or words of its title.")]


@app.callback(invoke_without_command=True)
def sources(context: typer.Context, now: Now = None, as_json: AsJson = False) -> None:
    """Where articles come from, and how each source does; with a word behind it, changes that."""
    if context.invoked_subcommand is None:
        run(_list(now, as_json))


async def _list(now: datetime | None, as_json: bool) -> None:
    async with newsroom_at(now) as newsroom:
        found = await sourcing.listed(newsroom.store)
        at = newsroom.now()
    show([catalogue.source_json(source) for source in found], catalogue.show_sources(found, at), as_json)


@app.command()
def add(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Of a feed, of a site, or of a list of feeds.")],
    unseen: Annotated[bool, typer.Option("--unseen", help="Without a look, for a server that is down.")] = False,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Look at an address, find the feed there, and keep it."""
    run(_add(address, unseen, now, as_json))


async def _add(address: str, unseen: bool, now: datetime | None, as_json: bool) -> int:
    async with newsroom_at(now) as newsroom:
        try:
            added = await (
                sourcing.add_unseen(newsroom.store, address, now=newsroom.now())
                if unseen
                else sourcing.add(newsroom.store, newsroom.look, address, now=newsroom.now())
            )
        except ValueError:
            return _refuse(f"{address}: no web address")
    if added.glance.error:
        return _refuse(f"{address}: {added.glance.error}")
    show([catalogue.added_json(added)], catalogue.show_added(added), as_json)
    return 0


@app.command()
def remove(
    source: Which,
    forget: Annotated[bool, typer.Option("--forget", help="Drop it from the list too.")] = False,
) -> None:
    """Look at a source no more. Its articles stay."""
    run(_remove(source, forget))


async def _remove(asked: str, forget: bool) -> int:
    async with newsroom_at() as newsroom:
        source = await sourcing.find(newsroom.store, asked)
        if source is None:
            return _refuse(_no_such(asked))
        await (sourcing.drop if forget else sourcing.put_aside)(newsroom.store, source)
    out.print(Text(f"{'Forgotten' if forget else 'Switched off'}: {catalogue.name_of(source)}"))
    return 0


@app.command()
def enable(source: Which) -> None:
    """Look at a source again."""
    run(_enable(source))


async def _enable(asked: str) -> int:
    async with newsroom_at() as newsroom:
        source = await sourcing.find(newsroom.store, asked)
        if source is None:
            return _refuse(_no_such(asked))
        await sourcing.take_up(newsroom.store, source, now=newsroom.now())
    out.print(Text(f"Switched on: {catalogue.name_of(source)}"))
    return 0


@app.command()
def test(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A source's number or title, or any address.")],
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Look at a source or an address and say what is there, keeping nothing."""
    run(_test(source, now, as_json))


async def _test(asked: str, now: datetime | None, as_json: bool) -> int:
    async with newsroom_at(now) as newsroom:
        known = await sourcing.find(newsroom.store, asked)
        glance = await newsroom.look(known.location if known else asked, newsroom.now())
    if glance.error and not as_json:
        return _refuse(f"{glance.source.location}: {glance.error}")
    show([catalogue.glance_json(glance)], catalogue.show_glance(glance), as_json)
    return 1 if glance.error else 0


@app.command(name="import")
def import_(
    place: Annotated[str, typer.Argument(metavar="LIST", help="An OPML file, or the address of one.")],
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Add every feed of an OPML list."""
    run(_import(place, now, as_json))


async def _import(place: str, now: datetime | None, as_json: bool) -> int:
    async with newsroom_at(now) as newsroom:
        added = await sourcing.add(newsroom.store, _list_at(newsroom), place, now=newsroom.now())
    if added.glance.error:
        return _refuse(f"{place}: {added.glance.error}")
    show([catalogue.added_json(added)], catalogue.show_added(added), as_json)
    for trouble in added.glance.troubles:
        print(f"{trouble.what}: {trouble.reason}", file=sys.stderr)
    return 0


def _list_at(newsroom: Newsroom) -> sourcing.Look:
    """A look that takes whatever is there for a list of feeds, be its name what it may."""
    fetch = newsroom.fetchers[SourceKind.OPML]

    async def look(place: str, now: datetime) -> Glance:
        source = Source(kind=SourceKind.OPML, location=place)
        fetched = await fetch(source, newsroom.client, now)
        return Glance(source=source, others=fetched.sources, troubles=fetched.troubles, error=fetched.error)

    return look


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to; without it, standard output.")] = None,
) -> None:
    """Write all feeds that are looked at as an OPML list, for other readers."""
    run(_export(file))


async def _export(file: Path | None) -> int:
    async with newsroom_at() as newsroom:
        found = [source for source in await sourcing.listed(newsroom.store) if source.enabled]
    written = opml.write_opml(found)
    if file is None:
        print(written, end="")
        return 0
    try:
        await asyncio.to_thread(file.write_text, written, encoding="utf-8")
    except OSError as error:
        return _refuse(f"{file}: {(error.strerror or 'cannot be written').lower()}")
    return 0


def _no_such(asked: str) -> str:
    return f"no source {asked!r}, or several; `digests sources` lists them with their numbers"


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
