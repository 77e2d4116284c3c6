"""What administrators did, as lines of the log: who, what, when. Codes, addresses and settings are never in them."""

import logging

from telegram import User

LOG = logging.getLogger(__name__)


def note(who: User | None, deed: str) -> None:
    """One line. `deed` goes on after "user 123 "; it holds no secret."""
    LOG.info("user %s %s", who.id if who else "?", deed)
