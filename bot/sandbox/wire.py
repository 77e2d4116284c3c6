"""The Bot API over HTTP: token, method, parameters in; the answer, or the fault that the script asks for, out."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import BEFORE, Fault, Faults, Kind
from bot.sandbox.methods import BY_LOWER_NAME, METHODS
from bot.sandbox.nouns import Request
from bot.sandbox.params import Params, read_params
from bot.sandbox.world import World

Observe = Callable[[str, dict[str, Any], Any], None]
PROXY_PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>proxy</body></html>"
STRANGE = {"field_of_tomorrow": {"kind": "unknown", "value": 1}}


class Wire:
    """Answers every path under /bot. `revoked` answers 401 to everything; `strange` adds unknown fields to results."""

    def __init__(self, world: World, faults: Faults, token: str, observe: Observe | None) -> None:
        self.world = world
        self.faults = faults
        self.token = token
        self.observe = observe
        self.revoked = False
        self.strange = False

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        try:
            method = self._admit(request.path)
        except ApiError as refusal:
            return _refusal(refusal)
        fault = self.faults.draw(method, None, only={Kind.CLOSE_BEFORE})
        if fault is not None:
            return _hang_up(request)
        try:
            params = await read_params(request)
        except ApiError as refusal:
            return _refusal(refusal)
        except web.HTTPRequestEntityTooLarge:
            return _refusal(ApiError(413))
        return await self._answer(request, method, params)

    def _admit(self, path: str) -> str:
        """The method's name as the API writes it. Raises 401, 404 or 421 as Telegram does."""
        found = re.fullmatch(r"/bot([^/]*)/(?:test/)?([^/]*)/?", path)
        if found is None:
            raise ApiError(404)
        token, method = found[1], found[2].lower()
        number, colon, _ = token.partition(":")
        if not colon or token.startswith("0") or len(token) > 80:
            raise ApiError(401, "Unauthorized: invalid token specified")
        if not (number.isascii() and number.isdigit()):
            raise ApiError(421)
        if token != self.token or self.revoked:
            raise ApiError(401)
        if method not in BY_LOWER_NAME:
            raise ApiError(404, "method not found")
        return BY_LOWER_NAME[method]

    async def _answer(self, request: web.Request, method: str, params: Params) -> web.StreamResponse:
        self.world.request += 1
        number = self.world.request
        chat = params.integer("chat_id") or None
        fault = self.faults.draw(method, chat)
        if fault is not None and fault.kind in BEFORE:
            self._note(number, method, params, f"fault {fault.kind}")
            return _refuse_by(fault, request)
        try:
            result = await self._call(method, params)
        except ApiError as refusal:
            self._note(number, method, params, f"{refusal.code} {refusal.description}")
            return _refusal(refusal)
        self._note(number, method, params, "200" if fault is None else f"200, then fault {fault.kind}")
        body = json.dumps({"ok": True, "result": _with_strange(result) if self.strange else result})
        if fault is not None:
            return await self._spoil(fault, request, body)
        return web.Response(text=body, content_type="application/json")

    async def _call(self, method: str, params: Params) -> Any:
        result = METHODS[method](self.world, params)
        if asyncio.iscoroutine(result):
            result = await result
        if self.observe is not None:
            self.observe(method, dict(params.values) | dict.fromkeys(params.uploads, "<file>"), result)
        return result

    def _note(self, number: int, method: str, params: Params, outcome: str) -> None:
        note = Request(number=number, method=method, params=dict(params.values), outcome=outcome, at=self.world.now())
        self.world.requests.append(note)

    async def _spoil(self, fault: Fault, request: web.Request, body: str) -> web.StreamResponse:
        """The call has had its effect; now its answer goes wrong."""
        if fault.kind in (Kind.DELAY, Kind.SILENT_AFTER):
            await self._wait(fault.seconds or 60.0)
        if fault.kind is Kind.DELAY:
            return web.Response(text=body, content_type="application/json")
        if fault.kind is Kind.TRUNCATED:
            return _truncate(request, body.encode())
        if fault.kind in (Kind.CLOSE_AFTER, Kind.SILENT_AFTER):
            return _hang_up(request)
        if fault.kind in (Kind.GARBAGE, Kind.EMPTY):
            return web.Response(text="<!doctype html>" if fault.kind is Kind.GARBAGE else "")
        if fault.kind is Kind.NOT_OK:
            return web.json_response({"ok": False})
        return _refuse_by(fault, request)

    async def _wait(self, seconds: float) -> None:
        """So many real seconds, or until the sandbox stops."""
        await self.world.bell.until(lambda: self.world.updates.closed or None, seconds)


def _refusal(refusal: ApiError) -> web.Response:
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after is not None else None
    return web.json_response(refusal.to_api(), status=refusal.code, headers=headers)


def _refuse_by(fault: Fault, request: web.Request) -> web.Response:
    if fault.kind is Kind.CLOSE_BEFORE:
        return _hang_up(request)
    if fault.kind in (Kind.HTML, Kind.HTML_AFTER):
        page = PROXY_PAGE.format(fault.status)
        return web.Response(text=page, content_type="text/html", status=fault.status)
    text = fault.description
    if fault.status == 429 and not text:
        text = f"retry after {fault.retry_after}" if fault.retry_after is not None else "retry later"
    return _refusal(ApiError(fault.status, text, retry_after=fault.retry_after))


def _hang_up(request: web.Request) -> web.Response:
    """Close the socket without a word. What is returned is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _truncate(request: web.Request, body: bytes) -> web.Response:
    """Promise the whole answer, send half of it, close."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    if request.transport is not None:
        request.transport.write(head.encode() + body[: len(body) // 2])
        request.transport.close()
    return web.Response()


def _with_strange(value: Any) -> Any:
    """The result with a field nobody knows in every object."""
    if isinstance(value, dict):
        return {key: _with_strange(inner) for key, inner in value.items()} | STRANGE
    return [_with_strange(inner) for inner in value] if isinstance(value, list) else value
