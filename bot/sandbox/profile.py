"""Methods by which the bot describes itself: commands, descriptions, name, menu button."""

import json
import re
from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.nouns import Chat, Json, User
from bot.sandbox.params import Params
from bot.sandbox.world import World

SCOPES = [
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
]
MAX_COMMANDS = 100


def set_my_commands(world: World, params: Params) -> bool:
    """At most 100 commands for a scope and a language."""
    commands = params.parsed("commands", "commands")
    if not isinstance(commands, list):
        raise bad("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    checked = [_command(command) for command in commands]
    if len({command["command"] for command in checked}) < len(checked):
        raise bad("BOT_COMMAND_DUPLICATE")
    world.profile[_commands_key(params)] = checked
    world.bell.ring()
    return True


def _command(command: Any) -> Json:
    if not isinstance(command, dict) or not isinstance(command.get("command"), str):
        raise bad("can't parse BotCommand: expected an Object")
    name, description = command["command"].removeprefix("/"), str(command.get("description", ""))
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def get_my_commands(world: World, params: Params) -> list[Json]:
    """Those of exactly this scope and language."""
    return list(world.profile.get(_commands_key(params), ()))


def delete_my_commands(world: World, params: Params) -> bool:
    """Those of exactly this scope and language."""
    world.profile.pop(_commands_key(params), None)
    world.bell.ring()
    return True


def _commands_key(params: Params) -> str:
    scope = params.fields("scope", "BotCommandScope") or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    place = {key: str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope}
    return f"commands {json.dumps(place)} {params.text('language_code')}"


def commands_for(world: World, chat: Chat, user: User) -> list[Json]:
    """The menu that this person sees in this chat: the narrowest scope that has one, in their language first."""
    here = [{"type": "chat", "chat_id": str(chat.id)}]
    if chat.private:
        here += [{"type": "all_private_chats"}]
    else:
        if chat.members.get(user.id) in ("creator", "administrator"):
            here = [
                {"type": "chat_administrators", "chat_id": str(chat.id)},
                *here,
                {"type": "all_chat_administrators"},
            ]
        here = [{"type": "chat_member", "chat_id": str(chat.id), "user_id": str(user.id)}, *here]
        here += [{"type": "all_group_chats"}]
    for scope in (*here, {"type": "default"}):
        for language in (user.language or "", ""):
            if found := world.profile.get(f"commands {json.dumps(scope)} {language}"):
                return list(found)
    return []


def setter(name: str, most: int) -> Any:
    """The method that sets a text of at most `most` characters."""

    def set_text(world: World, params: Params) -> bool:
        text = params.text(name)
        if len(text) > most:
            raise bad(f"{name.replace('_', ' ')} is too long")
        world.profile[f"{name} {params.text('language_code')}"] = text
        world.bell.ring()
        return True

    return set_text


def getter(name: str) -> Any:
    """The method that tells it: in that language, or else the one for all."""

    def get_text(world: World, params: Params) -> Json:
        default = world.bot.first_name if name == "name" else ""
        general = world.profile.get(f"{name} ") or default
        return {name: world.profile.get(f"{name} {params.text('language_code')}") or general}

    return get_text


def set_chat_menu_button(world: World, params: Params) -> bool:
    """What the button beside the composer does."""
    button = params.fields("menu_button", "menu button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse menu button: unsupported type specified")
    world.profile[f"menu {params.integer('chat_id')}"] = button
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    """As set for this chat, or for all."""
    found = world.profile.get(f"menu {params.integer('chat_id')}") or world.profile.get("menu 0")
    return found or {"type": "commands"}
