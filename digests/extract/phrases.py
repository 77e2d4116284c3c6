"""A run of words as the phrase of an issue after a stance: made whole by issues.py, and whether it reads there."""

from collections.abc import Set
from dataclasses import replace

from digests.extract.cues import Sign
from digests.extract.issues import Issue, issue_of
from digests.extract.opening import WILL, WILLING
from digests.extract.sentences import Page, Sentence, Token
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms
from digests.languages.en_verbs import act, is_verb_phrase
from digests.languages.world import adjective_states
from digests.models import Stance

_BACK = 4
"""How many tokens before a phrase may turn it."""


def phrase_of(page: Page, sentence: Sentence, run: tuple[int, int], stance: Stance, signs: list[Sign]) -> Issue:
    """A run of tokens (first, last exclusive) of a sentence as a phrase after a stance; `signs` are the sentence's."""
    first, last = run
    while last < sentence.last and page.tokens[last - 1].is_capital and page.tokens[last].is_capital:
        last += 1  # "the White | House"
    if first > sentence.first and _says_whose(page.tokens[first - 1]) and page.tokens[first].text.islower():
        first -= 1  # "US | strikes on its nuclear sites"
    start = _turned(page, sentence, first, stance, signs)
    issue = issue_of(page, start, last, stance)
    cues = {k for sign in signs if sign.stance is stance for k in range(sign.at, sign.end)}
    if stance is Stance.COMMITS:
        issue = _with_act(page, sentence, start, issue, cues)
    if stance is Stance.DEMANDS and not cues:
        issue = _with_must(page, sentence, last, issue)
    before = page.tokens[start - 1].lower if start else ""
    bad = (
        any(sign.at in range(start + 1, last) and _is_finite(page, sign.at) for sign in signs)
        or last in cues  # "appreciation for Germany's strong | support"
        or before == "having"  # "the West of having | sent grain"
        or (before == "to" and (_is_undone(page, start, stance, cues) or " " not in issue.text))
        or (" " not in issue.text and issue.text.islower() and not _is_object(page, start, cues))
        or (bool(cues) and last <= min(cues) and _is_subject_of_another(page, sentence, start, cues))
        or _is_told(page, start, stance)
        or _is_behind(page, sentence, start, cues)
        or _is_place_of(page, sentence, start, last, cues)
        or is_denied(page, sentence, run, stance, signs)
    )
    return replace(issue, reads=issue.reads and not bad)


def _says_whose(token: Token) -> bool:
    return token.text in _ACRONYMS or token.text in adjective_states()


_ACRONYMS = frozenset(["US", "U.S.", "UK", "EU", "UN", "NATO"])


def _is_undone(page: Page, start: int, stance: Stance, cues: Set[int]) -> bool:
    """Whether somebody only declines to say something, or another would not do what an infinitive says: "which refused
    to withdraw" is no withdrawal.
    """
    is_silent = stance is Stance.REJECTS and page.tokens[start].lower in grammar.NO_ACTION
    return is_silent or (start > 1 and start - 2 not in cues and page.tokens[start - 2].lower in _WOULD_NOT)


def _with_act(page: Page, sentence: Sentence, start: int, issue: Issue, cues: Set[int]) -> Issue:
    """A commitment with what is done: who "closed its border" commits to closing it, and who fired somebody not to him.
    Where it is not plain what is done, and nothing said that it is a commitment, the phrase does not read.
    """
    opening = issue.text.split(" ", 1)[0]
    if not issue.text or opening.endswith("ing") or is_verb_phrase(issue.text) or opening != page.tokens[start].text:
        return issue
    at = start - 1
    small = grammar.DETERMINERS | {"a", "an"}
    while at > sentence.first and (page.tokens[at].lower in small or not page.tokens[at].is_word):
        at -= 1
    done = act(page.tokens[at].lower) if page.tokens[at].text.islower() else None
    if done is not None:
        return replace(issue, text=" ".join((done, page.words(at + 1, start), issue.text)).replace("  ", " "))
    return issue if any(k < start for k in cues) else replace(issue, reads=False)


def _is_object(page: Page, start: int, cues: Set[int]) -> bool:
    """Whether a phrase follows its cue at once: "urged restraint", and not "warned them not to act as cover"."""
    at = start - 1
    while at > 0 and (page.tokens[at].lower in grammar.DETERMINERS or not page.tokens[at].is_word):
        at -= 1
    return at in cues or at - 1 in cues


