"""The parameters of one API call, from query string, form, multipart or JSON, and their conversion."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.errors import bad


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes


class Params:
    """Values as they came (text, or JSON values from a JSON body) and uploads by field name."""

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def text(self, name: str, default: str = "") -> str:
        """As text; numbers become their digits."""
        value = self.values.get(name, default)
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """As a whole number; what is none counts as `default`, as in the original."""
        try:
            return int(self.text(name, str(default)).strip() or default)
        except ValueError:
            return default

    def boolean(self, name: str) -> bool:
        """True for true, yes, 1 and other non-empty words than false, no, 0."""
        return self.text(name).strip().lower() not in ("", "false", "no", "0")

    def parsed(self, name: str, what: str) -> Any:
        """As a JSON value; None when absent. Raises 400 "can't parse `what` JSON object"."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {what} JSON object") from None

    def fields(self, name: str, what: str) -> dict[str, Any]:
        """As a JSON object; empty when absent. Raises 400 when it is anything else."""
        value = self.parsed(name, what)
        if value is not None and not isinstance(value, dict):
            raise bad(f"can't parse {what} JSON object: expected an Object")
        return value or {}

    def chat_id(self) -> int | str:
        """A number, or an @name. Raises 400 when empty."""
        value = self.text("chat_id").strip()
        if not value:
            raise bad("chat_id is empty")
        try:
            return int(value)
        except ValueError:
            return value

    def upload(self, name: str) -> Upload | None:
        """The file of a field: its own part, or the part that attach://NAME points to."""
        value = self.text(name)
        return self.uploads.get(value.removeprefix("attach://") if value.startswith("attach://") else name)


async def read_params(request: web.Request) -> Params:
    """Everything the call brought. Raises ApiError 400 for a body that can't be read."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= await _json_body(request)
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = Upload(value.filename, value.file.read())
            else:
                values[name] = value.decode() if isinstance(value, (bytes, bytearray)) else value
    return Params(values, uploads)


async def _json_body(request: web.Request) -> dict[str, Any]:
    raw = await request.read()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad("can't parse request: JSON object expected")
    return body
