"""What every command of `digests` does the same way: options, settings and store, output, and how it ends."""

import asyncio
import sys
from collections.abc import Coroutine
from datetime import datetime
from typing import Annotated, Any

import typer

from digests import console
from digests.errors import DigestsError, SettingsError
from digests.moments import moment, reach
from digests.newsroom import open_newsroom, wall_clock
from digests.settings import load_settings

out = console.make_console()

Now = Annotated[
    datetime | None, typer.Option(parser=moment, metavar="TIME", help="As if it were this time (default: now).")
]
Since = Annotated[
    Any, typer.Option(parser=reach, metavar="LENGTH|TIME", help="Look back this far: 24h, 3d, 1w, or to a time.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def run(work: Coroutine[Any, Any, int | None]) -> None:
    """Run to the end and leave with its exit code; trouble of ours is one line on standard error."""
    try:
        code = asyncio.run(work) or 0
    except SettingsError as error:
        print(f"digests: {error}", file=sys.stderr)
        code = 2
    except DigestsError as error:
        print(f"digests: {error}", file=sys.stderr)
        code = 1
    raise typer.Exit(code)


def newsroom_at(now: datetime | None = None) -> Any:
    """The newsroom of the settings in effect, its clock standing at `now` where that is given."""
    return open_newsroom(load_settings(), now=(lambda: now) if now else wall_clock)


def show(objects: list[dict[str, Any]], renderable: Any, as_json: bool) -> None:
    """A table for people, or objects for programs."""
    if as_json:
        console.say_json(objects)
    else:
        out.print(renderable)
