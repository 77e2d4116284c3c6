"""The operator's table of names: which forms of a name are which actor, whatever articles call it.

Pure. Who is meant where the table is silent is store/linking.py's; what a question means is editorial/actors.py's.
"""

from functools import lru_cache

from digests.listing import Listing, Table
from digests.models import Actor, Kind
from digests.text import fold

_folded = lru_cache(maxsize=50_000)(fold)


def name_key(name: str) -> str:
    """A name for comparing, without an article before it: "the Élysée" and "ELYSEE" are one."""
    return _folded(name).removeprefix("the ")


def spellings(name: str) -> set[str]:
    """The folded names that have the same key."""
    key = name_key(name)
    return {key, f"the {key}"} if key else set()


NAMES = Listing(note="names", key=name_key, row="actor", inside="forms of its name", flat=True)


class Names:
    """What a table of names says."""

    def __init__(self, table: Table) -> None:
        self._forms = {name_key(form): heading for heading, forms in table.items() for form in forms}
        self._headings = {name_key(heading): heading for heading in table}

    def is_form(self, name: str) -> bool:
        """Whether a name is listed under some heading."""
        return name_key(name) in self._forms

    def meant(self, name: str) -> str:
        """The heading under which a name is listed, else the name."""
        return self._forms.get(name_key(name), name)

    def own_heading(self, actor: Actor) -> str | None:
        """The heading that is an actor's own name."""
        return self._headings.get(name_key(actor.name))

    def heading(self, actor: Actor) -> str | None:
        """The heading under which an actor stands, as one article shows it.

        By its name, else by another name that the article has for it: never by a mere part of the name (no Melania is
        "Trump"), and never for a state, whose capital and seats are names of it.
        """
        own = self._forms.get(name_key(actor.name))
        if own is not None or actor.kind is Kind.STATE or not self._forms:
            return own
        words = set(name_key(actor.name).split())
        keys = {key for alias in actor.aliases if (key := name_key(alias)) in self._forms}
        others = {self._forms[key] for key in keys if not set(key.split()) <= words}
        return others.pop() if len(others) == 1 else None
