"""Cuts the words that show a stance out of a text: whole words, at most 300 characters, exact."""

from digests.extract.sentences import Page
from digests.languages import en_grammar as grammar
from digests.models import Evidence

LONGEST = 300


def cut(page: Page, first: int, last: int, keep: int) -> Evidence:
    """Evidence of tokens `first` to `last` (exclusive); where it is too long it is shortened around token `keep`."""
    tokens = page.tokens
    last = max(last, keep + 1)
    first = min(first, keep)
    while last - 1 > keep and tokens[last - 1].end - tokens[first].start > LONGEST:
        last -= 1
    while first < keep and tokens[last - 1].end - tokens[first].start > LONGEST:
        first += 1
    while last - 1 > keep and (tokens[last - 1].text in ",;:—–([“" or tokens[last - 1].lower in grammar.JOINING):
        last -= 1
    start, end = tokens[first].start, min(tokens[last - 1].end, tokens[first].start + LONGEST)
    while start > 0 and page.text[start - 1].isalnum() and page.text[start].isalnum():
        start -= 1
    while end < len(page.text) and page.text[end].isalnum() and page.text[end - 1].isalnum():
        end += 1
    return Evidence(start=start, end=end, text=page.text[start:end])
