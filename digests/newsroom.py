"""The switchboard: which function fetches which kind of source, which extractor reads, which store keeps.

`open_newsroom` puts the parts together from settings; whoever gets a `Newsroom` hands its parts on one by one.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from digests.extract.base import Extractor
from digests.extract.reader import EncoderReader
from digests.models import SourceKind
from digests.settings import Settings
from digests.sources import discover, feed, folder, opml, page, samples
from digests.sources.base import Client, Fetch, Parse, parse_here
from digests.sources.fetch import GuardedClient
from digests.sources.workers import Workers
from digests.store.base import Store
from digests.store.engine import open_store


def fetchers(parse: Parse = parse_here) -> Mapping[SourceKind, Fetch]:
    """Every kind of source with its function; those that bring bytes have them parsed by `parse`."""
    return {
        SourceKind.FEED: partial(feed.fetch, parse=parse),
        SourceKind.PAGE: partial(page.fetch, parse=parse),
        SourceKind.FOLDER: partial(folder.fetch, parse=parse),
        SourceKind.OPML: partial(opml.fetch, parse=parse),
        SourceKind.SAMPLES: samples.fetch,
    }


EXTRACTORS: Mapping[str, Callable[[], Extractor]] = {
    "encoder": EncoderReader,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """The parts that flows are made of. `look` shows what is at an address; `now` is the one clock of the program."""

    settings: Settings
    store: Store
    client: Client
    extractor: Extractor
    fetchers: Mapping[SourceKind, Fetch]
    look: discover.Look
    now: Callable[[], datetime]


def wall_clock() -> datetime:
    """The time of day, as an aware datetime in UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_newsroom(
    settings: Settings,
    *,
    now: Callable[[], datetime] = wall_clock,
    data_dir: Path | None = None,
    exclusive: bool = False,
) -> AsyncIterator[Newsroom]:
    """A newsroom with its store and web client open, closed again at the end of the block.

    `data_dir` puts SQLite elsewhere than the settings say and ignores DATABASE_URL (the sandbox's and the demo's
    samples never meet the real store). `exclusive` is for the bot: raises StoreInUse when another process already
    works on the database or with the bot token.
    """
    url = None if data_dir or settings.database_url is None else settings.database_url.get_secret_value()
    token = settings.telegram_bot_token if exclusive and data_dir is None else None
    async with AsyncExitStack() as stack:
        store = await open_store(
            database_url=url,
            data_dir=data_dir or settings.data_dir,
            exclusive=exclusive,
            token=token.get_secret_value() if token else None,
        )
        stack.push_async_callback(store.close)
        client = await stack.enter_async_context(GuardedClient(allow_hosts=settings.allowed_hosts))
        workers = await stack.enter_async_context(Workers())
        kinds = fetchers(workers)
        yield Newsroom(
            settings=settings,
            store=store,
            client=client,
            extractor=EXTRACTORS["encoder"](),
            fetchers=kinds,
            look=discover.Scout(client=client, parse=workers, fetchers=kinds),
            now=now,
        )
