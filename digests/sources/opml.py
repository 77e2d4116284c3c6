"""A list of feeds as an OPML file, on disk or on the web: it brings sources and no articles."""

import asyncio
from datetime import datetime
from pathlib import Path

from digests.errors import FetchError, ParseError
from digests.models import Fetched, Source
from digests.sources.base import Client, Parse, failed, parse_here
from digests.sources.detect import is_web
from digests.sources.parse.outline import LARGEST, parse_opml, write_opml

__all__ = ["fetch", "starter", "write_opml"]


async def fetch(source: Source, client: Client, now: datetime, *, parse: Parse = parse_here) -> Fetched:
    """The sources that the list names. Trouble is `Fetched.error`; nothing is raised for it."""
    try:
        if is_web(source.location):
            data = (await client.get(source.location)).body
        else:
            data = await asyncio.to_thread(_read, Path(source.location))
        parsed = await parse("opml", data, now)
    except OSError as error:
        return Fetched(error=(error.strerror or "can't be read").lower())
    except FetchError as error:
        return failed(error, now)
    except ParseError as error:
        return Fetched(error=str(error))
    return Fetched(sources=parsed.sources, troubles=parsed.troubles)


def starter() -> tuple[Source, ...]:
    """The feeds that an empty store begins with: several regions and editorial lines."""
    return parse_opml(Path(__file__).with_name("starter.opml").read_bytes())[0]


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
