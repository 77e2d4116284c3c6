"""Plain positions: those that a cue of the table shows by itself, with issue, target, condition and evidence.

Rules that can be read: negation, nesting, conditions, targets, what is no position at all.
"""

import re
from dataclasses import replace

from digests.extract.clauses import phrase_before
from digests.extract.evidence import clause_of, quote_in
from digests.extract.issues import LONGEST, Issue, issue_of
from digests.extract.predicates import Found, find_cues
from digests.extract.readings import UNREADABLE, Reading
from digests.extract.roster import Draft, Roster, person_state
from digests.extract.sentences import Page
from digests.extract.signs import CONDITION, FALSE, HARM, is_background
from digests.extract.statements import Statement, find_statements
from digests.extract.targets import is_mutual, issue_tokens, target_of
from digests.extract.worth import worth
from digests.languages import en
from digests.languages import en_grammar as grammar
from digests.languages.en_verbs import PLAIN
from digests.languages.world import adjective_states
from digests.models import Kind, Mode, Stance

HEADLINE = 0.75
"""What a headline's position is worth beside the same words in a text."""
LONG = 1500
"""Characters of a text that says itself what its headline says."""

_STANDING = frozenset({Stance.SUPPORTS, Stance.COMMITS, Stance.PROPOSES})
_ACTS = {
    "recall": "recall of ", "expel": "expulsion of ", "sanction": "sanctions on ", "deploy": "deployment of ",
    "fire": "dismissal of ", "designate": "designation of ", "recognise": "recognition of ",
    "recognize": "recognition of ", "freeze": "freeze of ", "impose": "imposing ", "sign": "signing ",
    "ratify": "ratification of ", "approve": "approval of ", "authorise": "authorising ", "authorize": "authorizing ",
    "blacklist": "blacklisting ", "slap": "slapping ", "sever": "severing ", "cut": "cutting ",
}  # fmt: skip
"""The noun for an act that is a position, so that its issue names the measure."""


def plain_positions(roster: Roster, text_at: int) -> list[Reading]:
    """The positions that cues show. The text proper begins at `text_at` of the page, after its title."""
    page, readings = roster.page, list[Reading]()
    cues = [cue for cue in find_cues(page) if not _is_unclear_headline(page, cue, text_at)]
    statements = find_statements(roster, cues)
    for index, statement in enumerate(statements):
        if statement.found.cue.stance is not None and not _is_denied(page, statements, index):
            readings += _from_cue(roster, statement, _outer(statements, index), text_at)
    return [one for one in (_in_title(roster, reading, text_at) for reading in readings) if one is not None]


def _is_unclear_headline(page: Page, cue: Found, text_at: int) -> bool:
    """A headline in Title Case, over a text that speaks for itself, or with a participle: others condemn in
    "Israel condemned for strike".
    """
    if cue.sentence.start >= text_at:
        return False
    is_long = len(page.text) - text_at > LONG
    return is_long or page.tokens[cue.group.head].lower.endswith("ed") or _is_title_case(page, text_at)


def _is_title_case(page: Page, text_at: int) -> bool:
    """Whether Most Words Have Capitals, so that names cannot be told from words."""
    words = [t for t in page.tokens[1:] if t.start < text_at and t.is_word and len(t.text) > 3]
    return len(words) > 3 and sum(token.is_capital for token in words) > 0.7 * len(words)


def _in_title(roster: Roster, reading: Reading, text_at: int) -> Reading | None:
    """A headline's position, of somebody whom the text names too: worth less, for a headline is shorter than the
    truth.
    """
    if reading.evidence.where == "text":
        return reading
    starts = [roster.page.tokens[mention.first].start for mention in reading.holder.mentions]
    if max(starts, default=0) < text_at:
        return None
    return replace(reading, quote=None, confidence=round(reading.confidence * HEADLINE, 3))


def _outer(statements: list[Statement], index: int) -> Statement | None:
    """The statement that reports this one: the cue just before it in its sentence, when that only reports."""
    before = statements[index - 1] if index else None
    if before is None or before.found.sentence is not statements[index].found.sentence:
        return None
    return before if before.found.cue.stance is None else None


_DENYING = frozenset(Stance) - {Stance.SUPPORTS, Stance.OPPOSES}


