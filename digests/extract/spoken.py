"""Stances in plain speech: what a quotation or reported words say, where the cue itself shows none."""

import re

from digests.extract.confidence import UNREADABLE, confidence
from digests.extract.evidence import cut, evidence_of, quote_in
from digests.extract.issues import issue_of
from digests.extract.readings import Reading
from digests.extract.roster import Roster
from digests.extract.signs import CONDITION, is_background, stance_of
from digests.extract.speakers import Speaker
from digests.extract.statements import Quotation, Statement
from digests.models import Evidence, Span, Stance


def from_words(roster: Roster, statement: Statement) -> list[Reading]:
    """A stance in reported speech: "said that Israel must"."""
    page, found = roster.page, statement.found
    if len(statement.speaker.drafts) != 1 or not statement.content or found.group.negated:
        return []
    content = statement.content[0]
    hit = stance_of(page.text[content.start : content.end])
    if hit is None:
        return []
    whole = None if found.inverted else evidence_of(page, statement)
    return _spoken(roster, statement.speaker, content, hit, whole, rule="said")


def from_quotation(roster: Roster, quotation: Quotation) -> list[Reading]:
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
        hit = stance_of(page.text[span.start : span.end]) if end - start > 4 else None
        if hit is not None:
            whole = cut(page, sentence.first, sentence.last, start)
            readings += _spoken(roster, quotation.speaker, span, hit, whole, rule="quoted")
        index = max(index + 1, sentence.last)
    return readings


def _spoken(
    roster: Roster,
    speaker: Speaker,
    content: Span,
    hit: tuple[Stance, "re.Match[str]"],
    whole: Evidence | None,
    *,
    rule: str,
) -> list[Reading]:
    page, holder, sure = roster.page, speaker.drafts[0], speaker.sure
    stance, match = hit
    first, last = page.token_at(content.start), page.token_at(content.end - 1) + 1
    at = page.token_at(content.start + match.start())
    after = page.token_at(content.start + match.end() - 1) + 1
    issue = issue_of(page, after, last, stance)
    if len(issue.text.split()) < 2:
        issue = issue_of(page, first, last, stance)
    if not issue.text:
        return []
    mentions = [m for m in roster.within(first, last) if m.draft is not holder]
    target = mentions[0].draft if mentions else None
    evidence = whole or cut(page, first, last, at)
    value = confidence(rule, match.group().lower(), sure, hypothetical=False, negated=False)
    value = value if issue.reads else min(value, UNREADABLE)
    sentence = page.sentence_at(content.start)
    quoted = rule == "quoted"
    return [
        Reading(
            holder, stance, issue.text, target, evidence, quote_in(page, evidence) if quoted else None,
            "direct" if quoted else "indirect", (rule, str(stance)), value,
            bool(CONDITION.search(page.text, content.start, content.end)), False, is_background(page, sentence),
        )
    ]  # fmt: skip
