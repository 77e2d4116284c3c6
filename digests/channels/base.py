"""The contract of a delivery channel: it writes a message, sends it, and says truly what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from digests.models import Delivery, Edition, Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Accepted: `message_id` is the channel's proof."""

    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Surely not sent; try again `after`. `everyone` is True when the whole channel asks us to slow down.

    `counted` is False when the wait is not this message's fault (a flood limit), so that it uses up no attempt.
    """

    after: timedelta
    why: str
    everyone: bool = False
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The chat does not want us or is no more: surely not sent, and nothing more goes there until it asks to."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Surely not sent: the chat has a new address."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Surely not sent, and never will be as it is: the message itself is at fault."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The answer was lost: it may have been sent."""

    why: str


Outcome = Sent | Later | Gone | Moved | Refused | Unclear


class Channel(Protocol):
    """What flows ask of a channel. `bot/` implements it for Telegram; tests may."""

    @property
    def name(self) -> str:
        """As kept in `Subscriber.channel`, for example "telegram"."""

    def render(self, edition: Edition, subscriber: Subscriber, *, now: datetime, planned_at: datetime) -> str:
        """The briefing for this subscriber as a payload that `send` understands: told in its zone, against its mark.

        Pure: the same arguments give the same bytes. `planned_at` before `now` by minutes means "late", and it says so.
        """

    async def send(self, delivery: Delivery) -> Outcome:
        """Send `delivery.payload` to `delivery.address` once. Raises ChannelClosed when it refuses us wholly."""
