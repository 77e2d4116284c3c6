"""What a new store is filled with: the starter list of feeds for the real bot, sample articles for the sandbox."""

from pathlib import Path

from digests.errors import SettingsError
from digests.flows.ingest import ingest
from digests.models import Source, SourceKind
from digests.newsroom import Newsroom
from digests.sources import opml, samples
from digests.store.lock import FileLock

FILLED = "sources.filled"
"""The note that the first feeds were put in: who then drops them all wants none of them back."""


async def fill_shelves(newsroom: Newsroom) -> None:
    """The feeds that a store without any begins with: the operator's list, or the starter list."""
    own_list = newsroom.settings.feeds
    first = (Source(kind=SourceKind.OPML, location=str(own_list)),) if own_list else opml.starter()
    async with newsroom.store.write() as books:
        if not await books.sources.all() and not await books.notes.get(FILLED):
            for source in first:
                await books.sources.add(source)
        await books.notes.set(FILLED, True)


async def load_samples(newsroom: Newsroom) -> None:
    """The samples that are out now; the clock brings the later ones."""
    now = newsroom.now()
    async with newsroom.store.write() as books:
        source = await books.sources.add(samples.source(now))
    await ingest(
        [source],
        store=newsroom.store,
        fetchers=newsroom.fetchers,
        client=newsroom.client,
        extractor=newsroom.extractor,
        now=now,
    )


def sweep(folder: Path) -> FileLock:
    """Begin the sandbox's folder anew, so that its samples are fresh; the lock says that it is ours meanwhile.

    Raises StoreInUse when another sandbox is at work there, SettingsError when the folder can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"DATA_DIR: {folder}: {error.strerror}; set it to a folder that can be written") from None
    lock = FileLock(folder / "sandbox.lock", "the sandbox", "use the one that runs, or set DATA_DIR to another folder")
    for old in folder.glob("briefings.db*"):
        old.unlink(missing_ok=True)
    return lock
