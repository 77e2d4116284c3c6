"""What a stance is about: a whole phrase cut from the content, the same for the same issue across an article.

An issue is a noun phrase ("humanitarian pause in Gaza"), or opens with a base form after demands and threats ("lift the
siege") or with a gerund after other stances ("extending naval escorts"), or is a clause after denials and doubts ("that
the tour had been a failure"). Which words make it is told by themes.py and topics.py.
"""

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from itertools import pairwise

from digests.extract.opening import Opening, names_attack, open_issue
from digests.extract.sentences import Page, lower_of
from digests.languages import en
from digests.languages import en_grammar as grammar
from digests.languages.en_verbs import PLAIN, is_verb_phrase
from digests.languages.world import adjective_states
from digests.models import Stance

LONGEST = 10
"""Words that an issue may have; a longer one is cut where a phrase ends."""

_NO_END = grammar.ISSUE_LEADING | grammar.PREPOSITIONS | grammar.ISSUE_OPEN
_STOPS = grammar.BOUNDARIES | frozenset(["after", "before", "amid", "during", "following"])
_OBJECTS = frozenset(["it", "them", "him", "her", "us", "so", "more", "through", "in", "out", "up", "down", "off"])
_BREAKS = (grammar.PREPOSITIONS - {"of"}) | {"and", "or", "to", "as"}


@dataclass(frozen=True, slots=True)
class Issue:
    """A phrase; `reads` is False when it is cut, vague or no English after its stance."""

    text: str
    reads: bool
    is_borrowed: bool = False


def issue_of(page: Page, first: int, last: int, stance: Stance, lemma: str = "") -> Issue:
    """The issue in tokens `first` to `last` (exclusive), of a cue `lemma`; its text is "" when there is none."""
    if stance is Stance.ACCUSES:
        first = _after_accused(page, first, last)
    opening = open_issue(page, first, last, stance, lemma)
    end, whole = _end(page, opening, last, stance)
    end = _trimmed(page, opening.first, end, is_verb=opening.is_verb)
    if end <= opening.first:
        return Issue("", reads=False)
    opening = _with_article(page, _with_currency(page, opening), end)
    text = _clean(opening.words + page.text[page.tokens[opening.rest].start : page.tokens[end - 1].end]
                  if opening.rest < end else opening.words)  # fmt: skip
    return Issue(text[:120], whole and opening.reads and _reads(page, opening, end, text, stance))


def _after_accused(page: Page, first: int, last: int) -> int:
    """Past the accused and its "of" or "for": "the West of having sent grain" is about the grain."""
    for index in range(first + 1, min(first + 5, last - 1)):
        before = page.tokens[first:index]
        is_named = all(t.is_capital or t.lower in _ACCUSED for t in before)
        if is_named and page.tokens[index].lower in ("of", "for"):
            return index + 1
    return first


_ACCUSED = frozenset(["the", "each", "other", "one", "another"])


def _end(page: Page, opening: Opening, last: int, stance: Stance) -> tuple[int, bool]:
    """Where the phrase ends, and whether it is whole there."""
    tokens, end, words, breaks = page.tokens, opening.first, 0, [(opening.first, 0)]
    while end < last:
        token = tokens[end]
        if token.text == "." and end > opening.first and tokens[end - 1].lower in grammar.ISSUE_TITLES:
            end += 1
            continue
        if _stops(page, opening, end, words):
            if stance in LIMITED and token.lower in grammar.UNTIL and end > opening.first:
                return _with_limit(page, opening.first, end, last)
            break
        is_least = token.lower == "at" and end + 1 < last and tokens[end + 1].lower in ("least", "most")
        if token.lower in _BREAKS and tokens[end - 1].lower not in _BREAKS and end > opening.first and not is_least:
            breaks.append((end, words))
        words += token.is_word and token.lower not in ("'s", "’s")
        end += 1
        if words > 24:
            break
    if words <= LONGEST:
        return end, True
    least = max(2, opening.least)
    fitting = [at for at, count in breaks if least <= count <= LONGEST and at > opening.rest]
    return (fitting[-1], True) if fitting else (min(end, opening.first + LONGEST), False)


