"""`digests families`: which publishers are one voice; TOML in and out."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from digests import console
from digests.door import AsJson, newsroom_at, run, show
from digests.editorial import families as kin
from digests.errors import ParseError
from digests.flows import families

app = typer.Typer(help="Which publishers are one voice when publishers are counted: list, add, remove, import, export.")


@app.callback(invoke_without_command=True)
def families_(context: typer.Context, as_json: AsJson = False) -> None:
    """Which publishers are one voice; with a word behind it, changes that."""
    if context.invoked_subcommand is None:
        run(_list(as_json))


async def _list(as_json: bool) -> None:
    async with newsroom_at() as newsroom:
        held = await families.table(newsroom.store)
    rows = [(family, ", ".join(members)) for family, members in held.items()]
    objects = [{"family": family, "publishers": list(members)} for family, members in held.items()]
    show(objects, console.show_table(("family", "publishers"), rows), as_json)


@app.command()
def add(
    family: Annotated[str, typer.Argument(metavar="FAMILY", help="Its name: a group of papers, an agency.")],
    publishers: Annotated[list[str], typer.Argument(metavar="PUBLISHER...", help="As the sources are called.")],
) -> None:
    """Publishers that count as one; one that was in another family leaves it."""
    run(_change(lambda held: kin.with_family(held, family, publishers)))


@app.command()
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="A family, or one publisher.")]) -> None:
    """A family, or a publisher from its family."""
    run(_change(lambda held: kin.without(held, name)))


@app.command(name="import")
def import_(file: Annotated[Path, typer.Argument(metavar="FILE", help='TOML: "Family" = ["Publisher", ...]')]) -> None:
    """Take the families of a TOML file in, beside those there are."""
    run(_import(file))


async def _import(file: Path) -> int:
    try:
        found = kin.from_toml(await asyncio.to_thread(file.read_text, encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ParseError) as error:
        print(f"{file}: {error}", file=sys.stderr)
        return 1

    def merged(held: kin.Table) -> kin.Table:
        for family, members in found.items():
            held = kin.with_family(held, family, members)
        return held

    await _change(merged)
    return 0


@app.command()
def export() -> None:
    """The table as TOML on standard output."""
    run(_export())


async def _export() -> None:
    async with newsroom_at() as newsroom:
        print(kin.to_toml(await families.table(newsroom.store)), end="")


async def _change(decide: families.Change) -> None:
    async with newsroom_at() as newsroom:
        await families.change(newsroom.store, decide)
    await _list(False)
