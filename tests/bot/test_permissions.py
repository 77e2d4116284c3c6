"""Who may do what: strangers, guests and administrators; groups, topics and channels; forged presses."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands.table import COMMANDS
from bot.profile import present
from bot.sandbox.server import Person
from digests.models import SubscriberState
from tests.bot.stage import Stage, answer_to, on_stage, settings

CLOSED = "This bot is private"


@pytest.fixture
async def closed(tmp_path: Path, library: Path) -> AsyncIterator[Stage]:
    """A real bot's manners: nobody is in yet."""
    async with on_stage(tmp_path / "data", library=library, is_sandbox=False) as stage:
        yield stage


async def claim(stage: Stage) -> Person:
    boss = stage.sandbox.user(900, "Boss")
    assert "administrator" in (await stage.ask(boss, f"/start {stage.running.house.claim}")).text
    await stage.sandbox.wait_for_message("1 of 3", chat=boss)
    return boss


async def test_strangers_get_one_polite_line_until_the_admin_opens_the_bot(closed: Stage) -> None:
    eve = closed.sandbox.user(666, "Eve")
    for words in ("/start", "/start AAAAAAAA", "/brief", "turkey", "/open", "/status"):
        assert CLOSED in (await closed.ask(eve, words)).text
    boss = await claim(closed)
    assert "Open:" in (await closed.ask(boss, "/open")).text
    assert "What you can ask" in (await closed.ask(eve, "/help")).text
    await closed.ask(boss, "/close")
    assert CLOSED in (await closed.ask(eve, "/help")).text


async def test_the_code_claims_the_bot_once_and_only_in_private(closed: Stage) -> None:
    code = closed.running.house.claim
    await claim(closed)
    eve = closed.sandbox.user(666, "Eve")
    assert CLOSED in (await closed.ask(eve, f"/start {code}")).text


async def test_an_invitation_lets_one_chat_in(closed: Stage) -> None:
    boss = await claim(closed)
    said = (await closed.ask(boss, "/invite")).text
    code = said.rsplit("start=", 1)[1].strip().replace("\u2060", "")
    guest, other = closed.sandbox.user(701), closed.sandbox.user(702)
    assert "Welcome" in (await closed.ask(guest, f"/start {code}")).text
    assert CLOSED in (await closed.ask(other, f"/start {code}")).text
    await closed.sandbox.wait_for_message("1 of 3", chat=guest)
    assert "What you can ask" in (await closed.ask(guest, "/help")).text
    assert "for the bot's administrators" in (await closed.ask(guest, "/open")).text


async def test_help_shows_an_admin_more(closed: Stage) -> None:
    boss = await claim(closed)
    assert "/invite" in (await closed.ask(boss, "/help")).text


@pytest.mark.parametrize(
    "data",
    [
        "story:1:zzz",
        "story:99999:0",
        "actor:999999",
        "why:0",
        "stop:1",
        "place:Mars/Base:x",
        "pick:x:y",
        "nonsense",
        "days:9",
    ],
)
async def test_forged_presses_are_answered_and_change_nothing(stage: Stage, ada: Person, data: str) -> None:
    await stage.ask(ada, "/timezone Istanbul")
    before = await settings(stage, ada)
    said = await stage.ask(ada, "/brief")
    said.markup["inline_keyboard"][0][0]["callback_data"] = data  # what a client may send has no need of a button
    answer = await answer_to(stage, ada, said, data)
    assert answer in ("This button has expired.", "One day at least. /pause stops them all.")
    after = await settings(stage, ada)
    assert (after.zone, after.days, after.state, after.interests) == (
        before.zone,
        before.days,
        before.state,
        before.interests,
    )