def _is_denied(page: Page, statements: list[Statement], index: int) -> bool:
    """Whether a cue stands in what another one denies, demands or alleges: then its subject did not say so."""
    inner = statements[index]
    for other in statements[max(0, index - 3) : index]:
        outer = other.found
        within = outer.sentence is inner.found.sentence and outer.body <= inner.found.group.head < outer.end
        is_own = inner.found.shared and inner.found.kind != "infinitive"
        if within and not is_own and (outer.cue.stance in _DENYING or outer.group.negated):
            between = {token.lower for token in page.tokens[outer.body : inner.found.group.first]}
            return not between & grammar.ASIDE and inner.found.kind != "noun"
    return False


# ---- verbs, adjectives and nouns that are a stance by themselves ----


def _from_cue(roster: Roster, statement: Statement, outer: Statement | None, text_at: int) -> list[Reading]:
    found, page = statement.found, roster.page
    stance = found.cue.stance
    if stance is None or not statement.speaker.drafts or _is_no_position(roster, statement):
        return []
    negated = found.group.negated
    if negated:
        if stance not in _STANDING:
            return []
        stance = Stance.REJECTS
    stance = _refined(page, statement, stance)
    target = target_of(roster, statement, stance)
    issue = _issue(roster, statement, stance, target)
    if not issue.text:
        return []
    evidence = clause_of(page, statement, text_at)
    sure = worth(
        found.kind,
        found.cue.lemma,
        statement.speaker.sure,
        hypothetical=found.group.hypothetical and not _same_speaker(outer, statement),
        negated=negated,
    )
    sure = sure if issue.reads else min(sure, UNREADABLE)
    if stance is Stance.THREATENS and target is not None and _is_owner(target, issue.text):
        target = None
    holders = statement.speaker.drafts
    others = holders[::-1] if len(holders) == 2 and is_mutual(page, found.body) else (target,) * len(holders)
    return [
        Reading(
            holder, stance, issue.text, None if other is None or _is_own(holder, other) else other, evidence,
            quote_in(page, evidence, text_at),
            _mode(page, statement), (found.kind, found.cue.lemma), sure,
            _conditional(page, statement), negated,
            is_background(page, found.sentence),
        )
        for holder, other in zip(holders, others, strict=True)
    ]  # fmt: skip


def _is_own(holder: Draft, target: Draft) -> bool:
    """Whether a target is the holder, or the state that the holder speaks for."""
    return target is holder or target.name == person_state(holder)


def _is_owner(target: Draft, issue: str) -> bool:
    """Whether a threat's issue only says whose something is: "tariffs on the U.S.'s northern neighbour"."""
    return any(f"{form}{ending}" in issue for form in target.forms for ending in ("'s", "’s"))


def _issue(roster: Roster, statement: Statement, stance: Stance, target: Draft | None) -> Issue:
    """What the stance is about; the measure itself where the cue names one ("recall of its ambassador")."""
    found, page = statement.found, roster.page
    if found.kind == "passive" and page.tokens[found.group.first - 1].lower in ("and", "or", "but"):
        return Issue("", reads=False)  # its subject stands before another verb
    if found.kind == "passive" and _word(page, found.body) not in ("of", "for", "to", "over", "that"):
        first = _passive_from(page, found)
        if first >= found.group.first:
            return Issue("", reads=False)
        issue = issue_of(page, first, found.group.first, stance)
        at = first - (page.tokens[first].lower not in grammar.PREPOSITIONS)
        while at > found.sentence.first and page.tokens[at].lower in grammar.DETERMINERS:
            at -= 1
        is_part = found.sentence.first < at and page.tokens[at].lower in grammar.PREPOSITIONS  # not "On Monday a ..."
        return replace(issue, reads=issue.reads and not is_part)  # "athletes killed in | the war was rejected"
    first, last = issue_tokens(roster, statement, target)
    issue = issue_of(page, first, last, stance, found.cue.lemma)
    before = page.tokens[first - 1].lower
    asked_over = before in ("over", "about", "against") or (before == "on" and found.cue.lemma in ("press", "pressure"))
    mutual = is_mutual(page, found.body) and len(statement.speaker.drafts) == 2
    own_wish = target is None and _word(page, found.body) == "to"  # "demanded to see the evidence"
    vague = stance is Stance.DEMANDS and (own_wish or (asked_over and not issue.text.endswith("ing")))
    vague = vague or (found.cue.lemma == "press" and not found.cue.after and target is None)  # "pressed its offensive"
    loose = (
        found.cue.lemma == "accuse"
        and target is None
        and not mutual
        and _word(page, found.body) != "of"
        and not _DEED.search(f" of {issue.text}")
    )
    lost = found.cue.lemma == "accuse" and target is None and not mutual and issue.text.split(" ", 1)[0].endswith("ing")
    unblamed = found.cue.lemma == "blame" and target is None and " on " in f" {page.words(found.body, found.end)} "
    thanked = found.cue.lemma == "thank" and all(word[0].isupper() for word in issue.text.split())
    if vague or loose or lost or unblamed or thanked or _is_anonymous(statement):
        issue = replace(issue, reads=False)
    if (
        stance is Stance.DOUBTS
        and issue.text.startswith("that ")
        and not DISBELIEF & {found.cue.lemma, *found.cue.after}
    ):
        words = len(issue.text.split())
        return replace(issue, text=f"the risk {issue.text}", reads=issue.reads and words <= LONGEST - 2)
    act = _ACTS.get(found.cue.lemma, "") if stance is Stance.COMMITS and found.kind != "noun" else ""
    return replace(issue, text=act + issue.text) if act and issue.text else issue


