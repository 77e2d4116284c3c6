"""A cut as the phrase of an issue after a stance: made whole by issues.py, with what is done, and whether it reads."""

from dataclasses import replace

from digests.extract.cuts import Cut
from digests.extract.issues import Issue, issue_of
from digests.extract.strays import strays
from digests.languages import en_grammar as grammar
from digests.languages.en_verbs import act, is_verb_phrase
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
    is_cut = opening == one.page.tokens[one.first].text
    if not is_cut or opening.endswith("ing") or is_verb_phrase(issue.text):
        return issue
    at = one.before(grammar.DETERMINERS | {"a", "an"})
    done = act(one.word(at)) if one.page.tokens[at].text.islower() else None
    if done is not None:
        return replace(issue, text=" ".join(f"{done} {one.page.words(at + 1, one.first)} {issue.text}".split()))
    return issue if any(k < one.first for k in one.cues) else replace(issue, reads=False)


def _with_must(one: Cut, issue: Issue) -> Issue:
    """A demand with what must be done: who says that families "should be returned" does not demand them."""
    if one.word(one.last) not in ("should", "must") or not issue.text:
        return issue
    rest = one.last + 1
    while rest < one.sentence.last and one.page.tokens[rest].is_word and one.word(rest) not in grammar.BOUNDARIES:
        rest += 1
    words = one.page.words(one.last + 1, rest).split()
    if not words or words[0] == "not" or len(words) > _MUST:
        return replace(issue, reads=False)
    return replace(issue, text=f"{issue.text} to {' '.join(words)}")