def _with_must(page: Page, sentence: Sentence, last: int, issue: Issue) -> Issue:
    """A demand with what must be done: who says that families "should be returned" does not demand them."""
    if last >= sentence.last or page.tokens[last].lower not in ("should", "must") or not issue.text:
        return issue
    rest = last + 1
    while rest < sentence.last and page.tokens[rest].is_word and page.tokens[rest].lower not in grammar.BOUNDARIES:
        rest += 1
    words = page.words(last + 1, rest).split()
    if not words or words[0] == "not" or len(words) > _MUST:
        return replace(issue, reads=False)
    return replace(issue, text=f"{issue.text} to {' '.join(words)}")


_MUST = 7


def _is_subject_of_another(page: Page, sentence: Sentence, start: int, cues: Set[int]) -> bool:
    """Whether a phrase before the cue is not what the cue is about: it has a subject of its own ("talks, with Trump
    pressing Kyiv"), or the phrase is only part of what is rejected ("athletes killed in the war has been rejected").
    """
    cue = min(cues)
    is_passive = any(token.lower == "by" for token in page.tokens[cue + 1 : cue + 4])
    if not is_passive:
        before = page.tokens[cue - 1]
        return page.tokens[cue].lower in verb_forms() and (before.is_capital or before.text in grammar.MARKS)
    at = start - 1
    while at > sentence.first and page.tokens[at].lower in grammar.DETERMINERS:
        at -= 1
    return at >= sentence.first and page.tokens[at].lower in grammar.PREPOSITIONS


def _is_place_of(page: Page, sentence: Sentence, start: int, last: int, cues: Set[int]) -> bool:
    """Whether a phrase is only a name, and what is meant stands before its preposition: "approved measures on the
    occupied West Bank".
    """
    if not all(token.is_capital for token in page.tokens[start:last]):
        return False
    at = start - 1
    while at > sentence.first and (
        page.tokens[at].lower in grammar.DETERMINERS or page.tokens[at].lower.endswith("ed")
    ):
        at -= 1
    return at >= sentence.first and at not in cues and at - 1 not in cues and page.tokens[at].lower in _OF


_OF = frozenset(["on", "in", "of", "at", "near", "into", "across", "from", "over", "about"])


def _is_behind(page: Page, sentence: Sentence, start: int, cues: Set[int]) -> bool:
    """Whether a phrase belongs to a clause behind that of the stance: who "backed the plan while Jordan opposed it"
    backs no Jordan, who "would halt strikes in return for hostages" offers none. What an infinitive asks may follow.
    """
    first = max((k + 1 for k in cues if k < start), default=max(sentence.first, start - _NEAR))
    between = [token.lower for token in page.tokens[first:start]]
    if "," in between:
        between = between[len(between) - between[::-1].index(",") :]
    if not between or between[-1] == "to":
        return False
    if _is_relative(page, first, start):
        return True
    is_traded = any(word in ("return", "exchange") for word in between) and between[-1] in (*grammar.DETERMINERS, "for")
    return is_traded or bool((_BEHIND if any(k < start for k in cues) else _TIMES) & set(between))


def _is_relative(page: Page, first: int, start: int) -> bool:
    """Whether a "that" behind a noun begins the clause: "a shipyard that will help deliver submarines"."""
    for k in range(max(first, 1), start - 1):
        if page.tokens[k].lower == "that" and page.tokens[k + 1].lower in grammar.FINITE_AUXILIARIES:
            return True
    return False


_NEAR = 8
_TIMES = frozenset(["before", "until", "unless", "while", "if"])
_BEHIND = _TIMES | frozenset([
    "after", "although", "though", "because", "amid", "during", "following", "when", "whereas", "since", "which", "who",
    "where", "but",
])  # fmt: skip


def is_denied(page: Page, sentence: Sentence, run: tuple[int, int], stance: Stance, signs: list[Sign]) -> bool:
    """Whether the sentence says no to what a run names, or only presses somebody over it."""
    start = _turned(page, sentence, run[0], stance, signs)
    before = {token.lower for token in page.tokens[max(sentence.first, start - 2) : start]}
    if stance is Stance.REJECTS and before & WILL and before & _WONT:
        return False  # who "will not join sanctions" rejects joining them
    return bool(before & _DENYING) or (stance is Stance.DEMANDS and _is_addressed(page, start, run[1]))


