"""Statements: each predicate with the actors behind it."""

from dataclasses import dataclass

from digests.extract.predicates import Found
from digests.extract.roster import Roster
from digests.extract.sentences import Sentence
from digests.extract.speakers import NOBODY, Focus, Speaker, resolve
from digests.models import Kind


@dataclass(frozen=True, slots=True)
class Statement:
    """A cue, and who is behind it."""

    found: Found
    speaker: Speaker


def find_statements(roster: Roster, found: list[Found]) -> list[Statement]:
    """Statements in order, pronouns and role nouns resolved as the text goes on."""
    focus, page = Focus(), roster.page
    statements: list[Statement] = []
    last: tuple[Sentence, Speaker] | None = None
    told: tuple[Found, Speaker] | None = None
    seen, spoke = 0, -1
    for hit in found:
        for sentence in page.sentences[seen:]:  # sentences passed since: their first actor may be spoken of next
            if sentence.first >= hit.sentence.first:
                break
            if sentence.first != spoke:  # else whoever spoke there is spoken of
                _note_first(roster, focus, sentence)
            seen += 1
        paragraph = hit.sentence.paragraph
        if hit.phrase is not None:
            _note_before(roster, focus, hit.sentence, hit.phrase.first)
            speaker = resolve(roster, hit.phrase, focus, paragraph)
        elif last is not None and last[0] is hit.sentence:
            loose = page.tokens[hit.group.first - 1].text == "," and hit.kind == "verb"
            shared = told[1] if told is not None and _is_the_reporter_s(hit, told[0], statements[-1].found) else last[1]
            speaker = Speaker(shared.drafts, shared.sure * (0.6 if loose else 0.9), shared.unnamed)
        else:
            speaker = _sentence_subject(roster, hit)
        for draft in speaker.drafts:
            focus.note(draft, paragraph)
            spoke = hit.sentence.first
        if hit.kind in ("verb", "adjective") or (hit.kind == "participle" and last is None):
            last = (hit.sentence, speaker)
        if hit.kind == "verb" and hit.cue.stance is None:
            told = (hit, speaker)
        statements.append(Statement(hit, speaker))
    return statements


def _is_the_reporter_s(hit: Found, told: Found, before: Found) -> bool:
    """Whether a plain verb after another's "had rejected" goes on with who reports: "Trump said Iran had rejected the
    offer and threatened to strike".
    """
    here = told.sentence is hit.sentence and before.sentence is hit.sentence and before is not told
    is_plain = hit.kind == "verb" and hit.group.first == hit.group.head
    return here and is_plain and before.kind == "verb" and before.group.first < before.group.head


def _note_first(roster: Roster, focus: Focus, sentence: Sentence) -> None:
    for mention in roster.within(sentence.first, sentence.last):
        is_quoted = roster.page.quoted[mention.first]
        is_person = mention.draft.kind is Kind.PERSON
        if not mention.weak and is_person and not is_quoted and not roster.owns(mention):
            focus.note(mention.draft, sentence.paragraph)
            return


def _note_before(roster: Roster, focus: Focus, sentence: Sentence, limit: int) -> None:
    """In a sentence, a pronoun means the first person named before it there."""
    near = [m for m in roster.within(sentence.first, limit) if not m.weak and not roster.page.quoted[m.first]]
    people = [m.draft for m in near if m.draft.kind is Kind.PERSON]
    bodies = [m.draft for m in near if m.draft.kind is not Kind.PERSON]
    for draft in [*people[:1], *bodies[:1]]:
        focus.note(draft, sentence.paragraph)


def _sentence_subject(roster: Roster, hit: Found) -> Speaker:
    """The actor that a sentence begins with, for a participle without its own subject."""
    mentions = roster.within(hit.sentence.first, hit.group.first)
    if mentions and not mentions[0].weak and mentions[0].first - hit.sentence.first <= 12:
        first = mentions[0]
        tokens = roster.page.tokens
        before = tokens[first.first - 1].lower if first.first > hit.sentence.first else ""
        if not roster.owns(first) and before in ("", ",", "the"):
            return Speaker((first.draft,), 0.75)
    return NOBODY
