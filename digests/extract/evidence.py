"""Cuts the words that show a stance out of a text: whole words, at most 300 characters, exact."""

from digests.extract.clauses import clause_end
from digests.extract.sentences import Page
from digests.extract.statements import Statement
from digests.languages import en_grammar as grammar
from digests.models import Evidence, Span

LONGEST = 300


def cut(page: Page, first: int, last: int, keep: int) -> Evidence:
    """Evidence of tokens `first` to `last` (exclusive); where it is too long it is shortened around token `keep`."""
    tokens = page.tokens
    last = max(last, keep + 1)
    first = min(first, keep)
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


def evidence_of(page: Page, statement: Statement) -> Evidence:
    """The clause of the cue: from its subject to the end of its content."""
    found = statement.found
    sentence = found.sentence
    first = min(found.phrase.first, found.group.first) if found.phrase is not None else found.group.first
    first = _with_holders(statement, first)
    last = max(found.end, found.group.last)
    if found.inverted or found.kind == "passive":
        return cut(page, sentence.first, last, found.group.head)
    short = page.tokens[sentence.last - 1].end - page.tokens[sentence.first].start <= 130
    if short and last >= sentence.last - 1 and found.phrase is not None:
        first = sentence.first
    elif page.tokens[last - 1].end - page.tokens[first].start > _LONG_CLAUSE:
        last = clause_end(page, found.body, last)
    return cut(page, first, max(last, found.group.last), found.group.head)


def _with_holders(statement: Statement, first: int) -> int:
    """Back to the first of several holders: "France, Germany and Britain condemned" shows all three."""
    near = statement.speaker.first
    return near if len(statement.speaker.drafts) > 1 and statement.found.sentence.first <= near < first else first


def quote_in(page: Page, evidence: Evidence) -> Span | None:
    """The longest quotation inside the evidence, marks included; None when there is none."""
    inside = [q for q in page.quotes if evidence.start <= q.start and q.end <= evidence.end]
    return max(inside, key=lambda q: q.end - q.start, default=None)
