from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.server import Sandbox
from tests.delivery.place import Place


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """An empty database that several processes may open one after another."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    return Place(url=url, folder=tmp_path)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(rates=False, cast=False) as sandbox:
        yield sandbox