def _is_addressed(page: Page, first: int, last: int) -> bool:
    """Whether a demand's phrase says only whom it presses, and over what: "Iran over its nuclear program"."""
    index = first
    while index < last and page.tokens[index].is_capital:
        index += 1
    return first < index < last and page.tokens[index].lower in ("over", "on", "about")


def _turned(page: Page, sentence: Sentence, first: int, stance: Stance, signs: list[Sign]) -> int:
    """Back to the word that turns a phrase into something else: efforts to halt the violence are not about "violence",
    nor attacks on shipping about "shipping", nor is who urges another to press Hamas about "Hamas".
    """
    cues, others = {k for sign in signs for k in range(sign.at, sign.end)}, 0
    for index in range(first - 1, max(sentence.first - 1, first - 1 - _BACK), -1):
        word = page.tokens[index].lower
        follows_to = index > sentence.first and (
            page.tokens[index - 1].lower == "to" or _is_willed(page, index, stance)
        )
        is_infinitive = follows_to and page.tokens[index].text.islower() and not others
        is_harm = word in grammar.HARMS and page.tokens[index + 1].lower in ("of", "on", "against", "in")
        turns = word in grammar.TURNING or is_harm or (is_infinitive and word not in _JOINTS)
        if (index not in cues or follows_to) and turns:
            return _unwilling(page, sentence, index, stance, signs)
        others += word not in grammar.DETERMINERS | _JOINTS
        if others > 1 or not page.tokens[index].is_word or index in cues:
            break
    return first


def _is_willed(page: Page, index: int, stance: Stance) -> bool:
    """Whether a verb says what a holder will do, or rejects doing: "will send", "would not give up"."""
    at = index - 1
    if stance is Stance.REJECTS and at > 0 and page.tokens[at].lower in _WONT:
        return page.tokens[at - 1].lower in WILL
    return stance in WILLING and page.tokens[at].lower in WILL


def _unwilling(page: Page, sentence: Sentence, index: int, stance: Stance, signs: list[Sign]) -> int:
    """Back to who would not: accused of "refusing to defend the law", and not of "defending" it."""
    at = index - 2
    is_own = any(sign.stance is stance and sign.at <= at < sign.end for sign in signs)
    follows = at >= sentence.first and page.tokens[index - 1].lower == "to" and not is_own
    return at if follows and page.tokens[at].lower in _UNWILLING else index


_UNWILLING = frozenset(["refusing", "failing", "declining", "refusal", "failure", "unwillingness", "inability"])
_WOULD_NOT = frozenset(["refuse", "refused", "refuses", "fail", "failed", "fails", "declined", "declines", "unable"])
_JOINTS = frozenset(["a", "an", "any", "of", "to", "on", "for", "in"])
_WONT = frozenset(["not", "never"])
_DENYING = frozenset(["no", "not", "without", "against", "never", "nor"])


def _is_finite(page: Page, index: int) -> bool:
    """Whether a cue is the verb of another clause: "and rejected half measures", "Spain support the sale"."""
    word, before = page.tokens[index].lower, page.tokens[index - 1]
    is_named = before.is_capital and before.text not in adjective_states()  # "under Israeli pressure"
    joint = is_named or before.lower in ("and", "but", "he", "she", "it", "they", "who", "which")
    return joint and word in verb_forms() and not word.endswith("ing")


def _is_told(page: Page, first: int, stance: Stance) -> bool:
    """Whether a phrase opens with a verb of the tale: "but later changed course"."""
    word, before = page.tokens[first].lower, page.tokens[first - 1] if first else None
    if before is not None and before.lower in grammar.FINITE_AUXILIARIES:
        # "any talk of who should govern Gaza"; but who "will send monitors" commits to it
        return stance not in WILLING or before.lower not in WILL
    after = page.tokens[first + 1].lower if first + 1 < len(page.tokens) else ""
    if word.endswith("ed") and after in grammar.DETERMINERS:
        return True  # "the ministry rejected the accusation"
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
