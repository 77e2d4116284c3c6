"""What a stance is about: a short noun phrase cut from the content, the same for the same issue across an article."""

import re

from digests.extract.clauses import BOUNDARIES, MARKS
from digests.extract.sentences import Page

_LEADING = frozenset(
    [
        "that",
        "to",
        "for",
        "on",
        "of",
        "an",
        "a",
        "the",
        "any",
        "its",
        "his",
        "her",
        "their",
        "in",
        "at",
        "with",
        "against",
        "by",
        "about",
        "over",
        "be",
        "being",
        "is",
        "was",
        "were",
        "are",
        "it",
        "as",
        "all",
        "such",
        "this",
        "these",
        "those",
        "what",
        "he",
        "she",
        "they",
        "we",
        "i",
        "him",
        "them",
        "us",
        "has",
        "have",
        "had",
        "will",
        "would",
        "not",
        "also",
        "immediately",
        "only",
        "more",
        "our",
        "your",
        "my",
        "from",
        "into",
        "upon",
        "if",
        "there",
        "new",
        "and",
        "or",
        "toward",
        "towards",
        "but",
        "his",
        "some",
        "another",
    ]
)
_TRAILING = _LEADING | frozenset(
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
_DAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"]
)
_STOPS = BOUNDARIES | frozenset(["after", "before", "amid", "during", "following"])
_LONGEST = 8
_TITLES = frozenset("mr mrs ms dr sen rep gov gen st".split())


def issue_of(page: Page, first: int, last: int) -> str:
    """The issue in tokens `first` to `last` (exclusive): two to eight words, or "" when there is none."""
    tokens = page.tokens
    while first < last and (tokens[first].lower in _LEADING or not tokens[first].is_word):
        first += 1
    end = first
    words = 0
    while end < last:
        token = tokens[end]
        if token.text == "." and end > first and tokens[end - 1].lower in _TITLES:
            end += 1
            continue
        if token.lower == "as" and words < 2:
            end += 1
            continue
        if (
            token.lower in _STOPS
            or token.lower in _DAYS
            or (token.text in MARKS and token.text not in '“”"-')
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
