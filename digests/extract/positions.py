"""Positions: claims that are likely enough, with their evidence, issue, target, mode and condition.

What the encoder proposes is turned down here where a rule knows better: declining to comment, a denied cue, a
holder that is nobody by name.
"""

import re
from dataclasses import replace
from itertools import takewhile

from digests.extract.claims import Claim
from digests.extract.confidence import Scene, confidence, features
from digests.extract.cues import Sign
from digests.extract.evidence import evidence_of, quote_in
from digests.extract.lexis import Lexis
from digests.extract.marks import Marks
from digests.extract.plain import DISBELIEF, plain_positions
from digests.extract.readings import MOST, UNREADABLE, Reading, within, without_doubles
from digests.extract.roster import Draft, Roster, person_state
from digests.extract.signs import CONDITION, is_background
from digests.extract.targets import is_mutual
from digests.extract.themes import Themes
from digests.extract.topics import topics_of
from digests.extract.usage import usage
from digests.extract.voices import Told
from digests.languages import en_grammar as grammar
from digests.models import Evidence, Kind, Mode, Stance

LIKELY = 0.24
"""Claims less sure than this are left out: the floor with the best F1 on articles held back."""


def find_positions(roster: Roster, marks: Marks, told: Told, claims: list[Claim], text_at: int) -> list[Reading]:
    """All positions of the page, the doubtful ones too: their confidence tells. The text begins at `text_at`."""
    plain = plain_positions(roster, text_at)
    themes = Themes(Lexis(roster.page, marks, text_at, usage()), claims)
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.sentence.first, []).append(claim)
    claimed: list[tuple[Reading, float]] = []
    for peers in by_sentence.values():
        sentence = peers[0].sentence
        beside = within(plain, sentence.start, sentence.end, text_at)
        scene = Scene(roster, marks, told, peers, themes.signs_of(sentence), beside)
        for claim in peers:
            sure = confidence(features(claim, scene))
            if sure >= LIKELY and not _is_denied(claim, scene.signs):
                sure = min(sure, UNREADABLE) if _is_torn(scene, claim) else sure
                reading = _reading(scene, themes, claim, sure)
                if reading is not None:
                    claimed.append((reading, sure))
    joined = [*_confirmed(plain, claimed), *(_cautious(one) for one, _ in claimed if not _is_corrected(one, plain))]
    kept = without_doubles(sorted(joined, key=lambda r: (-r.confidence, r.evidence.start))[:MOST])
    return _without_echoes(kept)


ALONE, CAUTION = 0.8, 0.18
"""What a cue's position is worth beside what it was worth by itself, where the encoder claims nothing like it; and what
is taken off a claim that no cue shows, so that the floor shows those of which three in four were right.
"""


def _confirmed(plain: list[Reading], claimed: list[tuple[Reading, float]]) -> list[Reading]:
    """What a cue shows, as sure as the cue and the encoder's claim of the same are together (their geometric mean)."""
    found = []
    for one in plain:
        same = [sure for other, sure in claimed if other.holder is one.holder and _meets(one, other)]
        cap = UNREADABLE if one.confidence <= UNREADABLE else 1.0
        sure = max(one.confidence * ALONE, (one.confidence * max(same, default=0.0)) ** 0.5)
        found.append(replace(one, confidence=round(min(sure, cap), 3)))
    return found


def _is_corrected(one: Reading, plain: list[Reading]) -> bool:
    """Whether what is pledged is harm: "vowed to retaliate" threatens."""
    return one.stance is Stance.COMMITS and any(
        other.stance is Stance.THREATENS and other.holder is one.holder and _overlaps(one, other) for other in plain
    )


def _cautious(one: Reading) -> Reading:
    return replace(one, confidence=round(max(0.0, one.confidence - CAUTION), 3))


def _meets(one: Reading, other: Reading) -> bool:
    """Whether two readings are of one stance in one place."""
    return one.stance is other.stance and _overlaps(one, other)


def _overlaps(one: Reading, other: Reading) -> bool:
    meet = min(one.evidence.end, other.evidence.end) - max(one.evidence.start, other.evidence.start)
    return one.evidence.where == other.evidence.where and meet > 0


