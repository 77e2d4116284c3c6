"""The operator's table of publisher families: read, changed, and what was made of it."""

from collections.abc import Callable

from digests.editorial.families import Table, load_table
from digests.flows.material import FAMILIES
from digests.store.base import Store

Change = Callable[[Table], Table]


async def table(store: Store) -> Table:
    """The table as it is kept."""
    async with store.read() as books:
        return load_table(await books.notes.get(FAMILIES))


async def change(store: Store, decide: Change) -> Table:
    """Change the table in one transaction; returns it as kept. Raises ParseError when `decide` does."""
    async with store.write() as books:
        decided = decide(load_table(await books.notes.get(FAMILIES)))
        await books.notes.set(FAMILIES, {family: list(members) for family, members in decided.items()} or None)
        return decided
