"""/resume: scheduled briefings again, after /pause or /stop."""

from bot.command import Command, Who
from bot.context import Context, settled
from bot.markup import lines
from bot.phrases.speak import phrase
from bot.press import Press
from bot.schedule import next_line


async def run(ask: Context, _: str) -> None:
    """Go on."""
    subscriber = await ask.change(settled)
    await ask.show(lines(phrase("resume.done"), await next_line(ask, subscriber)))


async def on_resume(ask: Context, _: Press) -> None:
    """The same from a button."""
    await run(ask, "")


COMMAND = Command(name="resume", run=run, who=Who.OWNERS, presses={"resume": on_resume}, always=True)
