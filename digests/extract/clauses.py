"""Clauses without a grammar: the verb group around a cue, and the words that stand as its subject or agent.

Works on words and marks alone; who the subject is, is decided in speakers.py.
"""

from dataclasses import dataclass

from digests.extract.sentences import Page, Sentence
from digests.languages import en_grammar as grammar


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """Tokens `first` to `last` (exclusive): auxiliaries, adverbs and the verb at `head`."""

    first: int
    head: int
    last: int
    negated: bool
    passive: bool
    hypothetical: bool
    progressive: bool


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Tokens `first` to `last` (exclusive) of a phrase whose head word is token `head`."""

    first: int
    last: int
    head: int


def plain(word: str) -> str:
    """A word with a straight apostrophe."""
    return word.replace("’", "'")


def verb_group(page: Page, sentence: Sentence, head: int) -> VerbGroup:
    """The auxiliaries and adverbs before the verb at `head`, and what they do to it."""
    tokens = page.tokens
    first, words = head, []
    while first > sentence.first:
        word = plain(tokens[first - 1].lower)
        if word not in grammar.AUXILIARIES and word not in grammar.ADVERBS and not _is_adverb(tokens[first - 1].text):
            break
        words.append(word)
        first -= 1
    if sentence.first + 1 < first < head and tokens[first].lower in grammar.DAYS and tokens[first - 1].lower == "on":
        first -= 1  # "Iran on Monday rejected"
    while (
        first < head
        and plain(tokens[first].lower) not in grammar.AUXILIARIES
        and tokens[first].lower in ("today", "all", "both")
    ):
        first += 1
    text = tokens[head].lower
    negated = any(word in grammar.NEGATIONS or word.endswith("n't") for word in words) or (
        "longer" in words and "no" in words
    )
    be = any(word in grammar.BE for word in words)
    passive = be and not text.endswith("ing") and text.endswith(("ed", "en", "ld", "un", "orn"))
    return VerbGroup(
        first, head, head + 1, negated, passive, bool(grammar.HYPOTHETICAL & set(words)), be and text.endswith("ing")
    )


def _is_adverb(word: str) -> bool:
    """Whether a word ends as adverbs do: not "Italy", nor "family"."""
    return word.islower() and word.endswith("ly") and len(word) > 4 and word not in grammar.NO_ADVERBS


def is_verb(page: Page, sentence: Sentence, head: int, group: VerbGroup) -> bool:
    """Whether a word that may be noun, adjective or verb is a verb here."""
    tokens = page.tokens
    text = tokens[head].lower
    if tokens[head].is_capital and head > sentence.first and tokens[head - 1].text not in '“"(':
        return False
    helpers = [
        plain(tokens[k].lower) for k in range(group.first, head) if plain(tokens[k].lower) in grammar.AUXILIARIES
    ]
    if helpers:
        return _agrees(helpers[-1], text)
    before = tokens[group.first - 1] if group.first > sentence.first else None
    if before is None:
        return text.endswith("ing")
    word = plain(before.lower)
    after = tokens[head + 1].lower if head + 1 < sentence.last else ""
    if word in (
        "a",
        "an",
        "the",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "'s",
        "this",
        "that's",
        "these",
        "no",
        "any",
    ):
        return False
    if word == "to":
        return not _is_present(text) and not text.endswith(("ed", "ing"))
    if word in grammar.PREPOSITIONS and not text.endswith("ing"):
        return False
    if text.endswith("ing"):
        return True
    if (
        _is_present(text)
        and text in grammar.NOUNLIKE
        and (after in grammar.PREPOSITIONS - {"for", "on"} or after in ("and", "but", ".", ",", ""))
    ):
        return False
    bare = not (_is_present(text) or text.endswith("ed") or text in grammar.PASTS)
    if bare and before.is_capital and not (word.endswith("s") and len(word) > 4):
        return False  # "faced US pressure to spend": one state or person takes an -s
    if bare and word in ("and", "or", "but"):
        return _follows_bare(page, sentence, group.first - 1)
    if text.endswith("ed") or text in grammar.PASTS:
        return after not in ("by",) or word in (",",)
    if before.text in grammar.MARKS and text not in grammar.PASTS:
        return before.text in ',”"' and _is_present(text)
    return _is_present(text) or word in ("they", "we", "i", "you", "who", "and", "but", "that") or word.endswith("s")


def _follows_bare(page: Page, sentence: Sentence, index: int) -> bool:
    """Whether the clause before an "and" has an infinitive or a plural subject, so that a base form may follow."""
    for k in range(index - 1, max(sentence.first, index - 12), -1):
        word = plain(page.tokens[k].lower)
        if word in ("to", "we", "they", "i", "you", "will", "would", "should", "must", "can", "could", "do", "did"):
            return True
        if word in (",", ";", "of", "in"):
            return False
    return False


def _agrees(helper: str, text: str) -> bool:
    """Whether a verb form can follow an auxiliary: "has vetoed", never "has veto"."""
    past = text.endswith(("ed", "en", "un", "orn", "awn")) or text in grammar.PASTS
    if helper.startswith(("has", "have", "had", "having")):
        return past
    if helper in grammar.BE:
        return past or text.endswith("ing")
    return not text.endswith(("ing", "ss")) and not (text.endswith("s") and len(text) > 4)


def _is_present(text: str) -> bool:
    return text.endswith("s") and not text.endswith("ss")


def phrase_before(page: Page, sentence: Sentence, end: int) -> NounPhrase | None:
    """The noun phrase that ends right before token `end`, back to the clause's boundary."""
    tokens = page.tokens
    first = end
    while first > sentence.first:
        token = tokens[first - 1]
        if token.text in grammar.MARKS and token.text != "-":
            break
        if token.lower in grammar.BOUNDARIES or page.quoted[first - 1]:
            break
        if token.lower in ("and", "or") and _has_verb(page, sentence, first - 1):
            break
        first -= 1
        if end - first > 40:
            return None
    while first < end and tokens[first].lower in ("and", "or", "but", "however", "meanwhile", "also", "then"):
        first += 1
    return noun_phrase(page, first, end)


