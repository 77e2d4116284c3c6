"""Cuts the words that show a stance out of a text: whole words, at most 300 characters, exact."""

from dataclasses import replace

from digests.extract.claims import Claim
from digests.extract.clauses import clause_end
from digests.extract.sentences import Page
from digests.extract.statements import Statement
from digests.languages import en_grammar as grammar
from digests.models import Evidence, Span

LONGEST = 300
_WORTH = 0.35
"""How likely a word must be evidence to be worth its place."""
_LEAST = 3


def _by_token(page: Page, claim: Claim) -> list[float]:
    """For each token of the claim's sentence the likelihood of its likeliest piece being evidence."""
    found, piece = [], 0
    for token in page.tokens[claim.sentence.first : claim.sentence.last]:
        while piece < len(claim.words) and claim.words[piece][1] <= token.start:
            piece += 1
        inside, values = piece, [0.0]
        while inside < len(claim.words) and claim.words[inside][0] < token.end:
            values.append(float(claim.evidence[inside]))
            inside += 1
        found.append(max(values))
    return found


def evidence_of(page: Page, claim: Claim, text_at: int) -> Evidence:
    """The run of words that is likeliest to be the evidence, and the holder where they stand near it, in the title or
    the text, which begins at `text_at`.
    """
    sentence = claim.sentence
    first, last = _best_run(_by_token(page, claim))
    if last - first < _LEAST:
        first, last = 0, sentence.last - sentence.first
    keep = sentence.first + first
    return placed(cut(page, *_with_holder(page, claim, keep, sentence.first + last), keep), text_at)


_NEAR = 80
"""Characters between a holder and the words that show a stance, so that both are shown: who says it is half of it."""


def _with_holder(page: Page, claim: Claim, first: int, last: int) -> tuple[int, int]:
    """Tokens `first` to `last` (exclusive), or as many more as it takes to show the holder too."""
    by, start, end = claim.by, page.tokens[first].start, page.tokens[last - 1].end
    if by.offset == 0 and by.start < start <= by.start + _NEAR and end - by.start <= LONGEST:
        return page.token_at(by.start), last
    if by.offset == 0 and end <= by.start and by.end <= min(end + _NEAR, start + LONGEST):
        return first, page.token_at(by.end - 1) + 1
    return first, last


def placed(evidence: Evidence, text_at: int) -> Evidence:
    """Evidence of the page as evidence of its title, or of its text, which begins at `text_at`."""
    if evidence.start < text_at:
        return replace(evidence, where="title")
    return replace(evidence, start=evidence.start - text_at, end=evidence.end - text_at)


def _best_run(likely: list[float]) -> tuple[int, int]:
    """The run with the highest sum above _WORTH (Kadane)."""
    best, span, total, start = 0.0, (0, 0), 0.0, 0
    for index, value in enumerate(likely):
        if total <= 0:
            total, start = 0.0, index
        total += value - _WORTH
        if total > best:
            best, span = total, (start, index + 1)
    return span


def cut(page: Page, first: int, last: int, keep: int) -> Evidence:
    """Evidence of tokens `first` to `last` (exclusive); where it is too long it is shortened around token `keep`."""
    tokens = page.tokens
    last = max(last, keep + 1)
    first = min(first, keep)
    while first < last - 1 and (tokens[first].text in ",.;:—–)]" or tokens[first].lower in ("and", "but")):
        first += 1  # no mark or joint opens what is shown
    keep = max(keep, first)
    while last - 1 > keep and tokens[last - 1].end - tokens[first].start > LONGEST:
        last -= 1
    while first < keep and tokens[last - 1].end - tokens[first].start > LONGEST:
        first += 1
    while last - 1 > keep and (tokens[last - 1].text in ",;:—–([“" or tokens[last - 1].lower in grammar.JOINING):
        last -= 1
    start, end = tokens[first].start, min(tokens[last - 1].end, tokens[first].start + LONGEST)
    while start > 0 and page.text[start - 1].isalnum() and page.text[start].isalnum():
        start -= 1
    while end < len(page.text) and page.text[end].isalnum() and page.text[end - 1].isalnum():
        end += 1
    return Evidence(start=start, end=end, text=page.text[start:end])


_LONG_CLAUSE = 160


def clause_of(page: Page, statement: Statement, text_at: int) -> Evidence:
    """The clause of the cue: from its subject to the end of its content."""
    found = statement.found
    sentence = found.sentence
    first = min(found.phrase.first, found.group.first) if found.phrase is not None else found.group.first
    first = _with_holders(statement, first)
    last = max(found.end, found.group.last)
    if found.inverted or found.kind == "passive":
        return placed(cut(page, sentence.first, last, found.group.head), text_at)
    short = page.tokens[sentence.last - 1].end - page.tokens[sentence.first].start <= 130
    if short and last >= sentence.last - 1 and found.phrase is not None:
        first = sentence.first
    elif page.tokens[last - 1].end - page.tokens[first].start > _LONG_CLAUSE:
        last = clause_end(page, found.body, last)
    return placed(cut(page, first, max(last, found.group.last), found.group.head), text_at)


def _with_holders(statement: Statement, first: int) -> int:
    """Back to the first of several holders: "France, Germany and Britain condemned" shows all three."""
    near = statement.speaker.first
    return near if len(statement.speaker.drafts) > 1 and statement.found.sentence.first <= near < first else first


def quote_in(page: Page, evidence: Evidence, text_at: int) -> Span | None:
    """The longest quotation inside the evidence, marks included; None when there is none."""
    shift = 0 if evidence.where == "title" else text_at
    start, end = evidence.start + shift, evidence.end + shift
    inside = [quote for quote in page.quotes if start <= quote.start and quote.end <= end]
    longest = max(inside, key=lambda quote: quote.end - quote.start, default=None)
    return Span(start=longest.start - shift, end=longest.end - shift) if longest is not None else None
