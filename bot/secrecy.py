"""Keeps secrets out of everything that is printed: log records, tracebacks, errors that end the program.

The token is part of every address that the Telegram library calls, so any line of httpx, any exception and any repr
may hold it. Filters sit on the handlers, because filters on loggers don't see what child loggers pass up.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable
from types import TracebackType

HIDDEN = "[secret]"
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
_PASSWORD = re.compile(r"(?<=://)([^/\s:@]+):([^/\s@]+)@")


class Redactor(logging.Filter):
    """A filter for handlers that replaces tokens, passwords in addresses, and the given words."""

    def __init__(self, *secrets: str | None) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def redact(self, words: str) -> str:
        """`words` without secrets."""
        for secret in self._secrets:
            words = words.replace(secret, HIDDEN)
        return _PASSWORD.sub(rf"\1:{HIDDEN}@", _TOKEN.sub(HIDDEN, words))

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record, its traceback too, and let it through."""
        record.msg, record.args = self.redact(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
        record.exc_info = None
        if record.exc_text:
            record.exc_text = self.redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redact(record.stack_info)
        return True


def guard_output(redactor: Redactor, handlers: Iterable[logging.Handler]) -> None:
    """Put the redactor on every handler, quieten libraries that say too much, guard last words."""
    for handler in handlers:
        handler.addFilter(redactor)
    for name in ("httpx", "httpcore", "telegram", "aiohttp.access", "alembic", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)

    def last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(redactor.redact("".join(traceback.format_exception(kind, error, trace))))

    def thread_words(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            last_words(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = last_words
    threading.excepthook = thread_words
