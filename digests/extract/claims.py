"""Claims: for each sentence, who of those named around it takes which stance there, with the words that show it.

The encoder's pair scorer proposes; who a pronoun or a role noun means is decided by rules (voices.py, speakers.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from digests.extract import heads
from digests.extract.candidates import NAME, PRONOUN, ROLE, SELF, unnamed_mentions
from digests.extract.clauses import NounPhrase
from digests.extract.heads import Floats
from digests.extract.marks import Marks
from digests.extract.roster import Draft, Roster, person_state
from digests.extract.sentences import Sentence
from digests.extract.speakers import NOBODY, Focus, Speaker, resolve
from digests.extract.tags import STANCES
from digests.extract.voices import Told, speaker_at, voice_at, whom
from digests.models import Stance

MOST_MENTIONS, MOST_PIECES, LEAST_PIECES = 12, 96, 3
"""Around a sentence, and in it: what lies beyond is left out, as in training."""
FLOOR = 0.015
"""Claims less likely than this are not looked at."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may stand for a holder: characters, kind, sentences away, and who they mean."""

    start: int
    end: int
    kind: int
    offset: int
    speaker: Speaker


@dataclass(frozen=True, slots=True)
class Claim:
    """A stance of an actor in a sentence. `evidence` says how likely each character-span of `words` is part of it; they
    begin with piece `at`. `asked` finds the issue's words (`Marks.about`).
    """

    holder: Draft
    stance: Stance
    sentence: Sentence
    likely: float
    by: Candidate
    words: list[tuple[int, int]]
    at: int
    evidence: Floats
    asked: Floats
    target: Draft | None
    also: int
    """How many actors share this stance here."""


def find_claims(roster: Roster, marks: Marks, told: Told) -> list[Claim]:
    """All claims of a page, the unlikely ones too."""
    asked = list(_asked(roster, marks, told))
    if not asked:
        return []
    seen = marks.heads.sentences(marks.view, [near for _, _, near in asked])
    return [
        claim
        for (sentence, candidates, (span, _)), view in zip(asked, seen, strict=True)
        for claim in _claims(marks, sentence, candidates, span, view)
    ]


def _asked(roster: Roster, marks: Marks, told: Told) -> Iterator[tuple[Sentence, list[Candidate], heads.Near]]:
    """Each sentence that somebody may take a stance in, with the candidates around it, and both in pieces."""
    unnamed = unnamed_mentions(roster.page.text)
    sentences = roster.page.sentences
    around = [_mentions(roster, told, unnamed, sentence) for sentence in sentences]
    for index, sentence in enumerate(sentences):
        near = [(0, one) for one in around[index]]
        near += [(-1, one) for one in (around[index - 1] if index else ())]
        near += [(1, one) for one in (around[index + 1] if index + 1 < len(sentences) else ())]
        candidates = [
            Candidate(one.start, one.end, one.kind, offset, one.speaker) for offset, one in near[:MOST_MENTIONS]
        ]
        candidates += _speaking(roster, told, sentence, candidates)
        first, last = marks.pieces(sentence.start, sentence.end)
        last = min(last, first + MOST_PIECES)
        if candidates and last - first >= LEAST_PIECES:
            yield sentence, candidates, ((first, last), [_placed(marks, one) for one in candidates])


def _placed(marks: Marks, one: Candidate) -> tuple[int, int, int]:
    """First piece, last piece and place of a candidate."""
    start, stop = marks.pieces(one.start, one.end)
    return start, max(start, stop - 1), (one.offset + 1) * heads.KINDS + one.kind


