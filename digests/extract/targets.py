"""Whom a stance is directed at: the accused, the asked, the threatened, the one whose plan it is.

Nobody rather than a guess.
"""

from digests.extract.known import Look, known_at
from digests.extract.roster import Draft, Mention, Roster
from digests.extract.sentences import Page
from digests.extract.statements import Statement
from digests.languages import en_grammar as grammar
from digests.languages.en_verbs import PLAIN
from digests.models import Kind, Stance

_GIVEN = frozenset(
    ["apology", "answers", "explanation", "assurances", "guarantees", "concessions", "compensation", "commitment"]
)
_BEFORE_ISSUE = ("of", "for", "to", "over", "that", "not", "against", "on")


def target_of(roster: Roster, statement: Statement, stance: Stance) -> Draft | None:
    """The target of a statement's stance, or None."""
    found = statement.found
    if found.kind == "passive":
        mentions = roster.within(found.sentence.first, found.group.first)
        return mentions[-1].draft if mentions and mentions[-1].last == found.group.first else None
    if (blamed := _blamed(roster, statement)) is not None:
        return blamed[1].draft
    draft = _DIRECTED.get(stance, _whose)(roster, found.body, found.end)
    if draft is None and stance is Stance.ACCUSES and found.cue.lemma != "accuse":
        draft = _adjective(roster, found.body, found.end) or _doer(roster, found.body, found.end)
    return None if draft is None or any(draft is holder for holder in statement.speaker.drafts) else draft


_ACCUSING = frozenset(["accuse", "blame"])


def is_mutual(page: Page, index: int) -> bool:
    """Whether the token at `index` begins "each other" or "one another"."""
    return [token.lower for token in page.tokens[index : index + 2]] in (["each", "other"], ["one", "another"])


def issue_tokens(roster: Roster, statement: Statement, target: Draft | None) -> tuple[int, int]:
    """Where the issue's words are: after the target and its preposition, or right after the cue."""
    found = statement.found
    first, last = found.body, found.end
    if (blamed := _blamed(roster, statement)) is not None and blamed[1].draft is target:
        return first, blamed[0]
    mention = _slot(roster, first, last)
    if mention is None or mention.draft is not target:
        return first, last
    if roster.owns(mention) or (found.cue.lemma not in _ACCUSING and _qualifies(roster, mention, last)):
        return mention.first, last
    if statement.found.cue.stance is Stance.DEMANDS and mention.last < last and _starts_verb(roster, mention.last):
        return mention.last, last
    if any(roster.page.tokens[k].lower == "that" for k in range(first - 1, mention.first)):
        return first, last
    for index in range(mention.last, min(mention.last + 4, last)):
        if roster.page.tokens[index].lower in _BEFORE_ISSUE:
            return (index + 1 if _is_carried(roster, mention.last, index) else mention.last), last
    return first, last


def _qualifies(roster: Roster, mention: Mention, last: int) -> bool:
    """Whether an acronym only says whose the noun behind it is: "the US campaign against drug cartels"."""
    tokens = roster.page.tokens
    if mention.last >= last or not tokens[mention.last - 1].text.replace(".", "").isupper():
        return False
    after = tokens[mention.last]
    is_noun = after.is_word and after.text.islower() and after.lower not in grammar.PREPOSITIONS | grammar.BOUNDARIES
    small = after.lower in {"to", "and", "or", "as", "not"} | grammar.FINITE_AUXILIARIES
    return is_noun and not small and not _starts_verb(roster, mention.last)


def _blamed(roster: Roster, statement: Statement) -> tuple[int, Mention] | None:
    """The "on" and who follows it in "blamed the blast on Hamas"."""
    found, tokens = statement.found, roster.page.tokens
    first, last = found.body, found.end
    if found.cue.lemma != "blame" or found.kind == "passive" or _slot(roster, first, last) is not None:
        return None
    for index in range(last - 2, first, -1):
        if tokens[index].lower == "on" and (mention := _slot(roster, index + 1, last)) is not None:
            return index, mention
    return None


def _is_carried(roster: Roster, first: int, last: int) -> bool:
    """Whether a target's preposition follows it: in "U.S. curbs on chips" the stance is about what stands between."""
    between = [token.lower for token in roster.page.tokens[first:last] if token.text.islower()]
    return all(word in grammar.CARRIERS | grammar.ADVERBS or word.endswith("ly") for word in between)


def _starts_verb(roster: Roster, index: int) -> bool:
    word = roster.page.tokens[index].lower
    return word in PLAIN or word in grammar.ADVERBS


