"""Words cut from a sentence for an issue, with those before them that turn them into something else."""

from collections.abc import Set
from dataclasses import dataclass, replace

from digests.extract.cues import Sign, tokens_of
from digests.extract.issues import LIMITED
from digests.extract.opening import WILL, WILLING, WONT, is_refused
from digests.extract.sentences import Page, Sentence
from digests.languages import en_grammar as grammar
from digests.languages.world import adjective_states
from digests.models import Stance

_BACK = 4
"""How many tokens before a phrase may turn it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Tokens `first` to `last` (exclusive) of a sentence, for a claim of `stance`. `signs` are the sentence's cues,
    `cues` the tokens of those that show the stance.
    """

    page: Page
    sentence: Sentence
    first: int
    last: int
    stance: Stance
    signs: list[Sign]
    cues: Set[int]

    def word(self, index: int) -> str:
        """A token of the sentence in lower case; "" outside it."""
        return self.page.tokens[index].lower if self.sentence.first <= index < self.sentence.last else ""

    def before(self, index: int | None = None) -> int:
        """The token before the words, or before `index`; articles, numbers and opening marks between are left out. May
        lie outside the sentence, where `word` is "".
        """
        at = (self.first if index is None else index) - 1
        while (word := self.word(at)) and (word in grammar.SMALL or word.isdigit() or word in _OPENING):
            at -= 1
        return at


def cut(page: Page, sentence: Sentence, run: tuple[int, int], stance: Stance, signs: list[Sign]) -> Cut:
    """A run of tokens with what belongs to it: the rest of a name, whose it is, and the word that turns it."""
    first, last = run
    tokens = page.tokens
    while last < sentence.last and tokens[last - 1].is_capital and tokens[last].is_capital:
        last += 1  # "the White | House"
    if first > sentence.first and _says_whose(tokens[first - 1].text) and tokens[first].text.islower():
        first -= 1  # "US | strikes on its nuclear sites"
    if stance in LIMITED and last < sentence.last and tokens[last].lower in grammar.UNTIL:
        while last < sentence.last and tokens[last].text not in grammar.MARKS and tokens[last].text not in ".!?…•":
            last += 1  # issues.py cuts it off again where it is too long, and says so
    return _turned(Cut(page, sentence, first, last, stance, signs, frozenset(tokens_of(signs, stance))))


def _says_whose(word: str) -> bool:
    return word in _ACRONYMS or word in adjective_states()


_ACRONYMS = frozenset(["US", "U.S.", "UK", "EU", "UN", "NATO"])


def _turned(one: Cut) -> Cut:
    """Back to the word that turns a phrase into something else: efforts to halt the violence are not about "violence",
    nor attacks on shipping about "shipping", nor is who urges another to press Hamas about "Hamas".
    """
    if (first := _unwilling(one, one.first)) != one.first:
        return replace(one, first=first)
    signs, others = {k for sign in one.signs for k in range(sign.at, sign.end)}, 0
    for index in range(one.first - 1, max(one.sentence.first - 1, one.first - 1 - _BACK), -1):
        word = one.word(index)
        follows_to = one.word(index - 1) == "to" or _is_willed(one, index)
        is_verb = one.page.tokens[index].text.islower() and word not in WONT | grammar.ADVERBS
        is_infinitive = follows_to and is_verb and not others
        is_harm = word in grammar.HARMS and one.word(index + 1) in ("of", "on", "against", "in")
        turns = word in grammar.TURNING or is_harm or (is_infinitive and word not in _JOINTS)
        if index not in one.cues and (index not in signs or follows_to) and turns:
            return replace(one, first=_unwilling(one, index))
        others += word not in grammar.DETERMINERS | _JOINTS
        if others > 1 or not one.page.tokens[index].is_word or index in signs:
            break
    return one


def _is_willed(one: Cut, index: int) -> bool:
    """Whether a verb says what a holder will do, or rejects doing: "will send", "would not give up"."""
    if one.stance is Stance.REJECTS and index - 1 > one.sentence.first and is_refused(one.page, index):
        return True
    return one.stance in WILLING and one.word(index - 1) in WILL


def _unwilling(one: Cut, index: int) -> int:
    """Back to who would not: accused of "refusing to defend the law", and not of "defending" it."""
    follows = one.word(index - 1) == "to" and index - 2 not in one.cues
    return index - 2 if follows and one.word(index - 2) in _SHUNNING else index


_OPENING = frozenset('“"‘-$€£')
_SHUNNING = frozenset(["refusing", "failing", "declining", "refusal", "failure", "unwillingness", "inability"])
UNWILLING = _SHUNNING | {
    "refuse", "refused", "refuses", "fail", "failed", "fails", "declined", "declines", "unable", "unwilling",
}  # fmt: skip
"""What stands before "to" and what is not done."""
_JOINTS = frozenset(["a", "an", "any", "of", "to", "on", "for", "in"])
