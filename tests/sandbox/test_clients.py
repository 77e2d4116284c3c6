"""Two independent libraries talk to the sandbox; every call and every object is held to the specification."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot as AiogramBot
from aiogram import Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.filters import Command
from aiogram.types import BotCommand as AiogramCommand
from aiogram.types import CallbackQuery, Message
from aiogram.types import InlineKeyboardButton as AiogramButton
from aiogram.types import InlineKeyboardMarkup as AiogramKeyboard
from telegram import BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.sandbox.server import Sandbox
from tests.sandbox.spec import Validator


@pytest.fixture
async def checked(validator: Validator) -> AsyncIterator[Sandbox]:
    async with Sandbox(observe=validator) as sandbox:
        yield sandbox
    assert validator.problems == []


async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    button = InlineKeyboardButton("More", callback_data="more")
    await update.effective_message.reply_html("<b>Hello</b>", reply_markup=InlineKeyboardMarkup([[button]]))


async def more(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    await update.callback_query.answer("Here it is")
    await update.callback_query.edit_message_text("More of it")


@asynccontextmanager
async def polling(sandbox: Sandbox) -> AsyncIterator[Application]:
    application = ApplicationBuilder().base_url(sandbox.api).token(sandbox.token).job_queue(None).build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(more))
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=5, allowed_updates=Update.ALL_TYPES)
        yield application
        await application.updater.stop()
        await application.stop()


@pytest.fixture
async def application(checked: Sandbox) -> AsyncIterator[Application]:
    async with polling(checked) as application:
        yield application


async def test_python_telegram_bot_polls_sends_edits_and_answers(
    checked: Sandbox, application: Application, validator: Validator
) -> None:
    ada = checked.user(501)
    reply = await checked.ask(ada, "/start")
    assert (reply.text, reply.entities) == ("Hello", [{"type": "bold", "offset": 0, "length": 5}])
    query = ada.press(reply, "More")
    assert (await checked.waiting.answer(query))["text"] == "Here it is"
    assert (await checked.wait_for_message("More of it", chat=ada)).message_id == reply.message_id
    assert {"getMe", "deleteWebhook", "getUpdates", "sendMessage", "answerCallbackQuery"} <= set(validator.methods)
    assert validator.objects > 10


async def test_python_telegram_bot_describes_itself(checked: Sandbox, application: Application) -> None:
    bot = application.bot
    checked.user(501).send("hi")
    await bot.set_my_commands([BotCommand("brief", "The briefing now")])
    await bot.set_my_commands([BotCommand("admin", "Yours")], scope=BotCommandScopeChat(501), language_code="en")
    assert [one.command for one in await bot.get_my_commands()] == ["brief"]
    assert [one.command for one in await bot.get_my_commands(BotCommandScopeChat(501), "en")] == ["admin"]
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()
    await bot.set_my_description("Long")
    await bot.set_my_short_description("Short", language_code="tr")
    assert (await bot.get_my_description("tr")).description == "Long"
    assert (await bot.get_my_short_description("tr")).short_description == "Short"
    assert (await bot.get_my_short_description()).short_description == ""
    await bot.set_my_name("The Briefing")
    assert (await bot.get_my_name()).name == "The Briefing"
    await bot.set_chat_menu_button(501)
    assert (await bot.get_chat_menu_button(501)).type == "default"
    assert (await bot.get_webhook_info()).pending_update_count == 0
    assert (await bot.get_chat(501)).first_name == "Ada"
    assert (await bot.get_chat_member(501, 501)).status == "member"


async def test_python_telegram_bot_bears_unknown_fields_and_updates() -> None:
    async with Sandbox() as sandbox, polling(sandbox):
        sandbox.be_strange()
        sandbox.inject({"update_id": 10**6, "kind_of_tomorrow": {"x": 1}})
        sandbox.world.updates.next_id = 10**6 + 1
        assert (await sandbox.ask(501, "/start")).text == "Hello"


@pytest.fixture
async def aiogram_bot(checked: Sandbox) -> AsyncIterator[AiogramBot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(checked.root))
    async with AiogramBot(checked.token, session=session, default=DefaultBotProperties(parse_mode="HTML")) as bot:
        yield bot


async def test_aiogram_polls_sends_edits_and_answers(
    checked: Sandbox, aiogram_bot: AiogramBot, validator: Validator
) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message(Command("start"))
    async def begin(message: Message) -> None:
        keyboard = AiogramKeyboard(inline_keyboard=[[AiogramButton(text="More", callback_data="more")]])
        await message.answer("<b>Hello</b> <a href='https://example.org'>x</a>", reply_markup=keyboard)

    @dispatcher.callback_query()
    async def go_on(query: CallbackQuery) -> None:
        await query.answer("Here it is", show_alert=True)
        await query.message.edit_text("More of it")

    polling = asyncio.create_task(
        dispatcher.start_polling(aiogram_bot, handle_signals=False, polling_timeout=5, close_bot_session=False)
    )
    ada = checked.user(501)
    reply = await checked.ask(ada, "/start")
    assert [one["type"] for one in reply.entities] == ["bold", "text_link"]
    query = ada.press(reply, "More")
    assert (await checked.waiting.answer(query)) == {"text": "Here it is", "show_alert": True}
    assert (await checked.wait_for_message("More of it")).edits == 1
    await dispatcher.stop_polling()
    await polling
    assert {"getMe", "getUpdates", "sendMessage", "editMessageText"} <= set(validator.methods)


async def test_aiogram_reads_refusals_floods_and_chats(checked: Sandbox, aiogram_bot: AiogramBot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aiogram_bot.send_message(999, "x")
    with pytest.raises(TelegramForbiddenError):
        await aiogram_bot.send_message(502, "x")
    checked.user(502).send("hi")
    checked.faults.add("sendMessage", "refuse", status=429, retry_after=3)
    with pytest.raises(TelegramRetryAfter) as caught:
        await aiogram_bot.send_message(502, "x")
    assert caught.value.retry_after == 3
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await aiogram_bot.send_message(502, "<b>x")
    await aiogram_bot.set_my_commands([AiogramCommand(command="brief", description="Now")])
    assert [one.command for one in await aiogram_bot.get_my_commands()] == ["brief"]
    desk = checked.group(-1_000_000_000_900)
    assert (await aiogram_bot.get_chat(desk.id)).title == "The desk"
    assert [one.status for one in await aiogram_bot.get_chat_administrators(desk.id)] == ["creator"]
