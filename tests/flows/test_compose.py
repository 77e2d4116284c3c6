"""Which briefings are made, when, for whom, and that nothing is made twice."""

import logging
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digests.editorial.slots import slots_due
from digests.flows.compose import LOOKED, STEPS
from digests.models import DeliveryState, Interest, Slot, SubscriberState
from tests.delivery.office import Office

MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
ADA, BILAL = 501, 502


async def test_a_briefing_is_made_when_its_slot_is_due_and_not_before(office: Office) -> None:
    office.sandbox.set(MORNING)
    (ada,) = await office.enrol(ADA)
    office.later(minutes=29, seconds=58)
    assert (await office.compose())["planned"] == 0
    office.later(seconds=3)
    assert (await office.compose())["planned"] == 1
    row = await office.row(ada)
    assert row.slot_key == f"{ada.id}:2026-03-02"
    assert row.planned_at == row.due_at == row.mark == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert row.valid_until == row.planned_at + timedelta(hours=6)


async def test_made_twice_nothing_is_there_twice(office: Office) -> None:
    office.sandbox.set(MORNING)
    subscribers = await office.enrol(*range(1, 31))
    office.later(minutes=31)
    first = await office.compose()
    async with office.store.write() as books:
        await books.notes.set(LOOKED, None)  # as if we had died before the note
    second = await office.compose()
    assert (first["planned"], first["editions"]) == (30, 1)
    assert (second["planned"], second["editions"], second["skipped"]) == (0, 0, 0)
    assert len({row.slot_key for row in await office.rows(subscribers)}) == 30


async def test_chats_with_the_same_window_and_interests_share_one_edition(office: Office) -> None:
    office.sandbox.set(MORNING)
    subscribers = await office.enrol(1, 2, 3, 4)
    ceasefire = (Interest(kind="words", name="ceasefire"), Interest(kind="words", name="grain"))
    async with office.store.write() as books:
        await books.subscribers.put(replace(subscribers[1], interests=ceasefire))
        await books.subscribers.put(replace(subscribers[2], interests=ceasefire[::-1]))
        await books.subscribers.put(replace(subscribers[3], mark=MORNING - timedelta(days=2)))
    office.later(minutes=31)
    assert (await office.compose())["editions"] == 3
    rows = await office.rows(subscribers)
    assert rows[1].edition_id == rows[2].edition_id
    assert len({row.edition_id for row in rows}) == 3


@pytest.mark.parametrize(
    ("mark", "since"),
    [
        (None, timedelta(hours=24)),
        (timedelta(hours=24), timedelta(hours=24)),
        (timedelta(days=3), timedelta(days=3)),
        (timedelta(days=30), timedelta(days=7)),
    ],
)
async def test_a_briefing_covers_the_time_since_the_last_one(
    office: Office, mark: timedelta | None, since: timedelta
) -> None:
    office.sandbox.set(MORNING)
    (ada,) = await office.enrol(ADA)
    slot_at = MORNING + timedelta(minutes=30)
    async with office.store.write() as books:
        await books.subscribers.put(replace(ada, mark=slot_at - mark if mark else None))
    office.later(minutes=30)
    await office.compose()
    row = await office.row(ada)
    async with office.store.read() as books:
        edition = await books.editions.get(row.edition_id)
    assert edition is not None
    assert (edition.since, edition.until) == (slot_at - since, slot_at)


async def test_a_quiet_day_still_gives_a_short_briefing_that_says_so(office: Office) -> None:
    office.sandbox.set(MORNING)
    await office.enrol(ADA)
    office.later(minutes=30)
    await office.compose()
    assert await office.deliver() == {"sent": 1}
    text = office.sandbox.ledger[0].text
    assert "07:30" in text
    assert "No articles came in" in text
    assert len(text) < 400


@pytest.mark.parametrize(
    ("outage", "planned", "skipped", "until"),
    [
        (timedelta(minutes=2), 1, 0, timedelta(0)),
        (timedelta(hours=5), 1, 0, timedelta(hours=5)),
        (timedelta(hours=7), 0, 1, None),
        (timedelta(days=3), 1, 3, timedelta(days=3)),
        (timedelta(days=3, hours=8), 0, 4, None),
    ],
)
async def test_after_downtime_one_briefing_catches_up_and_every_missed_slot_has_its_row(
    office: Office, outage: timedelta, planned: int, skipped: int, until: timedelta | None
) -> None:
    office.sandbox.set(MORNING)
    (ada,) = await office.enrol(ADA)
    await office.compose()
    office.later(minutes=30)
    office.later(seconds=outage.total_seconds())
    tally = await office.compose()
    assert (tally["planned"], tally["skipped"]) == (planned, skipped)
    first = datetime(2026, 3, 2, tzinfo=UTC)
    keys = [f"{ada.id}:{(first + timedelta(days=day)).date()}" for day in range(planned + skipped)]
    async with office.store.read() as books:
        states = await books.deliveries.slots(keys)
    assert len(states) == planned + skipped
    assert Counter(states.values())[DeliveryState.READY] == planned
    assert Counter(states.values())[DeliveryState.SKIPPED] == skipped
    if until is not None:
        assert (await office.row(ada)).mark == first + timedelta(hours=7, minutes=30) + until


