"""Who stands where: positions of many articles made into lines, and lines that contradict an earlier one into changes.

Nothing here decides what was said (extract/ did) nor what is worth telling (briefing.py does). When outlets disagree
on what an actor said, both lines stand, and no change is made of them.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from digests.editorial.families import publisher_key
from digests.editorial.issues import cluster, is_narrower, likeness, one_matter
from digests.editorial.sides import principal, side
from digests.models import Actor, Change, FiledPosition, Kind, Position, PositionLine, Stance

ASKS = frozenset({Stance.DEMANDS, Stance.SUPPORTS, Stance.COMMITS, Stance.PROPOSES})
REFUSES = frozenset({Stance.REJECTS, Stance.OPPOSES, Stance.DENIES})
CONTRARY = frozenset({frozenset({asks, refuses}) for asks in ASKS for refuses in REFUSES})
"""Pairs of stances of which one asks, backs or promises what the other refuses, opposes or denies."""

FLOOR = 0.5
APART = timedelta(hours=12)  # two contrary reports closer than this are outlets that disagree, not an actor that moved
_HARDLY = 0.15  # confidence by which a state's own words may be less sure and still stand for what its people said
_CLAUSE = range(40, 201)  # evidence of this length shows the stance and can be read at a glance


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLines:
    """All lines on one issue, whoever holds them, newest first. `name` is the phrase most used."""

    name: str
    lines: tuple[PositionLine, ...]


def actor_key(actor: Actor) -> Hashable:
    """What makes two actors the same here: the id, or the name where the store gave none."""
    return actor.id or actor.name


def lines(filed: Sequence[FiledPosition], family: Mapping[str, str] | None = None) -> tuple[PositionLine, ...]:
    """One line for each actor, stance and issue; every filed position is in exactly one. Newest line first.

    Who speaks for a state counts as the state (sides.py); a line's actor is who its best evidence names. A conditional
    stance and an unconditional one are two lines. `family` names each article's independent voice; without it
    publishers' names are counted, and equal evidence counts once.
    """
    ordered = sorted(filed, key=_best_first)
    groups = cluster(ordered, lambda one: one.position.issue, _line_key)
    found = [_line(group, family or {}) for group in groups]
    return tuple(sorted(found, key=lambda line: (-line.newest.timestamp(), -line.publishers, line.best.id)))


_PAST = re.compile(
    r"\b(?:previously|formerly|originally|initially|(?:years|decades) ago|last year|a year (?:ago|earlier))\b",
    re.IGNORECASE,
)


def of_today(filed: Iterable[FiledPosition]) -> list[FiledPosition]:
    """Without what an article tells as held before: "Hamas, which initially rejected the plan", is no line of today."""
    return [one for one in filed if not (one.position.background and _PAST.search(one.position.evidence.text))]


def by_issue(found: Iterable[PositionLine]) -> tuple[IssueLines, ...]:
    """Lines of several actors gathered by issue; the issue with the newest line first."""
    ordered = sorted(found, key=lambda line: (-line.publishers, -line.best.position.confidence, line.issue))
    groups = cluster(ordered, lambda line: line.issue)
    gathered = [IssueLines(name=_commonest(group), lines=tuple(sorted(group, key=_newest_first))) for group in groups]
    return tuple(sorted(gathered, key=lambda issue: _newest_first(issue.lines[0])))


def changes(filed: Sequence[FiledPosition], *, floor: float = FLOOR) -> tuple[Change, ...]:
    """For each actor and issue the newest pair of contrary stances, the newest change first.

    Who speaks for a state counts as the state, which is the change's actor where the two stances are of two. Both stand
    above the floor, neither is background, and they were said at least `APART` from each other.
    """
    eligible = [one for one in filed if one.position.confidence >= floor and not one.position.background]
    groups = cluster(sorted(eligible, key=_best_first), lambda one: one.position.issue, lambda one: side(one.actor))
    found = [change for group in groups if (change := _newest_change(group, eligible))]
    return tuple(sorted(found, key=lambda change: (-change.after.said_at.timestamp(), change.after.id)))


def contrary(one: Stance, other: Stance) -> bool:
    """Whether holding both would be a contradiction."""
    return frozenset({one, other}) in CONTRARY


def _newest_change(group: Sequence[FiledPosition], eligible: Sequence[FiledPosition]) -> Change | None:
    newest = sorted(group, key=lambda one: (-one.said_at.timestamp(), *_best_first(one)))
    for after in newest:
        for before in newest:
            if before.said_at + APART <= after.said_at and _turns(before.position, after.position):
                first = _first_said(after, before, eligible)
                same = actor_key(before.actor) == actor_key(first.actor)
                actor = first.actor if same else _state_of(first.actor, group)
                return Change(actor=actor, issue=after.position.issue, before=before, after=first)
    return None


def _turns(before: Position, after: Position) -> bool:
    if not contrary(before.stance, after.stance) or not one_matter(before.issue, after.issue):
        return False
    asked, refused = (before, after) if before.stance in ASKS else (after, before)
    return not asked.conditional and not is_narrower(refused.issue, asked.issue)  # "yes, if" and "no" may both hold


def _state_of(actor: Actor, group: Sequence[FiledPosition]) -> Actor:
    """The state that the group speaks for: as it is known, where it took a stance itself."""
    behind = principal(actor)
    return next((one.actor for one in group if one.actor.kind is Kind.STATE), behind)


def _first_said(after: FiledPosition, before: FiledPosition, eligible: Sequence[FiledPosition]) -> FiledPosition:
    """The first report of the new stance after the last of the old one, in whatever words: that is when it changed."""
    same = [
        one
        for one in eligible
        if side(one.actor) == side(after.actor)
        and one.position.stance == after.position.stance
        and before.said_at + APART <= one.said_at <= after.said_at
        and (one is after or _turns(before.position, one.position))
    ]
    return min(
        same, key=lambda one: (one.said_at, -likeness(before.position.issue, one.position.issue), *_best_first(one))
    )


def _line_key(one: FiledPosition) -> Hashable:
    return side(one.actor), one.position.stance, one.position.conditional


def _best_first(one: FiledPosition) -> tuple[float, bool, bool, int, float, str, int]:
    """Confidence (in tenths), the text over a teaser or a headline, evidence of a readable length, then the newest."""
    position = one.position
    return (
        -round(position.confidence, 1),
        one.citation.is_teaser,
        position.evidence.where == "title",
        _misfit(len(position.evidence.text)),
        -one.said_at.timestamp(),
        one.citation.article_id,
        one.id,
    )


def _misfit(length: int) -> int:
    if length in _CLAUSE:
        return 0
    return _CLAUSE.start - length if length < _CLAUSE.start else length - _CLAUSE.stop


def _said_by_state(group: Sequence[FiledPosition]) -> FiledPosition | None:
    """The best evidence that names the state itself, where it is hardly less sure than its people's."""
    first = group[0]
    own = next((one for one in group if one.actor.kind is Kind.STATE), None)
    if own is None or own.citation.is_teaser or own.position.evidence.where == "title":
        return None
    return own if own.position.confidence >= first.position.confidence - _HARDLY else None


def _line(group: Sequence[FiledPosition], family: Mapping[str, str]) -> PositionLine:
    best = _said_by_state(group) or group[0]
    return PositionLine(
        actor=best.actor,
        stance=best.position.stance,
        issue=best.position.issue,
        target=best.target.name if best.target else best.position.target,
        conditional=best.position.conditional,
        best=best,
        others=tuple(one for one in group if one is not best),
        publishers=_voices(group, family),
    )


def _voices(group: Sequence[FiledPosition], family: Mapping[str, str]) -> int:
    """Independent publishers behind a line: one family is one voice, and so is one wording of the evidence."""
    voice: dict[str, str] = {}
    for one in group:
        name = family.get(one.citation.article_id) or publisher_key(one.citation.publisher)
        voice.setdefault(one.position.evidence.text, name)
    return len(set(voice.values()))


def _newest_first(line: PositionLine) -> tuple[float, int, str, int]:
    return -line.newest.timestamp(), -line.publishers, line.actor.name, line.best.id


def _commonest(group: Sequence[PositionLine]) -> str:
    count = Counter(one.position.issue for line in group for one in (line.best, *line.others))
    return min(count, key=lambda issue: (-count[issue], len(issue), issue))
