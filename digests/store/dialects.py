"""Where a statement must be written differently for SQLite and PostgreSQL; opening them is engine.py's."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.store.columns import storable


def is_sqlite(conn: AsyncConnection) -> bool:
    """Whether `conn` leads to SQLite; the other one is PostgreSQL."""
    return conn.dialect.name == "sqlite"


def insert(conn: AsyncConnection, into: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT; both dialects spell it the same way."""
    return sqlite.insert(into) if is_sqlite(conn) else postgresql.insert(into)


def among(conn: AsyncConnection, column: ColumnElement[Any], values: Iterable[int | str]) -> ColumnElement[bool]:
    """Whether `column` is one of `values`, however many: they travel as one parameter, not as one each."""
    plain = [storable(value) if isinstance(value, str) else value for value in values]
    listed = bindparam(None, json.dumps(plain), type_=Text())
    if is_sqlite(conn):
        return column.in_(select(func.json_each(listed).table_valued("value").c.value))
    element = func.jsonb_array_elements_text(cast(listed, postgresql.JSONB)).table_valued("value")
    return column.in_(select(cast(element.c.value, column.type)))
