"""Who is independent of whom: one text printed by six outlets is one voice.

Two articles are of one voice when one publisher made both, when one reprints the other (copies.py), when both name the
same agency in the dateline, or when the operator's table says that their publishers are one family.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping

from digests.errors import ParseError
from digests.models import Article
from digests.text import fold, one_line

Table = Mapping[str, tuple[str, ...]]
"""By the name of a family: the publishers in it, as people write them."""

_AGENCY = re.compile(
    r"^.{0,60}?[(\[](?P<bracket>Reuters|AP|AFP|DPA|EFE|ANSA|UPI|Xinhua|TASS|AAP|PTI|ANI)[)\]]|"
    r"^.{0,20}?(?:By )?(?P<by>The Associated Press|Associated Press|Agence France-Presse|Reuters)\b(?= [-–—])"
)
_AGENCIES = {"the associated press": "ap", "associated press": "ap", "agence france presse": "afp"}
_ENDINGS = re.compile(r"\b(online|news|com|org|net|co uk|english|world|international|the)\b")
_MOST = 60  # characters of a name


def publisher_key(publisher: str) -> str:
    """A publisher's name for counting: "BBC News" and "BBC" are one, "www.reuters.com" is "reuters"."""
    folded = fold(publisher.removeprefix("www.").replace(".", " "))
    return " ".join(_ENDINGS.sub(" ", folded).split()) or folded


def voice_of(article: Article) -> str:
    """The agency that an article names as its origin, else its publisher; of neither, the article is its own."""
    found = _AGENCY.search(article.text[:120])
    if found:
        name = fold(found["bracket"] or found["by"])
        return _AGENCIES.get(name, name)
    return publisher_key(article.publisher) or article.id


def relatives(table: Table) -> dict[str, str]:
    """By a publisher's key: the key of its family."""
    return {
        publisher_key(one): publisher_key(family) for family, members in table.items() for one in (family, *members)
    }


# ---- the operator's table --------------------------------------------------------------------------------------


def load_table(note: object) -> dict[str, tuple[str, ...]]:
    """The table that a note or a TOML file holds: {"family": ["publisher", ...]}. Raises ParseError for anything else.

    A publisher is in one family: the last that names it.
    """
    table: dict[str, tuple[str, ...]] = {}
    if note is None:
        return table
    if not isinstance(note, Mapping):
        raise ParseError("the table of families must be names with lists of publishers")
    for family, members in note.items():
        if not isinstance(members, list | tuple) or not all(isinstance(one, str) for one in members):
            raise ParseError(f"the family {family!r} needs a list of publishers")
        table = with_family(table, str(family), members)
    return table


def from_toml(text: str) -> dict[str, tuple[str, ...]]:
    """The table of a TOML file: `"Global Media" = ["The Lamp", "Coast Daily"]`. Raises ParseError."""
    try:
        return load_table(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ParseError(f"not TOML: {error}") from error


def to_toml(table: Table) -> str:
    """A table as TOML that `from_toml` reads back."""
    return "".join(
        f"{_quoted(family)} = [{', '.join(_quoted(one) for one in members)}]\n" for family, members in table.items()
    )


def with_family(table: Table, family: str, members: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The table with these publishers in the family, and in no other."""
    name = one_line(family, limit=_MOST)
    added = {key: plain for one in members if (plain := one_line(one, limit=_MOST)) and (key := publisher_key(plain))}
    if not name or not added:
        raise ParseError("a family needs a name and publishers")
    kept = {other: tuple(one for one in held if publisher_key(one) not in added) for other, held in table.items()}
    same = next((other for other in kept if publisher_key(other) == publisher_key(name)), name)
    kept[same] = (*kept.get(same, ()), *added.values())
    return {other: held for other, held in kept.items() if held}


def without(table: Table, name: str) -> dict[str, tuple[str, ...]]:
    """The table without a family, or without a publisher, of that name."""
    gone = publisher_key(name)
    kept = {
        family: tuple(one for one in held if publisher_key(one) != gone)
        for family, held in table.items()
        if publisher_key(family) != gone
    }
    return {family: held for family, held in kept.items() if held}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char >= " " and char != "\x7f" else f"\\u{ord(char):04x}" for char in escaped) + '"'
