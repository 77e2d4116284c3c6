"""Cue words in a sentence and the stance each shows by the table: a second opinion beside the encoder's."""

from dataclasses import dataclass

from digests.extract.sentences import Page, Sentence
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import Cue, phrase_cues, verb_cues
from digests.models import Stance

_GAP = 6
"""How many tokens may stand before a particle that need not follow at once ("call on Israel to")."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A cue at token `at`, ending before token `end`; negated when the words before it deny it."""

    at: int
    end: int
    lemma: str
    stance: Stance
    negated: bool


def signs_in(page: Page, sentence: Sentence) -> list[Sign]:
    """All cues of a sentence that show a stance."""
    found, tables = [], (verb_cues(), phrase_cues("nouns"), phrase_cues("adjectives"))
    for index in range(sentence.first, sentence.last):
        word = page.tokens[index].lower
        for table in tables:
            sign = _first(page, sentence, index, table.get(word, ()))
            if sign is not None:
                found.append(sign)
                break
    return found


def tokens_of(signs: list[Sign], stance: Stance) -> list[int]:
    """The tokens of the cues that show a stance."""
    return [k for sign in signs if sign.stance is stance for k in range(sign.at, sign.end)]


def _first(page: Page, sentence: Sentence, index: int, cues: tuple[Cue, ...]) -> Sign | None:
    for cue in cues:
        end = _after(page, sentence, index + 1, cue.after)
        if end is not None:
            return Sign(index, end, cue.lemma, cue.stance, _negated(page, sentence, index)) if cue.stance else None
    return None


def _after(page: Page, sentence: Sentence, index: int, words: tuple[str, ...]) -> int | None:
    """The token after `words` when they follow `index`; "~" lets some pass."""
    loose = "~" in words
    for word in words:
        if word == "~":
            continue
        reach = range(index, min(index + (_GAP if loose else 1), sentence.last))
        at = next((k for k in reach if page.tokens[k].lower == word), None)
        if at is None:
            return None
        index = at + 1
    return index


def _negated(page: Page, sentence: Sentence, index: int) -> bool:
    before = [token.lower.replace("’", "'") for token in page.tokens[max(sentence.first, index - 3) : index]]
    return any(word in grammar.NEGATIONS or word.endswith("n't") for word in before)
