"""Times on the command line: a point in time, how far to look back, and the window that the two make."""

import re
from datetime import UTC, datetime, timedelta

import typer

from digests.newsroom import wall_clock

_SPAN = re.compile(r"^(\d+)\s*([mhdw])$")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(value: str) -> datetime:
    """A point in time from the command line: ISO 8601, taken as UTC where it names no zone."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no time such as 2026-02-17T22:00Z") from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def reach(value: str) -> timedelta | datetime:
    """A window's beginning: a length such as 24h, 3d or 1w, or a point in time."""
    match = _SPAN.match(value.strip().lower())
    try:
        return timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else moment(value)
    except (OverflowError, typer.BadParameter):
        raise typer.BadParameter(f"{value!r} is no length such as 24h, 3d or 1w, and no time") from None


def window(now: datetime | None, since: timedelta | datetime) -> tuple[datetime, datetime]:
    """Beginning and end of a window that ends at `now`, or at this moment."""
    until = now or wall_clock()
    try:
        return (until - since if isinstance(since, timedelta) else since), until
    except OverflowError:
        return datetime(1900, 1, 1, tzinfo=UTC), until  # longer ago than there are dates
