"""A whole bot on a stage: real server, real PTB, real SQLite with the samples; only Telegram is played."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.app import Running, open_bot
from bot.rates import Gate
from bot.sandbox.nouns import Message
from bot.sandbox.server import Person, Sandbox
from bot.starting import load_samples
from digests.channels.pace import Pace, Rates
from digests.models import Subscriber
from digests.newsroom import Newsroom, open_newsroom
from digests.settings import load_settings

FAST = Rates(overall=1000, chat=1000, burst=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The parts that tests talk to."""

    sandbox: Sandbox
    running: Running
    newsroom: Newsroom

    async def ask(self, person: Person, words: str) -> Message:
        """What the bot answers first."""
        return await self.sandbox.ask(person, words)

    async def tap(self, person: Person, message: Message, button: str) -> Message:
        """What a button leads to: its message changed, or a new one."""
        return await self.sandbox.tap(message, button, user=person)


async def make_library(folder: Path, at: datetime) -> Path:
    """A database with the samples as they stood at `at`, to be copied for each test."""
    async with open_newsroom(load_settings(), now=lambda: at, data_dir=folder) as newsroom:
        await load_samples(newsroom)
    return folder / "briefings.db"


@asynccontextmanager
async def on_stage(
    folder: Path, *, library: Path | None = None, is_sandbox: bool = True, gate: Gate | None = None, **settings: str
) -> AsyncIterator[Stage]:
    """A bot that polls and answers until the block ends."""
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    if library is not None:
        shutil.copy(library, folder / "briefings.db")
    async with (
        Sandbox(rates=False) as sandbox,
        open_newsroom(load_settings(**settings), now=sandbox.now, data_dir=folder) as newsroom,
        open_bot(
            newsroom,
            token=sandbox.token,
            base_url=sandbox.api,
            is_sandbox=is_sandbox,
            gate=gate or Gate(a_second=1000, burst=1000),
            pace=Pace(FAST),
            hold=1,
        ) as running,
    ):
        poller = asyncio.create_task(running.poller.run())
        worker = asyncio.create_task(running.worker.run())
        try:
            yield Stage(sandbox=sandbox, running=running, newsroom=newsroom)
        finally:
            poller.cancel()
            running.worker.stop()
            await asyncio.gather(poller, worker, return_exceptions=True)


async def settings(stage: Stage, person: Person) -> Subscriber:
    """A person's settings as kept."""
    async with stage.newsroom.store.read() as books:
        kept = await books.subscribers.at("telegram", str(person.id))
    assert kept is not None
    return kept


async def answer_to(stage: Stage, person: Person, message: Message, button: str, *, chat: int | None = None) -> str:
    """The words with which the press of a button is answered, "" for none."""
    query = person.press(message, button, chat=chat)
    await until(lambda: query.answer is not None)
    assert query.answer is not None
    return str(query.answer.get("text", ""))


async def until(test: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(seconds):
        while not test():  # noqa: ASYNC110 - the sandbox's bell rings for messages only
            await asyncio.sleep(0.01)
