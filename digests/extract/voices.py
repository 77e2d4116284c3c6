"""Voices: each attribution with the actor who speaks, pronouns and role nouns resolved as the text goes on."""

from collections.abc import Iterable
from dataclasses import dataclass

from digests.extract.clauses import NounPhrase, noun_phrase
from digests.extract.marks import Attributed
from digests.extract.roster import Mention, Roster
from digests.extract.sentences import Sentence
from digests.extract.speakers import NOBODY, Focus, Speaker, resolve
from digests.models import Attribution, Kind, Span

_AFTER_QUOTE = 2
"""Paragraphs that an open quotation's speaker is remembered for."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says what; `at` is the sentence of the cue."""

    words: Attributed
    speaker: Speaker
    at: Sentence


@dataclass(frozen=True, slots=True)
class Told:
    """The voices of a page, and for each sentence (by its first token) whom pronouns meant when it began."""

    voices: tuple[Voice, ...]
    focus: dict[int, Focus]


def find_voices(roster: Roster, attributions: list[Attributed]) -> Told:
    """Voices in order of their cue."""
    page, focus = roster.page, Focus()
    waiting = sorted(attributions, key=lambda one: one.cue[0].start)
    voices: list[Voice] = []
    known: dict[int, Focus] = {}
    for sentence in page.sentences:
        known[sentence.first] = Focus(list(focus.people), focus.body, focus.group, dict(focus.paragraph))
        spoke: set[bool] = set()
        while waiting and waiting[0].cue[0].start < sentence.end:
            words = waiting.pop(0)
            _note_first(roster, focus, sentence, _before_source(roster, words, sentence))
            speaker = _speaker(roster, words, focus, sentence)
            for draft in speaker.drafts:
                focus.note(draft, sentence.paragraph)
                spoke.add(draft.kind is Kind.PERSON)
            voices.append(Voice(words, speaker, sentence))
        _note_first(roster, focus, sentence, roster.within(sentence.first, sentence.last), spoke)
    return Told(tuple(voices), known)


def _speaker(roster: Roster, words: Attributed, focus: Focus, sentence: Sentence) -> Speaker:
    if not words.source:
        return NOBODY
    page, span = roster.page, words.source[0]
    first, last = page.token_at(span.start), page.token_at(span.end - 1) + 1
    return whom(roster, first, last, focus, sentence.paragraph)


def whom(roster: Roster, first: int, last: int, focus: Focus, paragraph: int) -> Speaker:
    """The actors that tokens `first` to `last` (exclusive) stand for, as a speaker's words."""
    page = roster.page
    end = next((k for k in range(first + 1, last) if page.tokens[k].text in (",", "—", "–", "(", ":")), last)
    people = [
        m for m in roster.within(first, last) if m.draft.kind is Kind.PERSON and not m.weak and not roster.owns(m)
    ]
    phrase = noun_phrase(page, first, end)
    if people and (phrase is None or not people[0].first <= phrase.head < people[0].last):
        phrase = NounPhrase(first, max(end, people[0].last), people[0].last - 1)
    if phrase is None:
        return NOBODY
    speaker = resolve(roster, phrase, focus, paragraph)
    if speaker.drafts or speaker.unnamed:
        return speaker
    named = [m for m in roster.within(first, end) if not m.weak and not roster.owns(m)]
    return Speaker((named[0].draft,), 0.8) if len(named) == 1 else speaker


def _before_source(roster: Roster, words: Attributed, sentence: Sentence) -> list[Mention]:
    """Whom a sentence names before the words for its speaker and outside what is said: "he said Trump must go" and
    "Trump must go, he said" are not said by Trump.
    """
    page = roster.page
    limit = page.token_at(words.source[0].start) if words.source else sentence.first
    starts = ((mention, page.tokens[mention.first].start) for mention in roster.within(sentence.first, limit))
    return [one for one, at in starts if not any(span.start <= at < span.end for span in words.content)]


def _note_first(
    roster: Roster, focus: Focus, sentence: Sentence, mentions: Iterable[Mention], told: Iterable[bool] = ()
) -> None:
    """The first person and the first body of some mentions are spoken of, unless they only own something; not the
    person where a person spoke, nor the body where a body did, as `told` says (True for a person).
    """
    seen = set(told)
    for mention in mentions:
        is_person = mention.draft.kind is Kind.PERSON
        if not mention.weak and is_person not in seen and not roster.owns(mention):
            seen.add(is_person)
            focus.note(mention.draft, sentence.paragraph)


def speaker_at(told: Told, roster: Roster, offset: int) -> Speaker:
    """Who says the words at `offset`."""
    voice = voice_at(told, roster, offset)
    return voice.speaker if voice is not None else NOBODY


def voice_at(told: Told, roster: Roster, offset: int) -> Voice | None:
    """The voice of the words at `offset`: that of the narrowest content there, or of the quotation that goes on."""
    best: tuple[int, Voice] | None = None
    for voice in told.voices:
        for span in voice.words.content:
            if span.start <= offset < span.end and (best is None or span.end - span.start < best[0]):
                best = (span.end - span.start, voice)
    if best is not None:
        return best[1]
    page = roster.page
    if not page.quoted[page.token_at(offset)]:
        return None
    paragraph = page.sentence_at(offset).paragraph
    before = [v for v in told.voices if v.at.start <= offset and paragraph - v.at.paragraph <= _AFTER_QUOTE]
    quoting = [v for v in before if any(page.quoted[page.token_at(span.start)] for span in v.words.content)]
    return quoting[-1] if quoting else None


def as_attributions(told: Told, names: dict[int, str], shift: int) -> tuple[Attribution, ...]:
    """Attributions of the text proper, which begins at `shift`, with the speakers by name."""
    found = []
    for voice in told.voices:
        spans = [_shifted(part, shift) for part in (voice.words.source, voice.words.cue, voice.words.content)]
        if spans[1]:
            speaker = names.get(id(voice.speaker.drafts[0])) if voice.speaker.drafts else None
            found.append(Attribution(source=spans[0], cue=spans[1], content=spans[2], speaker=speaker))
    return tuple(found)


def _shifted(spans: tuple[Span, ...], shift: int) -> tuple[Span, ...]:
    return tuple(Span(start=s.start - shift, end=s.end - shift) for s in spans if s.start >= shift)
