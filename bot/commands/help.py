"""/help: every command with what it does, made from the table of commands."""

from bot.command import Command, Who
from bot.context import Context
from bot.markup import Row, bold, lines, own, row
from bot.phrases.speak import phrase


async def run(ask: Context, _: str) -> None:
    """List what this person can use."""
    access = await ask.access()
    is_admin = access.is_admin(ask.user.id if ask.user else None) and ask.is_private
    commands = [command for command in ask.house.commands.values() if command.listed]
    everybody = [_line(command) for command in commands if command.who is not Who.ADMINS]
    admins = [_line(command) for command in commands if command.who is Who.ADMINS] if is_admin else []
    await ask.say(
        lines(
            phrase("help.intro"),
            "",
            *everybody,
            "",
            phrase("help.outro"),
            *((row("\n", bold(phrase("help.admins"))), *admins) if admins else ()),
        )
    )


def _line(command: Command) -> Row:
    return row(own(command.usage), ": ", own(command.about))


COMMAND = Command(name="help", run=run)