async def test_in_a_group_only_administrators_change_settings_but_all_may_ask(stage: Stage) -> None:
    ada, bilal = stage.sandbox.user(501), stage.sandbox.user(502)
    group = stage.sandbox.group(-100500, "Desk", members={501: "creator", 502: "member"})
    bilal.send("/time@briefing_sandbox_bot 09:00", chat=group.id)
    refused = await stage.sandbox.reply(group)
    assert "administrators" in refused.text
    ada.send("/timezone@briefing_sandbox_bot Paris", chat=group.id)
    assert "Europe/Paris" in (await stage.sandbox.reply(group)).text
    bilal.send("/positions@briefing_sandbox_bot turkey", chat=group.id)
    assert "Who stands where" in (await stage.sandbox.reply(group)).text
    ada.send("/days@briefing_sandbox_bot", chat=group.id)
    days = await stage.sandbox.reply(group)
    assert "administrators" in await answer_to(stage, bilal, days, "Sun")
    assert await answer_to(stage, ada, days, "Sun") == ""
    async with stage.newsroom.store.read() as books:
        kept = await books.subscribers.at("telegram", str(group.id))
    assert kept is not None
    assert kept.days == frozenset(range(1, 7))
    assert kept.state is SubscriberState.ACTIVE


async def test_commands_for_other_bots_forwarded_ones_and_talk_in_groups_are_left_alone(stage: Stage) -> None:
    ada = stage.sandbox.user(501)
    group = stage.sandbox.group(-100500, "Desk", members={501: "creator"})
    ada.send("/help@another_bot", chat=group.id)
    ada.forward("/help")
    ada.send("/status")
    await stage.sandbox.wait_for_message("Status", chat=ada)
    assert [message.text.splitlines()[0] for message in ada.said()] == ["Status"]
    assert [
        message for message in stage.sandbox.world.said_in(group.id) if message.sender is stage.sandbox.world.bot
    ] == []


async def test_a_forum_topic_is_a_subscriber_of_its_own(stage: Stage) -> None:
    ada = stage.sandbox.user(501)
    group = stage.sandbox.group(-100500, "Desk", members={501: "creator"})
    group.topic(7, "News")
    ada.send("/timezone@briefing_sandbox_bot Rome", chat=group.id, thread=7)
    await stage.sandbox.wait_for_message("Europe/Rome", chat=group)
    async with stage.newsroom.store.read() as books:
        assert await books.subscribers.at("telegram", f"{group.id}/7") is not None
        assert await books.subscribers.at("telegram", str(group.id)) is None


async def test_a_chat_that_blocks_us_is_gone_and_comes_back_with_start(stage: Stage, ada: Person) -> None:
    await stage.ask(ada, "/timezone Rome")
    ada.block()

    async def state() -> SubscriberState:
        return (await settings(stage, ada)).state

    for _ in range(100):
        if await state() is SubscriberState.GONE:
            break
        await asyncio.sleep(0.05)
    assert await state() is SubscriberState.GONE
    ada.unblock()
    await stage.ask(ada, "/start")
    assert await state() is SubscriberState.ACTIVE


async def test_the_settings_of_a_group_follow_it_to_its_new_number(stage: Stage) -> None:
    ada = stage.sandbox.user(501)
    group = stage.sandbox.group(-500, "Desk", kind="group", members={501: "creator"})
    ada.send("/timezone@briefing_sandbox_bot Rome", chat=group.id)
    await stage.sandbox.wait_for_message("Europe/Rome", chat=group)
    moved = group.migrate()
    ada.send("/status@briefing_sandbox_bot", chat=moved.id)
    await stage.sandbox.wait_for_message("Status", chat=moved)
    async with stage.newsroom.store.read() as books:
        kept = await books.subscribers.at("telegram", str(moved.id))
    assert kept is not None
    assert kept.zone == "Europe/Rome"


async def test_the_menu_and_description_are_set_once(stage: Stage, ada: Person) -> None:
    assert await present(stage.running.bot, stage.newsroom.store, COMMANDS) is False
    told = [call.method.lower() for call in stage.sandbox.world.requests]
    assert told.count("setmycommands") == 1
