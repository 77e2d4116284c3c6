"""What a claim is about: the phrase of its sentence that likely names the issue, made whole by issues.py.

How likely a word is part of the issue is a logistic regression over what the encoder says of it and of its neighbours,
where it stands, and how the article uses it; fitted on articles that the encoder had not been trained on
(training/calibrate.py), the numbers in model/topics.json. The phrase is the one whose words promise the best share
(Dice) with the issue's.
"""

import json
from collections import Counter
from dataclasses import replace
from functools import lru_cache

import numpy as np

from digests.extract.claims import Claim
from digests.extract.cues import Sign
from digests.extract.encoder import MODEL
from digests.extract.evidence import by_token
from digests.extract.heads import Floats, sigmoid
from digests.extract.issues import LONGEST, Issue, is_joint, issue_of
from digests.extract.sentences import Page, Sentence
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms
from digests.models import Evidence, Stance

WORDS = (
    "likely", "two before", "one before", "one after", "two after", "in the lead", "often", "holder's name", "cue",
    "evidence", "capital", "far from the cue", "after the cue", "no cue", "late in the sentence",
)  # fmt: skip
_FAR, _BACK = 20, 4
"""How far a cue is that is none; how many tokens before a phrase may turn it."""
_STOPS = (grammar.MARKS - set("“”\"'‘’-")) | set(".;:?!…•")
_SMALL = (
    grammar.DETERMINERS | grammar.PREPOSITIONS | grammar.FINITE_AUXILIARIES | grammar.ISSUE_LEADING | grammar.BOUNDARIES
    | frozenset(["and", "not", "they", "them", "so", "'s", "’s", "said", "says"])
)  # fmt: skip


class Lexis:
    """A page and its words as arrays over its tokens: which count, which its lead has, how often each is used."""

    def __init__(self, page: Page) -> None:
        self.page = page
        words = [token.lower for token in page.tokens]
        uses = Counter(words)
        lead = {token.lower for token in page.tokens[: page.sentences[0].last]} if page.sentences else set()
        self.starts = np.array(page.starts)
        self.counts = np.array([token.is_word and token.lower not in _SMALL for token in page.tokens], bool)
        self.lead = np.array([word in lead for word in words], np.float32)
        self.often = np.log1p(np.array([uses[word] for word in words], np.float32))
        self.capital = np.array([token.is_capital for token in page.tokens], np.float32)
        self.stops = np.array(
            [
                (token.text in _STOPS and not is_joint(page, index)) or token.lower in grammar.BOUNDARIES
                for index, token in enumerate(page.tokens)
            ],
            bool,
        )
        self.words = np.array([token.is_word and token.lower not in ("'s", "’s") for token in page.tokens], bool)


def cues_in(sentence: Sentence, claim: Claim, signs: list[Sign]) -> list[int]:
    """Tokens of the sentence, counted from its first, that are cues of the claim's stance."""
    return [k - sentence.first for sign in signs if sign.stance is claim.stance for k in range(sign.at, sign.end)]


def word_features(lexis: Lexis, claim: Claim, signs: list[Sign], evidence: Evidence, text_at: int) -> Floats:
    """The WORDS of each token of a claim's sentence (tokens, features). The text begins at `text_at`."""
    page, sentence = lexis.page, claim.sentence
    inside = slice(sentence.first, sentence.last)
    count = sentence.last - sentence.first
    likely = np.clip(np.array(by_token(page, claim, claim.topic), np.float32), 0.002, 0.998)
    logits = np.log(likely / (1 - likely))
    around = np.concatenate([[-6.0, -6.0], logits, [-6.0, -6.0]])
    starts, places = lexis.starts[inside], np.arange(count)
    shift = text_at if evidence.where == "text" else 0
    cues = np.array(cues_in(sentence, claim, signs), int)
    is_cue = np.isin(places, cues)
    far = np.abs(places[:, None] - cues).min(1) if len(cues) else np.full(count, _FAR)
    after = places > cues.min() if len(cues) else np.zeros(count)
    holder = (claim.by.start <= starts) & (starts < claim.by.end) if claim.by.offset == 0 else np.zeros(count)
    shown = (evidence.start + shift <= starts) & (starts < evidence.end + shift)
    return np.stack(
        [
            logits, around[:-4], around[1:-3], around[3:-1], around[4:], lexis.lead[inside], lexis.often[inside],
            holder, is_cue, shown, lexis.capital[inside], np.log1p(far), after,
            np.full(count, not len(cues)), places / count,
        ],
        axis=1,
    ).astype(np.float32)  # fmt: skip


