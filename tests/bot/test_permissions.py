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
from tests.sources.served import served
from tests.sources.web import item, rss
from tests.sources.web import page as site

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
    kept = None
    for _ in range(100):  # the move is told in the old chat, and chats are served side by side
        async with stage.newsroom.store.read() as books:
            kept = await books.subscribers.at("telegram", str(moved.id))
        if kept is not None:
            break
        await asyncio.sleep(0.05)
    assert kept is not None
    assert kept.zone == "Europe/Rome"


async def test_the_menu_and_description_are_set_once(stage: Stage, ada: Person) -> None:
    assert await present(stage.running.bot, stage.newsroom.store, COMMANDS) is False
    told = [call.method.lower() for call in stage.sandbox.world.requests]
    assert told.count("setmycommands") == 1


async def test_who_came_in_while_the_bot_was_open_stays_in_when_it_is_closed(closed: Stage) -> None:
    boss, eve = await claim(closed), closed.sandbox.user(666, "Eve")
    await closed.ask(boss, "/open")
    await closed.ask(eve, "/timezone Rome")
    await closed.ask(boss, "/close")
    assert "Paused" in (await closed.ask(eve, "/pause")).text
    assert "What you can ask" in (await closed.ask(eve, "/help")).text


async def test_a_chat_that_is_shut_out_can_still_unsubscribe_and_do_nothing_else(closed: Stage) -> None:
    boss, eve = await claim(closed), closed.sandbox.user(666, "Eve")
    await closed.ask(boss, "/open")
    await closed.ask(eve, "/timezone Rome")
    async with closed.newsroom.store.write() as books:
        await books.notes.set("access", {"admins": [boss.id]})
    asked = await closed.ask(eve, "/stop")
    assert CLOSED in (await closed.ask(eve, "/resume")).text
    assert "unsubscribed" in (await closed.tap(eve, asked, "Unsubscribe")).text
    assert (await settings(closed, eve)).state is SubscriberState.STOPPED


async def test_of_two_who_use_one_invitation_at_the_same_time_one_is_let_in(closed: Stage) -> None:
    boss = await claim(closed)
    for attempt in range(4):
        code = (await closed.ask(boss, "/invite")).text.rsplit("start=", 1)[1].strip().replace("\u2060", "")
        guests = [closed.sandbox.user(710 + 10 * attempt + place) for place in range(6)]
        for guest in guests:
            guest.send(f"/start {code}")
        replies = [await closed.sandbox.reply(guest) for guest in guests]
        assert sum("Welcome" in reply.text for reply in replies) == 1


async def test_an_invited_person_does_not_bring_their_groups_along(closed: Stage) -> None:
    boss = await claim(closed)
    code = (await closed.ask(boss, "/invite")).text.rsplit("start=", 1)[1].strip().replace("\u2060", "")
    guest = closed.sandbox.user(701)
    assert "Welcome" in (await closed.ask(guest, f"/start {code}")).text
    group = closed.sandbox.group(-100501, "Many", members={701: "creator", 900: "member"})
    guest.send("/start@briefing_sandbox_bot", chat=group.id)
    assert CLOSED in (await closed.sandbox.reply(group)).text
    boss.send("/start@briefing_sandbox_bot", chat=group.id)
    assert "Welcome" in (await closed.sandbox.reply(group)).text
    guest.send("/help@briefing_sandbox_bot", chat=group.id)
    await closed.sandbox.wait_for_message("What you can ask", chat=group)


