"""Whether the newsroom is well, as a monitor asks."""

from datetime import UTC, datetime, timedelta

from digests.flows.health import PATIENCE, health
from tests.delivery.office import Office

MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
SOON = timedelta(seconds=1)


async def test_a_bot_that_stopped_is_told_of_when_somebody_waits_for_briefings(office: Office) -> None:
    office.sandbox.set(MORNING)
    await office.enrol(501)
    await office.compose()
    found = await health(office.store, now=MORNING + PATIENCE)
    assert found.illness(MORNING + PATIENCE) is None
    assert "since 2026-03-02 07:00 UTC were not made" in (found.illness(MORNING + PATIENCE + SOON) or "")


async def test_a_briefing_that_was_made_and_waits_is_told_of_first(office: Office) -> None:
    office.sandbox.set(MORNING)
    await office.enrol(501)
    office.later(minutes=31)
    await office.compose()
    later = MORNING + timedelta(hours=2)
    assert "due at 2026-03-02 07:30 UTC has not gone out" in (
        (await health(office.store, now=later)).illness(later) or ""
    )


async def test_nothing_is_wrong_where_no_bot_has_run_yet_or_nobody_asked_for_briefings(office: Office) -> None:
    office.sandbox.set(MORNING)
    assert (await health(office.store, now=MORNING)).illness(MORNING) is None
    await office.compose()
    later = MORNING + timedelta(days=2)
    assert (await health(office.store, now=later)).illness(later) is None
