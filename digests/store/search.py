"""Full-text search: FTS5 on SQLite, tsvector on PostgreSQL, one behaviour. No string makes it fail."""

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, column, func, literal, select, table, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.models import Citation
from digests.store import tables
from digests.store.columns import AnyRow, storable
from digests.store.dialects import is_sqlite
from digests.store.positions import CITED, citation
from digests.text import fold

WORDS = 16  # of a query; more than that costs time and finds nothing better
INDEXED = 200_000  # characters of a text: PostgreSQL refuses a tsvector above 1 MB
SNIPPET = 180  # characters

_t = tables.articles
_fts = table("article_words", column("rowid"), column("article_words"))
_vectors = table("article_words", column("article"), column("words"))


_TEXTS = "SELECT number, title, text FROM article_texts WHERE number = :number"


async def search(
    conn: AsyncConnection, words: str, *, since: datetime | None, until: datetime | None, limit: int
) -> Sequence[tuple[Citation, str]]:
    """Citations with a snippet, best first: articles that have all the words, or else those that have some."""
    asked = _words(words)
    if not asked:
        return []
    when = [_t.c.dated > since] if since else []
    when += [_t.c.dated <= until] if until else []
    find = _find_fts5 if is_sqlite(conn) else _find_tsvector
    rows = await find(conn, asked, "and", when, limit) or await find(conn, asked, "or", when, limit)
    return [(citation(row), snippet(row.text, asked)) for row in rows]


async def index_all(conn: AsyncConnection, articles: Sequence[tuple[int, str, str]]) -> None:
    """Make articles findable, each by its number, title and text. (Not by triggers: with trusted_schema=OFF they may
    not write to FTS5.)"""
    if is_sqlite(conn):
        listed = json.dumps([number for number, _, _ in articles])
        some = _TEXTS.replace("= :number", "IN (SELECT value FROM json_each(:numbers))")
        await conn.execute(text(f"INSERT INTO article_words (rowid, title, text) {some}"), {"numbers": listed})
        return
    await conn.execute(
        text(
            "INSERT INTO article_words (article, words) VALUES (:number, "
            "setweight(to_tsvector('english', :title), 'A') || setweight(to_tsvector('english', :body), 'D')) "
            "ON CONFLICT (article) DO UPDATE SET words = excluded.words"
        ),
        [
            {"number": number, "title": fold(storable(title)), "body": fold(storable(body)[:INDEXED])}
            for number, title, body in articles
        ],
    )


async def unindex(conn: AsyncConnection, number: int) -> None:
    """Before an article changes: FTS5 keeps no text of its own and must be told what it had indexed."""
    if is_sqlite(conn):
        gone = f"INSERT INTO article_words (article_words, rowid, title, text) {_TEXTS}"
        await conn.execute(text(gone.replace("SELECT ", "SELECT 'delete', ")), {"number": number})


async def mend(conn: AsyncConnection) -> None:
    """Make the index anew when it is damaged or does not have every article. On SQLite; PostgreSQL sees to its own."""
    if is_sqlite(conn) and not await _is_whole(conn):
        await conn.execute(text("INSERT INTO article_words (article_words) VALUES ('rebuild')"))


async def _is_whole(conn: AsyncConnection) -> bool:
    try:
        await conn.execute(text("INSERT INTO article_words (article_words) VALUES ('integrity-check')"))
    except DatabaseError:
        return False
    counts = "SELECT (SELECT count(*) FROM article_words_docsize) = (SELECT count(*) FROM articles)"
    return bool(await conn.scalar(text(counts)))


def _words(words: str) -> list[str]:
    """What is asked for: at most 16 pieces that hold a letter or digit."""
    pieces = storable(words[:1000]).replace("\ufffd", " ").replace("ı", "i").replace("İ", "I").split()
    named = [re.sub(r"[’']s\b", "", piece) for piece in pieces]  # as fold does: "Ankara's" asks for Ankara
    return [piece for piece in named if fold(piece)][:WORDS]


async def _find_fts5(
    conn: AsyncConnection, asked: list[str], mode: str, when: list[ColumnElement[bool]], limit: int
) -> Sequence[AnyRow]:
    # Each piece is a quoted string: inside quotes FTS5 has no syntax but the doubled quote.
    quoted = ['"' + piece.replace('"', '""') + '"' for piece in asked]
    matches = column("article_words").op("MATCH")((" OR " if mode == "or" else " ").join(quoted))
    rank = func.bm25(text("article_words"), 4.0, 1.0)
    found = (
        select(*CITED, _t.c.text)
        .join(_fts, column("rowid", _selectable=_fts) == _t.c.number)
        .where(matches, *when)
        .order_by(rank, _t.c.dated.desc())
        .limit(limit)
    )
    return (await conn.execute(found)).all()


async def _find_tsvector(
    conn: AsyncConnection, asked: list[str], mode: str, when: list[ColumnElement[bool]], limit: int
) -> Sequence[AnyRow]:
    pieces = [piece for piece in fold(" ".join(asked)).split() if piece != "or"]
    query = func.websearch_to_tsquery(text("'english'"), literal((" or " if mode == "or" else " ").join(pieces)))
    rank = func.ts_rank_cd(_vectors.c.words, query, 1)
    found = (
        select(*CITED, _t.c.text)
        .join(_vectors, _vectors.c.article == _t.c.number)
        .where(_vectors.c.words.op("@@")(query), *when)
        .order_by(rank.desc(), _t.c.dated.desc())
        .limit(limit)
    )
    return (await conn.execute(found)).all()


def snippet(body: str, asked: Sequence[str]) -> str:
    """The piece of a text, on one line, in which most of the words asked for stand near each other."""
    plain = body[:INDEXED].lower() if body.isascii() else "".join(map(_plain, body[:INDEXED]))
    stems = {word[: max(4, len(word) - 2)] for piece in asked for word in fold(piece).split()}
    found = list(re.finditer(r"\b(?:" + "|".join(map(re.escape, sorted(stems))) + ")", plain)) if stems else []
    places = [match.start() for match in found[:200]]
    best = max(
        places, key=lambda at: len({m.group() for m in found[:200] if at <= m.start() < at + SNIPPET}), default=0
    )
    start = body.rfind(" ", 0, max(0, best - 40)) + 1 if best > 40 else 0
    end = start + SNIPPET if start + SNIPPET < len(body) else len(body)
    if end < len(body):
        end = body.rfind(" ", start + SNIPPET // 2, end) if " " in body[start + SNIPPET // 2 : end] else end
    return ("…" if start else "") + " ".join(body[start:end].split()) + ("…" if end < len(body) else "")


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """One character for one, lower case and without its accent."""
    lower = unicodedata.normalize("NFKD", char)[0].lower()
    return lower if len(lower) == 1 else char
