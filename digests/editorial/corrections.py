"""What a briefing told and an article, changed since, no longer gives. Pure; who was told what is left to flows."""

from collections.abc import Iterable, Mapping, Sequence

from digests.editorial.issues import same
from digests.models import Article, Correction, Edition, FiledPosition, PositionLine

LINES = 4  # of a story: as many as a briefing has room for


def corrections(
    told: Iterable[Edition], changed: Mapping[str, Article], given: Sequence[FiledPosition]
) -> tuple[Correction, ...]:
    """The positions told in these editions that rest on changed articles alone and that these no longer give.

    `changed` are those articles as they are now, by id; `given` the positions read from them now, hidden ones left out.
    A line stands when any of its evidence does. Each is taken back once, with when it was last told.
    """
    found: dict[tuple[str, str, str], Correction] = {}
    for edition in told:
        for line in (line for story in edition.stories for line in story.positions[:LINES]):
            if not any(_stands(filed, changed, given) for filed in (line.best, *line.others)):
                found[line.actor.name, line.stance, line.issue] = _correction(line, edition)
    return tuple(sorted(found.values(), key=lambda one: (one.told_at, one.actor.name), reverse=True))


def _stands(filed: FiledPosition, changed: Mapping[str, Article], given: Sequence[FiledPosition]) -> bool:
    """Whether its article still gives a position: read again, or its words are still there to the letter.

    The second, because a reader that now misses what it saw before is no reason to accuse an article of a change.
    """
    article = changed.get(filed.citation.article_id)
    if article is None:
        return True
    words = filed.position.evidence.text
    return (
        words in article.text
        or words in article.title
        or any(
            now.citation.article_id == article.id
            and now.actor.id == filed.actor.id
            and now.position.stance == filed.position.stance
            and same(now.position.issue, filed.position.issue)
            for now in given
        )
    )


def _correction(line: PositionLine, edition: Edition) -> Correction:
    return Correction(
        actor=line.actor,
        stance=line.stance,
        issue=line.issue,
        target=line.target,
        conditional=line.conditional,
        citation=line.best.citation,
        told_at=edition.until,
    )
