"""/sources: where articles come from and how each source is doing; administrators add and switch off."""

from dataclasses import replace
from datetime import tzinfo
from urllib.parse import urlsplit

from bot.audit import note
from bot.command import Command
from bot.context import Context
from bot.lines import NAME, clip
from bot.markup import Row, link, row, text
from bot.message import message
from bot.pages import page, turning
from bot.phrases.speak import counted, phrase
from bot.press import Press, pack
from bot.when import near, zone_of
from digests.models import Source, SourceKind
from digests.text import canonical_url


async def run(ask: Context, rest: str) -> None:
    """The list; "add ADDRESS" and "remove NUMBER" for administrators in a private chat."""
    deed, _, what = rest.partition(" ")
    if deed.lower() not in ("add", "remove"):
        await _show(ask, 1)
    elif not (await ask.access()).is_admin(ask.user.id if ask.user else None) or not ask.is_private:
        await ask.say(phrase("access.admins_only"))
    elif deed.lower() == "add":
        await _add(ask, what.strip())
    else:
        await _remove(ask, what.strip())


async def _show(ask: Context, number: int) -> None:
    async with ask.store.read() as books:
        sources = await books.sources.all()
    if not sources:
        await ask.show(phrase("sources.sandbox") if ask.house.is_sandbox else phrase("sources.none"))
        return
    zone = zone_of(await ask.subscriber())
    shown = page([_line(ask, source, zone) for source in sources], number)
    title = phrase("sources.title", sources=counted("count.source", len(sources)))
    await ask.show(message(row(title, "\n", shown.body), turning(shown, lambda to: pack("sources", to))))


def _line(ask: Context, source: Source, zone: tzinfo) -> Row:
    address = source.location.partition("?")[0]  # what follows may be somebody's key to a paid feed
    name = link(text(clip(source.title or address, NAME)), address)
    head = row(f"{source.id}. ", name)
    if not source.enabled:
        return row(head, phrase("sources.off"))
    if source.failing_since is not None:
        reason = clip(source.error or "", 120)
        return row(head, phrase("sources.failing", since=near(source.failing_since, zone, to=ask.now), reason=reason))
    if source.last_ok_at is not None:
        return row(head, phrase("sources.fine", at=near(source.last_ok_at, zone, to=ask.now)))
    return row(head, phrase("sources.fresh"))


async def _add(ask: Context, address: str) -> None:
    try:
        location = canonical_url(address)
    except ValueError:
        await ask.say(phrase("sources.no_address"))
        return
    async with ask.store.write() as books:
        kept = await books.sources.add(Source(kind=SourceKind.FEED, location=location))
        await books.sources.record(replace(kept, enabled=True, next_check_at=ask.now))
    note(ask.user, f"added source {kept.id} ({urlsplit(location).hostname})")
    await ask.say(phrase("sources.added", location=location))


async def _remove(ask: Context, number: str) -> None:
    async with ask.store.write() as books:
        sources = {str(source.id): source for source in await books.sources.all()}
        source = sources.get(number)
        if source is not None:
            await books.sources.record(replace(source, enabled=False))
    if source is None:
        await ask.say(phrase("sources.no_such", asked=number))
    else:
        note(ask.user, f"switched source {source.id} off")
        await ask.say(phrase("sources.removed", title=source.title or source.location))


async def on_sources(ask: Context, press: Press) -> None:
    """Another page."""
    await _show(ask, press.number(0) or 1)


COMMAND = Command(name="sources", run=run, presses={"sources": on_sources})
