"""What becomes of a briefing when Telegram, the network or the process fails."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.faults import Kind
from digests.errors import ChannelClosed
from digests.flows.deliver import STEPS, deliver
from digests.models import DeliveryState, SubscriberState
from tests.delivery.office import Office

MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
ADA = 501


async def a_due_briefing(office: Office, *chats: int) -> list[Any]:
    """Briefings that are ready to be sent at half past seven."""
    office.sandbox.set(MORNING)
    subscribers = await office.enrol(*(chats or (ADA,)))
    office.later(minutes=30)
    assert (await office.compose())["planned"] == len(subscribers)
    return subscribers


async def test_a_briefing_is_sent_once_and_moves_the_mark(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    assert await office.deliver() == {"sent": 1}
    assert await office.deliver() == {}
    row, known = await office.row(ada), await office.subscriber(ada)
    assert (row.state, row.attempt, row.unclear) == (DeliveryState.SENT, 1, 0)
    assert row.message_id == str(office.sandbox.ledger[0].message_id)
    assert known is not None
    assert (known.mark, known.last_edition) == (row.mark, row.edition_id)
    assert office.copies(ADA) == 1


UNCLEAR_BEFORE = [
    pytest.param({"kind": Kind.REFUSE, "status": 500}, id="500"),
    pytest.param({"kind": Kind.HTML, "status": 502}, id="502 page"),
    pytest.param({"kind": Kind.CLOSE_BEFORE}, id="closed before reading"),
]
UNCLEAR_AFTER = [
    pytest.param({"kind": Kind.REFUSE_AFTER, "status": 500}, id="500 after accept"),
    pytest.param({"kind": Kind.HTML_AFTER, "status": 504}, id="504 page after accept"),
    pytest.param({"kind": Kind.CLOSE_AFTER}, id="closed after accept"),
    pytest.param({"kind": Kind.SILENT_AFTER, "seconds": 3.0}, id="no answer after accept"),
    pytest.param({"kind": Kind.TRUNCATED}, id="half an answer"),
    pytest.param({"kind": Kind.GARBAGE}, id="200 with garbage"),
    pytest.param({"kind": Kind.NOT_OK}, id="200 without a result"),
    pytest.param({"kind": Kind.EMPTY}, id="200 with nothing"),
]

PATIENCE = {Kind.SILENT_AFTER: 0.5}
"""Seconds to wait for an answer that never comes."""


@pytest.mark.parametrize("fault", UNCLEAR_BEFORE)
async def test_a_failure_before_accepting_is_tried_again_and_arrives_once(
    office: Office, fault: dict[str, Any]
) -> None:
    (ada,) = await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", **fault)
    assert await office.deliver() == {"ready": 1}
    assert (await office.row(ada)).unclear == 1
    office.later(seconds=61)
    assert await office.deliver() == {"sent": 1}
    assert office.copies(ADA) == 1


@pytest.mark.parametrize("fault", UNCLEAR_AFTER)
async def test_an_answer_lost_once_gives_at_most_two_copies(office: Office, fault: dict[str, Any]) -> None:
    (ada,) = await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", **fault)
    office.desk = office.new_desk(patience=PATIENCE.get(fault["kind"], 15.0))
    assert await office.deliver() == {"ready": 1}
    office.desk = office.new_desk()
    office.later(seconds=29)
    assert await office.deliver() == {}, "an unclear answer rests for half a minute at least"
    office.later(seconds=32)
    assert await office.deliver() == {"sent": 1}
    row = await office.row(ada)
    assert (row.unclear, office.copies(ADA)) == (1, 2)


@pytest.mark.parametrize("fault", [*UNCLEAR_BEFORE, *UNCLEAR_AFTER])
async def test_an_answer_lost_twice_is_unknown_and_never_sent_a_third_time(
    office: Office, fault: dict[str, Any]
) -> None:
    (ada,) = await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", times=2, **fault)
    office.desk = office.new_desk(patience=PATIENCE.get(fault["kind"], 15.0))
    await office.deliver()
    office.later(seconds=61)
    assert await office.deliver() == {"unknown": 1}
    office.later(hours=1)
    assert await office.deliver() == {}
    row = await office.row(ada)
    assert (row.state, row.unclear) == (DeliveryState.UNKNOWN, 2)
    assert office.copies(ADA) <= 2


async def test_a_flood_limit_makes_only_that_chat_wait_and_uses_up_no_attempt(office: Office) -> None:
    ada, bilal = await a_due_briefing(office, ADA, 502)
    office.sandbox.faults.add("sendMessage", Kind.REFUSE, status=429, retry_after=3, chat=ADA)
    assert await office.deliver() == {"ready": 1, "sent": 1}
    assert office.copies(502) == 1
    row = await office.row(ada)
    assert (row.state, row.attempt, row.unclear) == (DeliveryState.READY, 0, 0)
    office.later(seconds=2)
    assert await office.deliver() == {}
    office.later(seconds=1.5)
    assert await office.deliver() == {"sent": 1}
    assert (office.copies(ADA), office.copies(502)) == (1, 1)
    assert (await office.row(bilal)).state is DeliveryState.SENT


async def test_a_flood_limit_on_several_chats_halts_everyone_until_it_is_over(office: Office) -> None:
    chats = range(601, 641)
    await a_due_briefing(office, *chats)
    office.sandbox.faults.add("sendMessage", Kind.REFUSE, status=429, retry_after=5, times=2)
    first = await office.deliver()
    assert first["ready"] >= 2
    accepted = len(office.sandbox.ledger)
    assert accepted < len(chats) - 2, "those not yet claimed wait too"
    office.desk = office.new_desk()  # a restart keeps the halt
    office.later(seconds=3)
    assert await office.deliver() == {}
    for _ in range(3):
        office.later(seconds=5)
        await office.deliver()
    assert sorted(line.chat for line in office.sandbox.ledger) == list(chats)


async def test_a_flood_limit_of_an_hour_is_waited_for(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", Kind.REFUSE, status=429, retry_after=3600)
    await office.deliver()
    office.later(minutes=59)
    assert await office.deliver() == {}
    office.later(minutes=2)
    assert await office.deliver() == {"sent": 1}
    assert (await office.row(ada)).attempt == 1


async def test_a_flood_limit_longer_than_the_briefing_is_valid_ends_visibly(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", Kind.REFUSE, status=429, retry_after=7 * 3600)
    await office.deliver()
    office.later(hours=8)
    assert await office.deliver() == {}
    row = await office.row(ada)
    assert (row.state, row.reason) == (DeliveryState.DEAD, "expired")


@pytest.mark.parametrize("page", [Kind.REFUSE, Kind.HTML])
async def test_a_flood_limit_that_names_no_time_rests_five_seconds(office: Office, page: Kind) -> None:
    (ada,) = await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", page, status=429)
    assert await office.deliver() == {"ready": 1}
    assert (await office.row(ada)).due_at == pytest.approx(office.sandbox.now(), abs=timedelta(seconds=6))
    office.later(seconds=6)
    assert await office.deliver() == {"sent": 1}
    assert office.copies(ADA) == 1


async def test_a_flood_limit_with_nonsense_for_a_time_neither_crashes_nor_repeats(office: Office) -> None:
    await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", Kind.REFUSE, status=429, retry_after="soon")
    assert await office.deliver() == {"ready": 1}
    office.later(seconds=61)
    assert await office.deliver() == {"sent": 1}
    assert office.copies(ADA) == 1


async def test_while_telegram_cannot_be_reached_nothing_is_lost_and_all_goes_out_afterwards(office: Office) -> None:
    chats = range(701, 721)
    subscribers = await a_due_briefing(office, *chats)
    await office.sandbox.stop()
    for _ in range(40):
        await office.deliver()
        office.later(seconds=15)
    assert office.desk.breaker.is_open
    rows = await office.rows(subscribers)
    assert {row.state for row in rows} == {DeliveryState.READY}
    assert {row.unclear for row in rows} == {0}
    assert sum(row.attempt for row in rows) < 20 + 45, "after five failures only one probe in fifteen seconds goes out"
    port = office.sandbox.port
    await office.sandbox.start()
    assert office.sandbox.port == port
    for _ in range(25):
        office.later(seconds=15)
        await office.deliver()
    assert sorted(line.chat for line in office.sandbox.ledger) == list(chats)
    assert not office.desk.breaker.is_open


async def test_a_404_from_a_proxy_is_tried_again(office: Office) -> None:
    await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", Kind.HTML, status=404)
    assert await office.deliver() == {"ready": 1}
    office.later(seconds=31)
    assert await office.deliver() == {"sent": 1}
    assert office.copies(ADA) == 1


async def test_a_message_that_is_too_large_is_dead_and_says_why(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", Kind.REFUSE, status=413)
    assert await office.deliver() == {"dead": 1}
    row = await office.row(ada)
    assert row.reason is not None
    assert "too large" in row.reason.lower()


async def test_blocked_subscriber_is_dropped_and_never_tried_again(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    office.sandbox.user(ADA).block()
    assert await office.deliver() == {"skipped": 1}
    row, known = await office.row(ada), await office.subscriber(ada)
    assert row.reason == "gone: Forbidden: bot was blocked by the user"
    assert known is not None
    assert known.state is SubscriberState.GONE
    office.later(days=1)
    assert (await office.compose())["planned"] == 0
    assert await office.deliver() == {}
    assert office.copies(ADA) == 0


async def test_a_deleted_account_and_an_unknown_chat_end_visibly(office: Office) -> None:
    ada, bilal = await a_due_briefing(office, ADA, 502)
    office.sandbox.user(ADA).deactivate()
    async with office.store.write() as books:
        await books.subscribers.move(bilal.id, "999")
    assert await office.deliver() == {"skipped": 2}
    reasons = [row.reason for row in await office.rows([ada, bilal])]
    assert reasons == ["gone: Forbidden: user is deactivated", "gone: Chat not found"]


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        (lambda group: group.bot("kicked"), "kicked from the group chat"),
        (lambda group: group.delete(), "the group chat was deleted"),
        (lambda group: group.mute(), "ot enough rights"),
    ],
)
async def test_a_group_that_does_not_want_us_is_left_alone(office: Office, deed: Any, reason: str) -> None:
    office.sandbox.set(MORNING)
    group = office.sandbox.group(-70, "The desk", kind="group", members={ADA: "creator"})
    (desk,) = await office.enrol(ADA)
    async with office.store.write() as books:
        desk = await books.subscribers.put(replace(desk, address="-70"))
    office.later(minutes=30)
    await office.compose()
    deed(group)
    assert await office.deliver() == {"skipped": 1}
    assert reason in ((await office.row(desk)).reason or "")
    known = await office.subscriber(desk)
    assert known is not None
    assert known.state is SubscriberState.GONE


async def test_a_group_that_became_a_supergroup_is_sent_its_briefing_once_at_the_new_address(office: Office) -> None:
    office.sandbox.set(MORNING)
    office.sandbox.user(ADA)
    group = office.sandbox.group(-71, "The desk", kind="group", members={ADA: "creator"})
    (desk,) = await office.enrol(ADA)
    async with office.store.write() as books:
        desk = await books.subscribers.put(replace(desk, address="-71"))
    office.later(minutes=30)
    await office.compose()
    new = group.migrate(tell=False)
    assert await office.deliver() == {"ready": 1}
    office.later(seconds=2)
    assert await office.deliver() == {"sent": 1}
    known = await office.subscriber(desk)
    assert known is not None
    assert known.address == str(new.id)
    assert (office.copies(-71), office.copies(new.id)) == (0, 1)


async def test_markup_that_telegram_cannot_read_is_sent_as_plain_text_once(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await a_due_briefing(office)
    office.sandbox.faults.add(
        "sendMessage", Kind.REFUSE, status=400, description="Bad Request: can't parse entities: unexpected end tag"
    )
    assert await office.deliver() == {"sent": 1}
    assert office.copies(ADA) == 1
    assert office.sandbox.ledger[0].entities == ()
    assert "can't parse entities" in caplog.text.lower()


async def test_a_topic_that_was_deleted_falls_back_to_the_general_one(office: Office) -> None:
    office.sandbox.set(MORNING)
    forum = office.sandbox.group(-72, "Forum", members={ADA: "creator"}, is_forum=True)
    forum.topic(7, "Briefings")
    (desk,) = await office.enrol(ADA)
    async with office.store.write() as books:
        await books.subscribers.put(replace(desk, address="-72/7"))
    office.later(minutes=30)
    await office.compose()
    forum.topic(7, None)
    assert await office.deliver() == {"sent": 1}
    assert [(line.chat, line.thread) for line in office.sandbox.ledger] == [(-72, None)]


async def test_a_revoked_token_stops_everything_and_marks_nothing_as_failed(office: Office) -> None:
    subscribers = await a_due_briefing(office, *range(801, 831))
    office.sandbox.revoke()
    with pytest.raises(ChannelClosed, match="401"):
        await office.deliver()
    rows = await office.rows(subscribers)
    assert {row.state for row in rows} == {DeliveryState.READY}
    assert {row.unclear for row in rows} == {0}
    office.sandbox.revoke(False)
    office.later(seconds=1)
    assert (await office.deliver())["sent"] == 30


async def test_whoever_stops_between_making_and_sending_is_not_sent_anything(office: Office) -> None:
    (ada,) = await a_due_briefing(office)

    async with office.store.write() as books:
        claimed = await books.deliveries.claim(office.sandbox.now(), owner="desk", lease=timedelta(seconds=60))
        await books.subscribers.put(replace(ada, state=SubscriberState.STOPPED))
        await books.deliveries.settle(
            claimed[0], DeliveryState.READY, now=office.sandbox.now(), due_at=office.sandbox.now(), counted=False
        )
    assert await office.deliver() == {"skipped": 1}
    row = await office.row(ada)
    assert (row.state, row.reason) == (DeliveryState.SKIPPED, "stopped")
    assert office.copies(ADA) == 0


async def test_a_briefing_that_is_too_old_is_dead_and_not_sent(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    office.later(hours=6, seconds=1)
    assert await office.deliver() == {}
    row = await office.row(ada)
    assert (row.state, row.reason) == (DeliveryState.DEAD, "expired")
    assert office.copies(ADA) == 0


async def test_a_row_whose_sender_keeps_dying_is_given_up_visibly(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    for _ in range(2):
        async with office.store.write() as books:
            claimed = await books.deliveries.claim(office.sandbox.now(), owner="dies", lease=timedelta(seconds=60))
        assert len(claimed) == 1
        office.later(seconds=61)
        async with office.store.write() as books:
            await books.deliveries.reap(office.sandbox.now())
        office.later(seconds=31)
    row = await office.row(ada)
    assert (row.state, row.reason) == (DeliveryState.UNKNOWN, "lease expired")
    assert await office.deliver() == {}


async def test_a_sender_that_slept_through_its_lease_neither_sends_nor_overwrites(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    asleep = False

    def sleeps(step: str) -> None:
        nonlocal asleep
        if step == "claimed" and not asleep:
            asleep = True
            office.later(minutes=5)  # as SIGSTOP does: the process stands still, the clocks run on

    office.desk = office.new_desk(owner="sleeper", checkpoint=sleeps)
    async with office.store.write() as books:
        await books.deliveries.reap(office.sandbox.now())
    tally = await office.deliver()
    assert asleep
    assert tally["sent"] == 1, "put back at once, and sent under a new lease"
    assert office.copies(ADA) == 1
    assert (await office.row(ada)).attempt == 1


async def test_an_answer_after_another_sender_took_over_is_not_recorded(office: Office) -> None:
    (ada,) = await a_due_briefing(office)

    async def taken_over() -> None:
        office.later(seconds=61)
        async with office.store.write() as books:
            await books.deliveries.reap(office.sandbox.now())
        office.later(seconds=31)
        async with office.store.write() as books:
            await books.deliveries.claim(office.sandbox.now(), owner="other", lease=timedelta(seconds=60))

    office.sandbox.faults.add("sendMessage", Kind.DELAY, seconds=0.3)
    sending = asyncio.create_task(office.deliver())
    await office.accepted()
    await taken_over()
    assert await sending == {"overtaken": 1}
    row = await office.row(ada)
    assert (row.state, row.owner, row.unclear) == (DeliveryState.SENDING, "other", 1)


async def test_stopping_finishes_what_is_under_way_and_gives_back_the_rest(office: Office) -> None:
    chats = range(901, 941)
    subscribers = await a_due_briefing(office, *chats)
    office.sandbox.faults.add("sendMessage", Kind.DELAY, seconds=0.2, times=None)
    office.desk = office.new_desk(width=4)
    sending = asyncio.create_task(office.deliver())
    await office.accepted(2)
    office.desk.stopping.set()
    await sending
    rows = await office.rows(subscribers)
    sent = {row.address for row in rows if row.state is DeliveryState.SENT}
    assert sent == {str(line.chat) for line in office.sandbox.ledger}
    assert {row.state for row in rows} == {DeliveryState.SENT, DeliveryState.READY}
    assert {row.unclear for row in rows} == {0}
    assert {row.attempt for row in rows if row.state is DeliveryState.READY} == {0}


async def test_a_cancelled_sender_records_what_it_was_sending(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    office.sandbox.faults.add("sendMessage", Kind.DELAY, seconds=0.2)
    sending = asyncio.create_task(office.deliver())
    await office.accepted()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert (await office.row(ada)).state is DeliveryState.SENT


async def test_a_database_that_fails_for_a_moment_costs_no_second_copy(office: Office) -> None:
    (ada,) = await a_due_briefing(office)
    failures = 2

    def fails(step: str) -> None:
        nonlocal failures
        if step == "recording" and failures:
            failures -= 1
            raise OSError("disk full")

    office.desk = office.new_desk(checkpoint=fails)
    assert await office.deliver() == {"sent": 1}
    assert (await office.row(ada)).state is DeliveryState.SENT
    assert (failures, office.copies(ADA)) == (0, 1)


async def test_a_payload_that_is_no_message_is_dead_and_its_neighbours_go_out(office: Office) -> None:
    ada, _ = await a_due_briefing(office, ADA, 502)
    async with office.store.write() as books:
        row = await books.deliveries.latest_slot(ada.id)
        assert row is not None
        assert await books.deliveries.plan(replace(row, id=0, slot_key="broken", payload="{}"))
    assert await office.deliver() == {"dead": 1, "sent": 2}
    assert (office.copies(ADA), office.copies(502)) == (1, 1)


async def test_a_slow_telegram_delays_but_leases_hold(office: Office) -> None:
    chats = range(1001, 1021)
    await a_due_briefing(office, *chats)
    office.sandbox.faults.add("sendMessage", Kind.DELAY, seconds=0.3, times=None)
    assert await office.deliver() == {"sent": 20}
    assert sorted(line.chat for line in office.sandbox.ledger) == list(chats)


async def test_every_step_of_the_sender_is_passed_in_order(office: Office) -> None:
    await a_due_briefing(office)
    passed: list[str] = []
    await deliver(office.new_desk(checkpoint=passed.append))
    assert tuple(dict.fromkeys(passed)) == STEPS
