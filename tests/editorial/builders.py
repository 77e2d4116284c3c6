"""Nouns for the tests of judgement, with only what a test cares about spelt out."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from digests.editorial.summary import cite
from digests.editorial.window import Material
from digests.models import Actor, Article, Evidence, FiledPosition, Interest, Kind, Position, Stance
from digests.text import fingerprint, short_id

NOON = datetime(2023, 11, 6, 12, 0, tzinfo=UTC)
_IDS = count(1)

TURKEY = Actor(id=1, name="Turkey", kind=Kind.STATE, state="Turkey", aliases=("Ankara", "Türkiye"))
ISRAEL = Actor(id=2, name="Israel", kind=Kind.STATE, state="Israel")
FIDAN = Actor(id=3, name="Hakan Fidan", kind=Kind.PERSON, role="Foreign Minister", state="Turkey", aliases=("Fidan",))
ERDOGAN = Actor(id=4, name="Recep Tayyip Erdogan", kind=Kind.PERSON, state="Turkey", aliases=("Erdogan",))
BLINKEN = Actor(id=5, name="Antony Blinken", kind=Kind.PERSON, state="United States", aliases=("Blinken",))
RUSSIA = Actor(id=6, name="Russia", kind=Kind.STATE, state="Russia")
EVERYBODY = (TURKEY, ISRAEL, FIDAN, ERDOGAN, BLINKEN, RUSSIA)


def article(
    title: str = "Ministers meet",
    text: str = "",
    *,
    publisher: str = "The Lamp",
    hours: float = 0.0,
    seen: float | None = None,
    is_teaser: bool = False,
) -> Article:
    """An article published `hours` after noon (and seen then, unless `seen` says otherwise)."""
    at = NOON + timedelta(hours=hours)
    return Article(
        id=short_id(publisher, title, str(hours)),
        title=title,
        text=text,
        url=f"https://{publisher.lower().replace(' ', '-')}.example/{short_id(title)}",
        publisher=publisher,
        published_at=at,
        seen_at=at if seen is None else NOON + timedelta(hours=seen),
        fingerprint=fingerprint(title, text),
        is_teaser=is_teaser,
    )


def filed(
    actor: Actor,
    stance: Stance,
    issue: str,
    where: Article | None = None,
    *,
    hours: float = 0.0,
    publisher: str = "The Lamp",
    evidence: str = "",
    confidence: float = 0.8,
    background: bool = False,
    conditional: bool = False,
) -> FiledPosition:
    """A filed position in `where`, or in an article of its own."""
    place = where or article(f"{actor.name} on {issue}", publisher=publisher, hours=hours)
    words = evidence or f"{actor.name} {stance} {issue}, {place.publisher} wrote at {hours}"
    position = Position(
        actor=actor.name,
        stance=stance,
        issue=issue,
        evidence=Evidence(start=0, end=len(words), text=words),
        confidence=confidence,
        background=background,
        conditional=conditional,
    )
    return FiledPosition(id=next(_IDS), actor=actor, position=position, citation=cite(place))


def material(
    articles: Sequence[Article],
    positions: Sequence[FiledPosition] = (),
    *,
    salient: Sequence[Actor] = (TURKEY,),
    since: float = -24.0,
    until: float = 1.0,
    interests: Sequence[Interest] = (),
) -> Material:
    """A window around noon in which every article has the same salient actors."""
    return Material(
        since=NOON + timedelta(hours=since),
        until=NOON + timedelta(hours=until),
        articles=tuple(articles),
        readings={one.id: [(actor, 0.8, 3) for actor in salient] for one in articles},
        positions=tuple(positions),
        interests=tuple(interests),
    )
