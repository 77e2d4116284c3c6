"""/matrix: a picture of who stands where, of the last week, of an actor or an issue, or of a briefing."""

import asyncio
from collections.abc import Sequence

from bot import answers, known
from bot.command import Command
from bot.context import Context
from bot.lines import NAME, clip
from bot.message import message
from bot.phrases.speak import phrase, words
from bot.press import Press
from bot.when import moment, zone_of
from digests.charts import matrix_png
from digests.editorial.actors import One
from digests.editorial.matrix import matrix
from digests.editorial.positions import IssueLines, by_issue
from digests.flows import answer
from digests.flows.answer import Question


async def run(ask: Context, rest: str) -> None:
    """The matrix of the last week, or of what was asked."""
    question = await answer.ask(ask.store, rest) if rest else Question(asked="")
    if question.actor is not None and not isinstance(question.actor, One):
        await known.ask_back(ask, question.actor, rest, "matrix", answers.packed_words(question.issue))
        return
    await _ask(ask, question)


async def _ask(ask: Context, question: Question) -> None:
    floor = ask.newsroom.settings.position_floor
    since = ask.now - answer.WEEK
    found = await answer.positions(ask.store, question, now=ask.now, since=since, floor=floor)
    about = ", ".join(part for part in (_name(question), question.issue) if part)
    await _show(ask, found.issues, clip(about, NAME))


def _name(question: Question) -> str:
    return question.actor.actor.name if isinstance(question.actor, One) else ""


async def _show(ask: Context, issues: Sequence[IssueLines], about: str) -> None:
    shown = matrix(issues)
    if not shown.issues:
        await ask.say(phrase("matrix.none"))
        return
    at = moment(ask.now, zone_of(await ask.subscriber()))
    title = words("matrix.of", about=about) if about else words("matrix.all")
    png = await asyncio.to_thread(matrix_png, shown, title=title, note=at)
    counts = {"issues": len(shown.issues), "actors": len(shown.actors)}
    await ask.say(message(phrase("matrix.caption", title=title, **counts), photo=png))


async def on_matrix(ask: Context, press: Press) -> None:
    """Of a whole briefing ("e" and its number), or of a name that was chosen."""
    if press.word(0) != "e":
        async with ask.store.read() as books:
            actor = await books.actors.get(press.number(0) or 0)
        if actor is None:
            await ask.nod(words("press.expired"))
            return
        issue = answers.unpacked_words(press.word(1))
        await _ask(ask, Question(asked=actor.name, actor=One(actor=actor), issue=issue))
        return
    edition = await known.edition(ask, press.number(1) or 0)
    if edition is None:
        await ask.nod(words("press.expired"))
        return
    told = {line.best.id: line for story in edition.stories for line in story.positions}
    await _show(ask, by_issue(told.values()), "")


COMMAND = Command(name="matrix", run=run, presses={"matrix": on_matrix})
