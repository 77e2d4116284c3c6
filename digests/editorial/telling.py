"""In which order the lines of one story are told: what matters most first, and not all by one actor."""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace

from digests.editorial.issues import cluster, same
from digests.editorial.positions import actor_key, contrary, lines
from digests.editorial.sides import side
from digests.editorial.terms import cosine, stems, unit
from digests.models import FiledPosition, PositionLine

LINE_WEIGHTS: Mapping[str, float] = {
    "confidence": 1.0,
    "publishers": 0.25,  # for each doubling
    "salience": 0.8,  # times the actor's salience in the story
    "topic": 0.8,  # times the likeness of the issue to the story's headlines
    "contested": 0.4,  # for each doubling of the story's actors that take a stance on the same issue
    "teaser": -0.2,
}
"""What puts one line of a story before another; `line_weight` adds it up."""


def led_by(here: Sequence[FiledPosition], rest: tuple[FiledPosition, ...], family: Mapping[str, str]) -> PositionLine:
    """A line of what stands in this story first, counted by the publishers of this story, and of the `rest`."""
    local = lines(here, family)
    # Of phrases that only other articles held together each is a line of its own here: whose words are shown, leads.
    lead = next(one for one in local if here[0] in (one.best, *one.others))
    others = tuple(one for one in here if one not in (lead.best, *lead.others))
    return replace(lead, others=(*lead.others, *others, *rest))


def varied(found: list[PositionLine], weight: Callable[[PositionLine], float]) -> list[PositionLine]:
    """Lines by weight, each side's first line before anybody's second; a line and its contradiction side by side.

    Of a joint statement one holder's line comes first, the others' with their second lines.
    """
    ordered = sorted(found, key=lambda line: (-weight(line), line.actor.name, line.best.id))
    turn: dict[Hashable, int] = {}
    ranked: list[tuple[int, int, PositionLine]] = []
    for place, line in enumerate(ordered):
        key = side(line.actor)
        disputed = next((one for one in ranked if _disputes(one[2], line)), None)
        turn[key] = turn.get(key, -1) + (disputed is None)
        words = line.best.position.evidence.text
        again = any(one[2].best.position.evidence.text == words for one in ranked)
        ranked.append((disputed[0], disputed[1], line) if disputed else (turn[key] + again, place, line))
    return [line for _, _, line in sorted(ranked, key=lambda one: one[:2])]


def _disputes(one: PositionLine, other: PositionLine) -> bool:
    return side(one.actor) == side(other.actor) and contrary(one.stance, other.stance) and same(one.issue, other.issue)


def contested(found: Sequence[PositionLine]) -> dict[int, int]:
    """By the id of a line's best evidence: how many of the story's sentences take a stance on its issue.

    Sentences, not actors, so that a joint statement of three counts once; one actor's several count as one.
    """
    groups = cluster(sorted(found, key=lambda line: (line.issue, line.best.id)), lambda line: line.issue)
    return {line.best.id: _sides(group) for group in groups for line in group}


def _sides(group: Sequence[PositionLine]) -> int:
    actors = {side(one.actor) for one in group}
    return min(len(actors), len({one.best.position.evidence.text for one in group}))


def line_weight(
    line: PositionLine, salience: Mapping[Hashable, float], topic: Mapping[str, float], holders: Mapping[int, int]
) -> float:
    """How much a line matters in its story: sure, told by many, by an actor that matters, on what the headlines say or
    what others take a stance on too (`holders`: see `contested`)."""
    parts = {
        "confidence": line.best.position.confidence,
        "publishers": math.log2(line.publishers),
        "salience": salience.get(actor_key(line.actor), 0.0),
        "topic": cosine(unit(dict.fromkeys(stems(line.issue), 1.0)), topic),
        "contested": math.log2(holders.get(line.best.id, 1)),
        "teaser": line.best.citation.is_teaser,
    }
    return sum(LINE_WEIGHTS[name] * value for name, value in parts.items())
