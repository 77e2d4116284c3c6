"""The operator's tables: read and changed, and what a change does to what is kept already."""

from collections.abc import Callable

from digests.listing import Listing, Table
from digests.names import NAMES, Names
from digests.store.base import Books, Store

Change = Callable[[Table], Table]


async def table(store: Store, listing: Listing) -> Table:
    """The table as it is kept."""
    async with store.read() as books:
        return listing.load(await books.notes.get(listing.note))


async def names_in(books: Books) -> Names:
    """What the table of names says."""
    return Names(NAMES.load(await books.notes.get(NAMES.note)))


async def change(store: Store, listing: Listing, decide: Change) -> tuple[Table, int]:
    """Change a table in one transaction. Returns it as kept, and how many actors it made one with another or renamed.

    Raises ParseError when `decide` does.
    """
    async with store.write() as books:
        decided = decide(listing.load(await books.notes.get(listing.note)))
        await books.notes.set(listing.note, {heading: list(names) for heading, names in decided.items()} or None)
        return decided, await books.actors.unite(decided) if listing is NAMES else 0