@lru_cache(maxsize=1)
def _table() -> tuple[Floats, float]:
    table = json.loads((MODEL / "topics.json").read_text(encoding="utf-8"))
    return np.array([table[name] for name in WORDS], np.float32), float(table["constant"])


def topic_of(lexis: Lexis, claim: Claim, signs: list[Sign], evidence: Evidence, text_at: int) -> Issue:
    """The issue of a claim, which no cue of its own stance is part of; its text is "" when there is none."""
    page, sentence = lexis.page, claim.sentence
    weights, constant = _table()
    likely = sigmoid(word_features(lexis, claim, signs, evidence, text_at) @ weights + constant)
    cues = set(cues_in(sentence, claim, signs))
    first, last = _best(
        likely.tolist(),
        lexis.counts[sentence.first : sentence.last].tolist(),
        lexis.stops[sentence.first : sentence.last].tolist(),
        lexis.words[sentence.first : sentence.last].tolist(),
        cues,
    )
    if first == last:
        return Issue("", reads=False)
    start = _turned(page, sentence, sentence.first + first, signs)
    issue = issue_of(page, start, sentence.first + last, claim.stance)
    inner = range(start + 1, sentence.first + last)
    acts = any(sign.at in inner and _is_finite(page, sign.at) for sign in signs)
    is_denied = bool({token.lower for token in page.tokens[max(sentence.first, start - 2) : start]} & _DENYING)
    pressed = claim.stance is Stance.DEMANDS and _is_addressed(page, start, sentence.first + last)
    # "appreciation for Germany's strong | support", "the West of having | sent grain"
    is_cut = last in cues or (start > 0 and page.tokens[start - 1].lower == "having")
    return replace(issue, reads=issue.reads and not (acts or is_denied or pressed or is_cut or _is_told(page, start)))


def _is_addressed(page: Page, first: int, last: int) -> bool:
    """Whether a demand's phrase says only whom it presses, and over what: "Iran over its nuclear program"."""
    index = first
    while index < last and page.tokens[index].is_capital:
        index += 1
    return first < index < last and page.tokens[index].lower in ("over", "on", "about")


def _turned(page: Page, sentence: Sentence, first: int, signs: list[Sign]) -> int:
    """Back to the word that turns a phrase into something else: efforts to halt the violence are not about "violence",
    nor is who urges another to press Hamas about "Hamas".
    """
    cues, others = {k for sign in signs for k in range(sign.at, sign.end)}, 0
    for index in range(first - 1, max(sentence.first - 1, first - 1 - _BACK), -1):
        word = page.tokens[index].lower
        follows_to = index > sentence.first and page.tokens[index - 1].lower == "to"
        is_infinitive = follows_to and page.tokens[index].text.islower() and not others
        if (index not in cues or follows_to) and (word in grammar.TURNING or (is_infinitive and word not in _JOINTS)):
            return index
        others += word not in grammar.DETERMINERS | _JOINTS
        if others > 1 or not page.tokens[index].is_word or index in cues:
            break
    return first


_JOINTS = frozenset(["a", "an", "any", "of", "to", "on", "for", "in"])
_DENYING = frozenset(["no", "not", "without", "against", "never", "nor"])


def _best(
    likely: list[float], counts: list[bool], stops: list[bool], words: list[bool], cues: set[int]
) -> tuple[int, int]:
    """The run of tokens with the best expected Dice: twice what it gains over its words and all that are expected."""
    total = sum(value for value, is_counted in zip(likely, counts, strict=True) if is_counted)
    best, span = 0.0, (0, 0)
    for first in range(len(likely)):
        if not counts[first] or first in cues:
            continue
        length, counted, gained = 0, 0, 0.0
        for last in range(first, len(likely)):
            length += words[last]
            if (stops[last] and last > first) or length > LONGEST or last in cues:
                break
            if counts[last]:
                counted, gained = counted + 1, gained + likely[last]
                value = 2 * gained / (counted + total)
                if value > best:
                    best, span = value, (first, last + 1)
    return span


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
