"""Tables that an operator keeps: headings, and the names that stand under each. TOML in and out.

What is the same of all of them; what names mean is left to those who make a `Listing` (editorial/families.py,
names.py), keeping and changing one to flows/listings.py.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from digests.errors import ParseError
from digests.text import one_line

Table = Mapping[str, tuple[str, ...]]
"""By heading: the names under it, as people write them."""

_MOST = 60  # characters of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A sort of table. Names with the same `key` are one, and a name stands under one heading: the last that lists it.

    `note` is where the store keeps the table; `row` and `inside` are what a heading is and what stands under it, in
    words. In a table that is `flat` no heading stands under another, and none under itself.
    """

    note: str
    key: Callable[[str], str]
    row: str
    inside: str
    flat: bool = False

    def load(self, held: object) -> dict[str, tuple[str, ...]]:
        """The table that a note or a TOML file holds: {"heading": ["name", ...]}. Raises ParseError for others."""
        if held is None:
            return {}
        if not isinstance(held, Mapping):
            raise ParseError(f"the table must be headings with lists of {self.inside}")
        for heading, names in held.items():
            if not isinstance(names, list | tuple) or not all(isinstance(one, str) for one in names):
                raise ParseError(f"the {self.row} {heading!r} needs a list of {self.inside}")
        return self.with_rows({}, held)

    def from_toml(self, text: str) -> dict[str, tuple[str, ...]]:
        """The table of a TOML file: `"Heading" = ["Name", "Other name"]`. Raises ParseError."""
        try:
            return self.load(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise ParseError(f"not TOML: {error}") from error

    def with_row(self, table: Table, heading: str, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The table with these names under the heading, and under no other. Raises ParseError."""
        return self.with_rows(table, {heading: tuple(names)})

    def with_rows(self, table: Table, more: Table) -> dict[str, tuple[str, ...]]:
        """The table with all rows of another put in, in their order. Raises ParseError."""
        titles: dict[str, str] = {}
        under: dict[str, dict[str, str]] = {}  # by the key of a heading: the names under it, by their keys
        owner: dict[str, str] = {}  # by the key of a name: the key of its heading
        for heading, names in (*table.items(), *more.items()):
            title = one_line(heading, limit=_MOST)
            place = self.key(title)
            added = {key: plain for one in names if (plain := one_line(one, limit=_MOST)) and (key := self.key(plain))}
            if self.flat:
                added.pop(place, None)
                own = next((titles[key] for key in added if under.get(key)), None)
                if own is not None:
                    raise ParseError(f"“{own}” has a row of its own: remove it first, then list what stands there here")
                if owner.get(place) is not None and place in under[owner[place]]:
                    raise ParseError(f"“{title}” stands under “{titles[owner[place]]}”: remove it there first")
            if not title or not added or (self.flat and not place):
                raise ParseError(f"a {self.row} needs a name and {self.inside}")
            for key in added:
                under.get(owner.get(key, ""), {}).pop(key, None)
                owner[key] = place
            titles.setdefault(place, title)
            under.setdefault(place, {}).update(added)
        return {titles[place]: tuple(names.values()) for place, names in under.items() if names}

    def without(self, table: Table, name: str) -> dict[str, tuple[str, ...]]:
        """The table without that heading, or without that name under its heading. Raises ParseError for neither."""
        gone = self.key(name)
        kept = {
            heading: tuple(one for one in held if self.key(one) != gone)
            for heading, held in table.items()
            if self.key(heading) != gone
        }
        if kept == table:
            raise ParseError(f"“{one_line(name, limit=_MOST)}” is not in the table")
        return {heading: held for heading, held in kept.items() if held}

    def headings(self, table: Table) -> dict[str, str]:
        """By the key of each heading and of each name under it: the heading."""
        return {self.key(one): heading for heading, names in table.items() for one in (heading, *names)}


def to_toml(table: Table) -> str:
    """A table as TOML that `from_toml` reads back."""
    return "".join(
        f"{_quoted(heading)} = [{', '.join(_quoted(one) for one in names)}]\n" for heading, names in table.items()
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char >= " " and char != "\x7f" else f"\\u{ord(char):04x}" for char in escaped) + '"'
