"""What people asked, as messages: a story, an actor, who stands where, why, and articles found."""

import base64
from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot import lines
from bot.markup import Node, Row, bold, join, quote, row, text
from bot.markup import lines as stacked
from bot.message import Button, Message, message
from bot.pages import page, turning
from bot.phrases.speak import counted, phrase, words
from bot.press import pack
from bot.when import moment, near
from digests.editorial.actors import One
from digests.editorial.positions import IssueLines
from digests.flows.answer import ActorAnswer, Hit, Question, Stances, Why
from digests.models import Actor, ActorCard, Citation, PositionLine, Saying, StoryBrief

MOST_BUTTONS = 8  # in a row; Telegram shows no more side by side


def story(told: StoryBrief, edition_id: int, *, zone: tzinfo, now: datetime, number: int) -> Message:
    """A story: its sentences, everybody's positions, what changed, and its articles in the order they came."""
    lines_of = told.positions
    blocks: list[Node] = [_summary(told)]
    blocks += [row(f"{place}. ", lines.position(line)) for place, line in enumerate(lines_of, 1)]
    blocks += [lines.change(moved) for moved in told.changes]
    blocks += [row("\n", bold(phrase("story.timeline"))), *_timeline(told.citations, zone, now)]
    shown = page(blocks, number, most=9)
    on_page = range(max(1, shown.first), min(len(lines_of) + 1, shown.first + len(shown.blocks)))
    why = [Button(label=words("button.why", n=place), data=_why(lines_of[place - 1])) for place in on_page]
    whole = (
        Button(label=words("button.actors"), data=pack("cast", edition_id, told.id)),
        Button(label=words("button.timeline"), data=pack("timeline", edition_id, told.id)),
        *turning(shown, lambda to: pack("story", edition_id, told.id, to)),
    )
    title = text(lines.clip(told.title, lines.TITLE))
    aside = lines.note(phrase("story.why")) if why else None
    return message(stacked(_headed(title, shown.place, shown.body), aside), *_rows(why), whole)


def _summary(told: StoryBrief) -> Row:
    numbers: dict[str, int] = {}
    said = [
        lines.sentence(one, numbers.setdefault(one.citation.article_id, len(numbers) + 1)) for one in told.sentences
    ]
    about = row(counted("count.article", len(told.citations)), ", ", counted("count.publisher", told.publishers))
    return stacked(about, join(said, " ") if said else None, phrase("story.no_positions") if not told.positions else "")


def _timeline(citations: Sequence[Citation], zone: tzinfo, now: datetime) -> list[Node]:
    ordered = sorted(citations, key=lambda citation: (citation.dated, citation.article_id))
    return [
        row(near(each.dated, zone, to=now), " ", lines.headline(each), " ", lines.publisher(each)) for each in ordered
    ]


def actors(cards: Sequence[ActorCard], title: Row, *, number: int, data: tuple[str | int, ...]) -> Message:
    """Who is involved, those that matter most first; each has a button to its card. `data` leads back to this list."""
    has_past = any(card.before for card in cards)
    blocks = [_ranked(place, card, has_past) for place, card in enumerate(cards, 1)]
    shown = page(blocks, number, room=1500, most=12)
    here = cards[shown.first : shown.first + len(shown.blocks)]
    buttons = [Button(label=lines.clip(card.actor.name, 24), data=pack("actor", card.actor.id)) for card in here]
    turn = turning(shown, lambda to: pack(str(data[0]), *data[1:], to))
    return message(_headed(title, shown.place, shown.body), *_rows(buttons, across=3), turn)


def _ranked(place: int, card: ActorCard, has_past: bool) -> Row:
    head = row(
        f"{place}. ",
        lines.who(card.actor),
        " · ",
        counted("count.article", card.articles),
        _trend(card) if has_past else "",
    )
    if card.latest is None:
        return head
    said = card.latest.position
    stance = lines.stand(card.actor, said.stance, said.issue, target=_target(card.latest.target, said.target))
    return row(head, "\n    ", stance, " ", lines.publisher(card.latest.citation))


def _target(known: Actor | None, named: str | None) -> str | None:
    return known.name if known else named


