"""Positions in headlines ("Iran rejects talks"): of actors that the text names too, and what it does not show."""

from dataclasses import replace

from digests.extract.actors import roster_of_title
from digests.extract.attributions import find_cues
from digests.extract.names import find_names
from digests.extract.positions import find_positions
from digests.extract.readings import Reading
from digests.extract.roster import Roster
from digests.extract.sentences import Page, open_page
from digests.extract.statements import find_statements

LONG = 1500
"""Characters of a text that says itself what its headline says."""

WORTH = 0.75
"""A headline is shorter than the truth: how much its position is worth beside the same words in a text."""


def from_title(title: str, roster: Roster, known: list[Reading]) -> list[Reading]:
    """Positions that only the title shows; their evidence lies in it and they have no quotation."""
    # A participle in a headline is a passive: in "Israel condemned for strike" others condemn.
    page = open_page(title)
    if not page.tokens or len(roster.page.text) > LONG or _is_title_case(page):
        return []
    own = roster_of_title(page, find_names(page), roster)
    cues = [cue for cue in find_cues(page) if not page.tokens[cue.group.head].lower.endswith("ed")]
    found = find_positions(own, find_statements(own, cues), [])
    shown = {(id(reading.holder), reading.stance) for reading in known}
    return [
        replace(reading, evidence=replace(reading.evidence, where="title"), quote=None,
                confidence=round(reading.confidence * WORTH, 3))
        for reading in found if (id(reading.holder), reading.stance) not in shown
    ]  # fmt: skip


def _is_title_case(page: Page) -> bool:
    """Whether Most Words Have Capitals, so that names cannot be told from words."""
    words = [token for token in page.tokens[1:] if token.is_word and len(token.text) > 3]
    return len(words) > 3 and sum(token.is_capital for token in words) > 0.7 * len(words)