LIMITED = frozenset({Stance.REJECTS, Stance.OPPOSES})
"""Stances whose issue keeps the clause that limits it."""


def _with_limit(page: Page, first: int, end: int, last: int) -> tuple[int, bool]:
    """The end of a phrase with the clause that limits it, and whether that is short enough: who rejects "talks before
    sanctions are lifted" does not reject talks.
    """
    tokens, rest = page.tokens, end
    while rest < last and tokens[rest].text not in grammar.MARKS and tokens[rest].text not in ".!?…•":
        rest += 1
    return (rest, True) if rest - first <= LONGEST else (end, False)


def _stops(page: Page, opening: Opening, index: int, words: int) -> bool:
    tokens = page.tokens
    token = tokens[index]
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if token.text == "," and tokens[index - 1].text.isdigit() and after is not None and after.text.isdigit():
        return after.start > token.end  # 1,200
    if token.text in grammar.MARKS and token.text not in '“”"-':
        return not is_joint(page, index)
    is_date = token.lower in grammar.ISSUE_DAYS and not names_attack(page, index)
    is_short = token.text == "." and tokens[index - 1].lower in grammar.ISSUE_DAYS and names_attack(page, index - 1)
    if (token.text in ".!?…•" and not is_short) or is_date or (token.text in ("‘",) and words > 0):
        return True
    if (
        token.lower in ("as", "so", "that")
        and words < 3
        and _is_vague(tokens[index - 1].lower)
        and index > opening.first
    ):
        return False  # "any step that would tie its hands"
    if token.lower == "as" and (opening.is_verb or tokens[opening.first].lower.endswith("ing")):
        return False
    if token.lower in _STOPS:
        return not (token.lower in ("that",) and opening.is_clause and index == opening.first)
    if token.lower in ("and", "or") and index > opening.first and _new_clause(page, index):
        return True
    return token.lower in ("again", "too") or (
        token.lower in ("last", "this", "next", "earlier") and _is_time(page, index)
    )


def is_joint(page: Page, index: int) -> bool:
    """Whether a dash joins two words: "Pakistan–Bangladesh"."""
    tokens = page.tokens
    inner = 0 < index < len(tokens) - 1 and tokens[index].text in "–—"
    return inner and tokens[index - 1].end == tokens[index].start and tokens[index].end == tokens[index + 1].start


def _new_clause(page: Page, index: int) -> bool:
    """Whether a verb with or without its subject follows "and" ("its programme and recently dispatched a carrier"), or
    another object of the cue with its preposition.
    """
    tokens = page.tokens
    following = [token.lower for token in tokens[index + 1 : index + 4]]
    if following[:1] in (["for"], ["that"], ["against"]):
        return True  # "called for an end to the siege and for the release of captives"
    while following and (following[0] in grammar.ADVERBS or following[0].endswith("ly")):
        following = following[1:]
    if not following:
        return True
    return (
        following[0]
        in grammar.PASTS | grammar.FINITE_AUXILIARIES | en.SPEECH | {"he", "she", "they", "it", "we", "now"}
        or (following[0].endswith("ed") and len(following) > 1 and following[1] in grammar.AFTER_PAST)
        or (len(following) > 1 and following[1] in grammar.FINITE_AUXILIARIES)
    )


def _is_time(page: Page, index: int) -> bool:
    following = page.tokens[index + 1].lower if index + 1 < len(page.tokens) else ""
    return following in ("week", "month", "year", "weekend", "day", "night", "morning", "summer", "autumn", "winter")


def _with_article(page: Page, opening: Opening, end: int) -> Opening:
    """A noun that would stand alone keeps its "the": "condemned the war" is not "condemned war"."""
    first = opening.first
    alone = end - first == 1 and not opening.words and first and page.tokens[first].text.islower()
    if alone and page.tokens[first - 1].lower in grammar.DETERMINERS:
        return replace(opening, first=first - 1, rest=first - 1)
    return opening


