"""The state machine: every outcome leads to a state, every unclear answer counts, and the ends are ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.channels.base import Gone, Later, Moved, Outcome, Refused, Sent, Unclear
from digests.channels.verdict import LONGEST_BACKOFF, expired, judge, put_back
from digests.models import Delivery, DeliveryState

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def delivery(attempt: int = 1, unclear: int = 0) -> Delivery:
    return Delivery(
        subscriber_id=1,
        slot_key="1:2026-03-02",
        channel="telegram",
        address="1",
        payload="{}",
        planned_at=NOW,
        due_at=NOW,
        valid_until=NOW + timedelta(hours=6),
        mark=NOW,
        attempt=attempt,
        unclear=unclear,
    )


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Sent(message_id="9"), DeliveryState.SENT),
        (Later(after=timedelta(0), why="not connected"), DeliveryState.READY),
        (Later(after=timedelta(seconds=3), why="flood limit", counted=False), DeliveryState.READY),
        (Gone(why="blocked"), DeliveryState.SKIPPED),
        (Moved(address="-100"), DeliveryState.READY),
        (Refused(why="too long"), DeliveryState.DEAD),
        (Unclear(why="ReadTimeout"), DeliveryState.READY),
    ],
)
def test_each_outcome_has_its_state_and_says_why(outcome: Outcome, state: DeliveryState) -> None:
    verdict = judge(delivery(), outcome, NOW)
    assert verdict.state is state
    assert (verdict.reason is None) == (state is DeliveryState.SENT)
    assert (verdict.due_at is not None) == (state is DeliveryState.READY)
    assert verdict.gone == isinstance(outcome, Gone)


@given(st.lists(st.sampled_from(["lost", "later", "flood", "moved"]), max_size=30))
def test_however_a_delivery_fares_no_more_than_two_answers_are_ever_lost(story: list[str]) -> None:
    row = delivery()
    outcomes: dict[str, Outcome] = {
        "lost": Unclear(why="?"),
        "later": Later(after=timedelta(0), why="not connected"),
        "flood": Later(after=timedelta(seconds=1), why="flood limit", counted=False),
        "moved": Moved(address="2"),
    }
    lost = 0
    for word in story:
        verdict = judge(row, outcomes[word], NOW)
        lost += word == "lost"
        if verdict.state is DeliveryState.UNKNOWN:
            assert lost == 2
            return
        assert verdict.state is DeliveryState.READY
        row = delivery(row.attempt + verdict.counted, row.unclear if verdict.unclear is None else verdict.unclear)
    assert lost < 2


@given(st.integers(1, 400), st.floats(0, 1))
def test_the_wait_grows_with_attempts_up_to_five_minutes(attempt: int, luck: float) -> None:
    later = Later(after=timedelta(0), why="not connected")
    verdict = judge(delivery(attempt), later, NOW, draw=lambda low, high: low + luck * (high - low))
    assert verdict.due_at is not None
    assert (
        timedelta(0) <= verdict.due_at - NOW <= timedelta(seconds=min(LONGEST_BACKOFF, 2.0 * 2.0 ** min(attempt, 20)))
    )


def test_an_unclear_answer_rests_between_thirty_and_sixty_seconds() -> None:
    rests = [judge(delivery(), Unclear(why="?"), NOW).due_at for _ in range(50)]
    assert all(due and timedelta(seconds=30) <= due - NOW <= timedelta(seconds=60) for due in rests)


def test_too_old_is_dead_or_unknown_where_an_answer_was_lost() -> None:
    assert expired(delivery()).state is DeliveryState.DEAD
    assert expired(delivery(unclear=1)).state is DeliveryState.UNKNOWN


def test_what_was_not_tried_goes_back_without_an_attempt() -> None:
    verdict = put_back(NOW, 3.0, "waits for its turn")
    assert (verdict.state, verdict.counted, verdict.due_at) == (DeliveryState.READY, False, NOW + timedelta(seconds=3))


def test_a_flood_limit_halts_the_chat_or_everyone() -> None:
    for everyone in (False, True):
        later = Later(after=timedelta(seconds=7), why="flood limit", everyone=everyone, counted=False)
        halt = judge(delivery(), later, NOW).halt
        assert halt is not None
        assert (halt.span, halt.everyone) == (timedelta(seconds=7), everyone)
