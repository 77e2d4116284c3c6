"""When a briefing is due: slots from (local date, local time, zone). Pure; who was sent what, the store knows.

Exactly one slot belongs to each local date of a zone. A time that happens twice (clocks go back) means its first
happening; a time that does not happen (clocks go forward) moves by the gap, as wall clocks do. A whole date can be
missing where a country crossed the date line (Apia had no 30 December 2011): its slot exists, but is `no_such_day`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from digests.models import Slot, Subscriber

LATE = timedelta(hours=6)
"""How late a briefing is still sent, where no setting says otherwise (docs/reliability.md)."""

_NO_SUCH_DAY = timedelta(hours=12)
"""Clock changes move a time by two hours at most, date-line changes by a day: anything between tells them apart."""

_DAY = timedelta(days=1)


def slot_on(subscriber: Subscriber, local_date: date, late: timedelta = LATE) -> Slot | None:
    """The subscriber's slot of one local date; None without a zone, or when it is not one of its days.

    The slot's key holds the planned local date, also where the clock change moves the instant into the next one.
    Raises ZoneInfoNotFoundError for a zone that does not exist.
    """
    if subscriber.zone is None or local_date.isoweekday() not in subscriber.days:
        return None
    planned_at = _instant(subscriber, local_date)
    return Slot(
        subscriber_id=subscriber.id,
        local_date=local_date,
        planned_at=planned_at,
        valid_until=planned_at + late,
        shifted=_shift(subscriber, local_date, planned_at) != timedelta(0),
    )


def no_such_day(subscriber: Subscriber, slot: Slot) -> bool:
    """Whether the slot's local date does not exist in the subscriber's zone."""
    return _shift(subscriber, slot.local_date, slot.planned_at) >= _NO_SUCH_DAY


def slots_due(subscriber: Subscriber, after: datetime, until: datetime, late: timedelta = LATE) -> Iterator[Slot]:
    """The slots planned in (after, until], oldest first, those of dates that do not exist included."""
    if subscriber.zone is None:
        return
    zone = ZoneInfo(subscriber.zone)
    # A missing date (24 h) and a shift over midnight both land on the date after their own: begin two dates before.
    local_date = after.astimezone(zone).date() - 2 * _DAY
    last = until.astimezone(zone).date()
    while local_date <= last:
        slot = slot_on(subscriber, local_date, late)
        if slot and after < slot.planned_at <= until:
            yield slot
        local_date += _DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What to do about a subscriber's slots: at most one is sent, the others are skipped for a reason."""

    send: Slot | None = None
    skip: tuple[tuple[Slot, str], ...] = ()


def agenda(due: Iterable[Slot], subscriber: Subscriber, now: datetime) -> Agenda:
    """Of slots that came due and are not planned yet, oldest first, the newest is sent while it is still valid.

    After an outage one briefing covers all the time since the last one, so older slots are skipped ("superseded" by
    it, or "late"), and none is made for a date that does not exist.
    """
    slots = tuple(due)
    real = [slot for slot in slots if not no_such_day(subscriber, slot)]
    send = real[-1] if real and now < real[-1].valid_until else None
    skip = tuple((slot, _reason(slot, subscriber, now)) for slot in slots if slot is not send)
    return Agenda(send=send, skip=skip)


def _reason(slot: Slot, subscriber: Subscriber, now: datetime) -> str:
    if no_such_day(subscriber, slot):
        return "no_such_day"
    return "superseded" if now < slot.valid_until else "late"


def next_slot(
    subscriber: Subscriber, now: datetime, late: timedelta = LATE, *, taken: date | None = None
) -> Slot | None:
    """The next slot after `now`; None without a zone or without days.

    `taken` is the local date of the newest briefing already planned: each date has one, so that someone who was
    served this morning and moves their time to the evening is served again tomorrow.
    """
    if subscriber.zone is None or not subscriber.days:
        return None
    # Every weekday comes within a week; the second week is for dates that are taken or do not exist.
    for slot in slots_due(subscriber, now, now + timedelta(days=15), late):
        if not no_such_day(subscriber, slot) and (taken is None or slot.local_date > taken):
            return slot
    return None


def date_of(slot_key: str) -> date:
    """The local date in a slot's key."""
    return date.fromisoformat(slot_key.partition(":")[2])


def _instant(subscriber: Subscriber, local_date: date) -> datetime:
    zone = ZoneInfo(subscriber.zone or "UTC")
    return datetime.combine(local_date, subscriber.at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def _shift(subscriber: Subscriber, local_date: date, planned_at: datetime) -> timedelta:
    shown = planned_at.astimezone(ZoneInfo(subscriber.zone or "UTC")).replace(tzinfo=None)
    return shown - datetime.combine(local_date, subscriber.at.replace(fold=0))