def _passive_from(page: Page, found: Found) -> int:
    """Where what is rejected or backed begins: in "mediators revived a proposal rejected by Israel" at "a proposal"."""
    phrase = phrase_before(page, found.sentence, found.group.first)
    first = phrase.first if phrase is not None else found.group.first
    verbs = [k for k in range(first, found.group.first) if _is_past(page.tokens[k].lower)]
    if not verbs:
        return first
    is_helped = page.tokens[verbs[-1]].lower in grammar.FINITE_AUXILIARIES  # "would study a proposal"
    return verbs[-1] + 1 + (is_helped and page.tokens[verbs[-1] + 1].lower in PLAIN)


def _is_past(word: str) -> bool:
    return word.endswith("ed") or word in en.SPEECH | grammar.PASTS | grammar.FINITE_AUXILIARIES


DISBELIEF = frozenset(
    [
        "doubt",
        "doubts",
        "question",
        "questions",
        "wonder",
        "sceptical",
        "skeptical",
        "doubtful",
        "unsure",
        "scepticism",
        "skepticism",
    ]
)
"""Cues of not believing; the others worry that it may be so."""

_DEED = re.compile(r" of (?:\w+ly )?\w+ing\b")


def _word(page: Page, index: int) -> str:
    return page.tokens[index].lower if index < len(page.tokens) else ""


def _is_anonymous(statement: Statement) -> bool:
    """Whether the holder is a body whose name does not say whose it is: "the Foreign Ministry"."""
    holder = statement.speaker.drafts[0]
    return holder.state is None and holder.name.lower().removeprefix("the ") in grammar.ANYBODYS


def _refined(page: Page, statement: Statement, stance: Stance) -> Stance:
    """What the content makes of a cue: a vow to strike threatens, a denounced plan is opposed."""
    found = statement.found
    words = page.words(found.body, found.end)
    opening = page.words(found.body, min(found.end, found.body + 6))
    if stance is Stance.COMMITS and found.cue.lemma in ("vow", "promise", "pledge", "swear") and _is_harm(opening):
        return Stance.THREATENS
    if found.cue.lemma == "warn" and stance in (Stance.DOUBTS, Stance.THREATENS):
        return Stance.THREATENS if HARM.search(words) else Stance.DOUBTS
    if stance is Stance.ACCUSES and found.cue.lemma == "denounce":
        return Stance.OPPOSES if grammar.POLICY & set(re.findall(r"\w+", opening.lower())) else stance
    if stance is Stance.REJECTS and found.cue.lemma in ("reject", "dismiss", "brush") and FALSE.search(opening):
        return Stance.DENIES
    if found.cue.lemma == "deny" and _REFUSED.match(opening):
        return Stance.REJECTS
    if stance is Stance.DENIES and found.cue.lemma == "dismiss" and not FALSE.search(words):
        return Stance.REJECTS
    return stance


_REFUSED = re.compile(
    r"(?:them|him|her|(?-i:us)"
    r"|(?:(?:an?|the|its|his|their) )?(?:\w+ )?(?:requests?|consent|permission|entry|access|visas?|asylum|bail))\b",
    re.IGNORECASE,
)
"""What is denied when it is refused."""


def _is_harm(words: str) -> bool:
    """Whether a pledge is one of harm, and not to stop it: "pledged to halt attacks"."""
    found = HARM.search(words)
    return found is not None and not (grammar.TURNING | _SHIELDING) & set(words[: found.start()].lower().split())


_SHIELDING = frozenset(
    ["not", "never", "defend", "protect", "help", "against", "from", "deter", "repel", "investigate", "after"]
)


def _same_speaker(outer: Statement | None, statement: Statement) -> bool:
    """Whether a holder says it of itself: "Israel said it would"."""
    if outer is None or not outer.speaker.drafts or not statement.speaker.drafts:
        return False
    return outer.speaker.drafts[0] is statement.speaker.drafts[0]