def _reading(scene: Scene, themes: Themes, claim: Claim, sure: float) -> Reading | None:
    page, text_at = themes.lexis.page, themes.lexis.text_at
    if claim.sentence.start < text_at:
        return None  # headlines leave out what tells who does what: only a plain cue is believed there
    evidence = evidence_of(page, claim, text_at)
    issue, own_issue = topics_of(themes, claim, scene.signs, evidence)
    if issue.is_borrowed and own_issue.reads and sure - CAUTION > UNREADABLE:
        issue = own_issue
    if not issue.text:
        return None
    own = any(form in issue.text for form in claim.holder.forms)  # "Israel rejects talks with Israel"
    doubts = (_is_pointed, _is_anothers, _is_supposed, _is_untargeted, _is_nobodys)
    if (
        not issue.reads
        or _is_misread(scene, claim, issue.text)
        or issue.is_borrowed
        or own
        or _is_anonymous(claim.holder)
        or any(doubt(scene, claim) for doubt in doubts)
    ):
        sure = min(sure, UNREADABLE)
    quote = quote_in(page, evidence, text_at)
    mode: Mode = (
        "direct" if quote is not None
        else "indirect" if _is_said(scene.roster, claim) else "narrated"
    )  # fmt: skip
    return Reading(
        claim.holder, claim.stance, issue.text, claim.target, evidence, quote, mode,
        ("claim", str(claim.stance)), round(sure, 3),
        _is_conditional(themes, claim, evidence), False,
        is_background(page, claim.sentence),
    )  # fmt: skip


def _is_conditional(themes: Themes, claim: Claim, evidence: Evidence) -> bool:
    """Whether the words shown, what follows them up to a mark, or the sentence's beginning say on what condition."""
    page = themes.lexis.page
    shift = themes.lexis.text_at if evidence.where == "text" else 0
    start, end = evidence.start + shift, evidence.end + shift
    sentence = page.text[claim.sentence.start : claim.sentence.end]
    rest = re.split(r"[,;:.]", page.text[end : claim.sentence.end], maxsplit=1)[0]
    is_first = sentence.lstrip("“\"‘'").lower().startswith(("if ", "unless ", "until ", "once "))
    return is_first or bool(CONDITION.search(page.text[start:end] + rest))


def _is_denied(claim: Claim, signs: list[Sign]) -> bool:
    """Whether every cue of this stance in the sentence is negated: "did not oppose the sale"."""
    mine = [sign.negated for sign in signs if sign.stance is claim.stance]
    return bool(mine) and all(mine)


def _is_pointed(scene: Scene, claim: Claim) -> bool:
    """Whether the cue of the stance is about an "it" of another sentence: "supported it, but later changed course"."""
    tokens = scene.roster.page.tokens
    ends = [sign.end for sign in scene.signs if sign.stance is claim.stance and sign.end + 1 < len(tokens)]
    return any(tokens[k].lower in _POINTING and not tokens[k + 1].is_word for k in ends)


_POINTING = frozenset(["it", "them", "this", "that", "him", "her"])


def _is_torn(scene: Scene, claim: Claim) -> bool:
    """Whether an "it" takes the stance for which two bodies of its sentence stand: grammar does not tell which."""
    tokens, first = scene.roster.page.tokens, claim.sentence.first
    for sign in scene.signs:
        if sign.stance is claim.stance and sign.at > first and tokens[sign.at - 1].lower == "it":
            before = scene.roster.within(first, sign.at - 1)
            return len({id(one.draft) for one in before if one.draft.kind is not Kind.PERSON}) > 1
    return False


def _is_anothers(scene: Scene, claim: Claim) -> bool:
    """Whether the holder only tells of another's stance, that is not the own state's: "Trump said India had committed
    to it".
    """
    roster, by = scene.roster, claim.by
    page = roster.page
    if by.offset != 0:
        return False
    first = page.token_at(by.end - 1) + 1
    for sign in scene.signs:
        said = [k for k in range(first, sign.at) if page.tokens[k].lower in _TELLING]
        if sign.stance is claim.stance and said:
            inner = roster.within(said[0] + 1, sign.at)
            others = [one for one in inner[-1:] if not one.weak and one.draft is not claim.holder]
            if others and sign.at - others[0].last <= 2 and others[0].draft.name != person_state(claim.holder):
                return True
    return False


_TELLING = frozenset(["said", "says", "say", "told", "claimed", "added", "noted", "announced", "explained", "stated"])