def _slot(roster: Roster, first: int, last: int) -> Mention | None:
    """The mention right after the cue, with nothing but small words, titles and capitals before it."""
    tokens = roster.page.tokens
    for mention in roster.within(first, min(first + 8, last)):
        between = range(first, mention.first)
        if all(tokens[k].lower in grammar.BEFORE_TARGET | {"that"} or not tokens[k].text.islower() for k in between):
            return mention
        return None
    return None


def _asked(roster: Roster, first: int, last: int) -> Draft | None:
    """ "urged Israel to", "called on Israel for", "demanded an apology from Israel"; not "Israel's withdrawal"."""
    tokens = roster.page.tokens
    mention = _slot(roster, first, last)
    if mention is not None and not roster.owns(mention):
        after = tokens[mention.last] if mention.last < last else None
        if after is None or after.lower in _BEFORE_ISSUE or not after.is_word or _starts_verb(roster, mention.last):
            return mention.draft
    for index in range(first + 1, min(first + 8, last - 1)):
        if tokens[index].lower == "from" and tokens[index - 1].lower in _GIVEN:
            near = _slot(roster, index, last)
            return near.draft if near is not None else None
    return None


def _accused(roster: Roster, first: int, last: int) -> Draft | None:
    """ "accused Israel of", "condemned Israel's strike", but not "condemned Gourdel's killing"."""
    tokens = roster.page.tokens
    mention = _slot(roster, first, last)
    if mention is None or mention.last >= last:
        return mention.draft if mention is not None else None
    after = tokens[mention.last + roster.owns(mention)] if mention.last + 1 < last else tokens[mention.last]
    suffers = after.lower in grammar.SUFFERED or (mention.draft.kind is Kind.PERSON and not _ends(roster, mention))
    return None if suffers else mention.draft


def _ends(roster: Roster, mention: Mention) -> bool:
    """Whether a mention ends its phrase or owns what follows: no "Gourdel killing"."""
    after = roster.page.tokens[mention.last]
    return (
        not after.is_word
        or after.lower in grammar.PREPOSITIONS | {"'s", "’s", "and", "as", "that"}
        or _is_day(after.lower)
    )


def _is_day(word: str) -> bool:
    return word in grammar.ISSUE_DAYS


def _adjective(roster: Roster, first: int, last: int) -> Draft | None:
    """ "condemned the Israeli strike"."""
    tokens = roster.page.tokens
    for index in range(first, min(first + 4, last)):
        known = known_at(tokens, index, last)
        if known is not None and known[1][0] is Look.ADJECTIVE:
            return _state(roster, known[1][1])
        if not (tokens[index].lower in grammar.ISSUE_LEADING or tokens[index].lower in grammar.STRONG):
            break
    return None


def _doer(roster: Roster, first: int, last: int) -> Draft | None:
    """The actor after "by" in the content's first words."""
    tokens = roster.page.tokens
    for index in range(first, min(first + 10, last - 1)):
        if tokens[index].text in grammar.MARKS and tokens[index].text not in '“”"-':
            return None
        if tokens[index].lower == "by":
            mention = _slot(roster, index, last)
            return mention.draft if mention is not None else None
    return None


def _state(roster: Roster, name: str) -> Draft | None:
    return next((draft for draft in roster.drafts if draft.kind is Kind.STATE and draft.name == name), None)


def _threatened(roster: Roster, first: int, last: int) -> Draft | None:
    """ "threatened Iran with", "threatened to attack Iran", "action against Iran"."""
    tokens = roster.page.tokens
    for mention in roster.within(first, min(first + 7, last)):
        before = tokens[mention.first - 1].lower
        if before == "the":
            before = tokens[mention.first - 2].lower
        return mention.draft if before not in grammar.PREPOSITIONS - {"against", "on", "with"} else None
    return None


def _whose(roster: Roster, first: int, last: int) -> Draft | None:
    """ "supports Sweden's bid", "rejected the U.S. call", "welcomed the offer by Egypt"."""
    mention = _slot(roster, first, last)
    return mention.draft if mention is not None else _doer(roster, first, last)


def _hit(roster: Roster, first: int, last: int) -> Draft | None:
    """ "recalled its ambassador from Tel Aviv", "imposed sanctions on Iran"."""
    tokens = roster.page.tokens
    for mention in roster.within(first, min(first + 9, last)):
        if tokens[mention.first - 1].lower in ("to", "from", "on", "against"):
            return mention.draft
    return _whose(roster, first, last)


_DIRECTED = {Stance.COMMITS: _hit, Stance.DEMANDS: _asked, Stance.ACCUSES: _accused, Stance.THREATENS: _threatened}
