"""/status: how the bot is doing: feeds, troubles, queue, last briefing sent, versions."""

import platform
from importlib.metadata import version

from bot.command import Command
from bot.context import Context
from bot.lines import NAME, clip
from bot.markup import Row, bold, lines, row, text
from bot.phrases.speak import counted, phrase
from bot.when import near, span_in_words, zone_of
from digests.models import DeliveryState, SubscriberState

TROUBLES, TROUBLE = 5, 160


async def run(ask: Context, _: str) -> None:
    """What everybody may know; to administrators also what went wrong lately."""
    access = await ask.access()
    is_admin = access.is_admin(ask.user.id if ask.user else None) and ask.is_private
    parts: list[Row | None] = [row(bold(phrase("status.title"))), await _articles(ask), await _feeds(ask)]
    parts += [await _briefings(ask)]
    if is_admin or ask.house.is_sandbox:
        parts += [await _queue(ask), *await _troubles(ask), await _versions(ask)]
    await ask.say(lines(*parts))


async def _articles(ask: Context) -> Row:
    async with ask.store.read() as books:
        count, newest = await books.articles.count(), await books.articles.newest()
    zone = zone_of(await ask.subscriber())
    said = phrase("status.articles", articles=counted("count.article", count))
    return row(said, phrase("status.newest", moment=near(newest, zone, to=ask.now))) if newest else said


async def _feeds(ask: Context) -> Row:
    async with ask.store.read() as books:
        sources = [source for source in await books.sources.all() if source.enabled]
    failing = sum(source.failing_since is not None for source in sources)
    return phrase("status.feeds", sources=counted("count.source", len(sources)), failing=failing)


async def _briefings(ask: Context) -> Row:
    async with ask.store.read() as books:
        last, overdue = await books.deliveries.last_sent(), await books.deliveries.overdue(ask.now)
    zone = zone_of(await ask.subscriber())
    said = phrase("status.last_sent", moment=near(last, zone, to=ask.now)) if last else phrase("status.never_sent")
    return row(said, phrase("status.overdue", span=span_in_words(ask.now - overdue))) if overdue else said


async def _queue(ask: Context) -> Row:
    async with ask.store.read() as books:
        rows, chats = await books.deliveries.counts(), await books.subscribers.count()
    waiting = rows.get(DeliveryState.READY, 0) + rows.get(DeliveryState.SENDING, 0)
    return phrase(
        "status.queue",
        waiting=waiting,
        sent=rows.get(DeliveryState.SENT, 0),
        unknown=rows.get(DeliveryState.UNKNOWN, 0),
        dead=rows.get(DeliveryState.DEAD, 0),
        chats=counted("count.chat", chats.get(SubscriberState.ACTIVE, 0)),
    )


async def _troubles(ask: Context) -> list[Row]:
    async with ask.store.read() as books:
        troubles = await books.sources.troubles(limit=TROUBLES)
    zone = zone_of(await ask.subscriber())
    if not troubles:
        return []
    told = [
        row("• ", near(at, zone, to=ask.now), " ", text(clip(f"{trouble.what}: {trouble.reason}", TROUBLE)))
        for at, trouble in troubles
    ]
    return [phrase("status.troubles", n=len(told)), *told]


async def _versions(ask: Context) -> Row:
    house = ask.house
    return phrase(
        "status.versions",
        bot=version("briefing-bot"),
        python=platform.python_version(),
        telegram=version("python-telegram-bot"),
        store=ask.store.version,
        reader=ask.newsroom.extractor.name,
        up=span_in_words(ask.now - house.started_at),
        name=clip(house.username, NAME),
    )


COMMAND = Command(name="status", run=run)