async def test_deeds_of_administrators_are_in_the_log_without_secrets(
    closed: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.audit")
    claimed = closed.running.house.claim or ""
    boss = await claim(closed)
    await closed.ask(boss, "/open")
    await closed.ask(boss, "/close")
    code = (await closed.ask(boss, "/invite")).text.rsplit("start=", 1)[1].strip().replace("\u2060", "")
    await closed.ask(boss, "/sources keep https://news.example/feed?key=hush")
    listed = await closed.ask(boss, "/sources")
    assert "news.example/feed" in listed.text.replace("\u2060", "")
    assert "hush" not in listed.text + str(listed.entities)
    await closed.ask(boss, "/sources remove 1")
    guest = closed.sandbox.user(701)
    await closed.ask(guest, f"/start {code}")
    told = [record.getMessage() for record in caplog.records if record.name == "bot.audit"]
    assert told == [
        "user 900 claimed the bot and is its administrator",
        "user 900 opened the bot",
        "user 900 closed the bot; 1 chats are in",
        "user 900 made an invitation",
        "user 900 added source 2 (news.example)",
        "user 900 switched source 1 off",
        "user 701 brought chat 701 in by an invitation",
    ]
    assert all(secret not in caplog.text for secret in (claimed, code, "hush"))


async def test_an_administrator_adds_a_site_after_a_look_and_changes_sources_by_their_names(tmp_path: Path) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/world.xml">'
    answers = {"/": site(head=head), "/world.xml": rss(item(title="Ministers meet @admin"))}
    with served(answers) as at:
        async with on_stage(tmp_path / "data", is_sandbox=False, allow_hosts=at) as stage:
            boss = await claim(stage)
            added = (await stage.ask(boss, f"/sources add http://{at}/")).text.replace("\u2060", "")
            assert "Added: The Harbour Times." in added
            assert "It holds 1 article, 1 of them teasers." in added
            assert "· Ministers meet @admin" in added
            assert "Already there" in (await stage.ask(boss, f"/sources add http://{at}/world.xml")).text
            assert "Ministers meet" in (await stage.ask(boss, "/sources test harbour")).text
            assert "Not added: HTTP 404" in (await stage.ask(boss, f"/sources add http://{at}/nothing.xml")).text
            assert "Switched off: The Harbour Times" in (await stage.ask(boss, "/sources remove 1")).text
            assert "switched off" in (await stage.ask(boss, "/sources")).text
            assert "Switched on" in (await stage.ask(boss, "/sources enable harbour")).text
            handed = await stage.ask(boss, "/sources export")
            assert (handed.more["document"]["file_name"], handed.text) == (
                "feeds.opml",
                "1 source, for any feed reader.",
            )
            assert "Forgotten" in (await stage.ask(boss, "/sources forget 1")).text
            assert "There is no source yet" in (await stage.ask(boss, "/sources")).text
            assert "There is no source 1" in (await stage.ask(boss, "/sources enable 1")).text


async def test_an_anonymous_group_administrator_may_change_settings_and_a_linked_channel_may_not(stage: Stage) -> None:
    ada = stage.sandbox.user(501)
    group = stage.sandbox.group(-100500, "Desk", members={501: "creator"})
    group.send_anonymously("/timezone@briefing_sandbox_bot Rome")
    assert "Europe/Rome" in (await stage.sandbox.reply(group)).text
    said = ada.send("hello", chat=group.id).to_api()
    linked = {"id": -100777, "type": "channel", "title": "News"}
    sender = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    post = said | {"from": sender, "sender_chat": linked, "text": "/pause", "message_id": said["message_id"] + 1}
    stage.sandbox.inject({"update_id": 10**6, "message": post})
    await stage.sandbox.wait_for_message("Only this chat's administrators", chat=group)
    async with stage.newsroom.store.read() as books:
        kept = await books.subscribers.at("telegram", str(group.id))
    assert kept is not None
    assert (kept.zone, kept.state) == ("Europe/Rome", SubscriberState.ACTIVE)


async def test_a_channel_is_let_in_by_a_posted_code_and_sets_itself_up_by_posts(closed: Stage) -> None:
    boss = await claim(closed)
    channel = closed.sandbox.group(-100900, "News", kind="channel", bot="administrator", members={900: "creator"})
    boss.send("/timezone Rome", chat=channel.id)
    code = (await closed.ask(boss, "/invite")).text.rsplit("start=", 1)[1].strip().replace("\u2060", "")
    boss.send(f"/start {code}", chat=channel.id)
    assert "Welcome" in (await closed.sandbox.reply(channel)).text
    boss.send("/timezone Rome", chat=channel.id)
    await closed.sandbox.wait_for_message("Europe/Rome", chat=channel)
    async with closed.newsroom.store.read() as books:
        kept = await books.subscribers.at("telegram", str(channel.id))
    assert kept is not None
    assert kept.state is SubscriberState.ACTIVE


async def test_names_are_changed_by_administrators_and_the_answer_says_what_it_does(closed: Stage) -> None:
    boss, eve = await claim(closed), closed.sandbox.user(666, "Eve")
    await closed.ask(boss, "/open")
    assert "No names are listed" in (await closed.ask(boss, "/names")).text
    added = (await closed.ask(boss, "/names add Republic of Türkiye: Turkey, the Bestepe")).text
    assert "• Republic of Türkiye: Turkey, the Bestepe" in added
    assert "1 actor kept under such a name became" in added
    assert "Republic of Türkiye" in (await closed.ask(boss, "/positions bestepe ceasefire")).text
    for wrong, why in (
        ("add Turkey: Ankara", "stands under “Republic of Türkiye”"),
        ("add Iran", "needs a name and forms"),
        ("remove Nobody", "“Nobody” is not in the table"),
        ("frobnicate", ""),
    ):
        said = (await closed.ask(boss, f"/names {wrong}")).text
        assert why in said
        assert "/names add Actor: form, form" in said
    assert "stay one" in (await closed.ask(boss, "/names remove bestepe")).text
    assert "administrators" in (await closed.ask(eve, "/names add A: B")).text
