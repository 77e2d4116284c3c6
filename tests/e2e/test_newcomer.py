"""A newcomer's first minutes: `python -m bot` as `make run` starts it, its page in a real browser, and no token.

With SCREENSHOTS set to a folder, pictures of the way are kept there (`make screenshots`).
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from tests import evaldata
from tests.sandbox.test_browser import ARGUMENTS, CHROMIUM, HAS_CHROMIUM

pytestmark = pytest.mark.browser
ANKARA = ZoneInfo("Europe/Istanbul")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a freshly started bot says that its page is."""
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SANDBOX_PORT": "0", "PYTHONPATH": str(evaldata.ROOT)}
    command = [sys.executable, "-W", "error", "-m", "bot"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as bot:
        assert bot.stdout is not None
        said = bot.stdout.readline()
        assert said.startswith("Sandbox chat: http://127.0.0.1:"), said + bot.stderr.read()
        yield said.split()[-1]
        bot.terminate()
        rest, errors = bot.communicate(timeout=40)
        assert (bot.returncode, rest, errors) == (0, "", "")


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    if not HAS_CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no browser at {CHROMIUM}")
        pytest.skip(f"no browser at {CHROMIUM} (apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1100, "height": 1000})
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        await page.goto(address)
        yield page
        await page.goto("about:blank")
        await browser.close()


async def say(page: Page, words: str) -> Locator:
    """Send a message; the bot's answer to it."""
    answer = await coming(page)
    await page.fill("#composer", words)
    await page.press("#composer", "Enter")
    await expect(answer).to_be_visible()
    return answer


async def tap(page: Page, message: Locator, button: str) -> Locator:
    """Press a button of a message; the new message that it leads to."""
    answer = await coming(page)
    await message.locator(".button", has_text=button).click()
    await expect(answer).to_be_visible()
    return answer


async def coming(page: Page) -> Locator:
    """The bot's next message, whatever it will be."""
    answers = page.locator(".message.theirs")
    return answers.nth(await answers.count())


async def keep(page: Page, name: str, top: Locator | None = None) -> None:
    """Keep a picture, with `top` at the head of the page."""
    if folder := os.environ.get("SCREENSHOTS"):
        if top is not None:
            await top.evaluate("node => node.scrollIntoView({block: 'start'})")
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_a_newcomer_starts_asks_taps_and_gets_the_scheduled_briefing_with_news(page: Page) -> None:
    await page.click("#start")
    briefing = page.locator(".message.theirs", has_text="SAMPLE briefing").first
    await expect(briefing).to_contain_text("publishers")
    await expect(briefing).to_contain_text("↗")
    await expect(page.locator(".message.theirs", has_text="What do you follow?")).to_be_visible()
    await keep(page, "briefing", briefing)

    positions = await say(page, "/positions turkey ceasefire")
    await expect(positions).to_contain_text("Turkey demands unconditional ceasefire")
    await expect(positions).to_contain_text("“")
    await keep(page, "positions", positions)
    await expect(await say(page, "/actors")).to_contain_text("Antony Blinken")

    story = await tap(page, briefing, "1 ▸")
    await expect(story).to_contain_text("A number with ? opens the words behind that line.")
    why = await tap(page, story, "1?")
    await expect(why.locator("blockquote")).not_to_be_empty()
    await expect(why).to_contain_text("↗")
    await keep(page, "why")

    await expect(await say(page, "/timezone Ankara")).to_contain_text("Europe/Istanbul")
    now = datetime.fromisoformat(await page.locator("#clock").get_attribute("data-now") or "")
    at = (now.astimezone(UTC) + timedelta(minutes=2)).astimezone(ANKARA)
    answer = await say(page, f"/time {at:%H:%M}")
    await expect(answer).to_contain_text(f"Next briefing: {at:%a}")
    await expect(answer).to_contain_text(f"{at:%H:%M}, Ankara time")

    scheduled = await coming(page)
    said = await page.locator(".message.theirs").count()
    await page.click("#clock")
    for _ in range(2):
        await page.locator("[data-move='60']").click()
        await asyncio.sleep(0.5)
    await expect(scheduled).to_contain_text("SAMPLE briefing", timeout=60_000)
    await expect(scheduled).to_contain_text("hospital ship")
    await expect(scheduled).to_contain_text(f"{at:%H:%M} Ankara")
    await page.keyboard.press("Escape")
    await keep(page, "scheduled", scheduled)
    await asyncio.sleep(3)
    assert await page.locator(".message.theirs").count() == said + 1
