"""What a claim is about: the phrase whose words promise the best share (Dice) with those of the issue.

It is cut from the claim's own sentence, or from another of the article where the matter is named more fully: not where
that one turns it ("an end to"), says "its" of it, or quotes somebody.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from digests.extract.claims import Claim
from digests.extract.cues import Sign, tokens_of
from digests.extract.cuts import cut
from digests.extract.heads import Floats
from digests.extract.issues import Issue
from digests.extract.lexis import Lexis
from digests.extract.phrases import phrase_of
from digests.extract.sentences import Page
from digests.extract.strays import is_denied
from digests.extract.themes import Themes
from digests.languages import en_grammar as grammar
from digests.models import Evidence, Stance

ELSEWHERE = 0.9
"""What a phrase of another sentence is worth beside one of the claim's own."""
TRIED = 6
"""Phrases that are tried until one reads."""
_POINTING = frozenset([
    "its", "his", "her", "their", "our", "my", "your", "it", "he", "she", "they", "them", "we", "us", "him", "himself",
    "herself", "itself", "themselves", "this", "that", "these", "those",
])  # fmt: skip

Run = tuple[int, int]


def topics_of(themes: Themes, claim: Claim, signs: list[Sign], evidence: Evidence) -> tuple[Issue, Issue]:
    """The issue of a claim, which no cue of its own stance is part of, and the same from its own sentence alone; a text
    is "" when there is none.

    `signs` are those of the claim's sentence. One that is cut from another sentence `is_borrowed`: likely enough to
    group positions by, but "opposed that step" may be about another step, so it is no line to show.
    """
    page = themes.lexis.page
    runs, own = _best(themes.lexis, themes.likely(claim, signs, evidence), claim, tokens_of(signs, claim.stance))
    if own is None:
        return _first_that_reads(themes, claim, signs, runs, {}), Issue("", reads=False)
    mine = cut(page, claim.sentence, _with_owner(page, claim, own), claim.stance, signs)
    near = phrase_of(mine)
    near = replace(near, reads=near.reads and not _cuts_holder(claim, own))
    if is_denied(mine):
        return near, near
    return _first_that_reads(themes, claim, signs, runs, {own: near}), near


def _first_that_reads(
    themes: Themes, claim: Claim, signs: list[Sign], runs: list[Run], made: Mapping[Run, Issue]
) -> Issue:
    """The first of some runs that reads as the claim's issue; `made` are those that were made before."""
    page, left = themes.lexis.page, Issue("", reads=False)
    unread: list[Run] = []
    for run in runs:
        if run[1] - run[0] == 1 and any(first <= run[0] < last for first, last in unread):
            continue  # a word of what does not read is no issue either
        sentence = page.sentence_at(page.tokens[run[0]].start)
        is_near = sentence is claim.sentence
        there = signs if is_near else themes.signs_of(sentence)
        issue = made.get(run) or phrase_of(cut(page, sentence, _with_owner(page, claim, run), claim.stance, there))
        if not is_near and not _is_free(page, claim, run, there, issue):
            continue
        # "accuses Israel" is no issue
        is_target = claim.stance is Stance.ACCUSES and claim.target is not None and issue.text in claim.target.forms
        is_own = _cuts_holder(claim, run) or any(form in issue.text for form in claim.holder.forms)
        if issue.text and issue.reads and not is_target and not is_own:
            return replace(issue, is_borrowed=not is_near)
        left = left if left.text else replace(issue, reads=False)
        unread.append(run)
    return left


def _with_owner(page: Page, claim: Claim, run: Run) -> Run:
    """A run with whose it is, where that is not the holder: "Sweden's | NATO bid"."""
    tokens, first = page.tokens, run[0]
    if first < 2 or tokens[first - 1].lower not in ("'s", "’s"):
        return run
    first -= 2
    while first > 0 and tokens[first].is_capital and tokens[first - 1].is_capital:
        first -= 1
    is_name = tokens[first].is_capital and page.sentence_at(tokens[first].start) is page.sentence_at(
        tokens[run[0]].start
    )
    return (first, run[1]) if is_name and not _cuts_holder(claim, (first, run[1])) else run


def _cuts_holder(claim: Claim, run: Run) -> bool:
    """Whether a run has words of the holder's own name."""
    return any(mention.first < run[1] and run[0] < mention.last for mention in claim.holder.mentions)


def _is_free(page: Page, claim: Claim, run: Run, signs: list[Sign], issue: Issue) -> bool:
    """Whether a phrase of another sentence means the same in the claim's; `signs` are those of its own."""
    tokens = page.tokens[run[0] : run[1]]
    own = {token.lower for token in page.tokens[claim.sentence.first : claim.sentence.last]}
    return not (
        any(token.lower in _POINTING for token in tokens)
        or any(page.quoted[run[0] : run[1]])
        or set(tokens_of(signs, claim.stance)) & set(range(*run))
        or grammar.TURNING & set(issue.text.lower().split()) != grammar.TURNING & own
    )


def _best(lexis: Lexis, likely: Floats, claim: Claim, cues: list[int]) -> tuple[list[Run], Run | None]:
    """The runs of tokens with the best expected Dice (twice what they gain, of their words and of all expected), and
    the best of the claim's own sentence.
    """
    firsts, lasts, counts = lexis.runs
    gained = np.concatenate([[0.0], np.cumsum(np.append(likely, 0.0)[lexis.stems])])
    worth = 2 * (gained[lasts] - gained[firsts]) / (counts + likely.sum())
    worth[lexis.headlines] = 0  # are no prose
    for cue in cues:
        worth[(firsts <= cue) & (cue < lasts)] = 0
    near = (firsts >= claim.sentence.first) & (firsts < claim.sentence.last)
    here = int(np.argmax(np.where(near, worth, 0))) if len(worth) else -1
    own = (int(firsts[here]), int(lasts[here])) if here >= 0 and near[here] and worth[here] > 0 else None
    worth[~near] *= ELSEWHERE
    able = np.flatnonzero(worth >= np.partition(worth, -TRIED)[-TRIED]) if len(worth) > TRIED else np.arange(len(worth))
    order = able[np.argsort(-worth[able], kind="stable")][:TRIED]
    return [(int(firsts[k]), int(lasts[k])) for k in order if worth[k] > 0], own
