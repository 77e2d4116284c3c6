"""How likely words of an article are a claim's issue."""

import json

import numpy as np
import pytest

from digests.extract.actors import build_roster
from digests.extract.claims import find_claims
from digests.extract.encoder import MODEL, Encoder
from digests.extract.evidence import evidence_of
from digests.extract.heads import Heads, sigmoid
from digests.extract.lexis import Lexis
from digests.extract.marks import Marks
from digests.extract.names import find_names
from digests.extract.sentences import open_page
from digests.extract.themes import WORDS, Themes
from digests.extract.usage import Usage, usage
from digests.extract.voices import find_voices

TEXT = (
    "Turkey on Monday rejected the Swedish offer of talks over the strait. Its foreign minister said that Ankara "
    "demands an unconditional ceasefire. Sweden supports a humanitarian pause, and Israel opposes it."
)


def themes() -> tuple[Themes, list]:
    page = open_page(TEXT)
    marks = Marks(Encoder().encode([TEXT])[0], Heads())
    roster = build_roster(page, find_names(page, marks.names()), marks.agency)
    claims = find_claims(roster, marks, find_voices(roster, marks.attributions()))
    return Themes(Lexis(page, marks, 0, usage()), claims), claims


def test_what_is_learnt_from_is_what_is_reckoned_with() -> None:
    found, claims = themes()
    table = json.loads((MODEL / "topics.json").read_text(encoding="utf-8"))
    weights = np.array([table[name] for name in WORDS], np.float32)
    likely = [claim for claim in claims if claim.likely > 0.2]
    assert likely
    for claim in likely:
        asked = (claim, found.signs_of(claim.sentence), evidence_of(found.lexis.page, claim, 0))
        whole = sigmoid(found.features(*asked) @ weights + np.float32(table["constant"]))
        np.testing.assert_allclose(found.likely(*asked), whole, atol=1e-4)


def test_the_words_of_the_matter_are_likelier_than_the_others() -> None:
    found, claims = themes()
    claim = max((one for one in claims if one.holder.name == "Turkey"), key=lambda one: one.likely)
    likely = found.likely(claim, found.signs_of(claim.sentence), evidence_of(found.lexis.page, claim, 0))
    by_stem = dict(zip(found.lexis.known, likely.tolist(), strict=True))
    assert by_stem["talk"] > by_stem["monday"]


def test_an_unknown_word_is_rare_and_seldom_an_issues() -> None:
    rare, wont = Usage(99, {"ceasefire": (40, 30), "monday": (80, 0)}).of(["ceasefire", "monday", "zugzwang"])
    assert rare.argmax() == 2
    assert wont[0] == pytest.approx(np.log(30.5 / 14.5), abs=1e-5)
    assert wont[0] > wont[2] > wont[1]
