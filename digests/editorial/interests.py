"""What a reader follows: whether a story meets it, and what to say of it when it was silent."""

from collections.abc import Sequence
from datetime import datetime

from digests.editorial.issues import about
from digests.editorial.terms import stems
from digests.models import Actor, FiledPosition, Interest, PositionLine, Story
from digests.text import fold


def matches(interest: Interest, story: Story, actors: Sequence[Actor], held: Sequence[PositionLine]) -> bool:
    """Whether a story is about what the interest names.

    An actor: it, or somebody of that state, is among the story's main actors or holds a position in it. Plain words:
    all of them are in a headline, in an issue, or in the opening of one article.
    """
    if interest.kind == "actor":
        return any(is_of(actor, interest) for actor in (*actors[:6], *(line.actor for line in held)))
    wanted = set(stems(interest.name))
    told = [set(stems(f"{article.title} {article.text[:600]}")) for article in story.articles]
    return bool(wanted) and (
        any(wanted <= terms for terms in told) or any(about(line.issue, interest.name) for line in held)
    )


def is_of(actor: Actor, interest: Interest) -> bool:
    """Whether the actor is the one followed, or belongs to the state followed."""
    if interest.actor_id and actor.id == interest.actor_id:
        return True
    name = fold(interest.name)
    return fold(actor.name) == name or (actor.state is not None and fold(actor.state) == name)


def silent(interests: Sequence[Interest], positions: Sequence[FiledPosition], since: datetime) -> tuple[str, ...]:
    """One line for each interest on which nobody took a position since then, with the date of the last one known."""
    found = []
    for interest in interests:
        said = [one.said_at for one in positions if _concerns(one, interest)]
        if not said:
            found.append(f"{interest.name} (no positions in the last 30 days)")
        elif max(said) <= since:
            last = max(said)
            found.append(f"{interest.name} (no new positions since {last.day} {last:%b})")
    return tuple(found)


def _concerns(one: FiledPosition, interest: Interest) -> bool:
    if interest.kind == "actor":
        return is_of(one.actor, interest)
    return about(one.position.issue, interest.name)
