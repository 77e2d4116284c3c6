"""Readings: positions before their actors are named and their issues unified, doubles taken out."""

from dataclasses import dataclass, replace

from digests.extract.issues import unify
from digests.extract.roster import Draft
from digests.models import Evidence, Mode, Position, Span, Stance

MOST = 400
"""Positions an article may give; no real one comes near."""


UNREADABLE = 0.45
"""What a position is worth at most whose issue is cut, vague or no English after its stance: it is never shown."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A position before its actors are named and its issue unified. `rule` names what found it."""

    holder: Draft
    stance: Stance
    issue: str
    target: Draft | None
    evidence: Evidence
    quote: Span | None
    mode: Mode
    rule: tuple[str, str]
    confidence: float
    conditional: bool
    negated: bool
    background: bool


def within(readings: list[Reading], start: int, end: int, text_at: int) -> list[Reading]:
    """The readings whose evidence meets these characters of the page, whose text begins at `text_at`."""
    return [
        one
        for one in readings
        if one.evidence.start < end - (shift := text_at if one.evidence.where == "text" else 0)
        and start - shift < one.evidence.end
    ]


def without_doubles(readings: list[Reading]) -> list[Reading]:
    """One position for one holder, stance and evidence; of two stances on one issue in one place one is shown."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=_rank):
        same_place = [other for other in kept if other.holder is reading.holder and _overlap(reading, other)]
        if any(other.stance is reading.stance for other in same_place):
            continue
        rival = any(
            other.issue == reading.issue and "claim" in (other.rule[0], reading.rule[0]) for other in same_place
        )
        kept.append(replace(reading, confidence=min(reading.confidence, UNREADABLE)) if rival else reading)
    return sorted(kept, key=lambda r: (r.evidence.start, r.evidence.end))


def _rank(reading: Reading) -> tuple[bool, bool, float, int]:
    """What may be shown first, and of that what a cue says before what the encoder claims."""
    return (reading.confidence <= UNREADABLE, reading.rule[0] == "claim", -reading.confidence, reading.evidence.start)


def _overlap(one: Reading, other: Reading) -> bool:
    """Whether the evidences share more than half of the shorter one."""
    shared = min(one.evidence.end, other.evidence.end) - max(one.evidence.start, other.evidence.start)
    same_text = one.evidence.where == other.evidence.where
    return same_text and shared > 0.5 * min(len(one.evidence.text), len(other.evidence.text))


def as_positions(readings: list[Reading], names: dict[int, str]) -> tuple[Position, ...]:
    """The readings with actors by name and one phrase for one issue. Holders without a name are left out."""
    kept = [reading for reading in readings if id(reading.holder) in names]
    order = sorted(range(len(kept)), key=lambda k: (kept[k].confidence <= UNREADABLE, k))  # a phrase that reads leads
    unified = dict(zip(order, unify([kept[k].issue for k in order]), strict=True))
    return tuple(
        Position(
            actor=names[id(reading.holder)],
            stance=reading.stance,
            issue=issue,
            target=names.get(id(reading.target)) if reading.target is not None else None,
            conditional=reading.conditional,
            negated=reading.negated,
            evidence=reading.evidence,
            quote=reading.quote,
            mode=reading.mode,
            confidence=reading.confidence,
            background=reading.background,
        )
        for reading, issue in ((reading, unified[k]) for k, reading in enumerate(kept))
    )
