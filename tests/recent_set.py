"""The recent set: ten feed items of February 2026, annotated by the same guide as the other gold articles.

tests/recent/ keeps for each item where it stands (feed file, hash of its link), a fingerprint of its exact title and
text, its actors, and its positions with the offsets of their evidence. The words themselves are others': they are read
from the captured feeds in the evaluation data, with the parser that reads feeds for the bot.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digests.models import Article
from digests.sources.parse.feed import parse_feed
from digests.text import short_id

RECENT = Path(__file__).resolve().parent / "recent"
CAPTURED = datetime(2026, 2, 18, tzinfo=UTC)  # the morning after the feeds were captured


def items() -> list[dict[str, Any]]:
    """What is kept of every item, in order."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(RECENT.glob("*.json"))]


def gold(data: Path) -> list[dict[str, Any]]:
    """The items with title, text and the words of their evidence, as score_reading.py reads gold articles.

    `data` is the folder of the evaluation data. Raises LookupError when a feed no longer gives an item word for word.
    """
    kept = items()
    feeds = {name: _articles(data / "feeds" / name) for name in {item["feed"] for item in kept}}
    return [whole(item, feeds[item["feed"]].get(item["item"])) for item in kept]


def whole(item: dict[str, Any], article: Article | None) -> dict[str, Any]:
    """One item as a gold article; raises LookupError when `article` is not the text that was annotated."""
    if article is None or short_id(article.title, article.text) != item["fingerprint"]:
        raise LookupError(f"{item['id']}: {item['feed']} doesn't give the text that was annotated")
    words = {"title": article.title, "text": article.text}
    positions = [
        {**position, "evidence": words[span["in"]][span["start"] : span["end"]]}
        for position in item["positions"]
        for span in [position["evidence"]]
    ]
    return {"id": item["id"], **words, "actors": item["actors"], "positions": positions}


def _articles(feed: Path) -> dict[str, Article]:
    return {article.id: article for article in parse_feed(feed.read_bytes(), CAPTURED).articles}
