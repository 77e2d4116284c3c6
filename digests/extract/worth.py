"""What a cue of the table is worth, from 0 to 1: how often its positions were right on articles annotated for
tuning.
"""

_TABLE = """
0.85 condemn deny urge blame accuse demand denounce
0.8 call threaten oppose insist welcome
0.75 express impose pledge reject refuse criticise criticize expel
0.65 vow support back endorse defend rule dismiss advocate veto refute appeal press pressure implore
0.65 propose voice withdraw
0.55 promise agree offer decline request push protest object doubt recall applaud hail slam blast rebuke
0.55 lambast lambaste decry
0.45 praise thank ask want order encourage accept approve sign sanction deploy ban block suspend cancel
0.45 abandon quit resist
0.4 question fear worry seek embrace celebrate commend tout credit lash scold regret complain mock
0.4 boycott snub shun allege
0.35 warn suggest invite float launch fire tell stress emphasise emphasize recommend require instruct
0.35 wonder
0.35 bar scrap pull walk abstain swear undertake ready willing prepared open freeze cut sever attribute
0.35 brand
"""

BY_LEMMA = {word: float(line.split()[0]) for line in _TABLE.strip().splitlines() for word in line.split()[1:]}
FACTOR = {"participle": 0.85, "passive": 0.7, "infinitive": 0.6, "noun": 0.75, "adjective": 1.1}
"""How much a cue is worth that was found in another shape than a plain verb."""


def worth(kind: str, lemma: str, sure: float, *, hypothetical: bool, negated: bool) -> float:
    """Confidence of a position read from a cue `lemma` found as `kind`, its holder known with `sure`."""
    base = BY_LEMMA.get(lemma, 0.5) * FACTOR.get(kind, 1.0) * sure
    if hypothetical:
        base *= 0.6
    if negated:
        base *= 0.7
    return round(max(0.0, min(1.0, base)), 3)
