"""What a button sends when it is pressed: a verb and short arguments in at most 64 bytes, packed and parsed only here.

Nothing is remembered about a button. Whoever handles a press looks everything up again and asks again whether the
presser may: the data is whatever a client chose to send.
"""

import re
from dataclasses import dataclass

MOST_BYTES = 64
_GRAMMAR = re.compile(r"[a-z]{1,12}(:[A-Za-z0-9_+./-]{0,40}){0,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Press:
    """A verb with its arguments."""

    verb: str
    args: tuple[str, ...] = ()

    def number(self, place: int) -> int | None:
        """The argument at `place` as a number of at most 18 digits, or None."""
        word = self.word(place)
        return int(word) if word and word.isascii() and word.isdigit() and len(word) <= 18 else None

    def word(self, place: int) -> str | None:
        """The argument at `place`, or None when there is none or it is empty."""
        return (self.args[place] or None) if place < len(self.args) else None


def pack(verb: str, *args: str | int) -> str:
    """Callback data for a press. Raises ValueError when it doesn't keep to the grammar: that is our mistake."""
    data = ":".join((verb, *(str(arg) for arg in args)))
    if len(data.encode()) > MOST_BYTES or not _GRAMMAR.fullmatch(data):
        raise ValueError(f"callback data out of grammar: {data!r}")
    return data


def parse(data: str | None) -> Press | None:
    """The press that `data` stands for, or None when it is not in the grammar."""
    if not data or len(data.encode(errors="replace")) > MOST_BYTES or not _GRAMMAR.fullmatch(data):
        return None
    verb, *args = data.split(":")
    return Press(verb, tuple(args))
