"""When a source is looked at next, and what is remembered of how it does. Pure; jitter arrives as a number."""

from dataclasses import replace
from datetime import datetime, timedelta

from digests.models import Fetched, Source

LONGEST = timedelta(hours=24)  # a source that came back is found within a day
_SPREAD = 0.2  # a fifth of the interval, so that sources do not all come due in the same second


def checked(
    source: Source, fetched: Fetched, *, now: datetime, every: timedelta, jitter: float, keep_validators: bool = True
) -> Source:
    """The source after a look: health, validators and next check. `jitter` is between 0 and 1.

    A failing source is asked ever more rarely, up to once a day, and never before it asked us to come back; one that is
    gone for good is switched off. One that answered and named a time for its next news is asked then, and one that
    said how long its answer holds no sooner. `keep_validators` is False when something that
    was brought could not be filed yet: the next look brings it again.
    """
    if fetched.is_gone:
        return replace(
            _failing(source, f"{fetched.error}; switched off", None, now=now, every=every, jitter=jitter), enabled=False
        )
    if fetched.error is not None:
        return _failing(source, fetched.error, fetched.retry_after, now=now, every=every, jitter=jitter)
    usual = now + every * (1 - _SPREAD / 2 + _SPREAD * jitter)
    return replace(
        source,
        title=source.title or fetched.title,
        etag=fetched.etag if keep_validators else None,
        last_modified=fetched.last_modified if keep_validators else None,
        next_check_at=fetched.retry_after or max(usual, fetched.fresh_until or usual),
        last_ok_at=now,
        failing_since=None,
        failures=0,
        error=None,
    )


def _failing(
    source: Source, error: str, retry_after: datetime | None, *, now: datetime, every: timedelta, jitter: float
) -> Source:
    failures = source.failures + 1
    pause = min(every * 2 ** min(failures - 1, 10), LONGEST) * (1 + _SPREAD * jitter)
    return replace(
        source,
        next_check_at=max(now + pause, retry_after or now),
        failing_since=source.failing_since or now,
        failures=failures,
        error=error,
    )
