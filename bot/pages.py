"""Answers that are longer than one message: blocks laid out on pages, with buttons to turn them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.markup import Node, Row, join
from bot.message import Button
from bot.phrases.speak import words
from digests.text import utf16_len

ROOM = 2600  # UTF-16 units of blocks on a page: what reads well on a telephone, far below the limit
MOST_TAGS = 80


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its blocks, and where it stands among how many."""

    blocks: tuple[Node, ...]
    number: int
    of: int
    first: int  # place of its first block among all, from 0

    @property
    def body(self) -> Row:
        """The blocks under one another."""
        return join(self.blocks, "\n")

    @property
    def place(self) -> str:
        """ "page 2 of 3", or nothing when there is only one."""
        return "" if self.of == 1 else words("page.of", n=self.number, of=self.of)


def page(blocks: Sequence[Node], number: int, *, room: int = ROOM, most: int = 1000) -> Page:
    """Page `number` (from 1; the nearest there is) of the blocks; at most `most` each, never cut."""
    starts = [0]
    size = tags = 0
    for place, block in enumerate(blocks):
        length, marks = utf16_len(block.plain) + 1, block.html.count("</")
        if place > starts[-1] and (place - starts[-1] >= most or size + length > room or tags + marks > MOST_TAGS):
            starts.append(place)
            size = tags = 0
        size, tags = size + length, tags + marks
    number = max(1, min(number, len(starts)))
    start = starts[number - 1]
    end = starts[number] if number < len(starts) else len(blocks)
    return Page(tuple(blocks[start:end]), number, len(starts), start)


def turning(shown: Page, data: Callable[[int], str]) -> tuple[Button, ...]:
    """Buttons to the page before and after; `data` says what pressing for a page number sends."""
    buttons = []
    if shown.number > 1:
        buttons.append(Button(label="◂", data=data(shown.number - 1)))
    if shown.number < shown.of:
        buttons.append(Button(label="▸", data=data(shown.number + 1)))
    return tuple(buttons)
