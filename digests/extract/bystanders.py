"""Names that only stand in a text: places, credited reporters, outlets that report. They are no actors of it."""

import re

from digests.extract.roster import Mention
from digests.extract.sentences import Page
from digests.languages import en
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms

_CREDITS = re.compile(en.CREDITS)
MEDIA = en.MEDIA


def is_agent(page: Page, mention: Mention) -> bool:
    """Whether a state acts here, and is no mere place ("in Iraq") or adjective ("U.S. troops")."""
    tokens = page.tokens
    before = tokens[mention.first - 1].lower if mention.first else ""
    if before == "the" and mention.first > 1:
        before = tokens[mention.first - 2].lower
    if tokens[mention.first].text in ("U.S.", "US", "UK", "U.K.") and mention.last - mention.first == 1:
        after = tokens[mention.last] if mention.last < len(tokens) else None
        if after and after.text.isalpha() and after.lower not in verb_forms() and after.lower not in _AFTER_STATE:
            return False
    return before not in grammar.PLACING


_AFTER_STATE = grammar.FINITE_AUXILIARIES | en.FUNCTION_WORDS


def in_credit(page: Page, mention: Mention) -> bool:
    """Whether a credit names it: a photographer, a contributing reporter."""
    sentence = page.sentence_at(page.tokens[mention.first].start)
    before = page.words(max(0, mention.first - 3), mention.first)
    if before.endswith(("'s", "’s")) and any(outlet in before for outlet in MEDIA):
        return True
    text = page.text[sentence.start : sentence.end]
    return bool(_CREDITS.search(text)) or _is_byline(page, sentence.first, sentence.last)


def _is_byline(page: Page, first: int, last: int) -> bool:
    """A line of nothing but names: "Ann Smith and John Doe"."""
    tokens = page.tokens[first:last]
    if not tokens or tokens[-1].text in '.!?”"' or len(tokens) > 16:
        return False
    return all(token.is_capital or not token.is_word or token.lower in ("and", "by", "in") for token in tokens)


def media_acts(page: Page, mention: Mention) -> bool:
    """Whether an outlet is cited as one that reported."""
    tokens = page.tokens
    after = [t.lower for t in tokens[mention.last : mention.last + 2]]
    before = [t.lower for t in tokens[max(0, mention.first - 3) : mention.first]]
    if any(
        word in ("contributed", "contributing") for word in (t.lower for t in tokens[mention.last : mention.last + 9])
    ):
        return False
    return bool(after and after[0] in ("reported", "said", "reports", "says", "quoted")) or before[-2:] == [
        "according",
        "to",
    ]
