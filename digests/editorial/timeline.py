"""A story in order of time: its reports, who took a stance when, and who turned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from digests.models import Change, Citation, PositionLine, StoryBrief

MOST = 14  # moments of a timeline that is looked at; a long story keeps its first, its newest and its turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something of a story at its time: a report, a stance that was taken, or a change of one."""

    at: datetime
    what: Citation | PositionLine | Change


def timeline(story: StoryBrief, *, most: int | None = None) -> tuple[Moment, ...]:
    """The moments of a story, oldest first; at most `most`, reports giving way before stances and these before turns.

    A stance stands at its first evidence; a change says all that its second stance would.
    """
    turned = {change.after.id for change in story.changes}
    found = [Moment(at=change.after.said_at, what=change) for change in story.changes]
    for line in story.positions:
        evidence = (line.best, *line.others)
        if not any(one.id in turned for one in evidence):
            found.append(Moment(at=min(one.said_at for one in evidence), what=line))
    found += [Moment(at=citation.dated, what=citation) for citation in story.citations]
    return tuple(sorted(_kept(found, most), key=_order))


def _kept(found: list[Moment], most: int | None) -> Iterable[Moment]:
    if most is None or len(found) <= most:
        return found
    reports = sorted((one for one in found if isinstance(one.what, Citation)), key=_order)
    first = reports[:1]
    changes = [one for one in found if isinstance(one.what, Change)]
    stances = [one for one in found if isinstance(one.what, PositionLine)]  # in the order in which they matter
    others = [*changes, *stances[: most // 2], *reversed(reports[1:]), *stances[most // 2 :]]
    return [*first, *others][:most]


def _order(one: Moment) -> tuple[datetime, int, str]:
    if isinstance(one.what, Citation):
        return one.at, 0, one.what.article_id
    if isinstance(one.what, PositionLine):
        return one.at, 1, f"{one.what.best.id:12}"
    return one.at, 2, f"{one.what.after.id:12}"
