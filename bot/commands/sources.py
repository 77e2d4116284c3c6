"""/sources: where articles come from and how each source is doing; administrators add, remove, enable, test, export."""

from datetime import tzinfo

from bot.command import Command
from bot.context import Context
from bot.lines import NAME, clip
from bot.markup import Row, link, row, text
from bot.message import message
from bot.pages import page, turning
from bot.phrases.speak import counted, phrase
from bot.press import Press, pack
from bot.shelf import DEEDS
from bot.when import near, zone_of
from digests.flows import sourcing
from digests.flows.sourcing import State
from digests.models import Source


async def run(ask: Context, rest: str) -> None:
    """The list; with a deed behind it, that deed, for administrators in a private chat."""
    deed, _, what = rest.partition(" ")
    do = DEEDS.get(deed.lower())
    if do is None:
        await _show(ask, 1)
    elif not (await ask.access()).is_admin(ask.user.id if ask.user else None) or not ask.is_private:
        await ask.say(phrase("access.admins_only"))
    else:
        await do(ask, what.strip())


async def _show(ask: Context, number: int) -> None:
    sources = await sourcing.listed(ask.store)
    if not sources:
        await ask.show(phrase("sources.sandbox") if ask.house.is_sandbox else phrase("sources.none"))
        return
    zone = zone_of(await ask.subscriber())
    shown = page([_line(ask, source, zone) for source in sources], number)
    title = phrase("sources.title", sources=counted("count.source", len(sources)))
    await ask.show(message(row(title, "\n", shown.body), turning(shown, lambda to: pack("sources", to))))


def _line(ask: Context, source: Source, zone: tzinfo) -> Row:
    address = source.location.partition("?")[0]  # what follows may be somebody's key to a paid feed
    head = row(f"{source.id}. ", link(text(clip(source.title or address, NAME)), address))
    reason = clip(source.error or "", 120)
    kind = sourcing.state(source)
    if kind is State.OFF:
        return row(head, phrase("sources.off_why", reason=reason) if reason else phrase("sources.off"))
    if kind is State.FAILING and source.failing_since:
        since = near(source.failing_since, zone, to=ask.now)
        again = near(source.next_check_at or ask.now, zone, to=ask.now)
        return row(head, phrase("sources.failing", since=since, reason=reason, again=again))
    if source.last_ok_at is not None:
        return row(head, phrase("sources.fine", at=near(source.last_ok_at, zone, to=ask.now)))
    return row(head, phrase("sources.fresh"))


async def on_sources(ask: Context, press: Press) -> None:
    """Another page."""
    await _show(ask, press.number(0) or 1)


COMMAND = Command(name="sources", run=run, presses={"sources": on_sources})
