"""A run of words as the phrase of an issue after a stance: made whole by issues.py, and whether it reads there."""

from dataclasses import replace

from digests.extract.cues import Sign
from digests.extract.issues import Issue, issue_of
from digests.extract.sentences import Page, Sentence
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms
from digests.models import Stance

_BACK = 4
"""How many tokens before a phrase may turn it."""


def phrase_of(page: Page, sentence: Sentence, run: tuple[int, int], stance: Stance, signs: list[Sign]) -> Issue:
    """A run of tokens (first, last exclusive) of a sentence as a phrase after a stance; `signs` are the sentence's."""
    first, last = run
    start = _turned(page, sentence, first, stance, signs)
    issue = issue_of(page, start, last, stance)
    acts = any(sign.at in range(start + 1, last) and _is_finite(page, sign.at) for sign in signs)
    cues = {k for sign in signs if sign.stance is stance for k in range(sign.at, sign.end)}
    # "appreciation for Germany's strong | support", "the West of having | sent grain"
    is_cut = last in cues or (start > 0 and page.tokens[start - 1].lower == "having")
    to = start > 0 and page.tokens[start - 1].lower == "to"
    is_silent = (
        to and stance is Stance.REJECTS and page.tokens[start].lower in grammar.NO_ACTION
    )  # "declined to comment"
    # "which refused to withdraw" is no withdrawal
    is_undone = to and start > 1 and start - 2 not in cues and page.tokens[start - 2].lower in _WOULD_NOT
    bad = acts or is_cut or is_silent or is_undone or _is_told(page, start)
    return replace(issue, reads=issue.reads and not bad and not is_denied(page, sentence, run, stance, signs))


def is_denied(page: Page, sentence: Sentence, run: tuple[int, int], stance: Stance, signs: list[Sign]) -> bool:
    """Whether the sentence says no to what a run names, or only presses somebody over it."""
    start = _turned(page, sentence, run[0], stance, signs)
    before = {token.lower for token in page.tokens[max(sentence.first, start - 2) : start]}
    return bool(before & _DENYING) or (stance is Stance.DEMANDS and _is_addressed(page, start, run[1]))


def _is_addressed(page: Page, first: int, last: int) -> bool:
    """Whether a demand's phrase says only whom it presses, and over what: "Iran over its nuclear program"."""
    index = first
    while index < last and page.tokens[index].is_capital:
        index += 1
    return first < index < last and page.tokens[index].lower in ("over", "on", "about")


def _turned(page: Page, sentence: Sentence, first: int, stance: Stance, signs: list[Sign]) -> int:
    """Back to the word that turns a phrase into something else: efforts to halt the violence are not about "violence",
    nor is who urges another to press Hamas about "Hamas".
    """
    cues, others = {k for sign in signs for k in range(sign.at, sign.end)}, 0
    for index in range(first - 1, max(sentence.first - 1, first - 1 - _BACK), -1):
        word = page.tokens[index].lower
        follows_to = index > sentence.first and page.tokens[index - 1].lower == "to"
        is_infinitive = follows_to and page.tokens[index].text.islower() and not others
        if (index not in cues or follows_to) and (word in grammar.TURNING or (is_infinitive and word not in _JOINTS)):
            return _unwilling(page, sentence, index, stance, signs)
        others += word not in grammar.DETERMINERS | _JOINTS
        if others > 1 or not page.tokens[index].is_word or index in cues:
            break
    return first


def _unwilling(page: Page, sentence: Sentence, index: int, stance: Stance, signs: list[Sign]) -> int:
    """Back to who would not: accused of "refusing to defend the law", and not of "defending" it."""
    at = index - 2
    is_own = any(sign.stance is stance and sign.at <= at < sign.end for sign in signs)
    follows = at >= sentence.first and page.tokens[index - 1].lower == "to" and not is_own
    return at if follows and page.tokens[at].lower in _UNWILLING else index


_UNWILLING = frozenset(["refusing", "failing", "declining", "refusal", "failure", "unwillingness", "inability"])
_WOULD_NOT = frozenset(["refuse", "refused", "refuses", "fail", "failed", "fails", "declined", "declines", "unable"])
_JOINTS = frozenset(["a", "an", "any", "of", "to", "on", "for", "in"])
_DENYING = frozenset(["no", "not", "without", "against", "never", "nor"])


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
