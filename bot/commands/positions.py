"""/positions: who stands where, of an actor, on an issue, or both."""

from bot import answers, known
from bot.command import Command
from bot.context import Context
from bot.lines import clip
from bot.message import Button
from bot.phrases.speak import phrase, words
from bot.press import Press
from digests.editorial.actors import One
from digests.flows import answer
from digests.flows.answer import Question


async def run(ask: Context, rest: str) -> None:
    """Take the words apart into an actor and an issue, and show who stands where."""
    question = await answer.ask(ask.store, rest) if rest else Question(asked="")
    if question.actor is not None and not isinstance(question.actor, One):
        await known.ask_back(ask, question.actor, rest, "stand", answers.packed_words(question.issue))
        return
    await _show(ask, question, 1)


async def _show(ask: Context, question: Question, number: int) -> None:
    found = await answer.positions(ask.store, question, now=ask.now, floor=ask.newsroom.settings.position_floor)
    if found.issues:
        await ask.show(answers.positions(found, number=number))
    elif found.near:
        buttons = [
            (Button(label=clip(issue, 40), data=answers.stand_data(_actor_id(question), issue, 1)),)
            for issue in found.near
        ]
        await ask.show(phrase("positions.near", asked=question.issue), *buttons)
    else:
        await ask.show(phrase("positions.none", asked=question.asked or words("positions.anything")))


def _actor_id(question: Question) -> int:
    return question.actor.actor.id if isinstance(question.actor, One) else 0


async def on_stand(ask: Context, press: Press) -> None:
    """A page of positions: actor, issue and page come with the button; without a page it was a name to choose."""
    actor_id, issue = press.number(0) or 0, answers.unpacked_words(press.word(1))
    async with ask.store.read() as books:
        actor = await books.actors.get(actor_id) if actor_id else None
    if actor_id and actor is None:
        await ask.nod(words("press.expired"))
        return
    question = Question(asked=issue, actor=One(actor=actor) if actor else None, issue=issue)
    await _show(ask, question, press.number(2) or 1)


async def on_stands(ask: Context, press: Press) -> None:
    """All positions of a briefing."""
    edition_id, number = press.number(0) or 0, press.number(1)
    edition = await known.edition(ask, edition_id)
    if edition is None:
        await ask.nod(words("press.expired"))
        return
    told = list({line.best.id: line for story in edition.stories for line in story.positions}.values())
    if not told:
        await ask.nod(words("positions.none_here"))
        return
    shown = answers.stances(told, phrase("positions.of_briefing"), number=number or 1, data=("stands", edition_id))
    await (ask.show(shown) if number else ask.say(shown))


COMMAND = Command(name="positions", run=run, presses={"stand": on_stand, "stands": on_stands})
