"""What a chat follows: adding and taking away, each safe to do twice."""

from dataclasses import replace

from digests.models import Actor, Interest, Subscriber
from digests.text import fold, short_id

MOST = 20


def of_actor(actor: Actor) -> Interest:
    """Following an actor."""
    return Interest(kind="actor", name=actor.name, actor_id=actor.id)


def key(interest: Interest) -> str:
    """What makes two interests the same: the actor, or the words; fits into a button."""
    return f"a{interest.actor_id}" if interest.actor_id else f"w{short_id(fold(interest.name))}"


def follows(subscriber: Subscriber, interest: Interest) -> bool:
    """Whether the chat follows this already."""
    return any(key(each) == key(interest) for each in subscriber.interests)


def with_interest(subscriber: Subscriber, interest: Interest) -> Subscriber:
    """The same chat with one more interest, unless it has it or has too many."""
    if follows(subscriber, interest) or len(subscriber.interests) >= MOST:
        return subscriber
    return replace(subscriber, interests=(*subscriber.interests, interest))


def without(subscriber: Subscriber, interest: Interest) -> Subscriber:
    """The same chat without an interest."""
    left = tuple(each for each in subscriber.interests if key(each) != key(interest))
    return subscriber if left == subscriber.interests else replace(subscriber, interests=left)
