"""Statements: each cue with its speaker and the spans of what was said; quotations find their speaker here."""

from bisect import bisect_left
from dataclasses import dataclass

from digests.extract.attributions import Found
from digests.extract.roster import Draft, Roster
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


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks and their speaker; `statement` is the one that introduces them, if one does."""

    span: Span
    speaker: Speaker
    statement: Statement | None


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


def find_quotations(page: Page, statements: list[Statement]) -> list[Quotation]:
    """Each quotation of at least three words with its speaker: the nearest cue, else the speaker of the one before."""
    found: list[Quotation] = []
    heads = [statement.found.group.head for statement in statements]
    for span in page.quotes:
        first, last = page.token_at(span.start), page.token_at(span.end - 1)
        if last - first < 4:
            continue
        opening, closing = page.sentence_at(span.start), page.sentence_at(span.end - 1)
        near = [s for s in _between(statements, heads, opening.first, closing.last) if _introduces(s)]
        if near:
            best = min(near, key=lambda s: min(abs(s.cue.end - span.start), abs(s.cue.start - span.end)))
            found.append(Quotation(span, best.speaker, best))
            continue
        found.append(
            Quotation(
                span, _continued(page, found, _between(statements, heads, first - 60, first), span, opening), None
            )
        )
    return found


def _between(statements: list[Statement], heads: list[int], first: int, last: int) -> list[Statement]:
    """Statements whose cue is one of tokens `first` to `last` (exclusive)."""
    return statements[bisect_left(heads, first) : bisect_left(heads, last)]


def _introduces(statement: Statement) -> bool:
    return statement.found.kind in ("verb", "participle", "according", "adjective")


def _continued(
    page: Page, found: list[Quotation], statements: list[Statement], span: Span, opening: Sentence
) -> Speaker:
    """The speaker of a quotation without a cue of its own."""
    before = [s for s in statements if s.cue.end <= span.start and _introduces(s)]
    if before and page.text[before[-1].cue.end : span.start].strip(" \n").endswith(":"):
        return before[-1].speaker
    if not found:
        return NOBODY
    last = found[-1]
    distance = opening.paragraph - page.sentence_at(last.span.start).paragraph
    open_ended = page.text[last.span.end - 1] not in '”"»'
    bare = not any(char.isalnum() for char in page.text[opening.start : span.start])
    if distance == 0 or (distance <= 1 and (open_ended or bare)):
        if before and before[-1].cue.start > last.span.end and before[-1].speaker.drafts != last.speaker.drafts:
            return NOBODY
        return Speaker(last.speaker.drafts, last.speaker.sure * (0.95 if distance == 0 else 0.8), last.speaker.unnamed)
    return NOBODY


def _drafts(statement: Statement) -> tuple[Draft, ...]:
    return statement.speaker.drafts
