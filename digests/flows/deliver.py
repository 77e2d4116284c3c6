"""Send what is due: reap, claim, wait for a turn, look again, send, record.

The intent to send is committed before the call and the outcome after it, and no transaction spans the call: a kill
at any line leaves a row that says how far it came. docs/reliability.md draws the states and says what is promised.
Which outcome means what is left to channels/verdict.py, rates to channels/pace.py, and messages to the channel.
"""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digests.channels.base import Channel, Later, Outcome, Refused, Unclear
from digests.channels.breaker import Breaker
from digests.channels.pace import Pace
from digests.channels.verdict import Draw, Verdict, expired, judge, put_back
from digests.errors import ChannelClosed
from digests.models import Delivery, DeliveryState, SubscriberState
from digests.store.base import Store

log = logging.getLogger(__name__)

STEPS = (
    "reaping",
    "reaped",
    "claiming",
    "claimed",
    "turn taken",
    "checked",
    "answered",
    "recording",
    "recorded",
)
"""Where a sender may be killed: `Desk.checkpoint` hears of each. Those in -ing lie inside a transaction."""

_AT_ONCE = 4  # claimed together; all but those under way are unclear for no reason if we are killed
_PATIENCE = 1.0  # seconds a claimed delivery waits for its turn before it is put back
_LOOK_AGAIN = 1.0  # seconds between two looks for due work while slow sends are under way
_RECORD_TRIES = 4  # an answer that can't be recorded is a lost answer, so try a little


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a sender works with, kept from tick to tick.

    `owner` names this process in claims. `timeout` must be well below `lease`, both in seconds of `clock`, which
    never goes back. `stopping` set means: claim nothing more and finish what is under way. `checkpoint` is told of
    every step, for tests that kill the process there.
    """

    store: Store
    channels: Mapping[str, Channel]
    now: Callable[[], datetime]
    owner: str
    pace: Pace = field(default_factory=Pace)
    breaker: Breaker = field(default_factory=Breaker)
    lease: timedelta = timedelta(seconds=60)
    timeout: float = 25.0
    width: int = 16
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    clock: Callable[[], float] = time.monotonic
    draw: Draw = random.uniform
    checkpoint: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claimed:
    """A delivery that is ours until `deadline`, in seconds of the desk's clock."""

    delivery: Delivery
    deadline: float


async def deliver(desk: Desk) -> Counter[str]:
    """Send everything that is due now; returns how many deliveries went which way, by the name of their next state.

    Raises ChannelClosed when a channel refuses us wholly; nothing is marked as failed then. Cancelled or failing, it
    first finishes the sends that are under way, since a send that is cut off is an answer lost.
    """
    tally: Counter[str] = Counter()
    running: set[asyncio.Task[str]] = set()
    await _reap(desk, tally)
    try:
        while True:
            claimed = await _claim(desk, min(_AT_ONCE, desk.width - len(running)))
            more = bool(claimed)
            await _launch(desk, claimed, running)
            if not running:
                return tally
            more = more and len(running) < desk.width
            done, running = await asyncio.wait(
                running, timeout=0 if more else _LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED
            )
            tally.update(task.result() for task in done)
    finally:
        await _finish(running)


async def _finish(running: set[asyncio.Task[str]]) -> None:
    if running:
        done, _ = await asyncio.wait(running)
        for error in filter(None, (task.exception() for task in done)):
            log.error("a send ended with %s", type(error).__name__)


async def _reap(desk: Desk, tally: Counter[str]) -> None:
    async with desk.store.write() as books:
        reaped = await books.deliveries.reap(desk.now())
        desk.checkpoint("reaping")
    desk.checkpoint("reaped")
    for delivery in reaped:
        log.warning("delivery %s lost its sender: now %s", delivery.slot_key, delivery.state)
        tally[f"reaped to {delivery.state}"] += 1


async def _claim(desk: Desk, room: int) -> list[_Claimed]:
    limit = 0 if room <= 0 or desk.stopping.is_set() else desk.breaker.room(room)
    if not limit:
        return []
    deadline = desk.clock() + desk.lease.total_seconds()
    async with desk.store.write() as books:
        claimed = await books.deliveries.claim(desk.now(), owner=desk.owner, lease=desk.lease, limit=limit)
        desk.checkpoint("claiming")
    desk.checkpoint("claimed")
    return [_Claimed(delivery=delivery, deadline=deadline) for delivery in claimed]


