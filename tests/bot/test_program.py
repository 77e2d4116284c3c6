"""The program as its operator starts it: one line for what is wrong, an orderly end, and no secret anywhere."""

import asyncio
import os
import secrets
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.bot.stage import until

STARTED: list[Process] = []


@pytest.fixture
def token() -> str:
    """A bot token that no other test has: a program locks its token on the whole machine."""
    return f"{7_000_000_000 + secrets.randbelow(900_000_000)}:Canary{secrets.token_hex(14)}"


async def start(folder: Path, *arguments: str, **settings: str) -> Process:
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    here = str(Path(__file__).parents[2])
    environment = (
        inherited | {"DATA_DIR": str(folder), "SANDBOX_PORT": "0", "PYTHONPATH": here, "NO_PROXY": "*"} | settings
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=folder, env=environment | settings, stdout=PIPE, stderr=PIPE
    )
    STARTED.append(process)
    return process


@pytest.fixture(autouse=True)
async def nobody_stays_behind() -> AsyncIterator[None]:
    """A test that fails leaves no process."""
    yield
    for process in STARTED:
        if process.returncode is None:
            process.kill()
            await process.communicate()
    STARTED.clear()


async def ended(process: Process, seconds: float = 30) -> tuple[int, str]:
    async with asyncio.timeout(seconds):
        out, err = await process.communicate()
    return process.returncode or 0, (out + err).decode()


async def test_without_a_token_the_sandbox_prints_its_page_and_ends_in_order(tmp_path: Path) -> None:
    process = await start(tmp_path)
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    assert line.startswith("Sandbox chat: http://127.0.0.1:")
    async with aiohttp.ClientSession() as session, session.get(line.split(": ", 1)[1].strip()) as page:
        assert page.status == 200
    process.send_signal(signal.SIGTERM)
    assert await ended(process) == (0, "")


async def test_a_second_sandbox_on_the_same_data_says_so_in_one_line(tmp_path: Path) -> None:
    first = await start(tmp_path)
    assert first.stdout is not None
    await asyncio.wait_for(first.stdout.readline(), 30)
    code, said = await ended(await start(tmp_path))
    assert code == 1
    assert "in use by process" in said
    assert said.count("\n") == 1
    first.send_signal(signal.SIGINT)
    assert (await ended(first))[0] == 0


async def test_a_folder_that_cannot_be_written_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, said = await ended(await start(tmp_path, DATA_DIR=str(tmp_path / "file")))
    assert code == 1
    assert said.startswith("briefing-bot: DATA_DIR: ")
    assert said.count("\n") == 1


async def test_a_container_without_a_token_ends_with_one_line_and_opens_no_sandbox(tmp_path: Path) -> None:
    code, said = await ended(await start(tmp_path, "--no-sandbox"))
    assert code == 1
    assert said.startswith("briefing-bot: TELEGRAM_BOT_TOKEN is not set")
    assert said.count("\n") == 1


async def test_a_wrong_token_ends_with_one_line_that_does_not_hold_it(tmp_path: Path, token: str) -> None:
    async with Sandbox() as sandbox:
        code, said = await ended(
            await start(tmp_path, TELEGRAM_BOT_TOKEN=token, TELEGRAM_API=sandbox.root, LOG_LEVEL="DEBUG")
        )
    assert code == 1
    assert "Telegram refuses TELEGRAM_BOT_TOKEN" in said
    assert "Traceback" not in said
    assert token not in said


async def test_a_bad_setting_ends_with_one_line(tmp_path: Path) -> None:
    code, said = await ended(await start(tmp_path, ADMINS="@somebody"))
    assert code == 1
    assert said.startswith("briefing-bot: ADMINS")
    assert said.count("\n") == 1


async def test_with_a_token_the_real_bot_prints_a_code_serves_and_hides_its_token(tmp_path: Path, token: str) -> None:
    async with Sandbox(token=token, rates=False) as sandbox:
        feeds = tmp_path / "feeds.opml"
        feeds.write_text('<opml version="2.0"><body></body></opml>', encoding="utf-8")
        settings = {
            "TELEGRAM_BOT_TOKEN": token,
            "TELEGRAM_API": sandbox.root,
            "LOG_LEVEL": "DEBUG",
            "FEEDS": str(feeds),
        }
        process = await start(tmp_path, **settings)
        await until(lambda: any(call.method == "setMyShortDescription" for call in sandbox.world.requests), 30)
        assert "private" in (await sandbox.ask(sandbox.user(5), "/start")).text
        process.send_signal(signal.SIGTERM)
        code, said = await ended(process)
    assert code == 0, said
    assert "To become its administrator, send the bot: /start " in said
    assert token not in said
    assert token.partition(":")[2] not in said


async def test_a_token_revoked_meanwhile_ends_the_program_with_an_error(tmp_path: Path, token: str) -> None:
    async with Sandbox(token=token, rates=False) as sandbox:
        feeds = tmp_path / "feeds.opml"
        feeds.write_text('<opml version="2.0"><body></body></opml>', encoding="utf-8")
        process = await start(tmp_path, TELEGRAM_BOT_TOKEN=token, TELEGRAM_API=sandbox.root, FEEDS=str(feeds))
        await until(lambda: any(call.method == "setMyShortDescription" for call in sandbox.world.requests), 30)
        sandbox.revoke()
        sandbox.user(5).send("/help")
        code, said = await ended(process, 60)
    assert code == 1
    assert "refuses the bot token" in said
    assert "Traceback" not in said