def _with_currency(page: Page, opening: Opening) -> Opening:
    """A sum keeps its sign: "pledged $1 billion in aid"."""
    first, tokens = opening.first, page.tokens
    is_sum = first and tokens[first - 1].text in _CURRENCIES and tokens[first - 1].end == tokens[first].start
    return replace(opening, first=first - 1, rest=first - 1) if is_sum and not opening.words else opening


_CURRENCIES = frozenset("$€£¥")


def _trimmed(page: Page, first: int, end: int, *, is_verb: bool) -> int:
    """The end without what leaves a phrase open: "a list of", "sale and"."""
    tokens = page.tokens
    while end > first and (tokens[end - 1].lower in _NO_END or not tokens[end - 1].is_word):
        acts = is_verb or (end - 3 > first and tokens[end - 3].lower == "to")  # "its allies to consult it"
        acts = acts or (end - 2 > first and tokens[end - 2].lower.endswith("ing"))  # "an opponent of insulting him"
        if acts and tokens[end - 1].lower in _OBJECTS and end - first > 1:
            break
        if tokens[end - 1].lower in ("'s", "’s"):
            break
        end -= 1
    after = tokens[end].lower if end < len(tokens) else ""
    if end - 1 > first and tokens[end - 1].lower in _SPANS and after in ("after", "before", "later", "ago", "earlier"):
        end -= 1  # "the ceasefire hours after it was agreed"
    if end - 2 > first and tokens[end - 1].lower.endswith("ed") and tokens[end - 2].lower in grammar.PREPOSITIONS:
        end -= 2  # "takeover of occupied"
    return end


_SPANS = frozenset(["minutes", "hours", "days", "weeks", "months", "years"])


def _clean(words: str) -> str:
    text = re.sub(r"[“”\"\u200b-\u200d\u2060]", "", " ".join(words.split()))
    text = re.sub(r" (?=['’]s\b)", "", text)  # "Orban 's bid", as some outlets set it
    text = re.sub(r"(?<=[^\Ws])'(?= |$)", "", text)
    text = re.sub(r"‘|(?<=\w)’(?!\w)|(?<!\w)’", "", text) if "‘" in text else text
    return re.sub(r"(?<!\w)'(?=\w)|(?<=\w)'(?!\w)", "", text) if re.search(r"(?<!\w)'(?=\w)", text) else text


def _is_vague(word: str) -> bool:
    return word in grammar.VAGUE


def _reads(page: Page, opening: Opening, end: int, text: str, stance: Stance) -> bool:
    words = [lower_of(word) for word in text.split()]
    if text.rsplit(" ", 1)[-1] in adjective_states():
        return False  # "sanctions against Turkish", "Cypriot": whose noun is missing
    if words[0] in grammar.NO_ISSUE or words[:2] == ["one", "another"] or words[0] in ("’s", "'s"):
        return False
    if opening.is_clause:
        return len(words) > 3
    if text[0].isupper() and words[1:2] in (["a"], ["an"]):
        return False  # "called Israel a war criminal"
    if _is_told(words) or (stance is Stance.REJECTS and text[0].isupper() and _FROM_DOING.search(text)):
        return False
    if opening.is_verb and words[0] == "not" and len(words) == 2:
        return False  # "not developing"
    alone = len(words) == 1 and (opening.is_verb or (end < len(page.tokens) and page.tokens[end].text == ","))
    if alone or words[-1] in ("says", "said"):
        return False  # "a rare, public rebuke", "which he has threatened to annex"
    if words[0] in ("the", "its", "their", "his", "her") and len(words) == 2 and _is_vague(words[1]):
        return False
    if len(words) == 1 and (len(words[0]) < 4 or words[0].endswith("ly") or words[0] in grammar.ADVERBS | {"late"}):
        return False
    if len(words) == 1 and (_is_vague(words[0]) or words[0] in PLAIN):
        return False
    if len(words) <= 3 and _is_vague(words[0]) and (len(words) < 2 or words[1] == "as"):
        return False
    if len(words) > 1 and words[0].endswith("ed") and not opening.words and words[1] in grammar.PREPOSITIONS:
        return False
    if stance in _ABOUT_DEEDS and len(words) <= 2 and _only_names(page, opening.first, end):
        return False
    until = next((k for k, word in enumerate(words) if word in grammar.UNTIL), len(words))
    inner = words[1:until] if not opening.is_verb else words[2:until]
    return "that" in inner or not any(
        word in grammar.FINITE_AUXILIARIES - {"will", "might", "may", "can"} for word in inner
    )


