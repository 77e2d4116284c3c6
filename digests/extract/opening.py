"""How an issue opens: which small words go, and what a verb at its head becomes after the stance."""

from dataclasses import dataclass

from digests.extract.clauses import plain
from digests.extract.sentences import Page
from digests.languages import en_grammar as grammar
from digests.languages.en_verbs import AFTER_VERB, NOUN_TOO, PLAIN, base_of, gerund, is_verb_phrase
from digests.models import Stance


@dataclass(frozen=True, slots=True)
class Opening:
    """An issue from token `first`: `words` stand for the tokens up to `rest`, which follows as it is written."""

    first: int
    rest: int
    words: str = ""
    is_verb: bool = False
    is_clause: bool = False
    reads: bool = True
    least: int = 2


_CLAUSES = frozenset({Stance.DENIES, Stance.DOUBTS})
_OWN_WILL = frozenset({Stance.COMMITS, Stance.SUPPORTS, Stance.PROPOSES})
WILLING, WILL = frozenset({Stance.COMMITS, Stance.THREATENS}), frozenset(["will", "would", "shall"])
"""Stances that a "will" shows: who says that it "will send monitors" commits to sending them."""
WONT = frozenset(["not", "never"])
_PRONOUNS = frozenset(["it", "he", "she", "they", "we"])
_NOUNS_TOO = frozenset(["commit", "agree", "object", "oppose", "opposed", "committed", "open", "appeal", "return"])
"""Cues whose "to" may be followed by a noun: "agreed to talks"."""


def open_issue(page: Page, first: int, last: int, stance: Stance, lemma: str) -> Opening:
    """The opening of the issue in tokens `first` to `last` (exclusive)."""
    tokens = page.tokens
    before = tokens[first - 1].lower if first else ""
    first, before = _about(page, *_as_called(page, first, last), before)
    that = before == "that" and (first < 2 or tokens[first - 2].lower not in grammar.PREPOSITIONS)
    while first < last and (tokens[first].lower in ("that", ",", "“", '"', "on", "also") or _is_date(page, first)):
        that, before = (
            that or (tokens[first].lower == "that" and before not in grammar.PREPOSITIONS),
            tokens[first].lower,
        )
        first += 1
    if stance is Stance.REJECTS and is_refused(page, first):
        before = "to"  # "will not join" rejects joining
    clause = _clause(page, first, last, stance, that=that)
    if clause is not None:
        return clause
    negated = before in WONT
    if first < last and tokens[first].lower in WONT:
        first, negated = first + 1, True
    after_name = (
        stance is Stance.DEMANDS and first < last and tokens[first].lower in PLAIN and tokens[first - 1].is_capital
    )
    start, infinitive = first, before == "to" or after_name or (stance in WILLING and before in WILL)
    while start < last and (_leading(tokens[start].lower) or not tokens[start].is_word or _is_date(page, start)):
        infinitive = tokens[start].lower == "to"
        start += 1
    verb = start
    while verb < last and (tokens[verb].lower in grammar.ADVERBS or tokens[verb].lower.endswith("ly")):
        verb += 1
    if infinitive and verb < last and _is_base(page, verb, last, lemma):
        return _verb(page, verb, last, tokens[verb].text, stance, negated=negated)
    if stance is Stance.DEMANDS and _asks_to(page, start, last):
        determined = start > first and tokens[start - 1].lower in grammar.DETERMINERS
        return Opening(start - determined, start - determined, least=3)
    return Opening(start, start, reads=not negated and not _is_bare_participle(page, start, last))


def is_refused(page: Page, index: int) -> bool:
    """Whether "will not", "would never" or "won't" stands before a token: who will not join rejects joining."""
    before = [plain(token.lower) for token in page.tokens[max(0, index - 2) : index]]
    if before and before[-1] in ("won't", "wouldn't"):
        return True
    return len(before) > 1 and before[1] in WONT and before[0] in WILL


def denies(word: str) -> bool:
    """Whether a word in lower case says no."""
    return word in _DENYING or plain(word).endswith("n't")


_DENYING = frozenset(["no", "not", "without", "against", "never", "nor", "cannot"])


