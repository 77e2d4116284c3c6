"""Commands that read lines of JSON and print lines: what becomes of a line is left to the command."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from digests.errors import DigestsError


def each_line(path: Path, show: Callable[[Any], None]) -> None:
    """Do `show` for each line of JSON and leave; a line that can't be read is one of standard error and exit code 1."""
    if not path.is_file():
        raise typer.BadParameter(f"no such file: {path}")
    failed = 0
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                show(json.loads(line))
            except (ValueError, DigestsError) as error:
                print(f"{path}:{number}: {error}", file=sys.stderr)
                failed += 1
    raise typer.Exit(1 if failed else 0)
