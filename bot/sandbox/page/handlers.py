"""The chat page over HTTP: its files, its state by long poll, and what people do on it.

Only this machine's browser may use it: the Host must be a loopback name, the Origin our own, and every call brings the
key that stands in the page's address, so that no other web page can read or write here.
"""

import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.clock import Clock
from bot.sandbox.nouns import Chat, User
from bot.sandbox.page.view import state
from bot.sandbox.people import Group, Person
from bot.sandbox.world import World

FOLDER = Path(__file__).parent
FILES = {
    "style.css": "text/css",
    **dict.fromkeys(("chat.js", "bubbles.js", "text.js", "wire.js"), "text/javascript"),
}
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
LONG_POLL = 25.0
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Page:
    """The page of one sandbox; `key` opens it."""

    def __init__(self, world: World, clock: Clock, key: str) -> None:
        self.world = world
        self.clock = clock
        self.key = key

    def add_routes(self, app: web.Application) -> None:
        """The page's addresses; everything else is left to the Bot API."""
        app.router.add_get("/", self._index)
        app.router.add_get("/page/state", self._state)
        app.router.add_get("/page/file/{id}", self._file)
        app.router.add_get("/page/{name}", self._static)
        for name, handler in DEEDS.items():
            app.router.add_post(f"/page/{name}", self._doer(handler))

    # ---- who may -----------------------------------------------------------------------------------------------

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuses other hosts' names (DNS rebinding) and other pages' origins, for the Bot API as well."""
        host = request.host.lower()
        origin = request.headers.get("Origin")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        if name not in LOOPBACK or origin not in (None, f"http://{host}"):
            return web.Response(status=403, text="This address is for the browser of its own machine only.")
        return await handler(request)

    def _check_key(self, request: web.Request) -> None:
        given = request.headers.get("X-Sandbox-Key") or request.query.get("key", "")
        if not hmac.compare_digest(given.encode(), self.key.encode()):
            raise web.HTTPForbidden(text="Open the whole address that was printed, with its key.", headers=HEADERS)

    # ---- files -------------------------------------------------------------------------------------------------

    async def _index(self, request: web.Request) -> web.Response:
        self._check_key(request)
        return _text("index.html", "text/html")

    async def _static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in FILES:
            raise web.HTTPNotFound
        return _text(name, FILES[name])

    async def _file(self, request: web.Request) -> web.Response:
        """A picture or file that the bot sent: a download, or an image; never a page."""
        self._check_key(request)
        content = self.world.files.get(request.match_info["id"])
        if content is None:
            raise web.HTTPNotFound
        kind = "image/png" if content[:4] == b"\x89PNG" else "application/octet-stream"
        kind = "image/jpeg" if content[:2] == b"\xff\xd8" else kind
        return web.Response(body=content, content_type=kind, headers=HEADERS)

    # ---- state and deeds ---------------------------------------------------------------------------------------

    async def _state(self, request: web.Request) -> web.Response:
        """At once when `since` is not the present version, else as soon as anything changes."""
        self._check_key(request)
        user = self._user(request.query)
        if request.query.get("since") == str(self.world.bell.count) and not self.world.updates.closed:
            await self.world.bell.wait(LONG_POLL)
        return web.json_response(state(self.world, self.clock, user), headers=HEADERS)

    def _user(self, given: Any) -> User:
        people = [user for user in self.world.users.values() if not user.is_bot]
        wanted = [user for user in people if str(user.id) == str(given.get("user"))]
        if not (wanted or people):
            raise web.HTTPNotFound(text="There is nobody here yet.")
        return (wanted or people)[0]

    def _doer(self, deed: "Deed") -> Handler:
        async def handle(request: web.Request) -> web.Response:
            self._check_key(request)
            try:
                body = json.loads(await request.text())
                deed(self, Person(self.world, self._user(body)), body)
            except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as problem:
                return web.json_response({"error": str(problem)}, status=400, headers=HEADERS)
            self.world.bell.ring()
            return web.json_response({"version": self.world.bell.count}, headers=HEADERS)

        return handle

    def chat(self, person: Person, body: dict[str, Any]) -> Chat:
        """The chat that a deed is about. Raises ValueError where the person is no member."""
        chat = self.world.chats[int(body.get("chat") or person.id)]
        if chat is not person.chat and person.id not in chat.members:
            raise ValueError("not a member of that chat")
        return chat


Deed = Callable[[Page, Person, dict[str, Any]], None]


def _send(page: Page, person: Person, body: dict[str, Any]) -> None:
    text = str(body["text"])
    if not 1 <= len(text.strip()) <= 4096:
        raise ValueError("a message has 1 to 4096 characters")
    person.send(text, chat=page.chat(person, body).id, thread=body.get("thread"))


def _press(page: Page, person: Person, body: dict[str, Any]) -> None:
    person.press(int(body["message"]), int(body["button"]), chat=page.chat(person, body).id)


def _block(_page: Page, person: Person, body: dict[str, Any]) -> None:
    person.block() if body["blocked"] else person.unblock()


def _bot(page: Page, person: Person, body: dict[str, Any]) -> None:
    """Let the bot into a group, make it an administrator, or remove it."""
    if body["status"] not in ("member", "administrator", "kicked"):
        raise ValueError("no such standing")
    Group(page.world, page.chat(person, body)).bot(str(body["status"]), person.user)


def _clock(page: Page, _person: Person, body: dict[str, Any]) -> None:
    """Move by seconds, set to an ISO time, or go back to the real time."""
    if "move" in body:
        page.clock.move(float(body["move"]))
    elif "set" in body:
        page.clock.set(datetime.fromisoformat(str(body["set"]).replace("Z", "+00:00")))
    else:
        page.clock.reset()


DEEDS: dict[str, Deed] = {"send": _send, "press": _press, "block": _block, "bot": _bot, "clock": _clock}


def _text(name: str, kind: str) -> web.Response:
    return web.Response(text=(FOLDER / name).read_text("utf-8"), content_type=kind, headers=HEADERS)