def _trend(card: ActorCard) -> str:
    if card.articles == card.before:
        return ""
    return " ↑" if card.articles > card.before else " ↓"


def actor(found: ActorAnswer, *, follows: bool, days: int) -> Message:
    """An actor's card: who it is, how much it is in the news, where it stands, what changed."""
    card, issues = found.card, found.issues
    known = [each for each in card.actor.aliases if each != card.actor.name][:6]
    head = stacked(
        lines.who(card.actor),
        phrase("actor.also_called", names=", ".join(known)) if known else None,
        _seen(card, days),
    )
    shown = [line for issue in issues for line in issue.lines][:6]
    body = [row("• ", lines.position(line)) for line in shown] or [phrase("actor.no_positions")]
    body += [lines.change(moved) for moved in found.changes[:3]]
    verb, label = ("unfollow", "button.unfollow") if follows else ("follow", "button.follow")
    settings = (
        Button(label=words("button.all_positions"), data=stand_data(card.actor.id, "", 1)),
        Button(label=words(label), data=pack(verb, card.actor.id)),
    )
    others = [Button(label=lines.clip(each.name, 24), data=pack("actor", each.id)) for each in found.others[:6]]
    why = [Button(label=words("button.why", n=place), data=_why(line)) for place, line in enumerate(shown, 1)]
    return message(stacked(head, "", *body), *_rows(why), settings, *_rows(others, across=3))


def _seen(card: ActorCard, days: int) -> Row:
    """How much it is in the news; what was before only where there is anything to compare with."""
    articles, mentions = counted("count.article", card.articles), counted("count.mention", card.mentions)
    if not card.before:
        return phrase("actor.seen", articles=articles, mentions=mentions, days=days)
    return phrase("actor.seen_before", articles=articles, mentions=mentions, days=days, before=card.before)


def positions(found: Stances, *, number: int) -> Message:
    """Who stands where: by issue, newest first, changes marked; of all issues, those that most speak of come first."""
    blocks: list[Node] = []
    asked, about = found.question.actor, found.question.issue
    is_all = asked is None and not about
    for issue in sorted(found.issues, key=_voices, reverse=True) if is_all else found.issues:
        block = [row("• ", lines.position(line)) for line in issue.lines[:12]]
        head = row("\n" if blocks else "", bold(text(lines.clip(issue.name, lines.ISSUE))))
        blocks += [stacked(head, block[0]), *block[1:]] if block else []
    blocks = [lines.change(moved) for moved in found.changes[:5]] + blocks
    shown = page(blocks, number)
    actor_id = asked.actor.id if isinstance(asked, One) else 0
    turn = turning(shown, lambda to: stand_data(actor_id, about, to))
    more = (
        (Button(label=lines.clip(asked.actor.name, 24), data=pack("actor", actor_id)),)
        if isinstance(asked, One)
        else ()
    )
    aside = lines.note(phrase("positions.narrow")) if is_all else None
    return message(stacked(_headed(_asked(found.question), shown.place, shown.body), aside), (*more, *turn))


def _voices(issue: IssueLines) -> int:
    return len({line.actor.id for line in issue.lines})


def _asked(question: Question) -> Row:
    actor_name = question.actor.actor.name if isinstance(question.actor, One) else ""
    about = ", ".join(part for part in (actor_name, question.issue) if part)
    return phrase("positions.of", about=about) if about else phrase("positions.all")


def stances(told: Sequence[PositionLine], title: Row, *, number: int, data: tuple[str | int, ...]) -> Message:
    """The position lines of a whole edition."""
    shown = page([row("• ", lines.position(line)) for line in told], number)
    return message(
        _headed(title, shown.place, shown.body), turning(shown, lambda to: pack(str(data[0]), *data[1:], to))
    )


