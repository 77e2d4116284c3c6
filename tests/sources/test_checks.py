"""When a source is looked at next: what it says of itself, its failures, and its coming back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digests.models import Fetched, Source, SourceKind
from digests.sources.checks import LONGEST, checked

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)
FEED = Source(id=1, kind=SourceKind.FEED, location="https://a.example/rss")


def look(source: Source, fetched: Fetched, now: datetime = NOW) -> Source:
    return checked(source, fetched, now=now, every=EVERY, jitter=0.5)


def test_a_source_that_is_well_is_asked_again_after_the_interval():
    assert look(FEED, Fetched()).next_check_at == NOW + EVERY


@pytest.mark.parametrize(
    ("fresh", "wait"), [(timedelta(minutes=1), EVERY), (timedelta(hours=1), timedelta(hours=1)), (None, EVERY)]
)
def test_a_source_whose_answer_holds_longer_is_asked_no_sooner(fresh, wait):
    fetched = Fetched(unchanged=True, fresh_until=NOW + fresh if fresh else None)
    assert look(FEED, fetched).next_check_at == NOW + wait


def test_a_source_that_names_its_next_news_is_asked_then_whatever_else_it_says():
    fetched = Fetched(retry_after=NOW + timedelta(minutes=1), fresh_until=NOW + timedelta(hours=1))
    assert look(FEED, fetched).next_check_at == NOW + timedelta(minutes=1)


def test_a_source_that_is_gone_for_good_is_switched_off_and_says_why():
    gone = look(FEED, Fetched(error="HTTP 410, gone for good", is_gone=True))
    assert (gone.enabled, gone.error) == (False, "HTTP 410, gone for good; switched off")
    assert gone.failing_since == NOW


def test_a_source_that_fails_is_asked_ever_more_rarely_and_at_least_once_a_day():
    source, now, waits = FEED, NOW, []
    for _ in range(12):
        source = look(source, Fetched(error="HTTP 500"), now)
        assert source.next_check_at is not None
        waits.append(source.next_check_at - now)
        now = source.next_check_at
    assert waits[0] < timedelta(minutes=20)
    assert waits == sorted(waits)
    assert waits[-1] <= LONGEST * 1.2
    assert source.enabled
    assert source.failing_since == NOW


def test_a_source_that_comes_back_is_as_if_nothing_had_been():
    down = replace(look(FEED, Fetched(error="HTTP 500")), failures=40)
    back = look(down, Fetched(unchanged=True), NOW + timedelta(days=9))
    assert (back.failures, back.failing_since, back.error) == (0, None, None)
    assert back.next_check_at == NOW + timedelta(days=9) + EVERY
    assert back.last_ok_at == NOW + timedelta(days=9)


def test_a_pause_that_a_failing_server_asks_for_is_kept():
    asked = NOW + timedelta(hours=3)
    assert look(FEED, Fetched(error="HTTP 429", retry_after=asked)).next_check_at == asked
