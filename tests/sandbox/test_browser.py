"""The chat page in a real headless browser: a person types, presses, sees the edit, and moves the clock."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.sandbox.server import Sandbox

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
HAS_CHROMIUM = CHROMIUM.exists()
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = "<img src=x onerror=\"document.title='broken'\">"


async def reply(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    text = update.effective_message.text
    row = [InlineKeyboardButton(word, callback_data=word) for word in ("Positions", "Actors", "Matrix")]
    keyboard = InlineKeyboardMarkup([row, [InlineKeyboardButton("Source", url="https://example.org/")]])
    if text.startswith("quiet"):
        return
    if text == "/hostile":
        await update.effective_message.reply_text(HOSTILE)
    else:
        html = f"<b>You said</b> <code>{len(text)}</code> <a href='https://example.org/a'>[1]</a> try /help"
        await update.effective_message.reply_html(html, reply_markup=keyboard)


async def pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    await update.callback_query.answer(f"You pressed {update.callback_query.data}", show_alert=False)
    await update.callback_query.edit_message_text(f"Now: {update.callback_query.data}")


@pytest.fixture
async def application(sandbox: Sandbox) -> AsyncIterator[Application]:
    application = ApplicationBuilder().base_url(sandbox.api).token(sandbox.token).job_queue(None).build()
    application.add_handler(MessageHandler(filters.TEXT, reply))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        await application.bot.set_my_commands(
            [BotCommand("brief", "The briefing now"), BotCommand("help", "What I can do")]
        )
        await application.bot.set_my_description("Briefings, with evidence")
        await application.start()
        await application.updater.start_polling(timeout=5)
        yield application
        await application.updater.stop()
        await application.stop()


@pytest.fixture
async def page(sandbox: Sandbox, application: Application) -> AsyncIterator[Page]:
    if not HAS_CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no browser at {CHROMIUM}")
        pytest.skip(f"no browser at {CHROMIUM} (apt-get install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page()
        page.set_default_timeout(20_000)
        expect.set_options(timeout=20_000)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        page.on("request", lambda call: None if call.url.startswith(sandbox.root) else problems.append(call.url))
        await page.goto(sandbox.page)
        yield page
        await page.goto("about:blank")
        await browser.close()
        assert [problem for problem in problems if problem != "about:blank"] == []


async def test_person_starts_types_presses_a_button_and_sees_the_edit(page: Page, sandbox: Sandbox) -> None:
    await expect(page.locator(".about")).to_contain_text("Briefings, with evidence")
    await page.click("#start")
    first = page.locator(".message.theirs").first
    await expect(first).to_contain_text("You said 6 [1] try /help")
    await expect(first.locator("b")).to_have_text("You said")
    await expect(first.locator(".text a")).to_have_attribute("href", "https://example.org/a")
    await expect(first.locator(".row").first.locator(".button")).to_have_text(["Positions", "Actors", "Matrix"])
    await expect(first.locator("a.button")).to_have_attribute("href", "https://example.org/")
    await page.fill("#composer", "hello you")
    await page.press("#composer", "Enter")
    second = page.locator(".message.theirs").nth(1)
    await expect(second).to_contain_text("You said 9")
    await second.locator(".button", has_text="Actors").click()
    await expect(second.locator(".text")).to_have_text("Now: Actors")
    await expect(second).to_contain_text("edited")
    await expect(page.locator("#toast")).to_have_text("You pressed Actors")
    assert [line.text for line in sandbox.edits] == ["Now: Actors"]


async def test_commands_are_offered_and_clickable(page: Page, sandbox: Sandbox) -> None:
    await page.click("#start")
    await page.locator(".message .command", has_text="/help").click()
    await expect(page.locator(".message.mine")).to_have_count(2)
    await page.fill("#composer", "/b")
    await expect(page.locator("#commands [data-command]")).to_have_count(1)
    await page.click("#commands [data-command='/brief']")
    await expect(page.locator(".message.mine").last).to_contain_text("/brief")
    await page.click("#menu")
    await expect(page.locator("#commands [data-command]")).to_have_count(2)


async def test_people_and_chats_are_switched_and_the_bot_blocked(page: Page, sandbox: Sandbox) -> None:
    await page.click("#start")
    await expect(page.locator(".message.theirs")).to_have_count(1)
    await page.select_option("#people", label="Chen")
    await expect(page.locator("#start")).to_be_visible()
    await page.click(".chat:has-text('The desk')")
    await page.fill("#composer", "/brief")
    await page.click("#send")
    await expect(page.locator(".message.theirs .sender")).to_have_text("Briefing")
    await page.select_option("#people", label="Ada")
    await page.click("#more")
    await page.click("[data-choice='block-bot']")
    await expect(page.locator("#unblock")).to_be_visible()
    assert sandbox.user(501).chat.bot == "kicked"
    await page.click("#unblock")
    await expect(page.locator("#composer")).to_be_visible()


async def test_clock_is_shown_and_moved(page: Page, sandbox: Sandbox) -> None:
    await page.click("#clock")
    await page.click("[data-move='3600']")
    await expect(page.locator("#clock")).to_have_class("moved")
    assert sandbox.clock.moved() == 3600
    await page.fill("#clock-to", "2030-01-02T03:04")
    await page.click("#clock-form button")
    await expect(page.locator("#clock")).to_contain_text("3:04")
    assert sandbox.now().year == 2030


async def test_what_the_bot_sends_is_content_and_never_markup(page: Page, sandbox: Sandbox) -> None:
    await page.click("#start")
    await page.fill("#composer", "/hostile")
    await page.press("#composer", "Enter")
    await expect(page.locator(".message.theirs").last.locator(".text")).to_have_text(HOSTILE)
    assert await page.locator("#messages img").count() == 0
    assert await page.title() == "Briefing · sandbox"


async def test_long_message_is_shown_from_its_first_line_and_readers_stay_where_they_are(
    page: Page, sandbox: Sandbox, application: Application
) -> None:
    await page.click("#start")
    await expect(page.locator(".message.theirs")).to_have_count(1)
    await page.fill("#composer", "\n".join(["quiet", *["line"] * 80]))
    await page.press("#composer", "Enter")
    await expect(page.locator(".message")).to_have_count(3)
    last, whole = [await page.locator(one).last.bounding_box() for one in (".message", "#messages")]
    assert whole["y"] <= last["y"] < whole["y"] + 40
    assert last["height"] > whole["height"]
    await page.evaluate("document.getElementById('messages').scrollTop = 0")
    await application.bot.send_message(501, "Another")
    await expect(page.locator(".message")).to_have_count(4)
    assert await page.evaluate("document.getElementById('messages').scrollTop") == 0
