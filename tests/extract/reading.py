"""Reading a few sentences in a test: the real reader, its contract checked."""

from digests.extract.base import read
from digests.extract.wire import from_line
from digests.models import Extraction, Position
from tests.extract.reader import READER

FLOOR = 0.5


def read_text(text: str, title: str = "") -> Extraction:
    """What the reader reads in `text`."""
    return read(READER, from_line({"id": "test", "title": title, "text": text}))


def shown(text: str) -> list[Position]:
    """The positions at or above the floor."""
    return [position for position in read_text(text).positions if position.confidence >= FLOOR]


def stances(text: str) -> set[tuple[str, str]]:
    """Holder and stance of every position that is shown."""
    return {(position.actor, str(position.stance)) for position in shown(text)}