def _is_no_position(roster: Roster, statement: Statement) -> bool:
    """Declining to comment, and other words that a cue makes harmless."""
    page, found = roster.page, statement.found
    tokens = page.tokens
    if (
        found.cue.lemma == "decline"
        and found.body < found.sentence.last
        and tokens[found.body].lower in grammar.PREPOSITIONS - {"to"}
    ):
        return True
    if found.cue.lemma in ("decline", "refuse"):
        after = [token.lower for token in tokens[found.body : found.body + 3]]
        return not after or after[0] in (".", ",") or bool(set(after[:3]) & grammar.NO_ACTION)
    word = tokens[found.body].lower if found.body < found.sentence.last else "."
    later = tokens[found.body + 1].lower if found.body + 1 < found.sentence.last else "."
    if found.cue.lemma == "threaten" and (found.kind == "passive" or word in ("and", "or")):
        return True
    if word in _TURNED_BY.get(found.cue.lemma, ()):
        return True
    if found.cue.lemma in _ACTS and word in ("on", "against", "by", "in", "at", "since", "after"):
        return True  # "the tariffs imposed on Mexico in February"
    if found.cue.lemma == "advocate" and _are_people(page, found):
        return True
    if found.cue.lemma == "withdraw" and not _names_policy(page, found):
        return True  # "withdrew from northern Gaza"
    if found.cue.lemma in ("dismiss", "welcome") and _is_of_person(roster, found):
        return True  # "dismissed his minister", "welcomed Netanyahu to the White House"
    if found.cue.lemma in grammar.DONE_TO and word in ("from", "by", "as", "in"):
        return True  # "expelled from the party"
    opening = [token.lower for token in tokens[found.body : found.body + 4]]
    if found.cue.lemma in ("agree", "accept") and word in ("that", "in", "on") and "that" in opening:
        return True
    return word in grammar.BARE_OBJECTS and (not later[0].isalnum() or later in grammar.CLOSING)


def _are_people(page: Page, found: Found) -> bool:
    """Whether "advocates" are people: "Arab American advocates eulogise him", "rights advocates say"."""
    before = page.tokens[found.group.head - 1]
    is_plural = page.tokens[found.group.head].lower == "advocates"
    return is_plural and (before.lower in grammar.CAUSES or before.text in adjective_states())


def _names_policy(page: Page, found: Found) -> bool:
    """Whether what follows is an agreement, a plan or a body, which one leaves as a stance, and not a place."""
    words = {token.lower for token in page.tokens[found.body : min(found.end, found.body + 10)]}
    return bool(words & (grammar.POLICY | _LEFT))


_LEFT = frozenset([
    "treaty", "accord", "accords", "pact", "talks", "negotiations", "agreement", "agreements", "deal", "council",
    "organisation", "organization", "union", "alliance", "court", "convention", "race", "summit", "nomination",
    "consideration", "protocol", "partnership",
])  # fmt: skip


def _is_of_person(roster: Roster, found: Found) -> bool:
    """Whether a verb's object is a person, by name or by office, and not what they did or said."""
    page, last = roster.page, min(found.end, found.body + 6)
    for index in range(found.body, last):
        token = page.tokens[index]
        owned = index + 1 < len(page.tokens) and page.tokens[index + 1].lower in ("'s", "’s")
        mention = roster.by_token.get(index)
        if mention is not None:
            is_last = index == mention.last - 1
            if is_last:
                return mention.draft.kind is Kind.PERSON and not owned
        elif token.lower in en.ROLE_NOUNS:
            return not owned
        elif not (token.is_capital or token.lower in grammar.ISSUE_LEADING | en.OFFICE_QUALIFIERS):
            return False
    return False


_TURNED_BY = {
    "back": ("out", "away", "down", "off"), "press": ("ahead", "on"), "defend": ("against",), "advocate": ("against",),
    "strike": ("down",),
}  # fmt: skip
"""Particles that make another verb of a cue: "backed out of the talks"."""


def _mode(page: Page, statement: Statement) -> Mode:
    found = statement.found
    inside = page.quoted[found.body : found.end].count(1)
    return "direct" if inside > 3 else "indirect" if found.kind in ("verb", "adjective") else "narrated"


def _conditional(page: Page, statement: Statement) -> bool:
    found = statement.found
    end = page.tokens[found.sentence.last - 1].end
    return bool(CONDITION.search(page.text, page.tokens[found.group.first].start, end))
