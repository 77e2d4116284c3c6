"""The chat page by HTTP: who may use it, what it tells, what it does."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Calls

PRIVATE_PATHS = ("/", "/page/state", "/page/file/x")
DEEDS = ("send", "press", "block", "bot", "clock")
DESK = -1_000_000_000_900


class Page:
    """A browser's side of the page: asks and does with the key from the page's address."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox, self.session = sandbox, session
        self.headers = {"X-Sandbox-Key": parse_qs(urlsplit(sandbox.page).query)["key"][0]}

    async def state(self, user: int | str = 501, since: str = "") -> dict:
        query = {"user": str(user), "since": since}
        async with self.session.get(f"{self.sandbox.root}/page/state", params=query, headers=self.headers) as answer:
            return await answer.json()

    async def do(self, name: str, **body: object) -> tuple[int, dict]:
        body = {"user": 501} | body
        async with self.session.post(f"{self.sandbox.root}/page/{name}", json=body, headers=self.headers) as answer:
            return answer.status, await answer.json()


@pytest.fixture
def page(sandbox: Sandbox, session: aiohttp.ClientSession) -> Page:
    return Page(sandbox, session)


async def status(session: aiohttp.ClientSession, address: str, method: str = "GET", **headers: str) -> int:
    async with session.request(method, address, headers=headers, data=b"{}" if method == "POST" else None) as answer:
        return answer.status


