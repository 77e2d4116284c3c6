"""Column types that keep the same values on SQLite (STRICT tables) and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Double, Integer, Row, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

AnyRow = Row[*tuple[Any, ...]]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

# STRICT tables know INTEGER, REAL, TEXT and BLOB only; chat ids and milliseconds need 64 bits on PostgreSQL.
Whole: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
Real: TypeEngine[float] = Double().with_variant(sqlite.REAL(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware datetime as milliseconds since 1970, so that both databases compare it alike."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """A plain 64-bit integer."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Milliseconds; a naive datetime is refused with TypeError."""
        return None if value is None else (value - EPOCH) // _MILLISECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The datetime in UTC."""
        return None if value is None else EPOCH + value * _MILLISECOND


class Flag(TypeDecorator[bool]):
    """True or False as 1 or 0."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """A plain integer."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """True or False."""
        return None if value is None else bool(value)


class Words(TypeDecorator[str]):
    """Text in which NUL and lone surrogates, which databases refuse, are kept as U+FFFD: every offset stays true."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Text that both databases take."""
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """`text` with each NUL and lone surrogate replaced by U+FFFD, character for character."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
