"""How likely each word of an article is part of a claim's issue.

A matter is often named in full once, in the article's first sentences, and elsewhere only pointed at ("the measure").
So each word of the whole article gets its chance: a logistic regression over what the encoder says of it in the
claim's sentence and elsewhere, where it stands, how much the article's other claims are about it, and how usual it is;
fitted on articles that the encoder had not been trained on (training/calibrate.py), the numbers in model/topics.json.
"""

import json
from functools import cached_property, lru_cache

import numpy as np

from digests.extract.claims import Claim
from digests.extract.cues import Sign, signs_in, tokens_of
from digests.extract.encoder import MODEL
from digests.extract.heads import Floats, Places, sigmoid
from digests.extract.lexis import Lexis
from digests.extract.roster import Draft
from digests.extract.sentences import Sentence
from digests.models import Evidence

STANDING = (
    "in the title", "in the lead", "often", "capital", "rare", "rare in the title", "often an issue's",
    "often an issue's in the title", "number", "late in the article",
)  # fmt: skip
"""What a word is in its article, whatever is claimed."""
CLAIMED = (
    "here", "likely here", "two before", "one before", "one after", "two after", "likely elsewhere",
    "likely elsewhere only", "holder's name", "target's name", "cue", "evidence", "far from the cue", "after the cue",
    "no cue", "late in the sentence", "sentence before", "others'", "others' elsewhere", "share of others'",
)  # fmt: skip
"""What it is to a claim; "here" is the claim's own sentence."""
WORDS = (*STANDING, *(f"{name}, here" for name in STANDING), *CLAIMED)
_FAR = 20
"""How far a cue is that is none."""
_NOWHERE = -8.0
"""The logit of a word that is not there."""
_HEARD = 0.1
"""How likely a claim must be for its words to count as the article's."""


class Themes:
    """What the claims of an article are about, word by word."""

    def __init__(self, lexis: Lexis, claims: list[Claim]) -> None:
        self.lexis = lexis
        self._own: dict[int, Floats] = {}
        self._signs: dict[int, list[Sign]] = {}
        self._named: dict[int, Floats] = {}
        titled, rare, wont = lexis.titled, lexis.rare, lexis.wont
        self._standing = np.stack(
            [titled, lexis.led, lexis.often, lexis.capital, rare, titled * rare, wont, titled * wont, lexis.numbers,
             lexis.late], axis=1,
        )  # fmt: skip
        self._sum, self._weight = np.zeros(lexis.count, np.float32), 0.0
        for claim in claims if lexis.count else ():
            if claim.likely >= _HEARD:
                here = sigmoid(self._here(claim)) * np.float32(claim.likely)
                self._own[id(claim)] = here
                self._sum += here
                self._weight += claim.likely

    def signs_of(self, sentence: Sentence) -> list[Sign]:
        """The cues of a sentence that show a stance, looked for once."""
        known = self._signs.get(sentence.first)
        if known is None:
            known = self._signs[sentence.first] = signs_in(self.lexis.page, sentence)
        return known

    def likely(self, claim: Claim, signs: list[Sign], evidence: Evidence) -> Floats:
        """How likely each stem of the article is one of the claim's issue."""
        always, here = self._scores
        mine = self._claimed(claim, signs, evidence)
        return sigmoid(always + mine[:, 0] * here + mine @ _table()[0][2])  # mine[:, 0] is "here"

    @cached_property
    def _scores(self) -> tuple[Floats, Floats]:
        """What the STANDING of each stem comes to, by itself and in a claim's own sentence."""
        (standing, standing_here, _), constant = _table()
        return self._standing @ standing + np.float32(constant), self._standing @ standing_here

    def features(self, claim: Claim, signs: list[Sign], evidence: Evidence) -> Floats:
        """The WORDS of each stem of the article (stems, features)."""
        mine = self._claimed(claim, signs, evidence)
        return np.concatenate([self._standing, self._standing * mine[:, :1], mine], axis=1)

    def _claimed(self, claim: Claim, signs: list[Sign], evidence: Evidence) -> Floats:
        """The CLAIMED of each stem."""
        lexis, sentence = self.lexis, claim.sentence
        inside, count = slice(sentence.first, sentence.last), sentence.last - sentence.first
        logits = np.clip(lexis.about(claim.asked), _NOWHERE, -_NOWHERE)
        around = np.pad(logits[inside], 2, constant_values=_NOWHERE)
        here, at = lexis.of_stems(inside), self._likeliest(sentence.first, logits[inside])
        outside = logits.copy()
        outside[inside] = _NOWHERE
        elsewhere, places = lexis.by_stem(outside, _NOWHERE), np.arange(count)
        cues = np.array(tokens_of(signs, claim.stance), int) - sentence.first
        far = np.abs(places[:, None] - cues).min(1) if len(cues) else np.full(count, _FAR)
        after = places > cues.min() if len(cues) else np.zeros(count, bool)
        starts = lexis.starts[inside] - (lexis.text_at if evidence.where == "text" else 0)
        shown = (evidence.start <= starts) & (starts < evidence.end)
        others = self._others(claim)
        return np.stack(
            [
                here, here * around[2:-2][at], here * around[:-4][at], here * around[1:-3][at], here * around[3:-1][at],
                here * around[4:][at], elsewhere, (1 - here) * elsewhere, self._of_names(claim.holder),
                self._of_names(claim.target), here * np.isin(at, cues), here * shown[at], here * np.log1p(far)[at],
                here * after[at], np.full(lexis.count, not len(cues)), here * at / count,
                lexis.of_stems(lexis.before(sentence)), others, (1 - here) * others, np.log(others + 0.01),
            ],
            axis=1, dtype=np.float32, casting="unsafe",
        )  # fmt: skip

    def _of_names(self, draft: Draft | None) -> Floats:
        """1 for each stem of an actor's names."""
        if draft is None:
            return np.zeros(self.lexis.count, np.float32)
        known = self._named.get(id(draft))
        if known is None:
            known = self._named[id(draft)] = self.lexis.of_names(draft.forms)
        return known

    def _here(self, claim: Claim) -> Floats:
        """The greatest logit of each stem in the claim's own sentence."""
        inside = slice(claim.sentence.first, claim.sentence.last)
        values = np.full(len(self.lexis.stems), _NOWHERE, np.float32)
        values[inside] = self.lexis.about(claim.asked, inside)
        return self.lexis.by_stem(values, _NOWHERE)

    def _likeliest(self, first: int, logits: Floats) -> Places:
        """For each stem the place in its sentence, which begins with token `first`, where it is likeliest; else 0."""
        order = np.argsort(logits, kind="stable")
        found = np.zeros(self.lexis.count + 1, int)
        found[self.lexis.stems[first + order]] = order  # of several the last is kept, which is the likeliest
        return found[:-1]

    def _others(self, claim: Claim) -> Floats:
        """How much the other claims of the article are about each stem."""
        own = self._own.get(id(claim))
        if own is None:
            return np.asarray(self._sum / (self._weight + 1e-3), np.float32)
        left = max(self._weight - claim.likely, 0.0)
        return np.asarray(np.maximum(self._sum - own, 0) / (left + 1e-3), np.float32)


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[Floats, Floats, Floats], float]:
    table = json.loads((MODEL / "topics.json").read_text(encoding="utf-8"))
    weights = np.array([table[name] for name in WORDS], np.float32)
    standing, standing_here, claimed = np.split(weights, [len(STANDING), 2 * len(STANDING)])
    return (standing, standing_here, claimed), float(table["constant"])
