"""Positions: from statements and quotations to actor, stance, issue, target, condition, with evidence.

Rules that stay whatever finds the spans: negation, nesting, conditions, targets, what is no position at all.
"""

import re
from dataclasses import dataclass

from digests.extract.actors import Draft, Roster
from digests.extract.clauses import clause_end
from digests.extract.confidence import confidence
from digests.extract.evidence import cut
from digests.extract.issues import issue_of, unify
from digests.extract.sentences import Page, Sentence
from digests.extract.statements import Quotation, Statement
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import CONTENT
from digests.models import Evidence, Mode, Position, Span, Stance

_CONDITION = re.compile(
    r"\b(?:only if|unless|provided that|as long as|on (?:the )?condition|if and only if|if|until|only when|only after|once)\b",
    re.I,
)
_BACKGROUND = re.compile(
    r"\b(?:in|since|back in|early|late|during) (?:(?:January|February|March|April|May|June|July|August|September|October|November|December),? )?(?:19\d\d|20[0-2]\d)\b"
    r"|\b(?:years|decades) ago\b|\blast year\b|\ba year (?:ago|earlier)\b",
    re.I,
)
_CONTENT = tuple((stance, re.compile(pattern, re.IGNORECASE)) for stance, pattern in CONTENT)


_STANDING = frozenset({Stance.SUPPORTS, Stance.COMMITS, Stance.PROPOSES})
_SAID = "said"
MOST = 400
"""Positions an article may give; no real one comes near."""
_LONG_CLAUSE = 160
_HARM = re.compile(
    r"\b(?:retaliat\w+|revenge|aveng\w+|punish\w*|destroy\w*|strike\w*|attack\w*|crush\w*|derail|discomfort|consequences|"
    r"respond|response|price|held (?:accountable|responsible)|military action|wipe|annihilat\w+)\b",
    re.I,
)
_ACTS = {
    "recall": "recall of ", "expel": "expulsion of ", "withdraw": "withdrawal from ", "sanction": "sanctions on ",
    "deploy": "deployment of ", "suspend": "suspension of ", "ban": "ban on ", "fire": "dismissal of ",
    "designate": "designation of ", "recognise": "recognition of ", "recognize": "recognition of ", "freeze": "freeze of ",
}  # fmt: skip
"""The noun for an act that is a position, so that its issue names the measure."""
_FALSE = re.compile(
    r"\b(?:accusations?|allegations?|claims?|charges|reports?|suggestions?|assertions?|rumou?rs)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A position before its actors are named and its issue unified. `rule` names what found it."""

    holder: Draft
    stance: Stance
    issue: str
    target: Draft | None
    evidence: Evidence
    quote: Span | None
    mode: Mode
    rule: tuple[str, str]
    confidence: float
    conditional: bool
    negated: bool
    background: bool


def find_positions(roster: Roster, statements: list[Statement], quotations: list[Quotation]) -> list[Reading]:
    """All positions of the page, the doubtful ones too: their confidence tells."""
    readings: list[Reading] = []
    for index, statement in enumerate(statements):
        if statement.found.cue.stance is not None:
            readings += _from_cue(roster, statement, _outer(statements, index))
        elif not _has_inner(roster, statements, index):
            readings += _from_words(roster, statement)
    for quotation in quotations:
        readings += _from_quotation(roster, quotation)
    return _without_doubles(sorted(readings, key=lambda r: (-r.confidence, r.evidence.start))[:MOST])


def _outer(statements: list[Statement], index: int) -> Statement | None:
    """The statement that reports this one: the cue just before it in its sentence, when that only reports."""
    before = statements[index - 1] if index else None
    if before is None or before.found.sentence is not statements[index].found.sentence:
        return None
    return before if before.found.cue.stance is None else None


def _has_inner(roster: Roster, statements: list[Statement], index: int) -> bool:
    """Whether what is said holds another cue with a named holder: then the stance is the inner holder's."""
    outer = statements[index]
    for other in statements[index + 1 : index + 4]:
        if other.found.sentence is outer.found.sentence and other.speaker.drafts and other.found.cue.stance:
            return True
    return bool(roster.page.quoted[outer.found.body - 1 : outer.found.end].count(1) > 3)


# ---- verbs, adjectives and nouns that are a stance by themselves ----


def _from_cue(roster: Roster, statement: Statement, outer: Statement | None) -> list[Reading]:
    found, page = statement.found, roster.page
    stance = found.cue.stance
    if stance is None or not statement.speaker.drafts or _is_no_position(page, statement):
        return []
    negated = found.group.negated
    if negated:
        if stance not in _STANDING:
            return []
        stance = Stance.REJECTS
    first, last = found.body, found.end
    stance = _refined(page, statement, stance)
    if found.kind == "passive":
        target = _subject_target(roster, statement)
    else:
        target = _target(roster, first, last, statement.speaker.drafts)
    issue = issue_of(page, *_issue_tokens(roster, statement, target))
    if found.kind == "passive" and not issue:
        issue = issue_of(page, found.sentence.first, found.group.first)
    if not issue:
        return []
    issue = _ACTS.get(found.cue.lemma, "") + issue if stance in (Stance.COMMITS, Stance.REJECTS) else issue
    evidence = _evidence(page, statement)
    sure = confidence(
        found.kind,
        found.cue.lemma,
        statement.speaker.sure,
        hypothetical=found.group.hypothetical and not _same_speaker(outer, statement),
        negated=negated,
    )
    return [
        Reading(
            holder, stance, issue, target if target is not holder else None, evidence, _quote_in(page, evidence),
            _mode(page, statement), (found.kind, found.cue.lemma), sure, _conditional(page, statement), negated,
            _background(page, found.sentence),
        )
        for holder in statement.speaker.drafts
    ]  # fmt: skip


def _refined(page: Page, statement: Statement, stance: Stance) -> Stance:
    """What the content makes of a cue: a vow to strike threatens, a denounced plan is opposed, a rejected claim denied."""
    found = statement.found
    words = page.words(found.body, found.end)
    opening = page.words(found.body, min(found.end, found.body + 6))
    if stance is Stance.COMMITS and found.cue.lemma in ("vow", "promise", "pledge", "swear") and _HARM.search(opening):
        return Stance.THREATENS
    if found.cue.lemma == "warn":
        return Stance.THREATENS if _HARM.search(words) else Stance.DOUBTS
    if stance is Stance.ACCUSES and found.cue.lemma == "denounce":
        return Stance.OPPOSES if grammar.POLICY & set(opening.lower().split()) else stance
    if stance is Stance.REJECTS and found.cue.lemma in ("reject", "dismiss", "brush") and _FALSE.search(opening):
        return Stance.DENIES
    if stance is Stance.DENIES and found.cue.lemma == "dismiss" and not _FALSE.search(words):
        return Stance.REJECTS
    return stance


def _same_speaker(outer: Statement | None, statement: Statement) -> bool:
    """Whether a holder says it of itself: "Israel said it would"."""
    if outer is None or not outer.speaker.drafts or not statement.speaker.drafts:
        return False
    return outer.speaker.drafts[0] is statement.speaker.drafts[0]


def _is_no_position(page: Page, statement: Statement) -> bool:
    """Declining to comment, and other words that a cue makes harmless."""
    tokens, found = page.tokens, statement.found
    if found.cue.lemma in ("decline", "refuse"):
        after = [token.lower for token in tokens[found.body : found.body + 3]]
        return not after or after[0] in (".", ",") or bool(set(after[:3]) & grammar.NO_ACTION)
    if found.cue.lemma in (
        "suggest",
        "question",
        "charge",
        "table",
        "float",
        "block",
        "offer",
        "launch",
        "fire",
        "sign",
        "approve",
    ):
        return found.kind == "noun"
    return False


def _issue_tokens(roster: Roster, statement: Statement, target: Draft | None) -> tuple[int, int]:
    """Where the issue's words are: after the target and its preposition, or right after the cue."""
    page, found = roster.page, statement.found
    first, last = found.body, found.end
    for mention in roster.within(first, min(first + 8, last)):
        near = all(
            page.tokens[k].lower in grammar.BEFORE_TARGET or page.tokens[k].text.islower() is False
            for k in range(first, mention.first)
        )
        owns = mention.last < last and page.tokens[mention.last].lower in ("'s", "’s")
        if mention.draft is target and near and owns:
            return mention.first, last
        if mention.draft is target and near:
            after = mention.last
            while (
                after < last
                and after < mention.last + 4
                and page.tokens[after].lower not in ("of", "for", "to", "over", "that", "not")
            ):
                after += 1
            if after < last and page.tokens[after].lower in ("of", "for", "to", "over", "that", "not"):
                return after + 1, last
    return first, last


def _target(roster: Roster, first: int, last: int, holders: tuple[Draft, ...]) -> Draft | None:
    """The first other actor close after the cue, in the content's opening words."""
    for mention in roster.within(first, min(last, first + 14)):
        if all(mention.draft is not holder for holder in holders):
            return mention.draft
    return None


def _subject_target(roster: Roster, statement: Statement) -> Draft | None:
    found = statement.found
    mentions = roster.within(found.sentence.first, found.group.first)
    return mentions[-1].draft if mentions else None


def _evidence(page: Page, statement: Statement) -> Evidence:
    """The clause of the cue: from its subject to the end of its content."""
    found = statement.found
    sentence = found.sentence
    first = min(found.phrase.first, found.group.first) if found.phrase is not None else found.group.first
    last = max(found.end, found.group.last)
    if found.inverted or found.kind == "passive":
        return cut(page, sentence.first, last, found.group.head)
    short = page.tokens[sentence.last - 1].end - page.tokens[sentence.first].start <= 130
    if short and last >= sentence.last - 1 and found.phrase is not None:
        first = sentence.first
    elif page.tokens[last - 1].end - page.tokens[first].start > _LONG_CLAUSE:
        last = clause_end(page, found.body, last)
    return cut(page, first, max(last, found.group.last), found.group.head)


def _mode(page: Page, statement: Statement) -> Mode:
    found = statement.found
    inside = page.quoted[found.body : found.end].count(1)
    return "direct" if inside > 3 else "indirect" if found.kind in ("verb", "adjective") else "narrated"


def _quote_in(page: Page, evidence: Evidence) -> Span | None:
    inside = [q for q in page.quotes if evidence.start <= q.start and q.end <= evidence.end]
    return max(inside, key=lambda q: q.end - q.start, default=None)


def _conditional(page: Page, statement: Statement) -> bool:
    found = statement.found
    end = page.tokens[found.sentence.last - 1].end
    return bool(_CONDITION.search(page.text, page.tokens[found.group.first].start, end))


def _background(page: Page, sentence: Sentence) -> bool:
    return bool(_BACKGROUND.search(page.text, sentence.start, sentence.end))


# ---- what plain speech says ----


def _stance_of(words: str) -> tuple[Stance, "re.Match[str]"] | None:
    for stance, pattern in _CONTENT:
        match = pattern.search(words)
        if match:
            return stance, match
    return None


def _from_words(roster: Roster, statement: Statement) -> list[Reading]:
    """A stance in reported speech: "said that Israel must"."""
    page, found = roster.page, statement.found
    if len(statement.speaker.drafts) != 1 or not statement.content or found.group.negated:
        return []
    content = statement.content[0]
    hit = _stance_of(page.text[content.start : content.end])
    if hit is None:
        return []
    return _spoken(roster, statement.speaker.drafts[0], content, hit, _evidence(page, statement) if not found.inverted else None,
                   _SAID, statement.speaker.sure)  # fmt: skip


def _from_quotation(roster: Roster, quotation: Quotation) -> list[Reading]:
    """Stances in a quotation, sentence by sentence."""
    page = roster.page
    if len(quotation.speaker.drafts) != 1:
        return []
    readings: list[Reading] = []
    first, last = page.token_at(quotation.span.start), page.token_at(quotation.span.end - 1)
    index = first
    while index <= last:
        sentence = page.sentence_at(page.tokens[index].start)
        start, end = max(index, sentence.first), min(last + 1, sentence.last)
        span = Span(start=page.tokens[start].start, end=page.tokens[end - 1].end)
        hit = _stance_of(page.text[span.start : span.end]) if end - start > 4 else None
        if hit is not None:
            whole = cut(page, sentence.first, sentence.last, start)
            readings += _spoken(roster, quotation.speaker.drafts[0], span, hit, whole, "quoted", quotation.speaker.sure)
        index = max(index + 1, sentence.last)
    return readings


def _spoken(
    roster: Roster,
    holder: Draft,
    content: Span,
    hit: tuple[Stance, "re.Match[str]"],
    whole: Evidence | None,
    rule: str,
    sure: float,
) -> list[Reading]:
    page = roster.page
    stance, match = hit
    first, last = page.token_at(content.start), page.token_at(content.end - 1) + 1
    at = page.token_at(content.start + match.start())
    after = page.token_at(content.start + match.end() - 1) + 1
    issue = issue_of(page, after, last)
    if len(issue.split()) < 2:
        issue = issue_of(page, first, last)
    if not issue:
        return []
    mentions = [m for m in roster.within(first, last) if m.draft is not holder]
    target = mentions[0].draft if mentions else None
    evidence = whole or cut(page, first, last, at)
    value = confidence(rule, match.group().lower(), sure, hypothetical=False, negated=False)
    sentence = page.sentence_at(content.start)
    quoted = rule == "quoted"
    return [
        Reading(
            holder, stance, issue, target, evidence, _quote_in(page, evidence) if quoted else None,
            "direct" if quoted else "indirect", (rule, str(stance)), value,
            bool(_CONDITION.search(page.text, content.start, content.end)), False, _background(page, sentence),
        )
    ]  # fmt: skip


# ---- together ----


def _without_doubles(readings: list[Reading]) -> list[Reading]:
    """One position for one holder, stance and evidence; what a cue says goes before what the words hint at."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=lambda r: (-r.confidence, r.evidence.start)):
        if not any(_doubles(reading, other) for other in kept):
            kept.append(reading)
    return sorted(kept, key=lambda r: (r.evidence.start, r.evidence.end))


def _doubles(one: Reading, other: Reading) -> bool:
    if one.holder is not other.holder:
        return False
    shared = min(one.evidence.end, other.evidence.end) - max(one.evidence.start, other.evidence.start)
    shorter = min(len(one.evidence.text), len(other.evidence.text))
    if one.stance is other.stance:
        return shared > 0.5 * shorter
    weak = {"said", "quoted"}
    return shared > 0.5 * shorter and (one.rule[0] in weak or other.rule[0] in weak)


def as_positions(readings: list[Reading], names: dict[int, str]) -> tuple[Position, ...]:
    """The readings with actors by name and one phrase for one issue. Holders without a name are left out."""
    kept = [reading for reading in readings if id(reading.holder) in names]
    issues = unify([reading.issue for reading in kept])
    return tuple(
        Position(
            actor=names[id(reading.holder)],
            stance=reading.stance,
            issue=issue,
            target=names.get(id(reading.target)) if reading.target is not None else None,
            conditional=reading.conditional,
            negated=reading.negated,
            evidence=reading.evidence,
            quote=reading.quote,
            mode=reading.mode,
            confidence=reading.confidence,
            background=reading.background,
        )
        for reading, issue in zip(kept, issues, strict=True)
    )
