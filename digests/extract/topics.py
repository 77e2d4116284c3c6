"""What a claim is about: the phrase of its sentence that the encoder finds likeliest, made whole by issues.py."""

from dataclasses import replace

from digests.extract.claims import Claim
from digests.extract.cues import Sign
from digests.extract.evidence import by_token
from digests.extract.issues import Issue, issue_of
from digests.extract.sentences import Page
from digests.languages import en
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms

_SHARPNESS, _PATIENCE, _MOST = 0.5, 2.0, 8
"""How the likelihoods are weighed, how much longer phrases are wanted, and how many words one may have: measured
best.
"""


def topic_of(page: Page, claim: Claim, signs: list[Sign]) -> Issue:
    """The issue of a claim, which no cue of its own stance is part of; its text is "" when there is none."""
    sentence = claim.sentence
    cues = {k - sentence.first for sign in signs if sign.stance is claim.stance for k in range(sign.at, sign.end)}
    likely = by_token(page, claim, claim.topic)
    tokens = page.tokens[sentence.first : sentence.last]
    counts = [
        index not in cues and token.is_word and token.lower not in en.FUNCTION_WORDS and token.lower not in ("'s", "’s")
        for index, token in enumerate(tokens)
    ]
    holder = range(claim.by.start, claim.by.end) if claim.by.offset == 0 else range(0)
    worth = [
        value**_SHARPNESS * (0.3 if token.start in holder else 1.0) for value, token in zip(likely, tokens, strict=True)
    ]
    total = sum(value for value, count in zip(worth, counts, strict=True) if count) + _PATIENCE
    best, span = 0.0, (0, 0)
    for first in range(len(tokens)):
        words, gained = 0, 0.0
        for last in range(first, min(len(tokens), first + 14) if counts[first] else first):
            if tokens[last].text in (".", ";", "?", "!", ":") or last - first >= _MOST or last in cues:
                break
            if counts[last]:
                words, gained = words + 1, gained + worth[last]
                value = 2 * gained / (words + total)
                if value > best:
                    best, span = value, (first, last + 1)
    if not best:
        return Issue("", reads=False)
    issue = issue_of(page, sentence.first + span[0], sentence.first + span[1], claim.stance)
    inner = range(sentence.first + span[0] + 1, sentence.first + span[1])
    acts = any(sign.at in inner and _is_finite(page, sign.at) for sign in signs)
    return replace(issue, reads=issue.reads and not acts and not _is_told(page, sentence.first + span[0]))


def _is_finite(page: Page, index: int) -> bool:
    """Whether a cue is the verb of another clause: "and rejected half measures", "Spain support the sale"."""
    word, before = page.tokens[index].lower, page.tokens[index - 1]
    joint = before.is_capital or before.lower in ("and", "but", "he", "she", "it", "they", "who", "which")
    return joint and word in verb_forms() and not word.endswith("ing")


def _is_told(page: Page, first: int) -> bool:
    """Whether a phrase opens with a verb of the tale: "but later changed course"."""
    word, before = page.tokens[first].lower, page.tokens[first - 1] if first else None
    if before is not None and before.lower in grammar.FINITE_AUXILIARIES:
        return True  # "any talk of who should govern Gaza"
    many = before is not None and (before.lower == "and" or before.lower.endswith("s"))
    if word in _PASTS or (many and word.endswith(_VERB_ENDINGS)):
        return True  # "who died Tuesday, fought for equality", "advocates eulogise him"
    if before is None or not (word.endswith("ed") or word in grammar.PASTS):
        return False
    return before.text in grammar.MARKS or before.is_capital or before.lower in _BEFORE_VERBS


_PASTS = frozenset(
    ["fought", "led", "met", "won", "lost", "took", "gave", "went", "came", "saw", "kept", "sought", "fell", "rose"]
)
_VERB_ENDINGS = ("ise", "ize", "ify")
_BEFORE_VERBS = grammar.ADVERBS | grammar.FINITE_AUXILIARIES | {"and", "but", "he", "she", "it", "they", "who", "which"}
