"""What a command is: a name, a coroutine, its buttons, and who may use it. commands/ holds one a file."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.context import Context
from bot.phrases.speak import words
from bot.press import Press


class Who(StrEnum):
    """Who may use a command or press its buttons."""

    READERS = "readers"  # everybody who is served
    OWNERS = "owners"  # those to whom the chat's settings belong: in a group, its administrators
    ADMINS = "admins"  # those who run the bot, in a private chat


Run = Callable[[Context, str], Awaitable[None]]
Answer = Callable[[Context, Press], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command. `presses` are the verbs of its buttons; `always` is carried out however late it comes."""

    name: str
    run: Run
    who: Who = Who.READERS
    presses: Mapping[str, Answer] = field(default_factory=dict)
    always: bool = False
    listed: bool = True

    @property
    def about(self) -> str:
        """What it does, in a few words."""
        return words(f"command.{self.name}")

    @property
    def usage(self) -> str:
        """The command with what may follow it, as "/actors [who]"."""
        return f"/{self.name} {words(f'usage.{self.name}')}".rstrip()
