"""Statements: each predicate with the actors behind it and the spans of what was said."""

from dataclasses import dataclass

from digests.extract.predicates import Found
from digests.extract.roster import Roster
from digests.extract.sentences import Page, Sentence
from digests.extract.speakers import NOBODY, Focus, Speaker, resolve
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import REPORTING
from digests.models import Kind, Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A cue, who is behind it, and its content in characters. `source` is the subject's span, where there is one."""

    found: Found
    speaker: Speaker
    source: Span | None
    cue: Span
    content: tuple[Span, ...]


_REPORTING = frozenset(part.strip().split()[0] for part in REPORTING.replace("\n", " ").split(";") if part.strip())


def find_statements(roster: Roster, found: list[Found]) -> list[Statement]:
    """Statements in order, pronouns and role nouns resolved as the text goes on."""
    focus, page = Focus(), roster.page
    statements: list[Statement] = []
    last: tuple[Sentence, Speaker, Span | None] | None = None
    seen = 0
    for hit in found:
        for sentence in page.sentences[seen:]:  # sentences passed since: their first actor may be spoken of next
            if sentence.first >= hit.sentence.first:
                break
            _note_first(roster, focus, sentence)
            seen += 1
        paragraph = hit.sentence.paragraph
        speaker, source = NOBODY, None
        if hit.phrase is not None:
            limit = hit.phrase.first
            _note_before(roster, focus, hit.sentence, limit)
            speaker = resolve(roster, hit.phrase, focus, paragraph)
            source = Span(start=page.tokens[hit.phrase.first].start, end=page.tokens[hit.phrase.last - 1].end)
        elif last is not None and last[0] is hit.sentence:
            loose = page.tokens[hit.group.first - 1].text == "," and hit.kind == "verb"
            speaker = Speaker(last[1].drafts, last[1].sure * (0.6 if loose else 0.9), last[1].unnamed)
            source = last[2]
        else:
            speaker = _sentence_subject(roster, hit)
        for draft in speaker.drafts:
            focus.note(draft, paragraph)
        if hit.kind in ("verb", "adjective") or (hit.kind == "participle" and last is None):
            last = (hit.sentence, speaker, source)
        statements.append(_statement(page, hit, speaker, source))
    return statements


def _note_first(roster: Roster, focus: Focus, sentence: Sentence) -> None:
    for mention in roster.within(sentence.first, sentence.last):
        if not mention.weak and mention.draft.kind is Kind.PERSON and not _owns(roster, mention.last):
            focus.note(mention.draft, sentence.paragraph)
            return


def _note_before(roster: Roster, focus: Focus, sentence: Sentence, limit: int) -> None:
    """In a sentence, a pronoun means the first person named before it there."""
    people = [m.draft for m in roster.within(sentence.first, limit) if m.draft.kind is Kind.PERSON and not m.weak]
    bodies = [m.draft for m in roster.within(sentence.first, limit) if m.draft.kind is not Kind.PERSON and not m.weak]
    for draft in [*people[:1], *bodies[:1]]:
        focus.note(draft, sentence.paragraph)


def _owns(roster: Roster, index: int) -> bool:
    tokens = roster.page.tokens
    return index < len(tokens) and tokens[index].lower in ("'s", "’s")


def _sentence_subject(roster: Roster, hit: Found) -> Speaker:
    """The actor that a sentence begins with, for a participle without its own subject."""
    mentions = roster.within(hit.sentence.first, hit.group.first)
    if mentions and not mentions[0].weak and mentions[0].first - hit.sentence.first <= 12:
        first = mentions[0]
        tokens = roster.page.tokens
        before = tokens[first.first - 1].lower if first.first > hit.sentence.first else ""
        if not _owns(roster, first.last) and before in ("", ",", "the"):
            return Speaker((first.draft,), 0.75)
    return NOBODY


def _statement(page: Page, hit: Found, speaker: Speaker, source: Span | None) -> Statement:
    tokens = page.tokens
    cue = Span(start=tokens[hit.group.first].start, end=tokens[hit.group.last - 1].end)
    return Statement(hit, speaker, source, cue, _content(page, hit))


def _content(page: Page, hit: Found) -> tuple[Span, ...]:
    """What is said: before the cue when it closes the sentence, else after it."""
    tokens, sentence = page.tokens, hit.sentence
    start = hit.group.first if hit.phrase is None or hit.inverted else min(hit.group.first, hit.phrase.first)
    after = tokens[hit.body].lower if hit.body < sentence.last else "."
    before = _trim(page, sentence.first, start)
    if hit.kind == "according":
        rest = _trim(page, hit.phrase.last if hit.phrase else hit.group.last, sentence.last)
        return before or rest
    reports = hit.cue.lemma in _REPORTING
    if before and reports and tokens[start - 1].text in ',”"?!' and (after in grammar.AFTER_CUE or hit.inverted):
        return before
    return _trim(page, hit.body, hit.end) or before


def _trim(page: Page, first: int, last: int) -> tuple[Span, ...]:
    tokens = page.tokens
    while first < last and tokens[first].text in ",:;—–.":
        first += 1
    while last > first and tokens[last - 1].text in ",:;—–.":
        last -= 1
    return (Span(start=tokens[first].start, end=tokens[last - 1].end),) if first < last else ()