def _about(page: Page, first: int, last: int, before: str) -> tuple[int, str]:
    """Past "the need for", "the importance of", "any talk of": what these are about."""
    tokens = page.tokens
    index = first
    while (
        index < last and index < first + 4 and (_leading(tokens[index].lower) or tokens[index].lower in grammar.STRONG)
    ):
        index += 1
    if (
        index + 2 < last
        and tokens[index].lower in grammar.ABOUT
        and tokens[index + 1].lower in ("of", "for", "to", "about", "over")
    ):
        return index + 2, tokens[index + 1].lower
    return first, before


def _as_called(page: Page, first: int, last: int) -> tuple[int, int]:
    """Past "what he called" and "what it described as"."""
    tokens = page.tokens
    if first < last and tokens[first].lower == "what":
        for index in range(first + 1, min(first + 7, last)):
            if tokens[index].lower in ("called", "calls", "described", "termed", "labelled", "dubbed"):
                rest = index + 1
                return rest + (rest < last and tokens[rest].lower == "as"), last
    return first, last


def _leading(word: str) -> bool:
    return word in grammar.ISSUE_LEADING


def _is_date(page: Page, index: int) -> bool:
    tokens = page.tokens
    at = index + (tokens[index].lower == "on")
    return at < len(tokens) and tokens[at].lower in grammar.ISSUE_DAYS and not names_attack(page, at)


def names_attack(page: Page, index: int) -> bool:
    """Whether a date names what follows it: "the Oct. 7 attack" is no attack of unknown kind on a date."""
    tokens = page.tokens
    day = index + 1 + (index + 1 < len(tokens) and tokens[index + 1].text == ".")
    if day + 1 >= len(tokens) or not tokens[day].text.isdigit():
        return False
    after = tokens[day + 1]
    return (
        after.is_word
        and after.text.islower()
        and after.lower not in grammar.PREPOSITIONS | grammar.BOUNDARIES | {"and", "or", "as"}
    )


def _is_base(page: Page, index: int, last: int, lemma: str) -> bool:
    """Whether a word after "to" is a verb: always after some cues, else by the words beside it."""
    word = page.tokens[index].text
    following = page.tokens[index + 1] if index + 1 < last else None
    if not word.islower() or (word.endswith("ing") and word not in PLAIN) or word in grammar.ADVERBS:
        return False
    if (lemma and lemma not in _NOUNS_TOO) or (word in PLAIN and word not in NOUN_TOO):
        return True
    return following is not None and (
        following.lower in AFTER_VERB or following.is_capital or following.text[0].isdigit()
    )


def _verb(page: Page, index: int, last: int, base: str, stance: Stance, *, negated: bool) -> Opening:
    known = is_verb_phrase(page.words(index, min(index + 2, len(page.tokens))))
    form = base if stance is Stance.DEMANDS or (stance is Stance.THREATENS and known) else gerund(base)
    reads = base in PLAIN or base in NOUN_TOO or form != base
    following = page.tokens[index + 1].lower if index + 1 < last else ""
    reads = reads and (base_of(following) is None or base_of(following) in NOUN_TOO)  # "threatened to oust stabilises"
    both = [token.lower for token in page.tokens[index + 1 : min(index + 3, last)]]
    if form != base and len(both) > 1 and both[0] in ("and", "or") and both[1] in PLAIN:
        words = f"{'not ' if negated else ''}{form} {both[0]} {gerund(both[1])} "
        return Opening(index, index + 3, words, is_verb=True, reads=reads, least=3)
    return Opening(index, index + 1, ("not " if negated else "") + form + " ", is_verb=True, reads=reads)


def _asks_to(page: Page, start: int, last: int) -> bool:
    """Whether somebody without a name is asked to do something: "the leaders to throw out"."""
    tokens = page.tokens
    for index in range(start + 1, min(start + 5, last - 1)):
        if tokens[index].lower == "to":
            return _is_base(page, index + 1, last, "") and tokens[index - 1].lower.endswith(
                ("s", "community", "people")
            )
        if tokens[index].lower in grammar.PREPOSITIONS or not tokens[index].is_word:
            return False
    return False