def why(found: Why, *, zone: tzinfo, siblings: Sequence[PositionLine] = ()) -> Message:
    """The evidence of one position in its place, with who published it when."""
    filed, said = found.filed, found.filed.position
    head = lines.standing(
        filed.actor, said.stance, said.issue, target=_target(filed.target, said.target), conditional=said.conditional
    )
    around = [
        text(part) if part is not found.sentence else bold(text(part))
        for part in (found.before, found.sentence, found.after)
        if part
    ]
    where = phrase("why.headline") if found.in_title else None
    cited = filed.citation
    body = stacked(
        bold(head),
        where,
        quote(join(around, " ")),
        row(lines.headline(cited)),
        row(lines.publisher(cited), ", ", moment(cited.dated, zone)),
        phrase("why.quote" if said.mode == "direct" else "why.reported" if said.mode == "indirect" else "why.narrated"),
    )
    more = [
        Button(label=words("button.why", n=place), data=_why(line))
        for place, line in enumerate(siblings[:MOST_BUTTONS], 1)
    ]
    return message(
        body, *_rows(more), (Button(label=lines.clip(filed.actor.name, 24), data=pack("actor", filed.actor.id)),)
    )


def hits(found: Sequence[Hit], asked: str, *, zone: tzinfo) -> Message:
    """Articles that a search found."""
    blocks = [
        stacked(
            row("• ", lines.headline(hit.citation)),
            row("    ", lines.publisher(hit.citation), ", ", moment(hit.citation.dated, zone)),
        )
        for hit in found
    ]
    return message(stacked(bold(phrase("search.title", asked=asked)), *page(blocks, 1).blocks))


def sayings(found: Sequence[Saying], actor: Actor, what: str, *, zone: tzinfo, now: datetime, number: int) -> Message:
    """What somebody said, newest first: whole sentences, each with its outlet and date."""
    blocks = [
        stacked(
            row("• ", text(lines.clip(" ".join(one.text.split()), lines.SENTENCE))),
            row(
                "    ",
                _speaker(one, actor),
                lines.publisher(one.citation),
                ", ",
                near(one.citation.dated, zone, to=now),
            ),
        )
        for one in found
    ]
    shown = page(blocks, number)
    title = phrase("said.about", name=actor.name, what=what) if what else phrase("said.title", name=actor.name)
    turn = turning(shown, lambda to: pack("said", actor.id, packed_words(what), to))
    more = (Button(label=lines.clip(actor.name, 24), data=pack("actor", actor.id)),)
    return message(_headed(title, shown.place, shown.body), (*more, *turn))


def _where(cited: Citation, zone: tzinfo, now: datetime) -> Row:
    return row(lines.publisher(cited), ", ", near(cited.dated, zone, to=now))


def _speaker(one: Saying, asked: Actor) -> Row:
    """Who of a state it was, where it was not the state itself."""
    return row() if one.actor.id == asked.id else row(lines.name(one.actor), " ")


def choice(question: Row, named: Sequence[Actor], verb: str, *rest: str | int) -> Message:
    """A question back: which of these actors is meant?"""
    buttons = [Button(label=lines.clip(_told_apart(each), 40), data=pack(verb, each.id, *rest)) for each in named[:8]]
    return message(question, *_rows(buttons, across=1))


def _told_apart(named: Actor) -> str:
    about = named.role or named.state
    return f"{named.name}, {about}" if about and about != named.name else named.name


def stand_data(actor_id: int, issue: str, number: int) -> str:
    """What a button sends for a page of positions: the issue's words travel along, as many as fit."""
    return pack("stand", actor_id, packed_words(issue), number)


def packed_words(issue: str) -> str:
    """Words as an argument of a press: whole ones, at most 27 bytes of them."""
    kept = issue.encode()[:27].decode(errors="ignore")
    if len(kept) < len(issue) and " " in kept:
        kept = kept.rsplit(" ", 1)[0]
    return base64.urlsafe_b64encode(kept.encode()).decode().rstrip("=")


def unpacked_words(packed: str | None) -> str:
    """The words again; "" for what is none."""
    try:
        return base64.urlsafe_b64decode(f"{packed or ''}{'=' * (-len(packed or '') % 4)}").decode()
    except ValueError:
        return ""


def _why(line: PositionLine) -> str:
    return pack("why", line.best.id)


def _headed(title: Node, place: str, body: Node) -> Row:
    return stacked(row(bold(title), f" · {place}" if place else ""), body)


def _rows(buttons: Sequence[Button], across: int = MOST_BUTTONS) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[start : start + across]) for start in range(0, len(buttons), across))
