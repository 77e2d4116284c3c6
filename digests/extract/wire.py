"""The reader's wire format, one JSON object an article; docs/reading.md describes it.

The only place where the literature's `source` (the speaker's span) is translated: ours is a publisher.
"""

from datetime import UTC, datetime
from typing import Any

from digests.errors import ParseError
from digests.models import Article, Extraction, Position, Span
from digests.text import fingerprint, short_id

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_line(line: dict[str, Any]) -> Article:
    """The article of an input line {"id", "title", "text"}: its text and title stay exactly as given.

    "title" may be absent. Raises ParseError when "text" is no string.
    """
    text, title = line.get("text"), line.get("title") or ""
    if not isinstance(text, str) or not isinstance(title, str):
        raise ParseError("an article line needs a string as its text")
    mark = fingerprint(title, text)
    return Article(id=str(line.get("id") or short_id(mark)), title=title, text=text, seen_at=_EPOCH, fingerprint=mark)


def to_wire(extraction: Extraction) -> dict[str, Any]:
    """`extraction` as the object that docs/reading.md describes and the scorers read."""
    return {
        "id": extraction.article_id,
        "actors": [
            {
                "name": reading.actor.name,
                "kind": str(reading.actor.kind),
                "role": reading.actor.role,
                "state": reading.actor.state,
                "aliases": list(reading.actor.aliases),
                "mentions": _pairs(reading.mentions),
                "salience": reading.salience,
            }
            for reading in extraction.actors
        ],
        "attributions": [
            {
                "source": _pairs(attribution.source),
                "cue": _pairs(attribution.cue),
                "content": _pairs(attribution.content),
                "speaker": attribution.speaker,
            }
            for attribution in extraction.attributions
        ],
        "positions": [_position(position) for position in extraction.positions],
    }


def _position(position: Position) -> dict[str, Any]:
    evidence = position.evidence
    return {
        "actor": position.actor,
        "stance": str(position.stance),
        "issue": position.issue,
        "target": position.target,
        "conditional": position.conditional,
        "negated": position.negated,
        "evidence": {"in": evidence.where, "start": evidence.start, "end": evidence.end, "text": evidence.text},
        "quote": [position.quote.start, position.quote.end] if position.quote else None,
        "mode": position.mode,
        "confidence": position.confidence,
        "background": position.background,
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
