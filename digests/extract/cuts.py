"""Words cut from a sentence for an issue, with those before them that turn them into something else."""

from collections.abc import Set
from dataclasses import dataclass

from digests.extract.cues import Sign
from digests.extract.opening import WILL, WILLING
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

    def before(self, passed: Set[str] = grammar.DETERMINERS) -> int:
        """The token before the words, articles, marks and numbers between left out; the sentence's first at least."""
        at = self.first - 1
        while at > self.sentence.first and (self.word(at) in passed or not self.page.tokens[at].is_word):
            at -= 1
        return max(at, self.sentence.first)


def cut(page: Page, sentence: Sentence, run: tuple[int, int], stance: Stance, signs: list[Sign]) -> Cut:
    """A run of tokens with what belongs to it: the rest of a name, whose it is, and the word that turns it."""
    first, last = run
    tokens = page.tokens
    while last < sentence.last and tokens[last - 1].is_capital and tokens[last].is_capital:
        last += 1  # "the White | House"
    if first > sentence.first and _says_whose(tokens[first - 1].text) and tokens[first].text.islower():
        first -= 1  # "US | strikes on its nuclear sites"
    cues = {k for sign in signs if sign.stance is stance for k in range(sign.at, sign.end)}
    return _turned(Cut(page, sentence, first, last, stance, signs, cues))


def _says_whose(word: str) -> bool:
    return word in _ACRONYMS or word in adjective_states()


_ACRONYMS = frozenset(["US", "U.S.", "UK", "EU", "UN", "NATO"])


def _turned(one: Cut) -> Cut:
    """Back to the word that turns a phrase into something else: efforts to halt the violence are not about "violence",
    nor attacks on shipping about "shipping", nor is who urges another to press Hamas about "Hamas".
    """
    signs, others = {k for sign in one.signs for k in range(sign.at, sign.end)}, 0
    for index in range(one.first - 1, max(one.sentence.first - 1, one.first - 1 - _BACK), -1):
        word = one.word(index)
        follows_to = one.word(index - 1) == "to" or _is_willed(one, index)
        is_infinitive = follows_to and one.page.tokens[index].text.islower() and not others
        is_harm = word in grammar.HARMS and one.word(index + 1) in ("of", "on", "against", "in")
        turns = word in grammar.TURNING or is_harm or (is_infinitive and word not in _JOINTS)
        if (index not in signs or follows_to) and turns:
            return Cut(one.page, one.sentence, _unwilling(one, index), one.last, one.stance, one.signs, one.cues)
        others += word not in grammar.DETERMINERS | _JOINTS
        if others > 1 or not one.page.tokens[index].is_word or index in signs:
            break
    return one


def _is_willed(one: Cut, index: int) -> bool:
    """Whether a verb says what a holder will do, or rejects doing: "will send", "would not give up"."""
    if one.stance is Stance.REJECTS and one.word(index - 1) in WONT:
        return one.word(index - 2) in WILL
    return one.stance in WILLING and one.word(index - 1) in WILL


def _unwilling(one: Cut, index: int) -> int:
    """Back to who would not: accused of "refusing to defend the law", and not of "defending" it."""
    follows = one.word(index - 1) == "to" and index - 2 not in one.cues
    return index - 2 if follows and one.word(index - 2) in _UNWILLING else index


WONT = frozenset(["not", "never"])
_UNWILLING = frozenset(["refusing", "failing", "declining", "refusal", "failure", "unwillingness", "inability"])
_JOINTS = frozenset(["a", "an", "any", "of", "to", "on", "for", "in"])
