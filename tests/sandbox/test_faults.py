"""Faults by script, as an independent client sees them; the ledger says what was really accepted."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.sandbox.faults import Kind
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Calls


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    sandbox.user(501).send("/start")
    async with Bot(sandbox.token, base_url=sandbox.api, request=HTTPXRequest(read_timeout=5)) as bot:
        yield bot


@pytest.mark.parametrize(
    ("kind", "error", "cause", "accepted"),
    [
        (Kind.CLOSE_BEFORE, NetworkError, httpx.RemoteProtocolError, 0),
        (Kind.HTML, NetworkError, None, 0),
        (Kind.REFUSE, NetworkError, None, 0),
        (Kind.CLOSE_AFTER, NetworkError, httpx.RemoteProtocolError, 1),
        (Kind.HTML_AFTER, NetworkError, None, 1),
        (Kind.REFUSE_AFTER, NetworkError, None, 1),
        (Kind.TRUNCATED, NetworkError, httpx.RemoteProtocolError, 1),
        (Kind.GARBAGE, TelegramError, None, 1),
        (Kind.EMPTY, TelegramError, None, 1),
        (Kind.NOT_OK, KeyError, None, 1),
    ],
)
async def test_each_fault_spoils_one_call_and_the_ledger_knows_what_was_accepted(
    sandbox: Sandbox, bot: Bot, kind: Kind, error: type[Exception], cause: type[Exception] | None, accepted: int
) -> None:
    sandbox.faults.add("sendMessage", kind)
    with pytest.raises(error) as caught:
        await bot.send_message(501, "spoilt")
    assert cause is None or isinstance(caught.value.__cause__, cause)
    assert len(sandbox.ledger) == accepted
    await bot.send_message(501, "well")
    assert [line.text for line in sandbox.ledger] == ["spoilt"] * accepted + ["well"]
    assert sandbox.faults.used == 1


async def test_silence_after_acceptance_is_a_timeout_for_the_client(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.faults.add("sendMessage", "silent-after", seconds=30)
    with pytest.raises(TimedOut) as caught:
        await bot.send_message(501, "x", read_timeout=0.2)
    assert isinstance(caught.value.__cause__, httpx.ReadTimeout)
    assert len(sandbox.ledger) == 1


async def test_delay_answers_late_but_well(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.faults.add("sendMessage", "delay", seconds=0.05)
    assert (await bot.send_message(501, "x")).text == "x"


async def test_flood_is_scripted_for_one_chat_only(sandbox: Sandbox, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    sandbox.user(502).send("/start")
    sandbox.faults.add("sendMessage", "refuse", status=429, retry_after=7, chat=501, times=2)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(501, "x")
    assert caught.value.retry_after == timedelta(seconds=7)
    await bot.send_message(502, "other")
    with pytest.raises(RetryAfter):
        await bot.send_message(501, "x")
    await bot.send_message(501, "at last")
    assert [line.text for line in sandbox.ledger] == ["other", "at last"]


async def test_flood_without_parameters_or_with_odd_ones_can_be_scripted(sandbox: Sandbox, call: Calls) -> None:
    sandbox.faults.add("sendMessage", "refuse", status=429)
    sandbox.faults.add("sendMessage", "refuse", status=429, retry_after="soon")
    assert "parameters" not in await call("sendMessage", chat_id=501, text="x")
    assert (await call("sendMessage", chat_id=501, text="x"))["parameters"] == {"retry_after": "soon"}


async def test_refusals_are_worded_as_the_script_says(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.faults.add("sendMessage", "refuse", status=403, description="bot was blocked by the user")
    sandbox.faults.add("editMessageText", "refuse", status=400, description="Message to edit not found")
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(501, "x")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", chat_id=501, message_id=1)


async def test_script_can_spare_calls_last_for_ever_and_be_cleared(sandbox: Sandbox, call: Calls) -> None:
    sandbox.faults.add("*", "refuse", status=500, description="restart", skip=1, times=None)
    assert (await call("getMe"))["ok"]
    for _ in range(3):
        assert (await call("getMe"))["description"] == "Internal Server Error: restart"
    sandbox.faults.clear()
    assert (await call("getMe"))["ok"]


async def test_requests_are_logged_with_their_outcome(sandbox: Sandbox, call: Calls) -> None:
    sandbox.faults.add("getMe", "close-before", chat=501)
    await call("getMe")
    await call("sendMessage", chat_id=999, text="x")
    assert [(one.method, one.outcome) for one in sandbox.world.requests] == [
        ("getMe", "200"),
        ("sendMessage", "400 Bad Request: chat not found"),
    ]
