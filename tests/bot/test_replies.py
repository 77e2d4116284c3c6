"""When Telegram won't take a reply: asked to wait, not allowed to write, the topic closed."""

from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.sandbox.server import Person
from bot.voice import seconds_of
from tests.bot.stage import Stage, until
from tests.bot.test_inbox import emptied


@pytest.mark.parametrize("span", [90, timedelta(minutes=1, seconds=30)])
def test_a_wait_is_read_whole_in_both_forms_that_the_library_has(span: int | timedelta) -> None:
    assert seconds_of(RetryAfter(span)) == 90


async def test_a_reply_that_is_told_to_wait_comes_once_and_after_the_wait(stage: Stage, ada: Person) -> None:
    stage.sandbox.faults.add(
        "sendMessage", "refuse", status=429, description="Too Many Requests: retry after 1", retry_after=1
    )
    ada.send("/help")
    await stage.sandbox.wait_for_message("What you can ask", chat=ada)
    await emptied(stage)
    assert len(ada.said()) == 1
    assert stage.sandbox.faults.used == 1


async def test_a_group_in_which_we_may_not_write_is_asked_once_and_is_no_surprise(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    ada = stage.sandbox.user(501)
    group = stage.sandbox.group(-100500, "Desk", members={501: "creator"})
    group.mute()
    ada.send("/help@briefing_sandbox_bot", chat=group.id)
    await until(lambda: any(call.method.lower() == "sendmessage" for call in stage.sandbox.world.requests))
    await emptied(stage)
    assert "could not be handled" not in caplog.text
    told = [call for call in stage.sandbox.world.requests if call.method.lower() == "sendmessage"]
    assert len(told) == 1