async def test_page_needs_its_key(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    assert await status(session, sandbox.page) == 200
    for path in PRIVATE_PATHS:
        assert await status(session, sandbox.root + path) == 403
        assert await status(session, f"{sandbox.root}{path}?key=é") == 403
    for deed in DEEDS:
        assert await status(session, f"{sandbox.root}/page/{deed}", "POST") == 403
    assert Sandbox()._page.key not in sandbox.page


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8081", "127.0.0.1.evil.example", "localhost.evil:80"])
async def test_other_names_for_this_machine_are_refused(
    sandbox: Sandbox, session: aiohttp.ClientSession, host: str
) -> None:
    assert await status(session, sandbox.page, Host=host) == 403
    assert await status(session, f"{sandbox.api}{sandbox.token}/getMe", Host=host) == 403


async def test_other_pages_are_refused_and_our_own_is_not(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        assert await status(session, sandbox.page, Origin=origin) == 403
        assert await status(session, f"{sandbox.api}{sandbox.token}/getMe", Origin=origin) == 403
    assert await status(session, sandbox.page, Origin=sandbox.root) == 200
    assert await status(session, sandbox.page, Host="localhost:8081") == 200


async def test_page_is_served_with_a_policy_and_loads_nothing_from_outside(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    for name in ("style.css", "chat.js", "bubbles.js", "text.js", "wire.js"):
        async with session.get(f"{sandbox.root}/page/{name}") as answer:
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            body = await answer.text()
        assert "https://" not in body and "innerHTML" not in body
    assert await status(session, f"{sandbox.root}/page/handlers.py") == 404
    assert await status(session, f"{sandbox.root}/page/..%2fserver.py") == 404


async def test_person_writes_and_sees_the_answer(sandbox: Sandbox, page: Page, call: Calls) -> None:
    before = await page.state()
    assert before["chats"][0]["bot"] == ""
    assert [one["name"] for one in before["people"]] == ["Ada", "Bilal", "Chen"]
    assert (await page.do("send", text="/start <b>"))[0] == 200
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    await call.result(
        "sendMessage", chat_id=501, text="<b>Hi</b> &lt;script&gt;", parse_mode="HTML", reply_markup=keyboard
    )
    shown = (await page.state(since=str(before["version"])))["chats"][0]["messages"]
    assert [(one["mine"], one["text"]) for one in shown] == [(True, "/start <b>"), (False, "Hi <script>")]
    assert (await page.do("press", message=shown[1]["id"], button=0))[0] == 200
    query = next(iter(sandbox.world.queries.values()))
    await call.result("answerCallbackQuery", callback_query_id=query.id, text="Yes", show_alert=True)
    assert (await page.state())["answers"] == [{"id": query.id, "text": "Yes", "alert": True}]
    assert (await page.state(502))["answers"] == []


async def test_state_is_told_when_something_changes(sandbox: Sandbox, page: Page) -> None:
    version = (await page.state())["version"]
    await page.do("send", text="hello")
    assert (await page.state(since=str(version)))["version"] > version


async def test_bot_is_blocked_and_unblocked_from_the_page(sandbox: Sandbox, page: Page, call: Calls) -> None:
    await page.do("send", text="/start")
    await page.do("block", blocked=True)
    assert await call.refusal("sendMessage", chat_id=501, text="x") == "Forbidden: bot was blocked by the user"
    await page.do("block", blocked=False)
    assert (await call("sendMessage", chat_id=501, text="x"))["ok"]


async def test_group_is_written_to_and_the_bot_removed(sandbox: Sandbox, page: Page, call: Calls) -> None:
    assert (await page.do("send", user=502, chat=DESK, text="/brief"))[0] == 200
    assert (await call.result("getUpdates"))[0]["message"]["chat"]["id"] == DESK
    assert (await page.do("bot", chat=DESK, status="kicked"))[0] == 200
    assert "kicked" in await call.refusal("sendMessage", chat_id=DESK, text="x")
    assert (await page.do("bot", chat=DESK, status="emperor"))[0] == 400
    assert (await page.do("bot", chat=DESK, status="member"))[0] == 200
    assert (await call("sendMessage", chat_id=DESK, text="x"))["ok"]


async def test_clock_is_moved_set_and_put_back(sandbox: Sandbox, page: Page) -> None:
    await page.do("clock", move=3600)
    assert timedelta(minutes=59) < sandbox.now() - datetime.now(UTC) < timedelta(minutes=61)
    await page.do("clock", set="2030-01-02T03:04:00.000Z")
    assert sandbox.now().strftime("%Y-%m-%d %H:%M") == "2030-01-02 03:04"
    assert (await page.state())["now"] == pytest.approx(sandbox.now().timestamp(), abs=60)
    await page.do("clock")
    assert abs(sandbox.now() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("deed", "body"),
    [
        ("send", {}),
        ("send", {"text": "  "}),
        ("send", {"text": "x" * 4097}),
        ("send", {"text": "x", "chat": 502}),
        ("send", {"text": "x", "chat": -5}),
        ("press", {"message": 1, "button": 0}),
        ("press", {"message": "x", "button": 0}),
        ("clock", {"set": "tomorrow"}),
        ("clock", {"set": "2030-01-02T03:04:00"}),
        ("clock", {"move": "1e400"}),
    ],
)
async def test_nonsense_is_refused_with_a_reason(page: Page, deed: str, body: dict) -> None:
    code, answer = await page.do(deed, **body)
    assert code == 400 and answer["error"]


async def test_commands_are_those_of_the_narrowest_scope(sandbox: Sandbox, page: Page, call: Calls) -> None:
    def command(name: str) -> list[dict[str, str]]:
        return [{"command": name, "description": name}]

    async def seen(user: int) -> list[str]:
        chats = (await page.state(user))["chats"]
        return [one["commands"][0]["command"] for one in chats]

    await call.result("setMyCommands", commands=command("general"))
    await call.result("setMyCommands", commands=command("groups"), scope={"type": "all_group_chats"})
    await call.result("setMyCommands", commands=command("admins"), scope={"type": "all_chat_administrators"})
    await call.result("setMyCommands", commands=command("adas"), scope={"type": "chat", "chat_id": 501})
    assert await seen(501) == ["adas", "admins"]
    assert await seen(502) == ["general", "groups"]


@pytest.mark.parametrize(
    ("commands", "problem"),
    [
        ([{"command": "Brief", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "x", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "x", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": f"c{number}", "description": "x"} for number in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_bad_commands_are_refused(call: Calls, commands: list[dict[str, str]], problem: str) -> None:
    assert await call.refusal("setMyCommands", commands=commands) == f"Bad Request: {problem}"
