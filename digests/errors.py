"""The errors of the house.

    DigestsError
    ├── SettingsError    a setting is missing or wrong; the message names it
    ├── FetchError       a source could not be fetched (refused address, HTTP status, too large, too slow)
    ├── ParseError       bytes came, but no article could be read from them
    ├── ExtractionError  an extractor returned a span that is not in the article
    ├── StoreError       the database refused or is damaged
    │   └── StoreInUse   another process holds this database or this bot token
    └── ChannelClosed    the channel will take nothing from us at all (token revoked); nothing may be marked as failed

Each carries one line fit for a person. Expected trouble with one source or one message is a value instead
(`Trouble`, `Outcome`): these errors are for what a caller can't go on from.
"""

from datetime import timedelta


class DigestsError(Exception):
    """Any error of the house; `str(error)` is one line that an operator can act on."""


class SettingsError(DigestsError):
    """A setting is missing or wrong."""


class FetchError(DigestsError):
    """A source could not be fetched.

    `wait` is how long its server asked us to stay away, where it said so; `is_gone` that it is gone for good,
    `is_brief` that it may well be had a few minutes later.
    """

    def __init__(
        self, message: str, *, wait: timedelta | None = None, is_gone: bool = False, is_brief: bool = False
    ) -> None:
        super().__init__(message)
        self.wait = wait
        self.is_gone = is_gone
        self.is_brief = is_brief


class ParseError(DigestsError):
    """What was fetched holds no readable article."""


class ExtractionError(DigestsError):
    """An extractor broke its contract: a span outside the article, or words that are not there."""


class StoreError(DigestsError):
    """The database refused, or is damaged."""


class StoreInUse(StoreError):
    """Another process already works on this database or with this bot token."""


class ChannelClosed(DigestsError):
    """The channel refuses us altogether, as when a bot token was revoked."""
