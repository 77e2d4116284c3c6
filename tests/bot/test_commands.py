"""Conversations in the sandbox: real server, real PTB, real store with the samples."""

import asyncio
import re

import pytest

from bot.commands.table import COMMANDS
from bot.sandbox.nouns import Message
from bot.sandbox.server import Person
from digests.models import SubscriberState
from tests.bot.stage import Stage, answer_to, settings


def labels(message: Message) -> list[str]:
    return [button["text"] for button in message.buttons]


async def test_start_welcomes_briefs_and_asks_three_questions_before_anything_is_scheduled(
    stage: Stage, ada: Person
) -> None:
    welcome = await stage.ask(ada, "/start")
    assert "Welcome" in welcome.text
    briefing = await stage.sandbox.wait_for_message("SAMPLE briefing", chat=ada)
    assert labels(briefing)[-3:] == ["Positions", "Actors", "Matrix"]
    first = await stage.sandbox.wait_for_message("1 of 3", chat=ada)
    assert (await settings(stage, ada)).state is SubscriberState.NEW

    ticked = await stage.tap(ada, first, "Turkey")
    assert "✓ Turkey" in labels(ticked)
    second = await stage.tap(ada, ticked, "Next")
    third = await stage.tap(ada, second, "08:30")
    last = await stage.tap(ada, third, "Istanbul")
    assert "Next briefing:" in last.text
    assert "08:30, Istanbul time (Europe/Istanbul)" in last.text
    kept = await settings(stage, ada)
    assert kept.state is SubscriberState.ACTIVE
    assert [interest.name for interest in kept.interests] == ["Turkey"]


async def test_every_listed_command_answers_a_newcomer_with_something_else_than_an_error(
    stage: Stage, ada: Person
) -> None:
    for command in COMMANDS:
        if command.name in ("open", "close", "invite", "families", "names"):
            continue
        said = await stage.ask(ada, f"/{command.name}")
        assert said.text, command.name
        assert "don't know that command" not in said.text, command.name
        await asyncio.sleep(0.15)  # /start says more than one thing
    async with stage.newsroom.store.read() as books:
        assert await books.inbox.waiting() == []


async def test_help_lists_the_commands_of_the_table_in_their_order(stage: Stage, ada: Person) -> None:
    said = (await stage.ask(ada, "/help")).text
    listed = [command.name for command in COMMANDS if command.who != "admins"]
    places = [found.start() for name in listed if (found := re.search(rf"\n/{name}\b", said))]
    assert len(places) == len(listed)
    assert places == sorted(places)
    assert "/invite" not in said


async def test_a_button_of_the_briefing_opens_the_story_and_its_evidence(stage: Stage, ada: Person) -> None:
    briefing = await stage.ask(ada, "/brief")
    story = await stage.tap(ada, briefing, "1 ▸")
    assert story.message_id != briefing.message_id
    assert story.text.splitlines()[0].split(" · ")[0] in briefing.text
    why = await stage.tap(ada, story, "1?")
    quoted = story.text.split("“", 1)[1].split("”", 1)[0]
    assert quoted in why.text


async def test_pages_turn_in_place_and_back(stage: Stage, ada: Person) -> None:
    first = await stage.ask(ada, "/actors")
    text = first.text
    second = await stage.tap(ada, first, "▸")
    assert second.message_id == first.message_id
    assert "page 2" in second.text
    assert (await stage.tap(ada, second, "◂")).text == text


async def test_story_and_why_find_the_last_briefing_by_number(stage: Stage, ada: Person) -> None:
    assert "Ask for /brief first" in (await stage.ask(ada, "/story 1")).text
    briefing = await stage.ask(ada, "/brief")
    title = briefing.text.split("\n2. ", 1)[1].split(" (", 1)[0]
    assert (await stage.ask(ada, "/story 2")).text.startswith(title)
    assert "There is no story 9" in (await stage.ask(ada, "/story 9")).text
    line = (await stage.ask(ada, "/why 1 2")).text.splitlines()[0]
    assert line in briefing.text
    assert "positions" in (await stage.ask(ada, "/why 1 99")).text


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("/positions turkey ceasefire", "Turkey demands"),
        ("/positions Blinken", "Who stands where: Antony Blinken"),
        ("/positions unicorns", "Nobody here is called “unicorns”"),
        ("/actors fidan", "Hakan Fidan"),
        ("/actors Hakan Fidn", "Did you mean Hakan Fidan?"),
        ("/search ceasefire Riyadh", "Articles with “ceasefire Riyadh”"),
        ("/search qqqqqq", "No article"),
        ("/positons", "Did you mean /positions?"),
        ("/zzzzzzzzz", "/help lists"),
        ("turkey", "Turkey"),
        ("grain deal", "Who stands where: grain deal"),
        ("Hello there, dear bot!", "Welcome"),
        ("thank you", "You're welcome"),
        ("What can you do?", "What you can ask"),
        ("who would that be", "I can't make anything of that"),
        ("Türkiye", "Turkey\n"),
        ("good friday agreement", "Articles with"),
        ("qwertz uiop", "/help"),
        ("/time 25:00", "no time I can read"),
        ("/days someday", "no days I know"),
        ("/timezone Atlantis", "I don't know “Atlantis”"),
        ("/sources add nonsense", "for the bot's administrators"),
    ],
)
async def test_an_answer_says_what_was_asked_for(stage: Stage, ada: Person, typed: str, part: str) -> None:
    assert part in (await stage.ask(ada, typed)).text


