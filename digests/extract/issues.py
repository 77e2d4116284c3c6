"""What a stance is about: a short noun phrase cut from the content, the same for the same issue across an article."""

import re

from digests.extract.sentences import Page
from digests.languages import en_grammar as grammar

_TRAILING = grammar.ISSUE_LEADING | frozenset(
    [
        "and",
        "or",
        "who",
        "which",
        "where",
        "when",
        "while",
        "because",
        "after",
        "before",
        "since",
        "until",
        "between",
        "under",
        "during",
        "so",
    ]
)
_STOPS = grammar.BOUNDARIES | frozenset(["after", "before", "amid", "during", "following"])
_LONGEST = 8


def issue_of(page: Page, first: int, last: int) -> str:
    """The issue in tokens `first` to `last` (exclusive): two to eight words, or "" when there is none."""
    tokens = page.tokens
    while first < last and (tokens[first].lower in grammar.ISSUE_LEADING or not tokens[first].is_word):
        first += 1
    end = first
    words = 0
    while end < last:
        token = tokens[end]
        if token.text == "." and end > first and tokens[end - 1].lower in grammar.ISSUE_TITLES:
            end += 1
            continue
        if token.lower == "as" and words < 2:
            end += 1
            continue
        if (
            token.lower in _STOPS
            or token.lower in grammar.ISSUE_DAYS
            or (token.text in grammar.MARKS and token.text not in '“”"-')
            or token.text == "."
        ):
            break
        words += token.is_word and token.lower not in ("'s", "’s")
        if words > _LONGEST:
            break
        end += 1
    while end > first and (tokens[end - 1].lower in _TRAILING or not tokens[end - 1].is_word):
        end -= 1
    text = page.words(first, end) if end > first else ""
    return re.sub(r"[“”\"]", "", " ".join(text.split()))[:120]


def words_of(issue: str) -> frozenset[str]:
    """Content words of an issue, endings cut."""
    found = re.findall(r"\w+", issue.lower())
    return frozenset(re.sub(r"(ies|es|s|ing|ed)$", "", word) for word in found if word not in _TRAILING)


def same_issue(one: str, other: str) -> bool:
    """Whether two phrases name one issue: they share half of their content words."""
    return _alike(words_of(one), words_of(other))


def _alike(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right) and 2 * len(left & right) >= 0.6 * (len(left) + len(right))


def unify(issues: list[str]) -> list[str]:
    """The issues with each phrase replaced by the first phrase of the same issue."""
    first: list[tuple[str, frozenset[str]]] = []
    result = []
    for issue in issues:
        words = words_of(issue)
        known = next((phrase for phrase, others in first if _alike(words, others)), None)
        if known is None:
            first.append((issue, words))
        result.append(known or issue)
    return result