async def _launch(desk: Desk, claimed: list[_Claimed], running: set[asyncio.Task[str]]) -> None:
    """Start the sends in due order, each in its turn; one that has none soon, or no time left, goes back untried."""
    try:
        while claimed:
            one = claimed[0]
            in_turn = await desk.pace.turn(one.delivery.address, patience=_PATIENCE)
            desk.checkpoint("turn taken")
            claimed.pop(0)
            running.add(asyncio.create_task(_one(desk, one) if in_turn else _wait(desk, one)))
    finally:
        running |= {asyncio.create_task(_wait(desk, one)) for one in claimed}


async def _wait(desk: Desk, one: _Claimed) -> str:
    wait = desk.pace.wait(one.delivery.address)
    return await _record(desk, one.delivery, put_back(desk.now(), wait, "waits for its turn"))


async def _one(desk: Desk, one: _Claimed) -> str:
    """Bring one claimed delivery to its next state; returns that state's name."""
    delivery = one.delivery
    if verdict := await _why_not(desk, one):
        return await _record(desk, delivery, verdict)
    desk.checkpoint("checked")
    outcome = await _send(desk, delivery)
    desk.checkpoint("answered")
    return await _record(desk, delivery, judge(delivery, outcome, desk.now(), draw=desk.draw))


async def _why_not(desk: Desk, one: _Claimed) -> Verdict | None:
    """A verdict without a send, because much may have changed since the briefing was made."""
    delivery = one.delivery
    if desk.stopping.is_set():
        return put_back(desk.now(), 0.0, "stopping")
    async with desk.store.read() as books:
        subscriber = await books.subscribers.get(delivery.subscriber_id)
    if subscriber is None:
        return Verdict(state=DeliveryState.SKIPPED, reason="unsubscribed")
    if subscriber.state is not SubscriberState.ACTIVE:
        return Verdict(state=DeliveryState.SKIPPED, reason=subscriber.state.value)
    if desk.now() >= delivery.valid_until:
        return expired(delivery)
    if one.deadline - desk.clock() <= desk.timeout:
        return put_back(desk.now(), 0.0, "lease too short to send")
    return None


async def _send(desk: Desk, delivery: Delivery) -> Outcome:
    channel = desk.channels.get(delivery.channel)
    if channel is None:
        return Refused(why=f"no channel {delivery.channel!r} is open")
    try:
        async with asyncio.timeout(desk.timeout):
            outcome = await channel.send(delivery)
    except ChannelClosed:
        await _record(desk, delivery, put_back(desk.now(), 0.0, "channel closed"))
        raise
    except TimeoutError:
        return Unclear(why=f"no answer in {desk.timeout:g} s")
    except Exception as error:
        # Only its name: an error of a library may carry the address it called, and that holds the token.
        log.error("delivery %s: the channel raised %s", delivery.slot_key, type(error).__name__)
        return Unclear(why=type(error).__name__)
    desk.breaker.note(reached=not (isinstance(outcome, Later) and outcome.counted))
    return outcome


async def _record(desk: Desk, delivery: Delivery, verdict: Verdict) -> str:
    if verdict.halt:
        desk.pace.halt(None if verdict.halt.everyone else delivery.address, verdict.halt.span)
    for rest in (0.1 * 4**tried for tried in range(_RECORD_TRIES)):
        try:
            kept = await _settle(desk, delivery, verdict)
            break
        except Exception as error:
            log.error("delivery %s: %s not recorded yet: %s", delivery.slot_key, verdict.state, type(error).__name__)
            await asyncio.sleep(rest)
    else:
        kept = await _settle(desk, delivery, verdict)
    return _say(delivery, verdict, kept)


async def _settle(desk: Desk, delivery: Delivery, verdict: Verdict) -> bool:
    now = desk.now()
    async with desk.store.write() as books:
        kept = await books.deliveries.settle(
            delivery,
            verdict.state,
            now=now,
            reason=verdict.reason,
            message_id=verdict.message_id,
            due_at=verdict.due_at,
            unclear=verdict.unclear,
            counted=verdict.counted,
        )
        if verdict.gone:
            await books.subscribers.mark_gone(delivery.subscriber_id, verdict.reason or "gone")
        if verdict.moved_to:
            await books.subscribers.move(delivery.subscriber_id, verdict.moved_to)
        if verdict.halt:
            address = "" if verdict.halt.everyone else delivery.address
            await books.deliveries.halt(delivery.channel, now + verdict.halt.span, address=address)
        desk.checkpoint("recording")
    desk.checkpoint("recorded")
    return kept


def _say(delivery: Delivery, verdict: Verdict, kept: bool) -> str:
    if not kept:
        log.warning("delivery %s was overtaken: %s not recorded", delivery.slot_key, verdict.state)
        return "overtaken"
    if verdict.state in (DeliveryState.DEAD, DeliveryState.UNKNOWN):
        log.warning("delivery %s ended %s: %s", delivery.slot_key, verdict.state, verdict.reason)
    return verdict.state.value
