"""Lines of JSON as `digests group` and `digests summarise` take and print them; docs/cli.md describes both.

The only place where a line's `source` (its outlet) becomes our publisher. What is made of the articles is left to
stories.py and summary.py.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from digests.editorial.summary import headline, summarise
from digests.errors import ParseError
from digests.models import Article, Sentence, Story
from digests.text import fingerprint, short_id

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def article_of(line: Any) -> Article:
    """The article of a line {"id", "title", "text", "source", "published"}, of which only "text" must be there.

    Title and text stay exactly as given. A date that can't be read is no date. Raises ParseError.
    """
    if not isinstance(line, Mapping):
        raise ParseError("an article must be a JSON object")
    title, text = line.get("title") or "", line.get("text")
    if not isinstance(title, str) or not isinstance(text, str):
        raise ParseError("an article needs a string as its text")
    mark = fingerprint(title, text)
    return Article(
        id=str(line.get("id") or short_id(mark)),
        title=title,
        text=text,
        publisher=str(line.get("source") or line.get("publisher") or ""),
        published_at=_date(line.get("published")),
        seen_at=_EPOCH,
        fingerprint=mark,
    )


def story_of(line: Any) -> Story:
    """The story of a line {"story", "articles"}. Raises ParseError."""
    if not isinstance(line, Mapping) or not isinstance(line.get("articles"), list) or not line["articles"]:
        raise ParseError('a story needs a list of "articles"')
    return Story(id=str(line.get("story") or ""), articles=tuple(article_of(one) for one in line["articles"]))


def told(story: Story) -> dict[str, Any]:
    """{"story", "title", "summary", "sentences"}: the story in its articles' own words."""
    title = headline(story).title
    sentences = summarise(story, title=title)
    return {
        "story": story.id,
        "title": title,
        "summary": " ".join(one.text for one in sentences),
        "sentences": [_sentence(one) for one in sentences],
    }


def _sentence(one: Sentence) -> dict[str, Any]:
    return {"text": one.text, "article": one.citation.article_id, "start": one.start, "end": one.end}


def _date(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None
