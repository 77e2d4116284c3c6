"""Patterns that words match: conditions, times long past, harm, accusations, and the stances inside a statement."""

import re

from digests.extract.sentences import Page, Sentence
from digests.languages.en_cues import CONTENT
from digests.models import Stance

CONDITION = re.compile(
    r"\b(?:only if|unless|provided that|as long as|on (?:the )?condition|if|until|only when|only after"
    r"|once (?:the|an?|it|they|he|she|we|all|both|its|their)"
    r"|before (?:[\w’'-]+ ){1,7}(?:is|are|was|were|has|have|had) \w+"
    r"|in (?:return|exchange) for|any (?:\w+ ){1,3}that)\b",
    re.I,
)


BACKGROUND = re.compile(
    r"\b(?:in|since|back in|early|late|during) (?:[A-Z][a-z]{2,8},? )?(?:19\d\d|20[0-2]\d)\b"
    r"|\b(?:years|decades) ago\b|\blast year\b|\ba year (?:ago|earlier)\b"
    r"|\b(?:previously|formerly|originally|initially)\b",
    re.I,
)


HARM = re.compile(
    r"\b(?:retaliat\w+|revenge|aveng\w+|punish\w*|destroy\w*|"
    r"strike\w*(?! an? (?:deal|balance|agreement|accord|truce))|attack\w*|crush\w*|derail|discomfort|consequences|"
    r"respond|response|pay\w* (?:an?|the) (?:\w+ )?price|"
    r"held (?:accountable|responsible)|military action|wipe|annihilat\w+)\b",
    re.I,
)


FALSE = re.compile(
    r"\b(?:accusations?|allegations?|claims?|charges|reports?|suggestions?|assertions?|rumou?rs)\b", re.I
)


_CONTENT = tuple((stance, re.compile(pattern, re.IGNORECASE)) for stance, pattern in CONTENT)


def stance_of(words: str) -> tuple[Stance, "re.Match[str]"] | None:
    """The first stance that words hint at, and where."""
    for stance, pattern in _CONTENT:
        match = pattern.search(words)
        if match:
            return stance, match
    return None


def is_background(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence tells of a time long before the article."""
    return bool(BACKGROUND.search(page.text, sentence.start, sentence.end))