async def test_the_issue_that_most_actors_speak_of_comes_first_and_the_answer_says_how_to_ask_for_less(
    stage: Stage, ada: Person
) -> None:
    said = (await stage.ask(ada, "/positions")).text
    first = next(part for part in said.split("\n\n") if "• " in part)
    assert "ceasefire" in first
    assert len({line.split(" ")[1] for line in first.splitlines() if line.startswith("• ")}) > 4
    assert "/positions Turkey" in said


async def test_a_near_miss_is_a_button_that_leads_on(stage: Stage, ada: Person) -> None:
    said = await stage.ask(ada, "/positions Hakan Fidn")
    card = await stage.tap(ada, said, "Hakan Fidan")
    assert "Who stands where: Hakan Fidan" in card.text


async def test_an_ambiguous_city_is_asked_back_and_the_tapped_one_is_taken(stage: Stage, ada: Person) -> None:
    said = await stage.ask(ada, "/timezone Tripoli")
    assert labels(said) == ["Tripoli, Libya", "Tripoli, Lebanon"]
    done = await stage.tap(ada, said, "Lebanon")
    assert "Asia/Beirut" in done.text
    assert (await settings(stage, ada)).zone == "Asia/Beirut"


async def test_a_bare_city_sets_the_zone_once_and_is_only_offered_later(stage: Stage, ada: Person) -> None:
    assert "Africa/Nairobi" in (await stage.ask(ada, "Nairobi")).text
    offered = await stage.ask(ada, "Lagos")
    assert (await settings(stage, ada)).zone == "Africa/Nairobi"
    assert "Africa/Lagos" in (await stage.tap(ada, offered, "Lagos")).text


@pytest.mark.parametrize(
    ("typed", "shown"), [("7:30", "07:30"), ("0730", "07:30"), ("7 pm", "19:00"), ("19h", "19:00"), ("12 am", "00:00")]
)
async def test_times_are_read_as_people_write_them(stage: Stage, ada: Person, typed: str, shown: str) -> None:
    await stage.ask(ada, "/timezone Berlin")
    said = (await stage.ask(ada, f"/time {typed}")).text
    assert f"Time: {shown}." in said
    assert f"{shown}, Berlin time (Europe/Berlin)" in said


async def test_every_change_of_when_names_the_next_briefing_with_its_zone(stage: Stage, ada: Person) -> None:
    await stage.ask(ada, "/timezone Cairo, Egypt")
    for words in ("/time 06:15", "/days mon-fri", "/timezone Tokyo", "/follow Turkey", "/unfollow Turkey", "/resume"):
        said = (await stage.ask(ada, words)).text
        assert "Next briefing: " in said, words
        assert "time (A" in said, words
    assert (await settings(stage, ada)).days == frozenset(range(1, 6))


async def test_days_are_buttons_that_carry_the_whole_choice(stage: Stage, ada: Person) -> None:
    said = await stage.ask(ada, "/days")
    said = await stage.tap(ada, said, "Sun")
    assert "Mon to Sat" in said.text
    said = await stage.tap(ada, said, "Sun")
    assert "every day" in said.text


async def test_following_narrows_the_briefing_and_unfollowing_widens_it(stage: Stage, ada: Person) -> None:
    await stage.ask(ada, "/follow Russia")
    narrow = await stage.ask(ada, "/brief")
    assert "SAMPLE briefing · Russia" in narrow.text
    listed = await stage.ask(ada, "/following")
    after = await stage.tap(ada, listed, "Russia")
    assert "nothing in particular" in after.text
    assert "\n2. " in (await stage.ask(ada, "/brief")).text


async def test_stop_asks_first_and_start_comes_back_with_all_settings(stage: Stage, ada: Person) -> None:
    await stage.ask(ada, "/timezone Istanbul")
    sure = await stage.ask(ada, "/stop")
    assert (await settings(stage, ada)).state is SubscriberState.ACTIVE
    done = await stage.tap(ada, sure, "Unsubscribe")
    assert "unsubscribed" in done.text
    assert (await settings(stage, ada)).state is SubscriberState.STOPPED
    assert "Next briefing" in (await stage.ask(ada, "/start")).text
    assert (await settings(stage, ada)).zone == "Europe/Istanbul"


async def test_an_old_stop_button_has_expired(stage: Stage, ada: Person) -> None:
    await stage.ask(ada, "/timezone Istanbul")
    sure = await stage.ask(ada, "/stop")
    stage.sandbox.move(3600)
    assert await answer_to(stage, ada, sure, "Unsubscribe") == "This button has expired."
    assert (await settings(stage, ada)).state is SubscriberState.ACTIVE
