"""What commands that keep a table do the same way: show it, put names under a heading, take a name out."""

from bot.audit import note
from bot.context import Context
from bot.lines import clip
from bot.markup import Row, bold, lines, row, text
from bot.phrases.speak import counted, phrase
from digests.errors import ParseError
from digests.flows import listings
from digests.listing import Listing, Table


async def run(ask: Context, rest: str, listing: Listing, *, removed: str | None = None) -> None:
    """The table; "add Heading: Name, Name" and "remove Name" change it. `removed` names a phrase to end the latter.

    Its phrases begin with the name of its note.
    """
    deed, _, what = rest.strip().partition(" ")
    if deed.lower() == "add":
        heading, _, names = what.partition(":")
        await _change(ask, listing, lambda held: listing.with_row(held, heading, names.split(",")), rest)
    elif deed.lower() == "remove" and what.strip():
        await _change(ask, listing, lambda held: listing.without(held, what), rest, removed)
    elif deed:
        await ask.say(phrase(f"listing.{listing.note}_how"))
    else:
        await ask.say(_shown(listing, await listings.table(ask.store, listing)))


async def _change(
    ask: Context, listing: Listing, decide: listings.Change, asked: str, ending: str | None = None
) -> None:
    try:
        held, united = await listings.change(ask.store, listing, decide)
    except ParseError as error:
        await ask.say(lines(text(f"{error}."), phrase(f"listing.{listing.note}_how")))
        return
    note(ask.user, f"changed the table of {listing.note}: {clip(asked, 120)}")
    more = [counted(f"listing.{listing.note}_united", united)] if united else []
    more += [phrase(ending)] if ending else []
    await ask.say(lines(_shown(listing, held), *more))


def _shown(listing: Listing, held: Table) -> Row:
    how = phrase(f"listing.{listing.note}_how")
    if not held:
        return lines(phrase(f"listing.{listing.note}_none"), how)
    rows = [
        row("• ", bold(text(clip(heading, 60))), ": ", text(clip(", ".join(names), 200)))
        for heading, names in list(held.items())[:30]
    ]
    return lines(phrase(f"listing.{listing.note}_title"), *rows, how)
