"""Who stands where at a glance: the issues on which most actors stand, by the actors that stand on most of them."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from digests.editorial.positions import IssueLines
from digests.editorial.sides import principal, side
from digests.models import Actor, PositionLine, Stance

MOST = 12  # issues, and actors: what can still be read on a telephone
LETTERS: Mapping[Stance, str] = {
    Stance.SUPPORTS: "S",
    Stance.DEMANDS: "D",
    Stance.COMMITS: "C",
    Stance.PROPOSES: "P",
    Stance.REJECTS: "R",
    Stance.OPPOSES: "O",
    Stance.DENIES: "N",
    Stance.ACCUSES: "A",
    Stance.THREATENS: "T",
    Stance.DOUBTS: "?",
}
"""The letter of each stance, so that it can be read without its colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Issues, actors (a state for all who speak for it), and by (issue, actor) the stances taken, each once.

    The newest stance of a cell stands first. Every row and every column has one.
    """

    issues: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    cells: Mapping[tuple[int, int], tuple[Stance, ...]]


def matrix(issues: Sequence[IssueLines], *, most: int = MOST) -> Matrix:
    """The matrix of positions gathered by issue (`by_issue`): at most `most` issues and as many actors."""
    ranked = sorted(issues, key=lambda issue: (-len(_holders(issue.lines)), -len(issue.lines)))[: 2 * most]
    known = {side(line.actor): principal(line.actor) for issue in ranked for line in issue.lines}
    count: Counter[Hashable] = Counter()
    for weight, issue in enumerate(reversed(ranked[:most]), 1):
        count.update(dict.fromkeys(_holders(issue.lines), 100 + weight))
    actors = sorted(count, key=lambda key: (-count[key], known[key].name))[:most]
    place = {key: column for column, key in enumerate(actors)}
    rows = [issue for issue in ranked if _holders(issue.lines) & place.keys()][:most]
    cells = {
        (row, place[key]): _stances(line for line in issue.lines if side(line.actor) == key)
        for row, issue in enumerate(rows)
        for key in _holders(issue.lines) & place.keys()
    }
    used = sorted({column for _, column in cells})
    return Matrix(
        issues=tuple(issue.name for issue in rows),
        actors=tuple(known[actors[column]] for column in used),
        cells={(row, used.index(column)): stances for (row, column), stances in cells.items()},
    )


def _holders(lines: Iterable[PositionLine]) -> set[Hashable]:
    return {side(line.actor) for line in lines}


def _stances(lines: Iterable[PositionLine]) -> tuple[Stance, ...]:
    newest = sorted(lines, key=lambda line: (-line.newest.timestamp(), line.best.id))
    return tuple(dict.fromkeys(line.stance for line in newest))
