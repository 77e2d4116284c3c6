"""/families: which publishers are one voice; administrators add and remove."""

from bot.audit import note
from bot.command import Command, Who
from bot.context import Context
from bot.lines import clip
from bot.markup import Row, bold, lines, row, text
from bot.phrases.speak import phrase
from digests.editorial import families as kin
from digests.editorial.families import Table
from digests.errors import ParseError
from digests.flows import families


async def run(ask: Context, rest: str) -> None:
    """The table; "add Family: Publisher, Publisher" and "remove Name" change it."""
    deed, _, what = rest.partition(" ")
    if deed.lower() == "add":
        family, _, members = what.partition(":")
        await _change(ask, lambda held: kin.with_family(held, family, members.split(",")), rest)
    elif deed.lower() == "remove" and what.strip():
        await _change(ask, lambda held: kin.without(held, what), rest)
    else:
        await ask.say(_table(await families.table(ask.store)))


async def _change(ask: Context, decide: families.Change, asked: str) -> None:
    try:
        held = await families.change(ask.store, decide)
    except ParseError:
        await ask.say(phrase("families.how"))
        return
    note(ask.user, f"changed the families of publishers: {clip(asked, 120)}")
    await ask.say(_table(held))


def _table(held: Table) -> Row:
    if not held:
        return lines(phrase("families.none"), phrase("families.how"))
    shown = [
        row("• ", bold(text(clip(family, 60))), ": ", text(clip(", ".join(members), 200)))
        for family, members in list(held.items())[:30]
    ]
    return lines(phrase("families.title"), *shown, phrase("families.how"))


COMMAND = Command(name="families", run=run, who=Who.ADMINS)