def phrase_after(page: Page, sentence: Sentence, start: int) -> NounPhrase | None:
    """The noun phrase that begins at token `start`, up to a mark, a boundary or a preposition of time or place."""
    tokens = page.tokens
    end = start
    while end < sentence.last and end - start < 18:
        token = tokens[end]
        if (
            (token.text in grammar.MARKS and token.text != "-")
            or token.text == "."
            or token.lower in grammar.BOUNDARIES
        ):
            break
        if token.lower in ("in", "on", "at", "during", "after", "from", "to", "by") and end > start:
            break
        end += 1
    return noun_phrase(page, start, end)


def clause_end(page: Page, first: int, last: int) -> int:
    """Where the main clause that begins at token `first` ends: before "while", ", saying", ", who" and the like."""
    tokens = page.tokens
    for k in range(first + 3, last):
        token = tokens[k]
        if tokens[k].start - tokens[first].start < 30 or page.quoted[k]:
            continue
        if token.lower in grammar.SUBORDINATE and tokens[k - 1].lower not in ("even", "as", "such", "well", "long"):
            return k
        if token.text in ("—", ";", "–"):
            return k
        if (
            token.text == ","
            and k + 1 < last
            and (
                tokens[k + 1].lower in ("who", "which", "but", "saying", "while", "including")
                or tokens[k + 1].lower.endswith("ing")
            )
        ):
            return k
    return last


def noun_phrase(page: Page, first: int, last: int) -> NounPhrase | None:
    """The phrase with its head: the last word before the first preposition."""
    tokens = page.tokens
    if first >= last:
        return None
    index = first
    if tokens[first].lower in grammar.PREPOSITIONS:  # "On Monday Turkey": the head comes last
        return NounPhrase(first, last, last - 1)
    while index < last and not (tokens[index].lower in grammar.PREPOSITIONS and index > first):
        index += 1
    return NounPhrase(first, last, index - 1)


def _has_verb(page: Page, sentence: Sentence, index: int) -> bool:
    """Whether the clause before token `index` has a finite verb, so that an "and" there joins clauses."""
    tokens = page.tokens
    for k in range(index - 1, max(sentence.first, index - 14) - 1, -1):
        token = tokens[k]
        if token.text in ",;:":
            return False
        if plain(token.lower) in grammar.AUXILIARIES or (token.lower.endswith("ed") and token.text.islower()):
            return True
        if token.lower in grammar.PASTS:
            return True
    return False
