"""How an issue goes after a stance: "demands a ceasefire", "urges Russia to come back", "accuses Israel of bombing".

An issue is a phrase in an article's own words, mostly a noun. What else it may begin with is told by its first word;
words that may be noun or verb ("return", "end", "call") count as nouns. `pattern` names the sentence that fits, without
its words, so that the bot takes them from its own phrases; `said` has the English ones, for the command line.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from digests.languages.en import ROLE_NOUNS
from digests.languages.en_grammar import UNTIL
from digests.languages.en_verbs import is_verb_phrase
from digests.languages.world import adjective_states, name_states
from digests.models import Actor, Kind, Stance
from digests.text import fold

_DEED = re.compile(r"(?:\w+ly )?\w{3,}ing\b")
_STATE = re.compile(r"(?:not )?(?:be|go|stay|remain|continue)\b|(?:end|stop)$")
_WITH_THE = re.compile(
    r"(?:united (?:states|kingdom|nations|arab emirates)|european (?:union|commission|parliament|council)|arab league"
    r"|african union|netherlands|philippines|bahamas|maldives|white house|kremlin|vatican|pentagon|taliban)$"
    r"|.*\b(?:organi[sz]ation|ministry|republic|commission|committee|agency|council)\b"
)
_SINGULAR_ENDS = ("ss", "us", "hamas")

_SAID = {
    "supports": "supports {issue}",
    "opposes": "opposes {issue}",
    "demands": "demands {issue}",
    "rejects": "rejects {issue}",
    "accuses": "condemns {issue}",
    "denies": "denies {issue}",
    "proposes": "proposes {issue}",
    "commits": "commits to {issue}",
    "threatens": "threatens {issue}",
    "doubts": "voices concern about {issue}",
    "accuses_named": "accuses {issue}",
    "accuses_of": "accuses {target} of {issue}",
    "accuses_over": "accuses {target} over {issue}",
    "demands_from": "demands {issue} from {target}",
    "demands_that": "demands that {target} {issue}",
    "urges": "urges {issue}",
    "urges_to": "urges {target} to {issue}",
    "threatens_with": "threatens {target} with {issue}",
    "doubts_that": "doubts {issue}",
    "denies_having": "denies having {issue}",
    "refuses_to": "refuses to {issue}",
    "proposes_to": "proposes to {issue}",
    "threatens_to": "threatens to {issue}",
}
_TO_DO = {Stance.REJECTS: "refuses_to", Stance.PROPOSES: "proposes_to", Stance.THREATENS: "threatens_to"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a position is said: the key of its words, its issue, and its target where the sentence names one.

    A target of "" is to be filled with "others".
    """

    key: str
    issue: str
    target: str | None = None


class Shape(StrEnum):
    """What an issue begins with."""

    NOUN = "noun"
    VERB = "verb"  # "come back to the table"
    CLAUSE = "clause"  # "that the tour had failed"
    DONE = "done"  # "been consulted"
    DOING = "doing"  # "having sent grain to rich countries"


def shape(issue: str) -> Shape:
    """What the issue begins with."""
    first = issue.split(" ", 1)[0].lower()
    if first == "that":
        return Shape.CLAUSE
    if is_verb_phrase(issue.removeprefix("not ")):
        return Shape.VERB
    if first in ("been", "broken", "taken", "given", "agreed", "sent", "made", "done"):
        return Shape.DONE
    is_doing = first.endswith("ing") and len(first) > 5 and " " in issue
    return Shape.DOING if is_doing else Shape.NOUN


def names_accused(issue: str) -> bool:
    """Whether the issue of an accusation holds the accused: "war cabinet of making a mistake"."""
    before, _, after = issue.partition(" of ")
    return bool(before) and bool(_DEED.match(after))


_ASKED = 4
"""Words that name who is asked."""


def asks_somebody(issue: str) -> bool:
    """Whether the issue of a demand holds who is asked: "both sides to keep their channels open"."""
    before, _, after = issue.partition(" to ")
    asked = before.split()
    is_named = bool(asked) and all(word[0].isupper() for word in asked) and after[:1].islower()
    is_all = before.lower() in ("all sides", "both sides", "all parties", "the parties", "both parties")
    are_people = bool(asked) and (asked[-1].endswith("s") or asked[-1] in _PEOPLE)  # not "a fund to rebuild Gaza"
    return 0 < len(asked) <= _ASKED and (is_named or is_all or (are_people and is_verb_phrase(after)))


_PEOPLE = ROLE_NOUNS | {
    "people",
    "community",
    "government",
    "parliament",
    "army",
    "military",
    "police",
    "court",
    "world",
}


def says_condition(issue: str) -> bool:
    """Whether an issue says itself on what condition: "truce unless Israel withdraws"."""
    return not UNTIL.isdisjoint(issue.split())


def is_plural(actor: Actor) -> bool:
    """Groups called by a plural ("Arab leaders"); everybody else says, demands, rejects."""
    name = fold(actor.name)
    return actor.kind is Kind.GROUP and name.endswith("s") and not name.endswith(_SINGULAR_ENDS)


def pattern(stance: Stance, issue: str, target: str | None) -> Pattern:
    """The sentence that fits. The target is named where the sentence needs it and the issue doesn't hold it."""
    form = shape(issue)
    whom = _with_the(target) if target and not _holds(issue, target) else None
    if stance is Stance.ACCUSES and whom:
        return Pattern(f"accuses_{'of' if form is Shape.DOING else 'over'}", issue, whom)
    if stance is Stance.ACCUSES and names_accused(issue):
        return Pattern("accuses_named", issue)
    if stance is Stance.DEMANDS:
        return _demand(form, issue, whom)
    if stance is Stance.DOUBTS and form is Shape.CLAUSE:
        return Pattern("doubts_that", issue)
    if stance is Stance.THREATENS and whom and form is Shape.NOUN:
        return Pattern("threatens_with", issue, whom)
    if form is Shape.VERB and stance in _TO_DO:
        return Pattern(_TO_DO[stance], issue)
    if form is Shape.DONE and stance is Stance.DENIES:
        return Pattern("denies_having", issue)
    return Pattern(f"{stance}", issue)


def _holds(issue: str, target: str) -> bool:
    """Whether an issue says whose it is already: "Ukrainian strike on Belgorod" Ukraine's."""
    if fold(target) in fold(issue):
        return True
    return any(table.get(word) == target for word in issue.split() for table in (adjective_states(), name_states()))


def _with_the(name: str) -> str:
    return f"the {name}" if _WITH_THE.match(fold(name)) and "'" not in name and "’" not in name else name


def _demand(form: Shape, issue: str, whom: str | None) -> Pattern:
    if form is Shape.VERB:
        return Pattern("urges_to", issue, whom or "")
    asked, _, deed = issue.partition(" to ")
    if 0 < len(asked.split()) <= _ASKED and is_verb_phrase(deed) and _STATE.match(deed):
        return Pattern("demands_that", deed, asked)
    if asks_somebody(issue):
        return Pattern("urges", issue)
    return Pattern("demands_from", issue, whom) if whom else Pattern("demands", issue)


def said(actor: Actor, stance: Stance, issue: str, target: str | None) -> str:
    """The position in English, without the actor: "demands an inquiry from Israel"; "demand ..." of a plural."""
    fitting = pattern(stance, issue, target)
    verb, _, rest = _SAID[fitting.key].partition(" ")
    if is_plural(actor):
        verb = verb.removesuffix("ies") + "y" if verb.endswith("ies") else verb.removesuffix("s")
    return f"{verb} {rest}".format(issue=fitting.issue, target=fitting.target or "others")
