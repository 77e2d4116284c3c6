from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.sandbox.server import Sandbox
from digests.store.base import Store
from tests.delivery.office import Office


@pytest.fixture
async def office(store: Store) -> AsyncIterator[Office]:
    """Composer and sender before a sandbox, on either database."""
    async with Sandbox(rates=False, cast=False) as sandbox, Bot(sandbox.token, base_url=sandbox.api) as bot:
        yield Office(store=store, sandbox=sandbox, bot=bot)
