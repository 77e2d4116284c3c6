"""How sure a rule is, from 0 to 1: the share of its positions that were right on articles annotated for tuning."""

from digests.models import Stance

BY_KIND = {"verb": 0.65, "participle": 0.5, "passive": 0.5, "adjective": 0.6, "noun": 0.55, "quoted": 0.3, "said": 0.35}
"""By how the cue was found; a quotation's words and plain reported speech say least."""

BY_LEMMA: dict[str, float] = {}
"""By cue, where the annotated articles tell it apart from its kind."""

BY_CONTENT: dict[tuple[str, Stance], float] = {}


def confidence(kind: str, lemma: str, stance: Stance, sure: float, *, hypothetical: bool, negated: bool) -> float:
    """Confidence of a position read from a cue `lemma` found as `kind`, its holder known with `sure`."""
    base = BY_LEMMA.get(f"{lemma}", BY_CONTENT.get((kind, stance), BY_KIND.get(kind, 0.4)))
    base *= sure
    if hypothetical:
        base *= 0.8
    if negated:
        base *= 0.7
    return round(max(0.0, min(1.0, base)), 3)
