"""A cut as the phrase of an issue after a stance: made whole by issues.py, with what is done, and whether it reads."""

from dataclasses import replace

from digests.extract.cuts import UNWILLING, Cut
from digests.extract.issues import Issue, issue_of
from digests.extract.opening import WILL, denies
from digests.extract.strays import strays
from digests.languages import en_grammar as grammar
from digests.languages.en_verbs import NOUN_TOO, PLAIN, act, is_verb_phrase
from digests.models import Stance

_MUST = 7
"""Words that may tell what must be done."""


def phrase_of(one: Cut) -> Issue:
    """The words of a cut as an issue after its stance."""
    issue = issue_of(one.page, one.first, one.last, one.stance)
    if one.stance is Stance.COMMITS:
        issue = _with_act(one, issue)
    elif one.stance is Stance.DEMANDS and not one.cues:
        issue = _with_must(one, issue)
    return replace(issue, reads=issue.reads and not strays(one, issue.text))


def _with_act(one: Cut, issue: Issue) -> Issue:
    """A commitment with what is done: who "closed its border" commits to closing it, and who fired somebody not to him.
    Where it is not plain what is done, and nothing said that it is a commitment, the phrase does not read.
    """
    opening = issue.text.split(" ", 1)[0]
    if not issue.text.startswith(one.page.tokens[one.first].text) or opening.endswith("ing"):
        return issue
    if is_verb_phrase(issue.text):
        return issue
    if one.word(one.last) in _TOLD:
        return replace(issue, reads=False)  # "promised the protesters that help was on its way"
    if opening[:1].isupper() and issue.text.split(" ")[1:2] and issue.text.split(" ")[1] in grammar.PREPOSITIONS:
        return replace(issue, reads=False)  # "did what it promised Turkey at the summit"
    at = _verb_before(one)
    if at is not None:
        done = act(one.word(at))
        text = " ".join(f"{done} {one.page.words(at + 1, one.first)} {issue.text}".split())
        return replace(issue, text=text, reads=issue.reads and not _is_undone(one, at))
    return issue if any(k < one.first for k in one.cues) else replace(issue, reads=False)


def _verb_before(one: Cut) -> int | None:
    """The finite verb or infinitive that the words are the object of; participles, adjectives and nouns before them,
    as in "signed a revised trade | agreement", are passed.
    """
    at = one.before()
    for _ in range(_MODIFIERS):
        word, before = one.word(at), one.word(at - 1)
        if not word.isalpha() or not one.page.tokens[at].text.islower() or word in _ENDS:
            return None
        is_base = act(word) is not None and (word in PLAIN or word in NOUN_TOO)
        is_modifier = (
            before in grammar.SMALL or act(before) is not None or (is_base and before not in WILL | {"to", "and"})
        )
        if act(word) is not None and not is_modifier and before not in grammar.PREPOSITIONS - {"to"}:
            return at
        at = one.before(at)
    return None


def _is_undone(one: Cut, at: int) -> bool:
    """Whether what a verb says was not done: "would not close", "will no longer close", "would have signed"."""
    for k in range(at - 1, max(one.sentence.first, at - _BACK) - 1, -1):
        word = one.word(k)
        if word in grammar.BOUNDARIES or not one.page.tokens[k].is_word:
            return False
        if denies(word) or word in UNWILLING or (word == "have" and one.word(k - 1) in WILL):
            return True
    return False


_MODIFIERS, _BACK = 3, 5
"""Words that may stand between a verb and what is cut; and before a verb where a "not" is looked for."""
_ENDS = grammar.PREPOSITIONS | grammar.BOUNDARIES | grammar.FINITE_AUXILIARIES | {"and", "or", "not"}


def _with_must(one: Cut, issue: Issue) -> Issue:
    """A demand with what must be done: who says that families "should be returned" does not demand them."""
    if one.word(one.last) not in ("should", "must") or not issue.text:
        return issue
    if not _ASKING.isdisjoint(one.word(k) for k in range(one.first - 5, one.first)):
        return replace(issue, reads=False)  # "asked how fighters should be tried"
    rest = one.last + 1
    while rest < one.sentence.last and one.page.tokens[rest].is_word and one.word(rest) not in grammar.BOUNDARIES:
        rest += 1
    words = one.page.words(one.last + 1, rest).split()
    if not words or words[0] in ("not", "never", "have") or len(words) > _MUST:
        return replace(issue, reads=False)
    return replace(issue, text=f"{issue.text} to {' '.join(words)}")


_TOLD = frozenset(["that", "he", "she", "it", "they", "we"])
_ASKING = frozenset(["how", "what", "whether", "who", "why", "when", "where", "which"])
