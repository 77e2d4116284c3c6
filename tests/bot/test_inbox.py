"""From Telegram to the handlers: kept first, each chat in order, nothing lost, poison put aside."""

import asyncio
from pathlib import Path

import pytest

from bot.inbox import KINDS, is_leaving, sender_of
from bot.rates import Gate
from bot.sandbox.server import Person
from digests.errors import ChannelClosed, StoreInUse
from tests.bot.stage import Stage, on_stage, settings, until


async def waiting(stage: Stage) -> list[int]:
    async with stage.newsroom.store.read() as books:
        return [update.update_id for update in await books.inbox.waiting()]


async def emptied(stage: Stage, *, full: bool = False) -> None:
    """Wait until nothing waits any more, or until something does."""
    for _ in range(200):
        if bool(await waiting(stage)) is full:
            return
        await asyncio.sleep(0.1)
    raise TimeoutError("the inbox stays as it is")


async def test_a_poisoned_update_is_put_aside_and_its_neighbours_are_answered(stage: Stage, ada: Person) -> None:
    poison = {
        "update_id": 10**6,
        "message": {"message_id": 1, "date": "yesterday", "chat": {"id": 99, "type": "private"}, "text": "/help"},
    }
    stage.sandbox.inject(poison)
    assert "What you can ask" in (await stage.ask(ada, "/help")).text
    await emptied(stage)
    assert "What you can ask" in (await stage.ask(ada, "/help")).text


async def test_an_update_of_a_kind_nobody_knows_is_done_with(stage: Stage, ada: Person) -> None:
    stage.sandbox.inject({"update_id": 10**6, "kind_of_tomorrow": {"x": 1}})
    await stage.ask(ada, "/help")
    await emptied(stage)


async def test_settings_of_one_chat_are_applied_in_the_order_they_were_sent(stage: Stage, ada: Person) -> None:
    for minute in range(12):
        ada.send(f"/time 07:{minute:02}")
    await stage.sandbox.wait_for_message("07:11", chat=ada, seconds=10)
    assert (await settings(stage, ada)).at.minute == 11


async def test_what_was_kept_before_a_crash_is_answered_after_it(tmp_path: Path, library: Path) -> None:
    async with on_stage(tmp_path / "data", library=library) as stage:
        ada = stage.sandbox.user(501)
        stage.running.worker.stop()
        ada.send("/time 09:45")
        await emptied(stage, full=True)
        fresh = asyncio.create_task(
            type(stage.running.worker)(stage.newsroom.store, stage.running.handle, arrived=asyncio.Event()).run()
        )
        await stage.sandbox.wait_for_message("09:45", chat=ada)
        fresh.cancel()
        await asyncio.gather(fresh, return_exceptions=True)


async def test_a_flood_is_answered_with_one_notice_and_stop_still_counts(tmp_path: Path, library: Path) -> None:
    async with on_stage(tmp_path / "data", library=library, gate=Gate(a_second=0.001, burst=3)) as stage:
        ada = stage.sandbox.user(501)
        for _ in range(20):
            ada.send("/help")
        ada.send("/stop")
        await stage.sandbox.wait_for_message("Unsubscribe?", chat=ada)
        await until(lambda: len(ada.said()) == 5)
        texts = [message.text for message in ada.said()]
        assert sum("What you can ask" in text for text in texts) == 3
        assert sum("too fast" in text for text in texts) == 1


async def test_old_questions_get_one_line_after_downtime_and_old_settings_are_applied(
    tmp_path: Path, library: Path
) -> None:
    async with on_stage(tmp_path / "data", library=library) as stage:
        ada = stage.sandbox.user(501)
        await stage.sandbox.stop()
        for words in ("/brief", "/actors", "/time 05:05"):
            ada.send(words)
        stage.sandbox.move(3600)
        await stage.sandbox.start()
        await stage.sandbox.wait_for_message("05:05", chat=ada, seconds=20)
        assert ada.said()[0].text.startswith("I was away")
        assert len(ada.said()) == 2


async def test_a_revoked_token_ends_the_poller(stage: Stage, ada: Person) -> None:
    await stage.ask(ada, "/help")
    stage.sandbox.revoke()
    with pytest.raises(ChannelClosed, match="refuses the bot token"):
        await asyncio.wait_for(stage.running.poller.run(), 10)


async def test_a_second_poller_makes_one_of_the_two_give_up(
    stage: Stage, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inbox._CONFLICTS", 1)
    rivals = [asyncio.create_task(stage.running.poller.run()) for _ in range(2)]
    done, rest = await asyncio.wait(rivals, timeout=20, return_when=asyncio.FIRST_COMPLETED)
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    with pytest.raises(StoreInUse, match="Another process"):
        raise done.pop().exception() or AssertionError


def test_all_kinds_that_are_asked_for_are_handled() -> None:
    assert set(KINDS) == {"message", "channel_post", "callback_query", "my_chat_member"}


async def test_talk_in_a_group_is_not_kept_and_earns_no_notice(tmp_path: Path, library: Path) -> None:
    async with on_stage(tmp_path / "data", library=library, gate=Gate(a_second=0.001, burst=3)) as stage:
        ada = stage.sandbox.user(501)
        group = stage.sandbox.group(-100500, "Desk", bot="administrator", members={501: "creator"})
        for _ in range(20):
            ada.send("did you see that?", chat=group.id)
        ada.send("/help@briefing_sandbox_bot", chat=group.id)
        await stage.sandbox.wait_for_message("What you can ask", chat=group)
        assert not [said for said in stage.sandbox.world.said_in(group.id) if "too fast" in said.text]
        async with stage.newsroom.store.read() as books:
            assert "did you see that?" not in str(await books.inbox.waiting())


async def test_nobody_floods_by_leaving_again_and_again(tmp_path: Path, library: Path) -> None:
    async with on_stage(tmp_path / "data", library=library, gate=Gate(a_second=0.001, burst=3)) as stage:
        eve, ada = stage.sandbox.user(666), stage.sandbox.user(501)
        for _ in range(40):
            eve.send("/stop")
        await stage.ask(ada, "/help")
        await stage.sandbox.wait_for_message("too fast", chat=eve)
        await emptied(stage)
        assert sum("Unsubscribe?" in message.text for message in eve.said()) == 8


def test_administrators_who_hide_behind_their_groups_do_not_share_one_allowance() -> None:
    def written(group: int) -> dict[str, object]:
        hidden = {"from": {"id": 1087968824}, "sender_chat": {"id": group}, "chat": {"id": group}}
        return {"update_id": 1, "message": hidden}

    assert (sender_of(written(-1)), sender_of(written(-2))) == (-1, -2)


def test_leaving_is_a_command_and_not_what_begins_like_one() -> None:
    def says(words: str) -> dict[str, object]:
        return {"message": {"text": words}}

    assert is_leaving(says("/stop"))
    assert is_leaving(says("/pause@briefing_bot now"))
    assert not is_leaving(says("/stopwatch"))