def _is_told(words: list[str]) -> bool:
    """Whether words tell something and name nothing: "said in Davos", "aggressively retracted", "Congress handed over
    its authority".
    """
    if words[0] in ("said", "says", "told") or (words[0].endswith("ly") and words[1:2] and words[1].endswith("ed")):
        return True
    if not _RELATIVES.isdisjoint(words):
        return False
    inner = [word for word in words if word not in _PARTICLES]
    return any(one.endswith("ed") and after in _OPENING for one, after in pairwise(inner[1:]))


_RELATIVES = frozenset(["that", "who", "which", "whose"])
_PARTICLES = frozenset(["over", "up", "out", "off", "down", "away", "back"])
_OPENING = frozenset(["a", "an", "the", "its", "his", "her", "their"])
_FROM_DOING = re.compile(r" from \w+ing\b")
_ABOUT_DEEDS = frozenset(Stance) - {Stance.SUPPORTS, Stance.ACCUSES, Stance.THREATENS, Stance.DOUBTS}


def _only_names(page: Page, first: int, end: int) -> bool:
    return all(token.is_capital for token in page.tokens[first:end])


def words_of(issue: str) -> frozenset[str]:
    """Content words of an issue, endings cut."""
    return frozenset(stem_of(word) for word in re.findall(r"\w+", issue.lower()) if word not in _NO_END)


def stem_of(word: str) -> str:
    """A word, which is in lower case, without its ending, as issues are compared."""
    return re.sub(r"(ies|es|s|ing|ed)$", "", word)


def _alike(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right) and 2 * len(left & right) >= 0.6 * (len(left) + len(right))


def unify(issues: list[str]) -> list[str]:
    """The issues with each phrase replaced by the first phrase of the same issue and the same shape."""
    first: list[tuple[str, frozenset[str], str]] = []
    result = []
    for issue in issues:
        words, form = words_of(issue), _shape(issue)
        known = next(
            (
                phrase
                for phrase, others, shape in first
                if shape == form and _alike(words, others) and not _differs(phrase, issue)
            ),
            None,
        )
        if known is None:
            first.append((issue, words, form))
        result.append(known or issue)
    return result


def _differs(one: str, other: str) -> bool:
    """Whether phrases that share most words are of two things: of two places or people, or of a thing and its end."""
    names = [set(_CAPITAL.findall(phrase)) for phrase in (one, other)]
    turns = [grammar.TURNING & set(phrase.lower().split()) for phrase in (one, other)]
    words = [words_of(phrase) for phrase in (one, other)]
    is_short = min(map(len, words)) <= 3  # a temporary and a permanent ceasefire in Gaza
    return turns[0] != turns[1] or _cross(*names) or (is_short and _cross(*words))


def _cross(one: Set[str], other: Set[str]) -> bool:
    """Whether each has what the other lacks."""
    return bool(one - other and other - one)


_CAPITAL = re.compile(r"\b[A-Z][\w’'-]+")


def _shape(issue: str) -> str:
    opening = issue.split(" ", 1)[0].lower()
    if opening in ("that", "not"):
        return opening
    if is_verb_phrase(issue):
        return "verb"
    return "doing" if opening.endswith("ing") else "to" if " to " in issue else "noun"
