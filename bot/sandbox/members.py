"""Methods about chats and who is in them."""

from bot.sandbox.errors import bad
from bot.sandbox.nouns import Chat, Json, User
from bot.sandbox.params import Params
from bot.sandbox.world import World

NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}
RIGHTS = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]
OFF = {"can_be_edited", "is_anonymous"}
PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
]


def member_to_api(user: User, status: str) -> Json:
    """As the API writes a ChatMember."""
    body: Json = {"status": status or "left", "user": user.to_api()}
    if status == "creator":
        body["is_anonymous"] = False
    elif status == "administrator":
        body |= {right: right not in OFF for right in RIGHTS}
    elif status == "restricted":
        body |= {"is_member": True, "until_date": 0} | dict.fromkeys(PERMISSIONS, False)
    elif status == "kicked":
        body["until_date"] = 0
    return body


def get_chat(world: World, params: Params) -> Json:
    """A chat in full."""
    chat = world.open_chat(params.chat_id())
    return chat.to_api() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": NO_GIFTS,
    }


def get_chat_member(world: World, params: Params) -> Json:
    """One person's or the bot's standing in a chat."""
    chat, user = world.open_chat(params.chat_id()), world.users.get(params.integer("user_id"))
    if user is None:
        raise bad("member not found" if not chat.private else "PARTICIPANT_ID_INVALID")
    return member_to_api(user, _status(world, chat, user))


def _status(world: World, chat: Chat, user: User) -> str:
    if user is world.bot:
        return "member" if chat.private else chat.bot
    return "member" if chat.private and user.id == chat.id else chat.members.get(user.id, "left")


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """The people who run a group or channel, and the bot when it is one of them."""
    chat = world.open_chat(params.chat_id())
    if chat.private:
        raise bad("there are no administrators in the private chat")
    found = [(world.users[user], status) for user, status in chat.members.items()]
    found.append((world.bot, chat.bot))
    return [member_to_api(user, status) for user, status in found if status in ("creator", "administrator")]


def get_chat_member_count(world: World, params: Params) -> int:
    """People and bots."""
    chat = world.open_chat(params.chat_id())
    return 2 if chat.private else 1 + sum(status not in ("left", "kicked") for status in chat.members.values())


def leave_chat(world: World, params: Params) -> bool:
    """The bot goes."""
    chat = world.open_chat(params.chat_id())
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    chat.bot = "left"
    world.bell.ring()
    return True
