"""Why words cut from a sentence are not what its claim is about, or do not read after its stance."""

from digests.extract.cuts import UNWILLING, Cut
from digests.extract.opening import WILL, WILLING, denies, is_refused
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms
from digests.languages.world import adjective_states
from digests.models import Stance


def strays(one: Cut, phrase: str) -> bool:
    """Whether a cut, that reads as `phrase`, is no issue to show."""
    is_word = " " not in phrase
    return (
        any(sign.at in range(one.first + 1, one.last) and _is_finite(one, sign.at) for sign in one.signs)
        or one.last in one.cues  # "appreciation for Germany's strong | support"
        or one.word(one.first - 1) == "having"  # "the West of having | sent grain"
        or (one.word(one.first - 1) == "to" and (_is_undone(one) or (is_word and one.first - 1 not in one.cues)))
        or (is_word and phrase.islower() and not _is_object(one))
        or _is_subject_of_another(one)
        or _is_told(one)
        or _is_behind(one)
        or _is_place_of(one)
        or is_denied(one)
    )


def is_denied(one: Cut) -> bool:
    """Whether the sentence says no to what a cut names, or only presses somebody over it."""
    if one.stance is Stance.REJECTS and is_refused(one.page, one.first):
        return False  # who "will not join sanctions" rejects joining them
    is_no = denies(one.word(one.first - 2)) or denies(one.word(one.first - 1))
    return is_no or (one.stance is Stance.DEMANDS and _is_addressed(one))


def _is_addressed(one: Cut) -> bool:
    """Whether a demand's phrase says only whom it presses, and over what: "Iran over its nuclear program"."""
    index = one.first
    while index < one.last and one.page.tokens[index].is_capital:
        index += 1
    return one.first < index < one.last and one.word(index) in ("over", "on", "about")


def _is_undone(one: Cut) -> bool:
    """Whether somebody only declines to say something, or another would not do what an infinitive says: "which refused
    to withdraw" is no withdrawal.
    """
    is_silent = one.stance is Stance.REJECTS and one.word(one.first) in grammar.NO_ACTION
    return is_silent or (one.first - 2 not in one.cues and one.word(one.first - 2) in UNWILLING)


def _is_object(one: Cut) -> bool:
    """Whether a phrase follows its cue at once: "urged restraint", and not "warned them not to act as cover"."""
    return not one.cues.isdisjoint({one.before(), one.before() - 1})


def _is_subject_of_another(one: Cut) -> bool:
    """Whether a phrase before the cue is not what the cue is about: this has a subject of its own ("talks, with Trump
    pressing Kyiv"), or the phrase is only part of what is rejected ("athletes killed in the war has been rejected").
    """
    cue = min(one.cues, default=one.first)
    if cue < one.last:
        return False
    if not any(one.word(k) == "by" for k in range(cue + 1, cue + 4)):
        before = one.page.tokens[cue - 1]
        return one.word(cue) in verb_forms() and (before.is_capital or before.text in grammar.MARKS)
    return one.word(one.before()) in grammar.PREPOSITIONS


def _is_told(one: Cut) -> bool:
    """Whether a phrase opens with a verb of the tale: "but later changed course"."""
    word, after = one.word(one.first), one.word(one.first + 1)
    if not one.first:
        return False
    before = one.page.tokens[one.first - 1]
    if before.lower in grammar.FINITE_AUXILIARIES:
        # "any talk of who should govern Gaza"; but who "will send monitors" commits to it
        return one.stance not in WILLING or before.lower not in WILL
    is_past = word.endswith("ed") or word in grammar.PASTS
    if word.endswith("ed") and after in grammar.DETERMINERS:
        return True  # "the ministry rejected the accusation"
    many = before.lower == "and" or before.lower.endswith("s")
    if word in _PASTS or (many and word.endswith(_VERB_ENDINGS)):
        return True  # "who died Tuesday, fought for equality", "advocates eulogise him"
    return is_past and (before.text in grammar.MARKS or before.is_capital or before.lower in _BEFORE_VERBS)


_PASTS = frozenset(
    ["fought", "led", "met", "won", "lost", "took", "gave", "went", "came", "saw", "kept", "sought", "fell", "rose"]
)
_VERB_ENDINGS = ("ise", "ize", "ify")
_JOINING = frozenset(["and", "but", "he", "she", "it", "they", "who", "which"])
_BEFORE_VERBS = grammar.ADVERBS | _JOINING


def _is_finite(one: Cut, index: int) -> bool:
    """Whether a cue is the verb of another clause: "and rejected half measures", "Spain support the sale"."""
    word, before = one.word(index), one.page.tokens[index - 1]
    is_named = before.is_capital and before.text not in adjective_states()  # "under Israeli pressure"
    joint = is_named or before.lower in _JOINING
    return joint and word in verb_forms() and not word.endswith("ing")


def _is_behind(one: Cut) -> bool:
    """Whether a phrase belongs to a clause behind that of the stance: who "backed the plan while Jordan opposed it"
    backs no Jordan, who "would halt strikes in return for hostages" offers none, who builds "a shipyard that will
    deliver submarines" delivers none. What an infinitive asks may follow.
    """
    after_cue = [k + 1 for k in one.cues if k < one.first]
    first = max(after_cue, default=max(one.sentence.first, one.first - _NEAR))
    commas = [k + 1 for k in range(first, one.first) if one.word(k) == ","]
    between = [one.word(k) for k in range(commas[-1] if commas else first, one.first)]
    if not between or between[-1] == "to":
        return False
    is_relative = any(
        one.word(k) == "that" and one.word(k + 1) in grammar.FINITE_AUXILIARIES for k in range(first, one.first)
    )
    is_traded = not {"return", "exchange"}.isdisjoint(between) and between[-1] in (*grammar.DETERMINERS, "for")
    return is_relative or is_traded or not (_BEHIND if after_cue else _TIMES).isdisjoint(between)


_NEAR = 8
"""Tokens before a phrase in which a clause begins that it belongs to, where no cue stands before it."""
_TIMES = frozenset(["before", "until", "unless", "while", "if"])
_BEHIND = _TIMES | frozenset([
    "after", "although", "though", "because", "amid", "during", "following", "when", "whereas", "since", "which", "who",
    "where", "but",
])  # fmt: skip


def _is_place_of(one: Cut) -> bool:
    """Whether a phrase is only a name, and what is meant stands before its preposition ("approved measures on the
    occupied West Bank") or is not said by a cue ("wants Greenland in American hands").
    """
    if not all(token.is_capital for token in one.page.tokens[one.first : one.last]):
        return False
    if one.stance is Stance.SUPPORTS and not _is_object(one):
        return True
    at = one.before()
    while one.word(at).endswith("ed"):
        at = one.before(at)
    return one.cues.isdisjoint({at, at - 1}) and one.word(at) in _OF


_OF = frozenset(["on", "in", "of", "at", "near", "into", "across", "from", "over", "about"])
