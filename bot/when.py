"""Moments in words, in a reader's own zone."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digests.models import Subscriber

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def zone_of(subscriber: Subscriber) -> tzinfo:
    """The subscriber's zone; UTC until it is known."""
    try:
        return ZoneInfo(subscriber.zone) if subscriber.zone else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def place_of(subscriber: Subscriber) -> str:
    """What its times are called after: "Istanbul", or "UTC" until a zone is known."""
    return subscriber.city or (subscriber.zone or "UTC").rsplit("/", 1)[-1].replace("_", " ")


def day(when: date) -> str:
    """A date, as "Mon 6 Nov"."""
    return f"{DAYS[when.weekday()]} {short_day(when)}"


def short_day(when: date) -> str:
    """A date without its weekday, as "6 Nov"."""
    return f"{when.day} {MONTHS[when.month - 1]}"


def clock(when: datetime | time) -> str:
    """A time of day, as "07:30"."""
    return f"{when.hour:02}:{when.minute:02}"


def moment(when: datetime, zone: tzinfo) -> str:
    """A moment in full, as "Mon 6 Nov, 07:30"."""
    local = when.astimezone(zone)
    return f"{day(local)}, {clock(local)}"


def near(when: datetime, zone: tzinfo, *, to: datetime) -> str:
    """Only the time when it is the same day as `to` there, or else in full."""
    local = when.astimezone(zone)
    return clock(local) if local.date() == to.astimezone(zone).date() else moment(when, zone)


def days_in_words(days: frozenset[int]) -> str:
    """ISO weekdays, as "every day", "Mon to Fri" or "Mon, Wed, Sat"."""
    if len(days) == 7:
        return "every day"
    ordered = sorted(days)
    names = [DAYS[number - 1] for number in ordered]
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{names[0]} to {names[-1]}"
    return ", ".join(names)


def span_in_words(span: timedelta) -> str:
    """A length of time, roughly: "3 minutes", "2 hours", "4 days"."""
    minutes = max(0, round(span.total_seconds() / 60))
    for size, name in ((1440, "day"), (60, "hour")):
        if minutes >= 2 * size or minutes == size:
            return _many(round(minutes / size), name)
    return _many(minutes, "minute")


def _many(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
