"""What administrators do with sources in the chat: each deed by the word behind /sources that asks for it."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from bot.audit import note
from bot.context import Context
from bot.lines import NAME, TITLE, clip
from bot.markup import Node, lines, row, text
from bot.phrases.speak import counted, phrase
from bot.when import near, zone_of
from digests.flows import sourcing
from digests.models import Glance, Source
from digests.sources.opml import write_opml

_OTHERS = 5  # sources or addresses named in one answer


async def _add(ask: Context, address: str) -> None:
    if not _is_address(address):
        await ask.say(phrase("sources.no_address"))
        return
    added = await sourcing.add(ask.store, ask.newsroom.look, address, now=ask.now)
    if added.glance.error is not None:
        await ask.say(phrase("sources.not_added", reason=clip(added.glance.error, 300), address=_shown(address)))
        return
    await _say_added(ask, added)


async def _keep(ask: Context, address: str) -> None:
    """Without a look: the server may be down, or open to the bot's own machine only."""
    try:
        added = await sourcing.add_unseen(ask.store, address, now=ask.now)
    except ValueError:
        await ask.say(phrase("sources.no_address"))
        return
    await _say_added(ask, added)


async def _say_added(ask: Context, added: sourcing.Added) -> None:
    for source in added.new:
        note(ask.user, f"added source {source.id} ({urlsplit(source.location).hostname})")
    said: list[Node | None] = [phrase("sources.added", title=_called(source)) for source in added.new[:_OTHERS]]
    if len(added.new) > _OTHERS:
        said.append(phrase("sources.added_more", n=len(added.new) - _OTHERS))
    said += [phrase("sources.known", title=_called(source)) for source in added.known[:_OTHERS]]
    await ask.say(lines(*(said or [phrase("sources.nothing")]), *await _seen(ask, added.glance)))


async def _test(ask: Context, asked: str) -> None:
    source = await sourcing.find(ask.store, asked)
    if source is None and not _is_address(asked):
        await ask.say(phrase("sources.no_such", asked=asked))
        return
    glance = await ask.newsroom.look(source.location if source else asked, ask.now)
    if glance.error is not None:
        await ask.say(phrase("sources.unreadable", address=_shown(glance.source.location), reason=glance.error))
        return
    await ask.say(lines(phrase("sources.seen", title=_called(glance.source)), *await _seen(ask, glance)))


async def _seen(ask: Context, glance: Glance) -> list[Node | None]:
    """What a look showed: how much, how new, the first headlines, whether pages can be read."""
    if not glance.articles:
        return []
    said: list[Node | None] = [
        phrase("sources.holds", articles=counted("count.article", glance.articles), n=glance.teasers)
    ]
    if glance.newest is not None:
        said.append(phrase("sources.newest", at=near(glance.newest, zone_of(await ask.subscriber()), to=ask.now)))
    said += [row("· ", text(clip(title, TITLE))) for title in glance.titles]
    if glance.page:
        said.append(phrase("sources.page", what=clip(glance.page, 200)))
    said += [phrase("sources.other", address=_shown(other.location)) for other in glance.others[:_OTHERS]]
    return said


async def _remove(ask: Context, asked: str) -> None:
    if (source := await _found(ask, asked)) is not None:
        await sourcing.put_aside(ask.store, source)
        note(ask.user, f"switched source {source.id} off")
        await ask.say(phrase("sources.removed", title=_called(source)))


async def _forget(ask: Context, asked: str) -> None:
    if (source := await _found(ask, asked)) is not None:
        await sourcing.drop(ask.store, source)
        note(ask.user, f"dropped source {source.id}")
        await ask.say(phrase("sources.forgotten", title=_called(source)))


async def _enable(ask: Context, asked: str) -> None:
    if (source := await _found(ask, asked)) is not None:
        await sourcing.take_up(ask.store, source, now=ask.now)
        note(ask.user, f"switched source {source.id} on")
        await ask.say(phrase("sources.enabled", title=_called(source)))


async def _export(ask: Context, _: str) -> None:
    sources = [source for source in await sourcing.listed(ask.store) if source.enabled]
    note(ask.user, f"took the list of {len(sources)} sources along")
    await ask.hand("feeds.opml", write_opml(sources).encode(), counted("sources.exported", len(sources)))


async def _found(ask: Context, asked: str) -> Source | None:
    source = await sourcing.find(ask.store, asked)
    if source is None:
        await ask.say(phrase("sources.no_such", asked=asked))
    return source


def _called(source: Source) -> str:
    return clip(source.title or _shown(source.location), NAME)


def _shown(location: str) -> str:
    """An address without what follows its path, which may be a key."""
    return clip(location.partition("?")[0], 200)


def _is_address(asked: str) -> bool:
    return "." in asked and " " not in asked and len(asked) <= 2048


DEEDS: Mapping[str, Callable[[Context, str], Awaitable[None]]] = {
    "add": _add,
    "keep": _keep,
    "test": _test,
    "remove": _remove,
    "forget": _forget,
    "enable": _enable,
    "export": _export,
}
