"""Who may use this bot: its administrators, and others once it is open to them or they were invited. Only decides.

Kept as one note in the store (`load`, `keep`). Administrators are numeric ids; user names can change hands.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from digests.store.base import Books

NOTE = "access"
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is misread
CODE_LENGTH = 8
_MOST_INVITES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Administrators, whether everybody may come in, invitations given out, and the chats let in."""

    admins: tuple[int, ...] = ()
    is_open: bool = False
    invites: tuple[str, ...] = ()
    guests: tuple[int, ...] = ()

    def is_admin(self, user: int | None) -> bool:
        """Whether the user runs this bot."""
        return user is not None and user in self.admins

    def admits(self, *, chat: int, user: int | None) -> bool:
        """Whether somebody is served in a chat."""
        return self.is_open or self.is_admin(user) or chat in self.guests

    def with_admin(self, user: int) -> "Access":
        """The same with one more administrator."""
        return self if user in self.admins else replace(self, admins=(*self.admins, user))

    def with_invite(self, code: str) -> "Access":
        """The same with one more invitation; the oldest give way."""
        return replace(self, invites=(*self.invites, code)[-_MOST_INVITES:])

    def welcome(self, *chats: int) -> "Access":
        """The same with chats let in."""
        return replace(self, guests=tuple(dict.fromkeys((*self.guests, *chats))))

    def invited(self, chat: int, code: str) -> "Access":
        """The same with a chat let in by an invitation, which is crossed out; no other when the code is none."""
        left = tuple(invite for invite in self.invites if not same_code(code, invite))
        return self if left == self.invites else replace(self.welcome(chat), invites=left)

    def moved(self, old: int, new: int) -> "Access":
        """The same when a chat's id has changed."""
        if old not in self.guests:
            return self
        return replace(self, guests=tuple(chat for chat in self.guests if chat != old)).welcome(new)


def new_code() -> str:
    """A code that nobody guesses: 40 random bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LENGTH))


def same_code(given: str, code: str) -> bool:
    """Whether the codes are equal, in a time that tells nothing about where they differ."""
    return secrets.compare_digest(given.strip().upper().encode(errors="replace"), code.encode())


async def load(books: Books, *, admins: frozenset[int] = frozenset(), is_open: bool = False) -> Access:
    """Who may use the bot; administrators from the settings come on top, and the sandbox is open."""
    raw = await books.notes.get(NOTE)
    kept = Access(**_checked(raw)) if isinstance(raw, Mapping) else Access()
    return replace(kept, admins=tuple(dict.fromkeys((*sorted(admins), *kept.admins))), is_open=kept.is_open or is_open)


async def keep(books: Books, access: Access) -> None:
    """Write it down."""
    await books.notes.set(NOTE, asdict(access))


def _checked(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "admins": tuple(int(user) for user in raw.get("admins", ())),
        "is_open": bool(raw.get("is_open", False)),
        "invites": tuple(str(code) for code in raw.get("invites", ())),
        "guests": tuple(int(chat) for chat in raw.get("guests", ())),
    }