def _is_supposed(scene: Scene, claim: Claim) -> bool:
    """Whether the sentence begins with an "if" and no cue shows the stance: a supposition is nobody's stance."""
    tokens = scene.roster.page.tokens[claim.sentence.first : claim.sentence.first + 2]
    return "if" in {token.lower for token in tokens} and not any(s.stance is claim.stance for s in scene.signs)


def _is_untargeted(scene: Scene, claim: Claim) -> bool:
    """Whether somebody is accused of whom it is not known who it is: what is left says something else."""
    accusing = [sign.end for sign in scene.signs if sign.lemma == "accuse"]
    each = claim.also == 2 and any(is_mutual(scene.roster.page, end) for end in accusing)
    return claim.stance is Stance.ACCUSES and claim.target is None and bool(accusing) and not each


def _is_nobodys(scene: Scene, claim: Claim) -> bool:
    """Whether all that shows the stance is a refusal of somebody who is not named: "a tour that began with a public
    refusal in Tel Aviv".
    """
    tokens, span = scene.roster.page.tokens, range(claim.sentence.first + 2, claim.sentence.last)
    refusals = {k for k in span if tokens[k].lower in ("refusal", "rejection")}
    nobodys = {k for k in refusals if {"a", "an"} & {tokens[k - 1].lower, tokens[k - 2].lower}}
    mine = {sign.at for sign in scene.signs if sign.stance is claim.stance}
    return claim.stance is Stance.REJECTS and bool(nobodys) and mine <= nobodys


def _is_misread(scene: Scene, claim: Claim, issue: str) -> bool:
    """Whether a phrase would say something else after the stance: of "fears that it will" no "doubts that it will", of
    thanks no support, of "accused Israel of bombing and demanded" no demand.
    """
    lemmas = {sign.lemma for sign in scene.signs}
    if claim.stance is Stance.DOUBTS and issue.startswith("that "):
        return not lemmas & DISBELIEF
    shown = any(sign.stance is claim.stance for sign in scene.signs)
    if claim.stance in _REFUSING and not shown and any(s.negated and s.stance in _REFUSING for s in scene.signs):
        return True  # "it does not oppose the sale"
    words = issue.split()
    named = len(list(takewhile(lambda word: word[0].isupper(), words)))
    if claim.stance is Stance.PROPOSES and named and words[named : named + 1] == ["to"]:
        return True  # "invited Modi to the summit"
    if claim.stance is Stance.ACCUSES and "blame" in lemmas and "on" in words and not _is_for(scene):
        return True  # "blamed his behaviour on an illness"
    if claim.stance is Stance.SUPPORTS and "thank" in lemmas:
        thanked = {sign.lemma for sign in scene.signs if sign.stance is Stance.SUPPORTS}
        return thanked == {"thank"} or all(word[0].isupper() for word in words)
    if claim.stance is Stance.REJECTS and "not" in words:
        return True
    name, _, deed = issue.partition(" of ")
    return claim.stance is Stance.DEMANDS and name.istitle() and deed.split(" ", 1)[0].endswith("ing")


_REFUSING = frozenset({Stance.DENIES, Stance.REJECTS, Stance.OPPOSES})


def _is_for(scene: Scene) -> bool:
    """Whether a "for" says what somebody is blamed for, before any "on"."""
    tokens, sentence = scene.roster.page.tokens, scene.peers[0].sentence
    after = (sign.end for sign in scene.signs if sign.lemma == "blame")
    following = [tokens[k].lower for k in range(next(after, sentence.last), sentence.last)]
    return next((word for word in following if word in ("for", "on")), "") == "for"


def _is_said(roster: Roster, claim: Claim) -> bool:
    words = [token.lower for token in roster.page.tokens[claim.sentence.first : claim.sentence.last]]
    return any(word in grammar.SAYING or word in ("said", "says", "told", "according") for word in words)


def _without_echoes(readings: list[Reading]) -> list[Reading]:
    """A headline's position only where the text shows none of that holder and stance."""
    shown = {(id(one.holder), one.stance) for one in readings if one.evidence.where == "text"}
    return [one for one in readings if one.evidence.where == "text" or (id(one.holder), one.stance) not in shown]


def _is_anonymous(holder: Draft) -> bool:
    """Whether the holder is a body whose name does not say whose it is: "the Foreign Ministry"."""
    return holder.state is None and holder.name.lower().removeprefix("the ") in grammar.ANYBODYS