def _is_bare_participle(page: Page, index: int, last: int) -> bool:
    word = page.tokens[index].lower if index < last else ""
    return word in ("been", "being", "had", "held", "done", "made", "allowed", "told")


def _clause(page: Page, first: int, last: int, stance: Stance, *, that: bool) -> Opening | None:
    """A clause with its own subject: "that it was holding up aid", "that Israel open the crossing"."""
    tokens = page.tokens
    if first + 2 >= last:
        return None
    if tokens[first].lower in _PRONOUNS:
        return _own_deed(page, first + 1, last, stance)
    if not that and stance not in _CLAUSES:
        return None
    for index in range(first + 1, min(first + 9, last)):
        word = plain(tokens[index].lower)
        if word in grammar.BOUNDARIES:
            return None
        if tokens[index].text in grammar.MARKS and tokens[index].text not in '-“”"':
            return None
        if word in grammar.FINITE_AUXILIARIES or word in grammar.PASTS or word.endswith("n't"):
            return _finite(page, first, index, stance, word)
        subjunctive = word in PLAIN and tokens[index - 1].lower not in (
            "to",
            "the",
            "a",
            "an",
            "of",
            "and",
            "no",
            "its",
        )
        if that and subjunctive and (word not in NOUN_TOO or _is_base(page, index, last, "")):
            return _subjunctive(page, first, index, stance)
        if word in grammar.PREPOSITIONS - {"of", "for"} and index > first + 4:
            return None
    return Opening(first, first, reads=False) if that else None


def _finite(page: Page, first: int, index: int, stance: Stance, word: str) -> Opening:
    if stance in _CLAUSES:
        return Opening(first, first, "that ", is_clause=True, least=index - first + 2)
    following = page.tokens[index + 1].text if index + 1 < len(page.tokens) else ""
    if stance in _OWN_WILL and word in ("will", "would") and following in PLAIN:
        words = page.words(first, index) + f" {gerund(following)} "
        return Opening(first, index + 2, words, is_verb=True, least=index - first + 1)
    if stance is Stance.DEMANDS and word in ("should", "must") and following not in ("", "not", "never", "have"):
        return Opening(first, index + 1, page.words(first, index) + " to ", is_verb=True, least=index - first + 2)
    return Opening(first, first, reads=False)


def _subjunctive(page: Page, first: int, index: int, stance: Stance) -> Opening:
    tokens = page.tokens
    negated = "not " if tokens[index - 1].lower == "not" else ""
    subject = page.words(first, index - bool(negated))
    form = (
        f"{negated}to {tokens[index].text} " if stance is Stance.DEMANDS else f"{negated}{gerund(tokens[index].text)} "
    )
    return Opening(first, index + 1, f"{subject} {form}", is_verb=True, least=index - first + 2,
                   reads=stance in (Stance.DEMANDS, Stance.PROPOSES))  # fmt: skip


def _own_deed(page: Page, index: int, last: int, stance: Stance) -> Opening | None:
    """What a holder says of itself: "it was holding up aid" is "holding up aid", "it gives help" is "giving help"."""
    tokens = page.tokens
    if stance is Stance.DEMANDS:
        return Opening(index, index, reads=False)
    word = plain(tokens[index].lower)
    following = tokens[index + 1].lower if index + 1 < last else ""
    if following in ("not", "never") or word.endswith("n't"):
        return Opening(index, index, reads=False)
    if word in grammar.BE:
        if following.endswith("ing"):
            return Opening(index + 1, index + 1, is_verb=True)
        return Opening(index, index + 1, "being ", is_verb=True)
    if word in ("has", "had", "have"):
        return Opening(index, index + 1, "having ", is_verb=True)
    if word in ("will", "would", "could", "can", "should", "must") and following in PLAIN:
        return _verb(page, index + 1, last, following, stance, negated=False)
    base = base_of(word)
    if base is not None:
        return _verb(page, index, last, base, stance, negated=False)
    if word.endswith("ed") or word in grammar.PASTS:
        return Opening(index, index, "having ", is_verb=True)
    return Opening(index, index, reads=False)
