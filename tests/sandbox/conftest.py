from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.spec import Validator


class Calls:
    """A bot with no library: one HTTP call at a time, answers as they come."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.session = sandbox, session

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.sandbox.api}{self.sandbox.token}/{method}", json=params) as answer:
            return await answer.json()

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        answer = await self(method, **params)
        assert not answer["ok"], answer
        return answer["description"]


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def validator() -> Validator:
    """Skips without the specification."""
    return Validator()


def observer() -> Validator | None:
    """The validator where the specification is at hand, so that every test of this folder is held to it."""
    try:
        return Validator()
    except pytest.skip.Exception:
        return None


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    observe = observer()
    async with Sandbox(observe=observe) as sandbox:
        yield sandbox
    assert observe is None or observe.problems == []


@pytest.fixture
def call(sandbox: Sandbox, session: aiohttp.ClientSession) -> Calls:
    return Calls(sandbox, session)
