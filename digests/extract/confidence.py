"""How sure a claim is: a logistic regression over what the encoder, the cue table and the resolution of names say.

Fitted on articles that the encoder behind the claims had not been trained on (training/calibrate.py); the numbers
are in
model/confidence.json. So 0.7 means: of ten such claims seven had the annotators' holder, stance and evidence.
"""

import json
import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import mul

from digests.extract.candidates import PRONOUN, ROLE, SELF
from digests.extract.claims import Claim
from digests.extract.cues import Sign
from digests.extract.encoder import MODEL
from digests.extract.marks import Marks
from digests.extract.readings import Reading
from digests.extract.roster import Roster
from digests.extract.signs import stance_of
from digests.extract.speakers import Speaker
from digests.extract.tags import STANCES
from digests.extract.voices import Told, Voice, speaker_at
from digests.models import Kind, Stance

NAMES = (
    "likely", "likely before resolving", "cue agrees", "holder is its subject", "cue disagrees", "cue is negated",
    "words hint", "words hint and holder speaks", "holder's sentence", "holder says it", "somebody else says it",
    "holder's other stance", "another's same stance", "holder's likeliest", "likeliest of its stance", "pronoun",
    "role noun", "speaker's I", "next sentence", "resolved", "quoted", "shared", "agency", "person",
    "state",
    "evidence", "topic", "length", "rule says the same", "rule says another holds it", "rule says another stance",
    *(str(stance) for stance in STANCES),
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """What the claims of a sentence are judged beside: their page, each other, the cues, and what rules read there."""

    roster: Roster
    marks: Marks
    told: Told
    peers: list[Claim]
    signs: list[Sign]
    plain: list[Reading]

    @cached_property
    def hint(self) -> Stance | None:
        """The stance that the sentence's words hint at."""
        sentence = self.peers[0].sentence
        found = stance_of(self.roster.page.text[sentence.start : sentence.end])
        return found[0] if found else None

    @cached_property
    def voices(self) -> list[Voice]:
        """Who speaks in the sentence."""
        return [voice for voice in self.told.voices if voice.at is self.peers[0].sentence]

    @cached_property
    def says(self) -> Speaker:
        """Whose words the sentence's middle is."""
        sentence = self.peers[0].sentence
        return speaker_at(self.told, self.roster, (sentence.start + sentence.end) // 2)


def features(claim: Claim, scene: Scene) -> list[float]:
    """The NAMES of a claim as numbers."""
    page, sentence, by = scene.roster.page, claim.sentence, claim.by
    agreeing = [sign for sign in scene.signs if sign.stance is claim.stance and not sign.negated]
    position = page.token_at(by.start)
    is_subject = by.offset == 0 and any(
        position < sign.at and not any(m.draft is not claim.holder for m in scene.roster.within(position + 1, sign.at))
        for sign in agreeing
    )
    speaks = any(claim.holder in voice.speaker.drafts for voice in scene.voices)
    says = claim.holder in scene.says.drafts
    hints = scene.hint is claim.stance
    mine = max(
        (o.likely for o in scene.peers if o.holder is claim.holder and o.stance is not claim.stance), default=0.0
    )
    others = max(
        (o.likely for o in scene.peers if o.holder is not claim.holder and o.stance is claim.stance), default=0.0
    )
    count = sentence.last - sentence.first
    topic = _sigmoid(float(scene.marks.about(claim.asked, claim.at, claim.at + len(claim.words)).max()))
    same_stance = [one for one in scene.plain if one.stance is claim.stance]
    others_stance = [one for one in scene.plain if one.stance is not claim.stance and one.holder is claim.holder]
    values = [
        _logit(claim.likely), _logit(claim.likely / max(by.speaker.sure, 0.1)), bool(agreeing), is_subject,
        not agreeing and any(not sign.negated for sign in scene.signs),
        any(sign.negated for sign in scene.signs if sign.stance is claim.stance),
        hints, hints and (speaks or says), speaks, says, bool(scene.voices) and not speaks and not says,
        _logit(mine), _logit(others), claim.likely > mine, claim.likely > others,
        by.kind == PRONOUN, by.kind == ROLE, by.kind == SELF, by.offset != 0, by.speaker.sure,
        page.quoted[sentence.first : sentence.last].count(1) > count / 2, claim.also > 1,
        0.7 if by.kind in (PRONOUN, ROLE, SELF) else scene.marks.agency(by.start, by.end),
        claim.holder.kind is Kind.PERSON, claim.holder.kind is Kind.STATE,
        float(claim.evidence.max()), topic, math.log(count + 1),
        max((one.confidence for one in same_stance if one.holder is claim.holder), default=0.0),
        max((one.confidence for one in same_stance if one.holder is not claim.holder), default=0.0),
        max((one.confidence for one in others_stance), default=0.0),
        *(claim.stance is stance for stance in STANCES),
    ]  # fmt: skip
    return [float(value) for value in values]


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[float, ...], float]:
    table = json.loads((MODEL / "confidence.json").read_text(encoding="utf-8"))
    return tuple(float(table[name]) for name in NAMES), float(table["constant"])


def confidence(values: list[float]) -> float:
    """How sure a claim with these features is, 0 to 1."""
    weights, constant = _weights()
    return _sigmoid(constant + sum(map(mul, weights, values)))


def _sigmoid(logit: float) -> float:
    """The probability of a logit."""
    return 1 / (1 + math.exp(-logit))


def _logit(share: float) -> float:
    held = min(max(share, 0.002), 0.998)
    return math.log(held / (1 - held))
