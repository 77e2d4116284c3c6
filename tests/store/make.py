"""Nouns for the store's tests, with every field that a test does not care about filled in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from digests.models import (
    Actor,
    ActorReading,
    Article,
    Delivery,
    Evidence,
    Extraction,
    Kind,
    Position,
    Span,
    Stance,
    Subscriber,
    SubscriberState,
)
from digests.text import fingerprint

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def article(article_id: str = "a", *, text: str = "Nothing much happened in the valley.", **fields: Any) -> Article:
    values = {"title": f"About {article_id}", "publisher": "The Valley Post", "seen_at": NOW, "published_at": NOW}
    values |= fields
    return Article(id=article_id, text=text, fingerprint=fingerprint(str(values["title"]), text), **values)


def person(name: str, *aliases: str, state: str | None = None, role: str | None = None) -> Actor:
    return Actor(name=name, kind=Kind.PERSON, state=state, role=role, aliases=aliases)


def state(name: str, *aliases: str) -> Actor:
    return Actor(name=name, kind=Kind.STATE, aliases=aliases)


def organisation(name: str, *aliases: str, state: str | None = None) -> Actor:
    return Actor(name=name, kind=Kind.ORGANISATION, state=state, aliases=aliases)


def extraction(
    article_id: str, *actors: Actor, positions: tuple[Position, ...] = (), reader: str = "rules/1", **fields: Any
) -> Extraction:
    readings = tuple(
        ActorReading(actor=actor, mentions=(Span(start=place, end=place + 3),), salience=round(0.9 - place / 10, 1))
        for place, actor in enumerate(actors)
    )
    return Extraction(article_id=article_id, reader=reader, actors=readings, positions=positions, **fields)


def position(actor: str, stance: Stance = Stance.DEMANDS, issue: str = "ceasefire", **fields: Any) -> Position:
    evidence = Evidence(start=0, end=7, text="Nothing")
    return Position(**{"actor": actor, "stance": stance, "issue": issue, "evidence": evidence, **fields})


def subscriber(address: str = "12345", **fields: Any) -> Subscriber:
    values = {"state": SubscriberState.ACTIVE, "zone": "Europe/Istanbul", "created_at": NOW} | fields
    return Subscriber(address=address, **values)


def delivery(to: Subscriber, slot: str = "2026-03-04", **fields: Any) -> Delivery:
    plain = Delivery(
        subscriber_id=to.id,
        slot_key=f"{to.id}:{slot}",
        channel=to.channel,
        address=to.address,
        payload="Briefing",
        planned_at=NOW,
        due_at=NOW,
        valid_until=NOW + 6 * HOUR,
        mark=NOW,
    )
    return replace(plain, **fields)
