"""Single lines of a message from nouns: who stands where, the words that show it, where it was read, what changed."""

import re

from bot.markup import Node, Row, bold, italic, link, row, text
from bot.phrases.speak import phrase, words
from bot.when import short_day
from digests.editorial.sides import speaks_for
from digests.languages.en_stances import is_plural, pattern, says_condition
from digests.models import Actor, Change, Citation, Correction, FiledPosition, PositionLine, Sentence, Stance
from digests.text import fold

NAME, ISSUE, TITLE, SENTENCE, QUOTE = 60, 110, 200, 420, 170  # characters of each that a line has room for

_DANGLING = re.compile(r"[\s,;:–—-]+(?:and|but|or|while|as|which|who|that|when|where|after|before)?$")


def clip(whole: str, limit: int) -> str:
    """`whole` cut after a word so that at most `limit` characters stay, with … when something went."""
    if len(whole) <= limit:
        return whole
    cut = whole[: limit - 1]
    if " " in cut[limit // 2 :]:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:–—-") + "…"


def name(actor: Actor) -> Node:
    """An actor's name; of somebody who speaks for a state, with the state."""
    return text(called(actor))


def called(actor: Actor) -> str:
    """The same as plain words."""
    state = speaks_for(actor)
    return clip(
        f"{clip(actor.name, NAME)} ({state})" if state and fold(state) != fold(actor.name) else actor.name, NAME
    )


def standing(actor: Actor, stance: Stance, issue: str, *, target: str | None, conditional: bool) -> Row:
    """Actor, stance and issue as a sentence: "Turkey demands an unconditional ceasefire"."""
    said = row(name(actor), " ", stand(actor, stance, issue, target=target))
    return row(said, phrase("stance.conditional")) if conditional and not says_condition(issue) else said


def stand(actor: Actor, stance: Stance, issue: str, *, target: str | None) -> Row:
    """The same without the actor. The target is named where the sentence needs it and the issue doesn't hold it."""
    fitting = pattern(stance, issue, target)
    number = "many" if is_plural(actor) else "one"
    about = text(clip(fitting.issue, ISSUE))
    if fitting.target is None:
        return phrase(f"stance.{fitting.key}_{number}", issue=about)
    whom = clip(fitting.target or words("line.others"), NAME)
    return phrase(f"stance.{fitting.key}_{number}", issue=about, target=whom)


def position(line: PositionLine) -> Row:
    """A position with its evidence and publisher, for a briefing."""
    said = standing(line.actor, line.stance, line.issue, target=line.target, conditional=line.conditional)
    more = phrase("line.more_publishers", n=line.publishers - 1) if line.publishers > 1 else row()
    return row(said, " — ", evidence(line.best), " ", publisher(line.best.citation), more)


def evidence(filed: FiledPosition, *, limit: int = QUOTE) -> Row:
    """The words that show a position, in quotation marks; shortened at the end alone, the … outside the marks: holder,
    cue and negation stand where it begins.
    """
    whole = " ".join(filed.position.evidence.text.split())
    space = whole.rfind(" ", limit // 2, limit + 1)
    end = len(whole) if len(whole) <= limit else space if space > 0 else limit
    shown = _DANGLING.sub("", whole[:end]).strip() or whole[:end]
    return row("… " if shown[:1].islower() else "", "“", text(shown), "”", " …" if len(shown) < len(whole) else "")


def publisher(citation: Citation) -> Row:
    """↗ and the publisher, linked to the article; says so when only a feed's teaser was read."""
    label = link(row("↗ ", text(clip(citation.publisher or words("line.no_publisher"), NAME))), citation.url)
    return row(label, phrase("line.teaser")) if citation.is_teaser else row(label)


def headline(citation: Citation) -> Node:
    """An article's title, linked."""
    return link(text(clip(citation.title, TITLE)), citation.url)


def sentence(said: Sentence, number: int) -> Row:
    """A sentence with its numbered link; where the article has no address, its publisher instead."""
    shown = text(clip(" ".join(said.text.split()), SENTENCE))
    label = f"[{number}]" if said.citation.url else f"[{clip(said.citation.publisher, NAME)}]"
    return row(shown, " ", link(text(label), said.citation.url))


def change(moved: Change) -> Row:
    """A change of position with both dates."""
    return row(
        "↻ ",
        bold(name(moved.actor)),
        ": ",
        _side(moved.actor, moved.before),
        " → ",
        _side(moved.actor, moved.after),
    )


def correction(taken_back: Correction) -> Row:
    """A position that was told and no longer stands in its article."""
    said = standing(
        taken_back.actor,
        taken_back.stance,
        taken_back.issue,
        target=taken_back.target,
        conditional=taken_back.conditional,
    )
    day = short_day(taken_back.told_at.date())
    return row("✎ ", phrase("briefing.correction", day=day, said=said), " ", publisher(taken_back.citation))


def _side(actor: Actor, filed: FiledPosition) -> Row:
    said = filed.position
    day = short_day(filed.said_at.date())
    stance = stand(actor, said.stance, said.issue, target=filed.target.name if filed.target else said.target)
    terms = phrase("stance.conditional") if said.conditional and not says_condition(said.issue) else ""
    return row(stance, terms, link(f" ({day})", filed.citation.url))


def who(actor: Actor) -> Row:
    """An actor with its role and state, as far as articles give them."""
    about = [text(clip(part, NAME)) for part in (actor.role, actor.state) if part and fold(part) != fold(actor.name)]
    if actor.role and actor.state and fold(actor.state) in fold(actor.role):
        about = about[:1]
    nodes: list[Node | str] = [bold(text(clip(actor.name, NAME)))]
    for part in about:
        nodes += [", ", part]
    return row(*nodes)


def note(words_of_ours: Node | str) -> Node:
    """An aside of the bot's own."""
    return italic(words_of_ours)
