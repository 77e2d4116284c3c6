"""What an outcome means for a delivery row. Pure: the sender does what a verdict says.

The one question behind it is "was it sent?": surely not (try again, or give up visibly), surely yes, or unclear
(once more after a while, then `unknown`, so that no chat ever gets a third copy). docs/reliability.md draws it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.channels.base import Gone, Later, Moved, Outcome, Refused, Sent, Unclear
from digests.models import Delivery, DeliveryState

Draw = Callable[[float, float], float]
"""A number between two, by chance; tests hand in their own."""

LONGEST_BACKOFF = 300.0  # seconds
UNCLEAR_REST = (30.0, 60.0)  # seconds before the one retry after a lost answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """Send nothing for a while: to the delivery's chat, or to `everyone`."""

    span: timedelta
    everyone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The row's next state with what goes with it, and what else follows: a chat gone, moved, or to be left alone."""

    state: DeliveryState
    reason: str | None = None
    message_id: str | None = None
    due_at: datetime | None = None
    unclear: int | None = None
    counted: bool = True
    gone: bool = False
    moved_to: str | None = None
    halt: Halt | None = None


def judge(delivery: Delivery, outcome: Outcome, now: datetime, *, draw: Draw = random.uniform) -> Verdict:
    """The verdict on a delivery that was claimed and tried. `delivery.attempt` includes this try."""
    match outcome:
        case Sent(message_id=message_id):
            return Verdict(state=DeliveryState.SENT, message_id=message_id)
        case Later():
            return _later(delivery, outcome, now, draw)
        case Gone(why=why):
            return Verdict(state=DeliveryState.SKIPPED, reason=f"gone: {why}", gone=True)
        case Moved(address=address):
            due_at = now + timedelta(seconds=1)  # a chat that keeps moving must not spin
            return Verdict(state=DeliveryState.READY, reason="moved", due_at=due_at, moved_to=address)
        case Refused(why=why):
            return Verdict(state=DeliveryState.DEAD, reason=f"refused: {why}")
        case Unclear(why=why):
            return _unclear(delivery, why, now, draw)


def put_back(now: datetime, wait: float, why: str) -> Verdict:
    """Not tried at all: ready again after `wait` seconds, and no attempt is used up."""
    due_at = now + timedelta(seconds=wait)
    return Verdict(state=DeliveryState.READY, reason=why, due_at=due_at, counted=False)


def expired(delivery: Delivery) -> Verdict:
    """Too old to send: dead, or unknown where an earlier answer was lost and it may have arrived."""
    state = DeliveryState.UNKNOWN if delivery.unclear else DeliveryState.DEAD
    return Verdict(state=state, reason="expired")


def _later(delivery: Delivery, outcome: Later, now: datetime, draw: Draw) -> Verdict:
    if not outcome.counted:
        halt = Halt(span=outcome.after, everyone=outcome.everyone)
        return Verdict(
            state=DeliveryState.READY, reason=outcome.why, due_at=now + outcome.after, counted=False, halt=halt
        )
    # Full jitter (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter): a herd does not come back as one.
    wait = draw(0.0, min(LONGEST_BACKOFF, 2.0 * 2.0 ** min(delivery.attempt, 10)))
    due_at = now + max(outcome.after, timedelta(seconds=wait))
    return Verdict(state=DeliveryState.READY, reason=outcome.why, due_at=due_at)


def _unclear(delivery: Delivery, why: str, now: datetime, draw: Draw) -> Verdict:
    lost = delivery.unclear + 1
    reason = f"answer lost: {why}"
    if lost > 1:
        return Verdict(state=DeliveryState.UNKNOWN, reason=reason, unclear=lost)
    due_at = now + timedelta(seconds=draw(*UNCLEAR_REST))
    return Verdict(state=DeliveryState.READY, reason=reason, due_at=due_at, unclear=lost)
