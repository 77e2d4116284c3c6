import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.server import Person
from tests.bot.stage import Stage, make_library, on_stage


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, read once for all tests."""
    return asyncio.run(make_library(tmp_path_factory.mktemp("library"), datetime.now(UTC)))


@pytest.fixture
async def stage(tmp_path: Path, library: Path) -> AsyncIterator[Stage]:
    """The sandbox's bot with the samples."""
    async with on_stage(tmp_path / "data", library=library) as stage:
        yield stage


@pytest.fixture
def ada(stage: Stage) -> Person:
    return stage.sandbox.user(501, "Ada")
