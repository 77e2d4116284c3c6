"""Offices before a name: where they begin and where the name itself begins."""

from functools import lru_cache

from digests.extract.known import known_at
from digests.extract.sentences import Page, Sentence, Token
from digests.languages import en
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms


@lru_cache(maxsize=1)
def offices() -> dict[str, list[tuple[str, ...]]]:
    """First word of an office -> all offices that begin with it, longest first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for office in en.OFFICES:
        parts = tuple(office.split())
        index.setdefault(parts[0], []).append(parts)
    for choices in index.values():
        choices.sort(key=len, reverse=True)
    return index


def office_at(tokens: tuple[Token, ...], index: int, last: int) -> int:
    """How many tokens an office takes at `index`; a dot after its abbreviation counts. 0 for none."""
    for parts in offices().get(tokens[index].lower, ()):
        end = index + len(parts)
        if end <= last and all(tokens[index + k].lower == part for k, part in enumerate(parts)):
            dotted = end < last and tokens[end].text == "." and tokens[end].start == tokens[end - 1].end
            return len(parts) + dotted
    return 0


def strip_titles(tokens: tuple[Token, ...], first: int, end: int) -> tuple[int, int, bool]:
    """Where the name begins after honorifics, adjectives and offices; where the office begins; whether one is."""
    index, role_first, titled = first, first, False
    while index < end:
        token = tokens[index]
        if token.lower in en.HONORIFICS:
            index += 2 if index + 1 < end and tokens[index + 1].text == "." else 1
            role_first, titled = index, True
            continue
        size = office_at(tokens, index, end)
        if size:
            index, titled = index + size, True
            if index < end and tokens[index].lower in ("of", "for", "on") and index + 1 < end:
                index = _skip_place(tokens, index, end)
            continue
        match = known_at(tokens, index, end)
        if match and not titled and _title_follows(tokens, match[0], end):
            index = match[0]
            continue
        if token.lower in en.OFFICE_QUALIFIERS and _title_follows(tokens, index + 1, end):
            index += 1
            continue
        break
    return index, role_first, titled


def _skip_place(tokens: tuple[Token, ...], index: int, end: int) -> int:
    """Past "of Defense" or "of the United States" inside an office, when a name still follows."""
    after = index + 1 + (tokens[index + 1].lower == "the")
    match = known_at(tokens, after, end) if after < end else None
    return min(match[0] if match else after + 1, end)


def _title_follows(tokens: tuple[Token, ...], index: int, end: int) -> bool:
    for k in range(index, min(index + 3, end)):
        if office_at(tokens, k, end) or tokens[k].lower in en.HONORIFICS:
            return True
        if tokens[k].lower not in en.OFFICE_QUALIFIERS and not (k == index and tokens[k].lower in en.ORG_WORDS):
            return False
    return False


def role_start(page: Page, sentence: Sentence, first: int) -> int:
    """Where a lower-case office right before token `first` begins ("White House spokeswoman"), or `first`."""
    tokens = page.tokens
    start = first
    for size in (4, 3, 2, 1):
        begin = first - size
        if begin >= sentence.first and office_at(tokens, begin, first) >= size and tokens[begin].text.islower():
            start = begin
            break
    if start == first and not (first > sentence.first and tokens[first - 1].lower in en.OFFICE_QUALIFIERS):
        return first
    while (
        start > sentence.first and tokens[start - 1].lower in en.OFFICE_QUALIFIERS and tokens[start - 1].text.islower()
    ):
        start -= 1
    return _with_body(page, sentence, start)


def _with_body(page: Page, sentence: Sentence, start: int) -> int:
    """Include the capitalised body or adjective just before an office."""
    tokens = page.tokens
    begin = start
    while begin > sentence.first and tokens[begin - 1].is_capital and tokens[begin - 1].is_word and start - begin < 5:
        begin -= 1
    if begin < start and tokens[begin].lower in en.FUNCTION_WORDS and begin == sentence.first:
        begin += 1
    return begin


def clean_role(role: str | None) -> str | None:
    """An office as it is kept: one line, at most 80 characters; a bare "former" is none."""
    if role is None:
        return None
    text = " ".join(role.split()).strip(" ,.")
    return text[:80] or None if text.lower() != "former" else None


def role_after(page: Page, after: int) -> str | None:
    """The office in the apposition after a name: ", the Palestinian UN envoy,"."""
    tokens = page.tokens
    if after >= len(tokens) or tokens[after].text != ",":
        return None
    first = after + 1
    if first < len(tokens) and tokens[first].lower in ("a", "an", "the", "who"):
        if tokens[first].lower == "who":
            return None
        first += 1
    last = first
    while last < min(len(tokens), first + 10) and (tokens[last].is_word or tokens[last].text in "-’'s"):
        last += 1
    words = [token.lower for token in tokens[first:last]]
    if not set(words[:7]) & (en.ROLE_NOUNS | _offices_single()):
        return None
    if any(word in verb_forms() or word in grammar.FINITE_AUXILIARIES for word in words):
        return None
    if _is_next_person_s(tokens, first, last):
        return None
    return page.words(first, last)[:80].strip(" ,")


def _is_next_person_s(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether an office is that of a name after it: "Trump, Ukrainian President Volodymyr Zelensky and others"; not
    "Cohen, President Trump's former lawyer".
    """
    for index in range(first, last - 1):
        size = office_at(tokens, index, last)
        name = index + size
        if size and name < last and tokens[name].is_capital and tokens[name].is_word:
            while name < last and tokens[name].is_capital:
                name += 1
            return not (name < len(tokens) and tokens[name].lower in ("'s", "’s"))
    return False


@lru_cache(maxsize=1)
def _offices_single() -> frozenset[str]:
    return frozenset(office for office in en.OFFICES if " " not in office)
