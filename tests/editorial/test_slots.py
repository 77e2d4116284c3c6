"""Exactly one briefing belongs to each local date, whatever the clocks of a country do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.editorial.slots import agenda, date_of, next_slot, no_such_day, slot_on, slots_due
from digests.models import Subscriber, SubscriberState

LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
ZONES = sorted(zone for zone in available_timezones() if zone not in ("Factory", "localtime"))


def subscriber(zone: str | None = "Europe/Berlin", at: time = time(7, 30), **more: object) -> Subscriber:
    return Subscriber(id=7, address="7", zone=zone, at=at, state=SubscriberState.ACTIVE, created_at=LONG_AGO, **more)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "day", "planned", "shown"),
    [
        ("Europe/Berlin", time(2, 30), date(2026, 3, 29), utc(2026, 3, 29, 1, 30), "03:30"),  # gap: an hour later
        ("Europe/Berlin", time(2, 30), date(2026, 10, 25), utc(2026, 10, 25, 0, 30), "02:30"),  # twice: the first
        ("Europe/Berlin", time(0, 0), date(2026, 3, 30), utc(2026, 3, 29, 22, 0), "00:00"),
        ("Africa/Cairo", time(0, 0), date(2024, 4, 26), utc(2024, 4, 25, 22, 0), "01:00"),  # no midnight that day
        ("Asia/Beirut", time(0, 0), date(2022, 3, 27), utc(2022, 3, 26, 22, 0), "01:00"),
        ("America/Santiago", time(0, 0), date(2024, 9, 8), utc(2024, 9, 8, 4, 0), "01:00"),
        ("Australia/Lord_Howe", time(2, 15), date(2026, 10, 4), utc(2026, 10, 3, 15, 45), "02:45"),  # half an hour
        ("Africa/Casablanca", time(2, 30), date(2024, 3, 10), utc(2024, 3, 10, 1, 30), "02:30"),  # Ramadan begins
        ("Africa/Casablanca", time(2, 30), date(2024, 4, 14), utc(2024, 4, 14, 2, 30), "03:30"),  # and ends
        ("Africa/Casablanca", time(7, 30), date(2024, 3, 12), utc(2024, 3, 12, 7, 30), "07:30"),
        ("America/Godthab", time(23, 30), date(2025, 3, 29), utc(2025, 3, 30, 1, 30), "00:30"),  # the gap is midnight
    ],
)
def test_clock_changes_move_a_slot_by_the_gap_and_choose_the_first_of_two(
    zone: str, at: time, day: date, planned: datetime, shown: str
) -> None:
    slot = slot_on(subscriber(zone, at), day)
    assert slot is not None
    assert slot.planned_at == planned
    assert slot.planned_at.astimezone(ZoneInfo(zone)).strftime("%H:%M") == shown
    assert slot.shifted == (at.strftime("%H:%M") != shown)
    assert slot.key == f"7:{day.isoformat()}"
    assert date_of(slot.key) == day


def test_a_day_that_a_country_skipped_is_no_such_day_and_its_neighbours_are_sent() -> None:
    samoa = subscriber("Pacific/Apia")
    slots = list(slots_due(samoa, utc(2011, 12, 28), utc(2011, 12, 31)))
    assert [str(slot.local_date) for slot in slots] == ["2011-12-28", "2011-12-29", "2011-12-30", "2011-12-31"]
    assert [str(slot.local_date) for slot in slots if no_such_day(samoa, slot)] == ["2011-12-30"]
    plan = agenda(slots[2:], samoa, slots[2].planned_at)
    assert plan.send == slots[3]
    assert plan.skip == ((slots[2], "no_such_day"),)


@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda when: when.replace(second=0, microsecond=0)),
    first=st.dates(date(1995, 1, 1), date(2037, 12, 1)),
)
def test_every_local_date_has_one_slot_and_slots_come_in_order(zone: str, at: time, first: date) -> None:
    chat = subscriber(zone, at)
    days = [first + timedelta(days=number) for number in range(30)]
    slots = [slot for day in days if (slot := slot_on(chat, day)) is not None]
    assert [slot.local_date for slot in slots] == days
    real = [slot for slot in slots if not no_such_day(chat, slot)]
    assert len(slots) - len(real) <= 1
    assert all(before.planned_at < after.planned_at for before, after in pairwise(real))
    for slot in real:
        shown = slot.planned_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        shift = shown - datetime.combine(slot.local_date, at)
        assert timedelta(0) <= shift <= timedelta(hours=3)
        assert slot.shifted == (shift > timedelta(0))


@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda when: when.replace(second=0, microsecond=0)),
    start=st.datetimes(datetime(1995, 1, 1), datetime(2037, 1, 1)),
    spans=st.lists(st.timedeltas(timedelta(0), timedelta(days=4)), min_size=1, max_size=12),
)
def test_looking_in_any_pieces_of_time_finds_each_slot_once(
    zone: str, at: time, start: datetime, spans: list[timedelta]
) -> None:
    chat = subscriber(zone, at)
    after = begin = start.replace(tzinfo=UTC)
    found = []
    for span in spans:
        found += [slot.key for slot in slots_due(chat, after, after + span)]
        after += span
    assert found == [slot.key for slot in slots_due(chat, begin, after)]
    assert len(found) == len(set(found))


@given(zone=st.sampled_from(ZONES), now=st.datetimes(datetime(1995, 1, 1), datetime(2037, 1, 1)))
def test_the_next_slot_is_the_one_that_will_be_found(zone: str, now: datetime) -> None:
    chat = subscriber(zone)
    moment = now.replace(tzinfo=UTC)
    coming = next_slot(chat, moment)
    assert coming is not None
    before = list(slots_due(chat, moment, coming.planned_at - timedelta(microseconds=1)))
    assert all(no_such_day(chat, slot) for slot in before)


def test_someone_served_this_morning_who_moves_to_the_evening_is_served_tomorrow() -> None:
    moved = subscriber(at=time(20, 0))
    now = utc(2026, 5, 4, 9, 0)
    today = next_slot(moved, now)
    tomorrow = next_slot(moved, now, taken=date(2026, 5, 4))
    assert today is not None
    assert tomorrow is not None
    assert (today.local_date, tomorrow.local_date) == (date(2026, 5, 4), date(2026, 5, 5))


def test_slots_fall_only_on_chosen_weekdays() -> None:
    weekdays = subscriber(days=frozenset(range(1, 6)))
    days = [slot.local_date.isoweekday() for slot in slots_due(weekdays, utc(2026, 5, 1), utc(2026, 5, 15))]
    assert days == [5, 1, 2, 3, 4, 5, 1, 2, 3, 4]


def test_without_zone_or_days_nothing_is_due() -> None:
    now = utc(2026, 5, 1)
    assert next_slot(subscriber(None), now) is None
    assert next_slot(subscriber(days=frozenset()), now) is None
    assert list(slots_due(subscriber(None), now, utc(2026, 6, 1))) == []


@pytest.mark.parametrize(
    ("outage", "sent", "skipped"),
    [
        (timedelta(minutes=10), "2026-05-04", []),
        (timedelta(hours=5, minutes=59), "2026-05-04", []),
        (timedelta(hours=7), None, ["late"]),
        (timedelta(days=3), "2026-05-07", ["late", "late", "late"]),
        (timedelta(days=3, hours=7), None, ["late", "late", "late", "late"]),
    ],
)
def test_after_an_outage_the_newest_slot_is_sent_late_and_older_ones_are_skipped(
    outage: timedelta, sent: str | None, skipped: list[str]
) -> None:
    chat = subscriber()
    missed_at = utc(2026, 5, 4, 5, 30)
    now = missed_at + outage
    plan = agenda(slots_due(chat, missed_at - timedelta(minutes=1), now), chat, now)
    assert (str(plan.send.local_date) if plan.send else None) == sent
    assert [reason for _, reason in plan.skip] == skipped


def test_of_two_missed_slots_that_are_both_still_valid_only_the_newer_is_sent() -> None:
    chat = subscriber()
    late = timedelta(hours=24)
    now = utc(2026, 3, 29, 5, 45)  # the night was an hour shorter: yesterday's is 23 hours and 15 minutes old
    plan = agenda(slots_due(chat, utc(2026, 3, 28, 6, 0), now, late), chat, now)
    assert plan.send is not None
    assert str(plan.send.local_date) == "2026-03-29"
    assert [(str(slot.local_date), reason) for slot, reason in plan.skip] == [("2026-03-28", "superseded")]


@given(
    zone=st.sampled_from(ZONES),
    start=st.datetimes(datetime(1995, 1, 1), datetime(2037, 1, 1)),
    outage=st.timedeltas(timedelta(0), timedelta(days=20)),
    hours=st.integers(1, 24),
)
def test_every_missed_slot_is_accounted_for_and_at_most_one_is_sent(
    zone: str, start: datetime, outage: timedelta, hours: int
) -> None:
    chat = subscriber(zone)
    late = timedelta(hours=hours)
    begin = start.replace(tzinfo=UTC)
    due = list(slots_due(chat, begin, begin + outage, late))
    plan = agenda(due, chat, begin + outage)
    kept = [slot.key for slot, _ in plan.skip] + ([plan.send.key] if plan.send else [])
    assert sorted(kept) == sorted(slot.key for slot in due)
    if plan.send:
        assert begin + outage < plan.send.valid_until
        assert plan.send.planned_at == max(slot.planned_at for slot in due if not no_such_day(chat, slot))