async def test_the_catch_up_says_that_it_is_late(office: Office) -> None:
    office.sandbox.set(MORNING)
    await office.enrol(ADA)
    await office.compose()
    office.later(hours=3)
    await office.compose()
    await office.deliver()
    assert "07:30" in office.sandbox.ledger[0].text
    assert "10:00" in office.sandbox.ledger[0].text


async def test_new_subscribers_and_those_who_resume_are_not_sent_what_was_before(office: Office) -> None:
    office.sandbox.set(MORNING)
    (ada,) = await office.enrol(ADA)
    async with office.store.write() as books:
        ada = await books.subscribers.put(replace(ada, state=SubscriberState.PAUSED))
    office.later(hours=2)
    await office.compose()
    async with office.store.write() as books:
        await books.subscribers.put(replace(ada, state=SubscriberState.ACTIVE))
    await office.enrol(BILAL)
    office.later(minutes=2)
    assert (await office.compose())["planned"] == 0
    office.later(hours=23)
    assert (await office.compose())["planned"] == 2


async def test_a_time_moved_to_this_morning_begins_tomorrow(office: Office) -> None:
    office.sandbox.set(MORNING)
    (ada,) = await office.enrol(ADA, at=time(20, 0))
    office.later(hours=3)
    await office.compose()
    async with office.store.write() as books:
        await books.subscribers.put(replace(ada, at=time(8, 0), version=ada.version + 1))
    office.later(minutes=1)
    assert await office.compose() == {"failed": 0}
    office.later(hours=22)
    assert (await office.compose())["planned"] == 1


async def test_a_time_moved_to_the_evening_after_the_briefing_gives_no_second_one_that_day(office: Office) -> None:
    office.sandbox.set(MORNING)
    (ada,) = await office.enrol(ADA)
    office.later(minutes=31)
    assert (await office.compose())["planned"] == 1
    async with office.store.write() as books:
        await books.subscribers.put(replace(ada, at=time(20, 0), version=ada.version + 1))
    office.later(hours=13)
    assert (await office.compose())["planned"] == 0
    office.later(hours=24)
    assert (await office.compose())["planned"] == 1


async def test_settings_changed_while_the_edition_is_made_win(office: Office) -> None:
    office.sandbox.set(MORNING)
    ada, bilal = await office.enrol(ADA, BILAL)
    office.later(minutes=30)
    async with office.store.read() as books:
        active = await books.subscribers.active()
    assert len(active) == 2
    async with office.store.write() as books:
        await books.subscribers.put(replace(bilal, state=SubscriberState.STOPPED))
    assert (await office.compose())["planned"] == 1
    assert await office.rows([bilal]) == []
    assert (await office.row(ada)).state is DeliveryState.READY


async def test_a_clock_that_is_set_back_repeats_nothing_and_skips_nothing_new(office: Office) -> None:
    office.sandbox.set(MORNING)
    ada, bilal = await office.enrol(ADA, BILAL)
    office.later(minutes=31)
    assert (await office.compose())["planned"] == 2
    office.later(hours=-2)
    async with office.store.write() as books:
        await books.subscribers.put(replace(bilal, id=0, address="503", at=time(6, 0), created_at=office.sandbox.now()))
    await office.compose()
    office.later(minutes=35)
    assert (await office.compose())["planned"] == 1, "the new chat's own slot, though that hour was looked at before"
    office.later(hours=2)
    assert (await office.compose())["planned"] == 0
    assert (await office.row(ada)).slot_key.endswith("2026-03-02")


