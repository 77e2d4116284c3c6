"""HTTP as the Bot API speaks it: tokens, names of methods, four ways to bring parameters."""

import json

import aiohttp
import pytest

from bot.sandbox.errors import describe
from bot.sandbox.server import Sandbox, new_token
from tests.sandbox.conftest import Calls


async def get(session: aiohttp.ClientSession, address: str, **more: object) -> tuple[int, dict[str, object]]:
    async with session.get(address, **more) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/nothing", 404, "Not Found"),
        ("/bot{token}", 404, "Not Found"),
        ("/bot{token}/getNothing", 404, "Not Found: method not found"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot0123:abc/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot1:" + "x" * 80 + "/getMe", 401, "Unauthorized: invalid token specified"),
        ("/botabc:def/getMe", 421, "Misdirected Request"),
        ("/bot123:wrong/getMe", 401, "Unauthorized"),
    ],
)
async def test_wrong_addresses_and_tokens_are_refused(
    sandbox: Sandbox, session: aiohttp.ClientSession, path: str, code: int, description: str
) -> None:
    status, body = await get(session, sandbox.root + path.format(token=sandbox.token))
    assert (status, body) == (code, {"ok": False, "error_code": code, "description": description})


async def test_revoked_token_is_refused_everywhere(sandbox: Sandbox, call: Calls) -> None:
    sandbox.revoke()
    assert await call.refusal("getMe") == "Unauthorized"
    sandbox.revoke(False)
    assert (await call.result("getMe"))["is_bot"] is True


@pytest.mark.parametrize("name", ["getMe", "getme", "GETME"])
async def test_names_of_methods_ignore_case(call: Calls, name: str) -> None:
    assert (await call(name))["ok"]


async def test_parameters_come_by_query_form_multipart_and_json(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    ada = sandbox.user(501)
    ada.send("/start")
    address = f"{sandbox.api}{sandbox.token}/sendMessage"
    assert (await get(session, address, params={"chat_id": "501", "text": "query"}))[0] == 200
    keyboard = json.dumps({"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]})
    async with session.post(address, data={"chat_id": "501", "text": "form", "reply_markup": keyboard}) as answer:
        assert answer.status == 200
    parts = aiohttp.FormData(default_to_multipart=True)
    parts.add_field("chat_id", "501")
    parts.add_field("text", "multipart")
    async with session.post(address, data=parts) as answer:
        assert answer.status == 200
    async with session.post(address, json={"chat_id": 501, "text": "json"}) as answer:
        assert answer.status == 200
    assert [line.text for line in sandbox.ledger] == ["query", "form", "multipart", "json"]


async def test_json_that_is_none_is_refused(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    address = f"{sandbox.api}{sandbox.token}/getMe"
    headers = {"Content-Type": "application/json"}
    async with session.post(address, data=b"[1,", headers=headers) as answer:
        assert answer.status == 400


@pytest.mark.parametrize(
    ("code", "text", "description"),
    [
        (400, "Chat not found", "Bad Request: chat not found"),
        (400, "BUTTON_DATA_INVALID", "Bad Request: BUTTON_DATA_INVALID"),
        (400, "Bad Request: already there", "Bad Request: already there"),
        (403, "Bot was blocked by the user", "Forbidden: bot was blocked by the user"),
        (500, "Restart", "Internal Server Error: restart"),
        (401, "", "Unauthorized"),
        (400, "x", "Bad Request: x"),
    ],
)
def test_descriptions_follow_telegrams_rule(code: int, text: str, description: str) -> None:
    assert describe(code, text) == description


def test_tokens_differ_and_no_representation_shows_one() -> None:
    one, other = Sandbox(), Sandbox()
    assert one.token != other.token != new_token()
    assert one.token not in repr(one)


async def test_stopped_sandbox_refuses_connections_and_goes_on_where_it_was(sandbox: Sandbox, call: Calls) -> None:
    sandbox.user(501).send("before")
    await sandbox.stop()
    with pytest.raises(aiohttp.ClientConnectionError):
        await call("getMe")
    await sandbox.start()
    assert [update["message"]["text"] for update in await call.result("getUpdates")] == ["before"]


async def test_unknown_fields_can_be_switched_on(call: Calls, sandbox: Sandbox) -> None:
    sandbox.be_strange()
    assert "field_of_tomorrow" in await call.result("getMe")
