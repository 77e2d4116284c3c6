"""Chats in every state: who may be written to, what the bot hears in groups, and how a group moves."""

import pytest

from bot.sandbox.people import Group
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Calls

GROUP = -4001


@pytest.fixture
def group(sandbox: Sandbox) -> Group:
    return sandbox.group(GROUP, "Watch", kind="group", members={501: "creator", 502: "member"})


async def send(call: Calls, chat: int | str, **more: object) -> str:
    return await call.refusal("sendMessage", chat_id=chat, text="x", **more)


async def test_unknown_chats_are_not_found(call: Calls) -> None:
    for chat in (999, -999, "@nobody"):
        assert await send(call, chat) == "Bad Request: chat not found"
    assert await call.refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"


async def test_bot_cannot_begin_a_conversation(sandbox: Sandbox, call: Calls) -> None:
    assert await send(call, 501) == "Forbidden: bot can't initiate conversation with a user"
    sandbox.user(501).send("/start")
    assert (await call("sendMessage", chat_id=501, text="x"))["ok"]


async def test_blocked_bot_is_refused_until_the_person_writes_again(sandbox: Sandbox, call: Calls) -> None:
    ada = sandbox.user(501)
    ada.send("/start")
    ada.block()
    refused = await call("sendMessage", chat_id=501, text="x")
    assert (refused["error_code"], refused["description"]) == (403, "Forbidden: bot was blocked by the user")
    ada.send("/start")
    assert (await call("sendMessage", chat_id=501, text="x"))["ok"]
    changes = [one["my_chat_member"] for one in await call.result("getUpdates") if "my_chat_member" in one]
    assert [one["new_chat_member"]["status"] for one in changes] == ["kicked", "member"]
    assert len(sandbox.ledger) == 1


async def test_deleted_account_is_refused(sandbox: Sandbox, call: Calls) -> None:
    ada = sandbox.user(501)
    ada.send("/start")
    ada.deactivate()
    assert await send(call, 501) == "Forbidden: user is deactivated"


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_bot_that_was_removed_or_left_is_refused(sandbox: Sandbox, call: Calls, kind: str) -> None:
    place = sandbox.group(-77, "Place", kind=kind, members={501: "creator"}, bot="administrator")
    assert (await call("sendMessage", chat_id=-77, text="x"))["ok"]
    place.bot("kicked")
    assert await send(call, -77) == f"Forbidden: bot was kicked from the {kind} chat"
    place.bot("administrator")
    assert await call.result("leaveChat", chat_id=-77) is True
    assert await send(call, -77) == f"Forbidden: bot is not a member of the {kind} chat"


async def test_deleted_and_muted_groups_are_refused(call: Calls, group: Group) -> None:
    group.mute()
    assert await send(call, GROUP) == "Bad Request: not enough rights to send text messages to the chat"
    group.mute(False)
    group.delete()
    assert await send(call, GROUP) == "Forbidden: the group chat was deleted"


async def test_migrated_group_names_its_new_id_and_tells_in_service_messages(
    sandbox: Sandbox, call: Calls, group: Group
) -> None:
    moved = group.migrate(tell=False)
    refused = await call("sendMessage", chat_id=GROUP, text="x")
    assert refused["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused["parameters"] == {"migrate_to_chat_id": moved.id}
    assert await call.result("getUpdates") == []
    group.tell_migration()
    told = [one["message"] for one in await call.result("getUpdates")]
    assert [one.get("migrate_to_chat_id") or one.get("migrate_from_chat_id") for one in told] == [moved.id, GROUP]
    assert (await call("sendMessage", chat_id=moved.id, text="x"))["ok"]
    assert [line.chat for line in sandbox.ledger] == [moved.id]


async def test_topics_must_exist(sandbox: Sandbox, call: Calls, group: Group) -> None:
    group.topic(7, "Talks")
    sent = await call.result("sendMessage", chat_id=GROUP, text="x", message_thread_id=7)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (7, True)
    assert sandbox.ledger[0].thread == 7
    group.topic(7, None)
    assert await send(call, GROUP, message_thread_id=7) == "Bad Request: message thread not found"


async def test_bot_hears_only_what_is_meant_for_it_in_groups(sandbox: Sandbox, call: Calls, group: Group) -> None:
    ada = sandbox.user(501)
    words = await call.result("sendMessage", chat_id=GROUP, text="Good morning")
    said = sandbox.world.messages[GROUP, words["message_id"]]
    for text in (
        "hello all",
        "/brief",
        "/brief@other_bot",
        "/brief@briefing_sandbox_bot",
        "😀 @briefing_sandbox_bot hi",
    ):
        ada.send(text, chat=GROUP)
    ada.send("thanks", chat=GROUP, reply_to=said)
    heard = [one["message"]["text"] for one in await call.result("getUpdates")]
    assert heard == ["/brief", "/brief@briefing_sandbox_bot", "😀 @briefing_sandbox_bot hi", "thanks"]
    group.bot("administrator")
    ada.send("everything now", chat=GROUP)
    assert (await call.result("getUpdates"))[-1]["message"]["text"] == "everything now"


async def test_channel_posts_come_from_the_channel(sandbox: Sandbox, call: Calls) -> None:
    channel = sandbox.group(-88, "News", kind="channel", members={501: "creator"}, bot="administrator", username="news")
    sandbox.user(501).send("/brief", chat=channel.id)
    post = (await call.result("getUpdates"))[0]["channel_post"]
    assert post["sender_chat"]["id"] == -88 and "from" not in post
    sent = await call.result("sendMessage", chat_id="@news", text="x")
    assert sent["chat"]["title"] == "News" and "from" not in sent
    channel.bot("member")
    assert await send(call, -88) == "Bad Request: not enough rights to send text messages to the chat"


async def test_members_and_administrators_are_told_apart(sandbox: Sandbox, call: Calls, group: Group) -> None:
    statuses = {}
    for user in (501, 502, 503, sandbox.world.bot.id):
        statuses[user] = (await call.result("getChatMember", chat_id=GROUP, user_id=user))["status"]
    assert list(statuses.values()) == ["creator", "member", "left", "member"]
    group.member(502, "administrator")
    group.member(503, "kicked")
    group.member(504, "restricted")
    sandbox.user(504)
    administrators = await call.result("getChatAdministrators", chat_id=GROUP)
    assert [one["user"]["id"] for one in administrators] == [501, 502]
    assert (await call.result("getChatMember", chat_id=GROUP, user_id=503))["status"] == "kicked"
    assert (await call.result("getChatMember", chat_id=GROUP, user_id=504))["status"] == "restricted"
    assert await call.result("getChatMemberCount", chat_id=GROUP) == 4
    assert await call.refusal("getChatMember", chat_id=GROUP, user_id=12345) == "Bad Request: member not found"
    sandbox.user(501).send("/start")
    private = await call.refusal("getChatAdministrators", chat_id=501)
    assert private == "Bad Request: there are no administrators in the private chat"
    assert (await call.result("getChat", chat_id=501))["first_name"] == "Ada"


def test_strangers_do_not_write_in_groups(sandbox: Sandbox, group: Group) -> None:
    with pytest.raises(ValueError, match="Chen is not in Watch"):
        sandbox.user(503).send("hi", chat=GROUP)
