"""What the sandbox answers when it refuses: code, description and parameters, worded as the Bot API words them.

Leaves to others: when to refuse (the rooms of the methods) and how an answer travels (wire.py).
"""

from typing import Any

PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    421: "Misdirected Request",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


def describe(code: int, text: str = "") -> str:
    """The description for `text`: prefixed by its code, first letter lowered unless the text is a code in capitals.

    Source of method: telegram-bot-api Client.cpp, fail_query_with_error.
    """
    prefix = PREFIXES.get(code, "Bad Request")
    if not text or text.startswith(prefix):
        return text or prefix
    if len(text) >= 2 and (text[1] == "_" or "A" <= text[1] <= "Z"):
        return f"{prefix}: {text}"
    return f"{prefix}: {text[0].lower()}{text[1:]}"


class ApiError(Exception):
    """A refusal. `retry_after` (seconds) and `migrate_to` (a chat id) go into the answer's parameters."""

    def __init__(self, code: int, text: str = "", *, retry_after: Any = None, migrate_to: int | None = None) -> None:
        self.code = code
        self.description = describe(code, text)
        self.retry_after = retry_after
        self.migrate_to = migrate_to
        super().__init__(self.description)

    def to_api(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        if self.migrate_to is not None:
            body["parameters"] = {"migrate_to_chat_id": self.migrate_to}
        return body


def flood(retry_after: int) -> ApiError:
    """429: wait so many seconds."""
    return ApiError(429, f"retry after {retry_after}", retry_after=retry_after)


def bad(text: str) -> ApiError:
    """400 with this text."""
    return ApiError(400, text)


def forbidden(text: str) -> ApiError:
    """403 with this text."""
    return ApiError(403, text)
