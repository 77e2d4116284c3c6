"""What the sandbox's world is made of: users, chats, messages, the ledger's lines. `to_api` writes Bot API objects."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]

GROUP_TYPES = ("group", "supergroup")


@dataclass(slots=True, kw_only=True)
class User:
    """A person, or the bot itself."""

    id: int
    first_name: str
    username: str | None = None
    language: str | None = None
    is_bot: bool = False
    deactivated: bool = False

    def to_api(self) -> Json:
        """As the API writes a User."""
        body: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            body["username"] = self.username
        if self.language:
            body["language_code"] = self.language
        return body


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat and what the bot may do there.

    `members` maps user ids to creator, administrator, member, restricted, left or kicked; `bot` is the bot's own
    status. In a private chat `bot` is "member", "kicked" (blocked) or "" (the person has never written to it).
    `topics` maps thread ids to names (forums); `moved_to` is the supergroup that the group became.
    """

    id: int
    type: str
    title: str = ""
    username: str | None = None
    is_forum: bool = False
    bot: str = "member"
    muted: bool = False
    deleted: bool = False
    moved_to: int | None = None
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)

    @property
    def private(self) -> bool:
        """Whether it is a chat with one person."""
        return self.type == "private"

    def to_api(self) -> Json:
        """As the API writes a Chat."""
        body: Json = {"id": self.id, "type": self.type, ("first_name" if self.private else "title"): self.title}
        if self.username:
            body["username"] = self.username
        if self.is_forum:
            body["is_forum"] = True
        return body


@dataclass(slots=True, kw_only=True)
class Message:
    """One message in a chat. `sender` None means: sent by the chat itself (channels).

    `more` holds further API fields (photo, service messages); `edits` counts how often it was edited.
    """

    chat: Chat
    message_id: int
    sender: User | None
    date: datetime
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    markup: Json | None = None
    thread: int | None = None
    reply_to: "Message | None" = None
    edited: datetime | None = None
    edits: int = 0
    more: Json = field(default_factory=dict)

    @property
    def has_media(self) -> bool:
        """Whether its text is a caption."""
        return "photo" in self.more or "document" in self.more

    @property
    def buttons(self) -> list[Json]:
        """Its inline buttons, row after row."""
        return [button for row in (self.markup or {}).get("inline_keyboard", ()) for button in row]

    def to_api(self, *, nested: bool = False) -> Json:
        """As the API writes a Message (`nested`: as another one's reply_to_message)."""
        body: Json = {"message_id": self.message_id, "chat": self.chat.to_api(), "date": int(self.date.timestamp())}
        if self.sender is not None:
            body["from"] = self.sender.to_api()
        else:
            body["sender_chat"] = self.chat.to_api()
        if self.thread is not None:
            body |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.reply_to is not None and not nested:
            body["reply_to_message"] = self.reply_to.to_api(nested=True)
        if self.edited is not None:
            body["edit_date"] = int(self.edited.timestamp())
        return body | self._content()

    def _content(self) -> Json:
        body = dict(self.more)
        if self.text:
            body["caption" if self.has_media else "text"] = self.text
        if self.entities:
            body["caption_entities" if self.has_media else "entities"] = self.entities
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One line of the ledger: a message the sandbox took, whatever became of the answer. `request` counts API calls."""

    method: str
    chat: int
    thread: int | None
    message_id: int
    text: str
    entities: tuple[Json, ...]
    reply_markup: Json | None
    at: datetime
    request: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One API call as it came: `outcome` is its status and description ("200" alone when all went well)."""

    number: int
    method: str
    params: Json
    outcome: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class Query:
    """A pressed button that waits for its answer."""

    id: str
    user: User
    message: Message
    at: datetime
    answer: Json | None = None
