"""Waiting for what the bot says: every wait ends with it, or with a TimeoutError that tells what was said instead."""

from collections.abc import Callable

from bot.sandbox.nouns import Json, Message, Query
from bot.sandbox.world import World

PATIENCE = 5.0


class Waiting:
    """Waits on one world. `chat` is a chat's id; `seconds` are real ones."""

    def __init__(self, world: World) -> None:
        self.world = world

    def _said(self, chat: int | None) -> list[Message]:
        """What the bot said, oldest first, in one chat or everywhere."""
        ours = (self.world.bot, None)
        return [m for (place, _), m in self.world.messages.items() if chat in (None, place) and m.sender in ours]

    def _give_up(self, chat: int | None, seconds: float, what: str) -> TimeoutError:
        said = [message.text[:60] for message in self._said(chat)][-3:]
        calls = [f"{call.method}: {call.outcome}" for call in self.world.requests if call.method != "getUpdates"][-3:]
        return TimeoutError(f"{what} did not come in {seconds} s; last said: {said}; last calls: {calls}")

    async def reply(self, chat: int, *, after: int | None = None, seconds: float = PATIENCE) -> Message:
        """The bot's first message after the person's last deed in that chat (or after message `after`)."""
        mark = self.world.marks.get(chat, 0) if after is None else after
        found = await self.world.bell.until(lambda: self._first(chat, mark), seconds)
        if found is None:
            raise self._give_up(chat, seconds, "a reply")
        return found

    def _first(self, chat: int, mark: int) -> Message | None:
        return next((message for message in self._said(chat) if message.message_id > mark), None)

    async def message(
        self, wanted: str | Callable[[Message], bool], *, chat: int | None = None, seconds: float = PATIENCE
    ) -> Message:
        """A message of the bot that holds these words, or passes this test; the newest when there are several."""
        test = wanted if callable(wanted) else lambda message: wanted in message.text
        found = await self.world.bell.until(
            lambda: next((message for message in reversed(self._said(chat)) if test(message)), None), seconds
        )
        if found is None:
            raise self._give_up(chat, seconds, f"a message with {wanted!r}")
        return found

    async def response(self, query: Query, edits: int, *, seconds: float = PATIENCE) -> Message:
        """What became of a pressed button: its message edited (more than `edits` times), or a new message."""
        chat, message = query.message.chat.id, query.message
        mark = self.world.marks.get(chat, 0)
        found = await self.world.bell.until(
            lambda: message if message.edits > edits else self._first(chat, mark), seconds
        )
        if found is None:
            raise self._give_up(chat, seconds, "an edit or a reply")
        return found

    async def answer(self, query: Query, *, seconds: float = PATIENCE) -> Json:
        """The bot's answer to a pressed button: text and show_alert."""
        found = await self.world.bell.until(lambda: query.answer, seconds)
        if found is None:
            raise self._give_up(query.message.chat.id, seconds, "an answer to the button")
        return found

    async def accepted(self, count: int, *, seconds: float = PATIENCE) -> None:
        """Until the ledger has so many lines."""
        if await self.world.bell.until(lambda: len(self.world.ledger) >= count or None, seconds) is None:
            raise self._give_up(None, seconds, f"accepted message {count}")