async def test_a_zone_that_no_longer_exists_keeps_nobody_else_waiting(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.sandbox.set(MORNING)
    ada, bilal = await office.enrol(ADA, BILAL)
    async with office.store.write() as books:
        await books.subscribers.put(replace(ada, zone="Atlantis/Old_Town"))
    office.later(minutes=31)
    tally = await office.compose()
    assert (tally["planned"], tally["failed"]) == (1, 1)
    assert (await office.row(bilal)).state is DeliveryState.READY
    assert "Atlantis/Old_Town" in caplog.text


async def test_a_briefing_that_cannot_be_made_is_tried_again_and_delays_nobody(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    office.sandbox.set(MORNING)
    ada, bilal = await office.enrol(ADA, BILAL)
    async with office.store.write() as books:
        await books.subscribers.put(replace(bilal, channel="pigeon", mark=MORNING - timedelta(days=1)))
    office.later(minutes=31)
    tally = await office.compose()
    assert (tally["planned"], tally["failed"]) == (1, 1)
    assert (await office.row(ada)).state is DeliveryState.READY
    office.desk.channels["pigeon"] = office.desk.channels["telegram"]  # type: ignore[index]
    office.later(minutes=1)
    assert (await office.compose())["planned"] == 1
    assert (await office.row(bilal)).channel == "pigeon"


async def test_every_step_of_the_composer_is_passed(office: Office) -> None:
    office.sandbox.set(MORNING)
    await office.enrol(ADA)
    await office.compose()
    office.later(days=2, minutes=30)
    passed: list[str] = []
    await office.compose(checkpoint=passed.append)
    assert tuple(dict.fromkeys(passed)) == STEPS


class Died(BaseException):
    """As kill -9 would, as far as one process can show it: nothing catches it."""


@pytest.mark.parametrize("step", STEPS)
async def test_a_composer_that_dies_at_any_step_leaves_every_slot_with_one_row_after_a_restart(
    office: Office, step: str
) -> None:
    office.sandbox.set(MORNING)
    (ada,) = await office.enrol(ADA)
    await office.compose()
    office.later(days=2, minutes=31)

    def dies(passed: str) -> None:
        if passed == step:
            raise Died

    with pytest.raises(Died):
        await office.compose(checkpoint=dies)
    await office.compose()
    keys = [f"{ada.id}:2026-03-{day:02}" for day in (2, 3, 4)]
    async with office.store.read() as books:
        states = await books.deliveries.slots(keys)
    assert [states.get(key) for key in keys] == ["skipped", "skipped", "ready"]


ZONES = ("Europe/Berlin", "Africa/Cairo", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tokyo")
DEEDS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 3 * 24 * 60)),  # minutes
    st.tuples(st.just("set back"), st.integers(1, 180)),
    st.tuples(st.just("time"), st.integers(0, 24 * 60 - 1)),
    st.tuples(st.just("zone"), st.integers(0, len(ZONES) - 1)),
    st.tuples(st.just("pause"), st.just(0)),
    st.tuples(st.just("resume"), st.just(0)),
    st.tuples(st.just("restart"), st.just(0)),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(start=st.sampled_from([(2026, 3, 27), (2026, 10, 23), (2011, 12, 28)]), deeds=st.lists(DEEDS, max_size=12))
async def test_whatever_happens_each_local_date_has_at_most_one_row_and_no_due_slot_is_without(
    office: Office, start: tuple[int, int, int], deeds: list[tuple[str, int]]
) -> None:
    office.sandbox.set(datetime(*start, tzinfo=UTC))
    person = 10_000 + len(office.sandbox.world.users)
    (chat,) = await office.enrol(person)
    async with office.store.write() as books:
        await books.notes.set(LOOKED, None)
    planned: list[Slot] = []
    for deed, number in [*deeds, ("wait", 60)]:
        if deed == "wait":
            planned += await _walk(office, chat.id, number)
            continue
        if deed == "set back":
            office.later(minutes=-number)
        async with office.store.write() as books:
            known = await books.subscribers.get(chat.id)
            assert known is not None
            changed = {
                "time": {"at": time(number // 60 % 24, number % 60)},
                "zone": {"zone": ZONES[number % len(ZONES)]},
                "pause": {"state": SubscriberState.PAUSED},
                "resume": {"state": SubscriberState.ACTIVE},
            }.get(deed, {})
            if changed:
                await books.subscribers.put(replace(known, version=known.version + 1, **changed))
        await office.compose()
    async with office.store.read() as books:
        states = await books.deliveries.slots([slot.key for slot in planned])
    assert {slot.key for slot in planned} == set(states)
    async with office.store.write() as books:
        known = await books.subscribers.get(chat.id)
        assert known is not None
        await books.subscribers.put(replace(known, state=SubscriberState.STOPPED))


async def _walk(office: Office, chat: int, minutes: int) -> list[Slot]:
    """Let time pass, look once at its end, and name the slots that came due for an active chat meanwhile."""
    before = office.sandbox.now()
    await office.compose()
    office.later(minutes=minutes)
    async with office.store.read() as books:
        known = await books.subscribers.get(chat)
    assert known is not None
    await office.compose()
    if known.state is not SubscriberState.ACTIVE:
        return []
    # A clock that was set back may show a chat times from before it was there: those are not its own.
    return [slot for slot in slots_due(known, before, office.sandbox.now()) if slot.planned_at > known.created_at]
