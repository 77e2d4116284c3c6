"""Sending, editing, deleting, pressing: what is taken, what is refused and in which words."""

import json
import struct
import zlib
from datetime import timedelta

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.editing import NOT_MODIFIED, TOO_OLD
from bot.sandbox.errors import ApiError
from bot.sandbox.methods import METHODS
from bot.sandbox.params import Params
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Calls

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]}


@pytest.fixture
def ada(sandbox: Sandbox) -> Person:
    person = sandbox.user(501)
    person.send("/start")
    return person


def png(width: int = 2, height: int = 3) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


async def test_message_is_returned_and_stands_in_the_ledger(sandbox: Sandbox, ada: Person, call: Calls) -> None:
    sent = await call.result("sendMessage", chat_id=501, text="<b>Hi</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    assert sent["text"] == "Hi" and sent["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    line = sandbox.ledger[0]
    assert (line.method, line.chat, line.thread, line.message_id) == ("sendMessage", 501, None, sent["message_id"])
    assert (line.text, line.reply_markup, line.request) == ("Hi", KEYBOARD, 1)
    assert abs(sandbox.now() - line.at) < timedelta(minutes=1)


async def test_ids_are_one_sequence_in_private_chats_and_their_own_in_supergroups(
    sandbox: Sandbox, ada: Person, call: Calls
) -> None:
    bilal = sandbox.user(502)
    ids = [bilal.send("hi").message_id]
    ids += [(await call.result("sendMessage", chat_id=chat, text="x"))["message_id"] for chat in (501, 502)]
    assert ids == [2, 3, 4]
    group = sandbox.group(-1_000_000_000_900)
    assert (await call.result("sendMessage", chat_id=group.id, text="x"))["message_id"] == 1


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ({"inline_keyboard": [[{"text": "A", "callback_data": "x" * 65}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "A", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "A", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "A", "callback_data": "a"}] * 9]}, "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "A", "callback_data": "a"}]] * 101}, "reply markup is too long"),
        (
            {"inline_keyboard": [[{"text": "A", "url": "javascript:x"}]]},
            "inline keyboard button URL 'javascript:x' is invalid: wrong HTTP URL",
        ),
        (
            {"inline_keyboard": [[{"text": "A"}]]},
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
        ),
        ("{nonsense", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_bad_keyboards_are_refused(ada: Person, call: Calls, markup: object, problem: str) -> None:
    refusal = await call.refusal("sendMessage", chat_id=501, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {problem}"


async def test_callback_data_of_64_bytes_and_rows_of_eight_are_taken(ada: Person, call: Calls) -> None:
    rows = [[{"text": "A", "callback_data": "é" * 32}] * 8] * 12
    assert (await call.result("sendMessage", chat_id=501, text="x", reply_markup={"inline_keyboard": rows}))["text"]


async def test_edit_changes_the_message_and_repeating_it_is_refused(sandbox: Sandbox, ada: Person, call: Calls) -> None:
    sent = await call.result("sendMessage", chat_id=501, text="old", reply_markup=KEYBOARD)
    where = {"chat_id": 501, "message_id": sent["message_id"]}
    edited = await call.result("editMessageText", **where, text="new", reply_markup=KEYBOARD)
    assert edited["text"] == "new" and edited["edit_date"]
    again = await call.refusal("editMessageText", **where, text="new", reply_markup=KEYBOARD)
    assert again == f"Bad Request: {NOT_MODIFIED}"
    await call.result("editMessageReplyMarkup", **where)
    assert not ada.said()[0].buttons
    assert [line.text for line in sandbox.ledger] == ["old"]
    assert [line.method for line in sandbox.edits] == ["editMessageText", "editMessageReplyMarkup"]


async def test_only_own_messages_that_are_there_can_be_edited(ada: Person, call: Calls) -> None:
    theirs = ada.send("mine").message_id
    refuse = call.refusal
    assert await refuse("editMessageText", chat_id=501, message_id=99, text="x") == (
        "Bad Request: message to edit not found"
    )
    assert await refuse("editMessageText", chat_id=501, message_id=theirs, text="x") == (
        "Bad Request: message can't be edited"
    )


async def test_deleting_has_its_limits(sandbox: Sandbox, ada: Person, call: Calls) -> None:
    first, second = [(await call.result("sendMessage", chat_id=501, text="x"))["message_id"] for _ in "ab"]
    assert await call.result("deleteMessage", chat_id=501, message_id=first) is True
    gone = await call.refusal("deleteMessage", chat_id=501, message_id=first)
    assert gone == "Bad Request: message to delete not found"
    sandbox.move(49 * 3600)
    late = await call.refusal("deleteMessage", chat_id=501, message_id=second)
    assert late == "Bad Request: message can't be deleted"


async def test_replies_to_what_is_gone_are_refused_unless_that_is_allowed(ada: Person, call: Calls) -> None:
    missing = {"message_id": 99}
    refusal = await call.refusal("sendMessage", chat_id=501, text="x", reply_parameters=missing)
    assert refusal == "Bad Request: message to be replied not found"
    allowed = missing | {"allow_sending_without_reply": True}
    assert (await call.result("sendMessage", chat_id=501, text="x", reply_parameters=allowed))["text"] == "x"
    answered = await call.result("sendMessage", chat_id=501, text="y", reply_parameters={"message_id": 1})
    assert answered["reply_to_message"]["text"] == "/start"


async def test_pressed_button_is_answered_once_and_in_time(sandbox: Sandbox, ada: Person, call: Calls) -> None:
    await call.result("sendMessage", chat_id=501, text="Really?", reply_markup=KEYBOARD)
    query = ada.press(None, "Yes")
    pressed = (await call.result("getUpdates"))[-1]["callback_query"]
    assert (pressed["data"], pressed["from"]["id"], pressed["message"]["text"]) == ("y", 501, "Really?")
    assert await call.result("answerCallbackQuery", callback_query_id=query.id, text="Good") is True
    assert await sandbox.waiting.answer(query) == {"text": "Good", "show_alert": False}
    again = await call.refusal("answerCallbackQuery", callback_query_id=query.id)
    assert again == f"Bad Request: {TOO_OLD}"
    late = ada.press(None, "n")
    sandbox.move(3600)
    assert await call.refusal("answerCallbackQuery", callback_query_id=late.id) == f"Bad Request: {TOO_OLD}"
    assert await call.refusal("answerCallbackQuery", callback_query_id="1") == f"Bad Request: {TOO_OLD}"


async def test_button_that_is_not_there_cannot_be_pressed(ada: Person, call: Calls) -> None:
    await call.result("sendMessage", chat_id=501, text="x", reply_markup=KEYBOARD)
    with pytest.raises(ValueError, match=r"no button 'Maybe' among \['Yes', 'No'\]"):
        ada.press(None, "Maybe")


async def test_pictures_and_files_carry_captions(sandbox: Sandbox, ada: Person, session: aiohttp.ClientSession) -> None:
    for method, field, name in (("sendPhoto", "photo", "m.png"), ("sendDocument", "document", "me.json")):
        form = aiohttp.FormData()
        form.add_field("chat_id", "501")
        form.add_field("caption", "<i>Matrix</i>")
        form.add_field("parse_mode", "HTML")
        form.add_field(field, png(), filename=name)
        async with session.post(f"{sandbox.api}{sandbox.token}/{method}", data=form) as answer:
            result = (await answer.json())["result"]
        assert result["caption"] == "Matrix" and result["caption_entities"][0]["type"] == "italic"
    assert [line.text for line in sandbox.ledger] == ["Matrix", "Matrix"]
    photo = ada.said()[0].more["photo"][0]
    assert (photo["width"], photo["height"]) == (2, 3)
    assert sandbox.world.files[photo["file_id"]] == png()


async def test_picture_that_is_none_and_long_caption_are_refused(
    sandbox: Sandbox, ada: Person, session: aiohttp.ClientSession, call: Calls
) -> None:
    assert await call.refusal("sendPhoto", chat_id=501) == "Bad Request: there is no photo in the request"
    for content, caption, problem in (
        (b"no picture", "", "IMAGE_PROCESS_FAILED"),
        (png(), "x" * 1025, "message caption is too long"),
    ):
        form = aiohttp.FormData({"chat_id": "501", "caption": caption})
        form.add_field("photo", content, filename="p.png")
        async with session.post(f"{sandbox.api}{sandbox.token}/sendPhoto", data=form) as answer:
            assert (await answer.json())["description"] == f"Bad Request: {problem}"


async def test_typing_is_noted(sandbox: Sandbox, ada: Person, call: Calls) -> None:
    await call.result("sendChatAction", chat_id=501, action="typing")
    assert sandbox.world.actions == [(501, "typing")]
    assert await call.refusal("sendChatAction", chat_id=501, action="dancing") == (
        "Bad Request: wrong parameter action in request"
    )


async def test_mention_by_link_needs_a_user_who_is_known(ada: Person, call: Calls) -> None:
    text = '<a href="tg://user?id=502">B</a> <a href="tg://user?id=999">X</a>'
    sent = await call.result("sendMessage", chat_id=501, text=text, parse_mode="HTML")
    assert [(one["type"], one["user"]["first_name"]) for one in sent["entities"]] == [("text_mention", "Bilal")]


KEYS = ["type", "offset", "length", "user", "id", "message_id", "text", "callback_data", "url", "inline_keyboard",
        "command", "description", "chat_id"]  # fmt: skip
WORDS = ["501", "HTML", "{", "default", "bold", "chat"]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["501", "HTML", "{"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["chat_id", "text", "parse_mode", "entities", "reply_markup", "reply_parameters", "message_id", "commands",
         "scope", "menu_button", "link_preview_options", "message_thread_id", "user_id", "allowed_updates", "url",
         "callback_query_id", "name", "description", "language_code", "action", "offset", "limit"]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(sorted(METHODS.keys() - {"getUpdates"})),
    st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6),
    st.booleans(),
)
def test_any_parameters_are_answered_or_refused(method: str, values: dict, known: bool) -> None:
    sandbox = Sandbox()
    sandbox.user(501).send("/start")
    if known:
        values = {"text": "x", "message_id": 1, **values, "chat_id": 501}
    try:
        json.dumps(METHODS[method](sandbox.world, Params(values)))
    except ApiError as refusal:
        assert refusal.code in (400, 403)


async def test_edited_forwarded_and_anonymous_messages_are_told_as_such(
    sandbox: Sandbox, ada: Person, call: Calls
) -> None:
    ada.edit(ada.send("/breif"), "/brief")
    ada.forward("/stop")
    group = sandbox.group(-1_000_000_000_900)
    group.send_anonymously("/brief")
    edited, forwarded, anonymous = (await call.result("getUpdates"))[-3:]
    assert edited["edited_message"]["text"] == "/brief" and edited["edited_message"]["edit_date"]
    assert forwarded["message"]["forward_origin"]["sender_user_name"] == "Somebody"
    assert anonymous["message"]["sender_chat"]["id"] == group.id
    assert anonymous["message"]["from"]["username"] == "GroupAnonymousBot"
