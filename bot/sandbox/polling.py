"""Methods by which the bot gets its updates, and those by which it comes and goes."""

from typing import Any

from bot.sandbox.errors import bad
from bot.sandbox.nouns import Json
from bot.sandbox.params import Params
from bot.sandbox.world import World


def get_me(world: World, _params: Params) -> Json:
    """The bot itself."""
    return world.bot.to_api() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, params: Params) -> list[Json]:
    """What waits from `offset` on; see updates.py."""
    world.updates.allow(params.parsed("allowed_updates", "allowed updates"))
    limit = params.integer("limit", 100)
    return await world.updates.get(
        offset=params.integer("offset"),
        limit=limit if 1 <= limit <= 100 else 100,
        timeout=max(0, params.integer("timeout")),
    )


def set_webhook(world: World, params: Params) -> bool:
    """Remembered, and it stops polling; nothing is ever posted to the address."""
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad("bad webhook: an HTTPS URL must be provided for webhook")
    world.updates.allow(params.parsed("allowed_updates", "allowed updates"))
    world.updates.webhook = url
    _drop_pending(world, params)
    world.updates.interrupt()
    return True


def delete_webhook(world: World, params: Params) -> bool:
    """Polling works again."""
    world.updates.webhook = ""
    _drop_pending(world, params)
    return True


def _drop_pending(world: World, params: Params) -> None:
    if params.boolean("drop_pending_updates"):
        world.updates.forget()


def get_webhook_info(world: World, _params: Params) -> Json:
    """The address, and how much waits."""
    return {
        "url": world.updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }


def done(_world: World, _params: Params) -> Any:
    """close and logOut: nothing to do here."""
    return True
