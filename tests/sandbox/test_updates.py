"""getUpdates: what is confirmed when, what is queued at all, and who gets a conflict."""

import asyncio
from datetime import timedelta

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Calls


async def begun(sandbox: Sandbox) -> None:
    """Until the sandbox has read a call."""
    await sandbox.world.bell.until(lambda: sandbox.world.request or None, 5)


def texts(updates: list[dict]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_update_comes_again_until_the_next_offset_confirms_it(sandbox: Sandbox, call: Calls) -> None:
    ada = sandbox.user(501)
    ada.send("one")
    ada.send("two")
    first = await call.result("getUpdates")
    assert texts(first) == texts(await call.result("getUpdates")) == ["one", "two"]
    assert texts(await call.result("getUpdates", offset=first[1]["update_id"])) == ["two"]
    assert texts(await call.result("getUpdates")) == ["two"]
    assert await call.result("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_negative_offset_keeps_the_last_ones(sandbox: Sandbox, call: Calls) -> None:
    for word in "abcd":
        sandbox.user(501).send(word)
    assert texts(await call.result("getUpdates", offset=-2)) == ["c", "d"]
    assert texts(await call.result("getUpdates")) == ["c", "d"]


async def test_limit_is_kept(sandbox: Sandbox, call: Calls) -> None:
    for number in range(120):
        sandbox.user(501).send(str(number))
    assert len(await call.result("getUpdates", limit=3)) == 3
    assert len(await call.result("getUpdates")) == 100


async def test_long_poll_ends_when_something_comes(sandbox: Sandbox, call: Calls) -> None:
    poll = asyncio.create_task(call.result("getUpdates", timeout=30))
    await begun(sandbox)
    sandbox.user(501).send("wake up")
    assert texts(await poll) == ["wake up"]


async def test_confirmation_counts_at_the_time_of_the_call(sandbox: Sandbox, call: Calls) -> None:
    sandbox.user(501).send("one")
    poll = asyncio.create_task(call.result("getUpdates", offset=2, timeout=30))
    await begun(sandbox)
    assert sandbox.world.updates.pending == []
    poll.cancel()


async def test_allowed_updates_stick_and_others_are_never_queued(sandbox: Sandbox, call: Calls) -> None:
    await call.result("getUpdates", allowed_updates=["callback_query"])
    sandbox.user(501).send("unheard")
    assert await call.result("getUpdates") == []
    await call.result("getUpdates", allowed_updates=[])
    assert await call.result("getUpdates") == []
    sandbox.user(501).send("heard")
    assert texts(await call.result("getUpdates")) == ["heard"]


async def test_older_poll_gets_the_conflict(sandbox: Sandbox, call: Calls) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=30))
    await begun(sandbox)
    sandbox.user(501)
    newer = asyncio.create_task(call("getUpdates", timeout=30))
    answer = await older
    assert (answer["error_code"], answer["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    sandbox.user(501).send("for the newer")
    assert texts((await newer)["result"]) == ["for the newer"]


async def test_webhook_stops_polling_until_it_is_deleted(sandbox: Sandbox, call: Calls) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await begun(sandbox)
    await call.result("setWebhook", url="https://example.org/hook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert (await call.result("getWebhookInfo"))["url"] == "https://example.org/hook"
    assert await call.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    sandbox.user(501).send("waits")
    assert (await call.result("getWebhookInfo"))["pending_update_count"] == 1
    await call.result("deleteWebhook", drop_pending_updates=True)
    assert await call.result("getUpdates") == []
    assert "HTTPS" in await call.refusal("setWebhook", url="http://example.org")


async def test_updates_are_kept_for_a_day(sandbox: Sandbox, call: Calls) -> None:
    sandbox.user(501).send("old")
    sandbox.move(timedelta(hours=23).total_seconds())
    sandbox.user(501).send("new")
    assert texts(await call.result("getUpdates")) == ["old", "new"]
    sandbox.move(timedelta(hours=2).total_seconds())
    assert texts(await call.result("getUpdates")) == ["new"]


async def test_injected_updates_come_exactly_as_given(sandbox: Sandbox, call: Calls) -> None:
    poison = {"update_id": 77, "message": {"date": "yesterday"}}
    unknown = {"update_id": 5, "kind_of_tomorrow": {"x": [1]}}
    sandbox.world.updates.next_id = 500
    sandbox.inject(poison)
    sandbox.inject(unknown)
    sandbox.inject(poison)
    call.sandbox._wire.observe = None  # these are no updates of the specification
    assert await call.result("getUpdates") == [poison, unknown, poison]


async def test_ids_can_jump_backwards(sandbox: Sandbox, call: Calls) -> None:
    sandbox.world.updates.next_id = 9000
    sandbox.user(501).send("high")
    await call.result("getUpdates", offset=9001)
    sandbox.world.updates.next_id = 40
    sandbox.user(501).send("low")
    assert [one["update_id"] for one in await call.result("getUpdates")] == [40]
