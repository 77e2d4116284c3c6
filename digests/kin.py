"""`digests families` and `digests names`: the operator's tables; TOML in and out."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from digests import console
from digests.door import AsJson, newsroom_at, run, show
from digests.editorial.families import FAMILIES
from digests.errors import ParseError
from digests.flows import listings
from digests.listing import Listing, to_toml
from digests.names import NAMES


def _door(
    listing: Listing, columns: tuple[str, str], about: str, example: tuple[str, str], ends: str = ""
) -> typer.Typer:
    """The commands of one table. `columns` are what a row holds; `example` says what to write, `ends` what stays."""
    heading, inside = columns
    app = typer.Typer(help=f"{about}: list, add, remove, import, export.")

    @app.callback(invoke_without_command=True, help=f"{about}; with a word behind it, changes that.")
    def table(context: typer.Context, as_json: AsJson = False) -> None:
        if context.invoked_subcommand is None:
            run(_list(as_json))

    async def _list(as_json: bool) -> None:
        async with newsroom_at() as newsroom:
            held = await listings.table(newsroom.store, listing)
        rows = [(title, ", ".join(names)) for title, names in held.items()]
        objects = [{heading: title, inside: list(names)} for title, names in held.items()]
        show(objects, console.show_table(columns, rows), as_json)

    @app.command(help=f"Put {inside} under a {heading}; what stood under another leaves it.")
    def add(
        title: Annotated[str, typer.Argument(metavar=heading.upper(), help=example[0])],
        names: Annotated[list[str], typer.Argument(metavar=f"{inside[:-1].upper()}...", help=example[1])],
    ) -> None:
        run(_change(lambda held: listing.with_row(held, title, names)))

    @app.command(help=f"Take a {heading} with its {inside}, or one of them, out of the table.{ends}")
    def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="A heading, or a name under one.")]) -> None:
        run(_change(lambda held: listing.without(held, name), ends))

    toml = f'TOML: "{heading.capitalize()}" = ["{inside[:-1].capitalize()}", ...]'

    @app.command(name="import", help="Take the rows of a TOML file in, beside those there are.")
    def import_(file: Annotated[Path, typer.Argument(metavar="FILE", help=toml)]) -> None:
        run(_import(file))

    async def _import(file: Path) -> int:
        try:
            found = listing.from_toml(await asyncio.to_thread(file.read_text, encoding="utf-8"))
        except (OSError, UnicodeDecodeError, ParseError) as error:
            print(f"{file}: {error}", file=sys.stderr)
            return 1
        await _change(lambda held: listing.with_rows(held, found))
        return 0

    @app.command(help="The table as TOML on standard output.")
    def export() -> None:
        run(_export())

    async def _export() -> None:
        async with newsroom_at() as newsroom:
            print(to_toml(await listings.table(newsroom.store, listing)), end="")

    async def _change(decide: listings.Change, ends: str = "") -> None:
        async with newsroom_at() as newsroom:
            _, united = await listings.change(newsroom.store, listing, decide)
        await _list(False)
        if united:
            who = "1 actor" if united == 1 else f"{united} actors"
            print(f"{who} kept under a listed form became the heading's.")
        if ends:
            print(ends.strip())

    return app


families = _door(
    FAMILIES,
    ("family", "publishers"),
    "Which publishers are one voice when publishers are counted",
    ("Its name: a group of papers, an agency.", "As the sources are called."),
)

names = _door(
    NAMES,
    ("actor", "forms"),
    "Which forms of a name are which actor",
    ("Its name, as it is to be shown.", "Other names that articles have for it."),
    " Actors that became one stay one.",
)