def _speaking(roster: Roster, told: Told, sentence: Sentence, near: list[Candidate]) -> list[Candidate]:
    """Who speaks a sentence in a long quotation, where nothing around it stands for them."""
    voice = voice_at(told, roster, (sentence.start + sentence.end) // 2)
    if voice is None or not voice.words.source or not voice.speaker.drafts:
        return []
    named = {id(draft) for one in near for draft in one.speaker.drafts}
    if any(id(draft) in named for draft in voice.speaker.drafts):
        return []
    source = voice.words.source[0]
    return [Candidate(source.start, source.end, NAME, -1 if source.start < sentence.start else 1, voice.speaker)]


def _mentions(
    roster: Roster, told: Told, unnamed: list[tuple[int, int, int, str]], sentence: Sentence
) -> list[Candidate]:
    """Names, pronouns and role nouns of a sentence, in order."""
    tokens = roster.page.tokens
    found = []
    for mention in roster.within(sentence.first, sentence.last):
        start, end = tokens[mention.first].start, tokens[mention.last - 1].end
        found.append(Candidate(start, end, NAME, 0, NOBODY if mention.weak else Speaker((mention.draft,), 1.0)))
    taken = [(one.start, one.end) for one in found]
    for start, end, kind, word in unnamed:
        if sentence.start <= start < sentence.end and not any(s < end and start < e for s, e in taken):
            found.append(Candidate(start, end, kind, 0, _meant(roster, told, sentence, (start, end, kind, word))))
    return sorted(found, key=lambda one: one.start)


def _meant(roster: Roster, told: Told, sentence: Sentence, mention: tuple[int, int, int, str]) -> Speaker:
    """Whom a pronoun or role noun means."""
    start, end, kind, word = mention
    page = roster.page
    if kind == SELF:
        return speaker_at(told, roster, start)
    for voice in told.voices:
        if any(span.start <= start < span.end for span in voice.words.source):
            return voice.speaker
    first, last = page.token_at(start), page.token_at(end - 1) + 1
    if word == "who":
        before = [m for m in roster.within(sentence.first, first) if not m.weak]
        return Speaker((before[-1].draft,), 0.9) if before else NOBODY
    focus = told.focus.get(sentence.first, Focus())
    here = Focus(list(focus.people), focus.body, focus.group, dict(focus.paragraph))
    for other in roster.within(sentence.first, first)[:4]:
        if not other.weak:
            here.note(other.draft, sentence.paragraph)
    if kind == PRONOUN:
        return resolve(roster, NounPhrase(first, last, first), here, sentence.paragraph)
    return whom(roster, first, last, here, sentence.paragraph) if kind == ROLE else NOBODY


def _claims(
    marks: Marks, sentence: Sentence, candidates: list[Candidate], span: tuple[int, int], seen: heads.Sentence
) -> list[Claim]:
    first, last = span
    likely = heads.sigmoid(seen.stances)
    best: dict[tuple[int, int], tuple[float, int, Draft]] = {}
    for index, one in enumerate(candidates):
        for draft in one.speaker.drafts:
            for stance in map(int, np.flatnonzero(likely[index] * one.speaker.sure >= FLOOR)):
                value = float(likely[index, stance]) * one.speaker.sure
                key = (id(draft), stance)
                if key not in best or value > best[key][0]:
                    best[key] = (value, index, draft)
    words = [marks.characters(piece) for piece in range(first, last)]
    if not best:
        return []
    who, what = (
        np.array(column)
        for column in zip(*((index, stance) for (_, stance), (_, index, _) in best.items()), strict=True)
    )
    spreads = zip(*marks.heads.spread(seen, who, what), strict=True)
    found = []
    for ((_, stance), (value, index, draft)), (evidence, asked, targets) in zip(best.items(), spreads, strict=True):
        also = sum(1 for (_, other), (v, _, _) in best.items() if other == stance and v > 0.3)
        found.append(
            Claim(
                draft, STANCES[stance], sentence, value, candidates[index], words, first, evidence, asked,
                _target(candidates, targets, draft), also,
            )
        )  # fmt: skip
    return found


_TARGET = 0.6
"""How likely a mention must be the target."""


def _target(candidates: list[Candidate], likely: Floats, holder: Draft) -> Draft | None:
    for index in map(int, np.argsort(-likely)):
        if likely[index] < _TARGET:
            return None
        if candidates[index].offset:
            continue  # whom the next sentence names, this one does not address
        for draft in candidates[index].speaker.drafts[:1]:
            if draft is not holder and draft.name != person_state(holder):
                return draft
    return None
