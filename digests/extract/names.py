"""Finds names in a page: known ones by table, others as capitalised runs with the office before or after them.

Span finding only: a Name says what the words look like. Who is who is decided in actors.py.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from digests.extract.sentences import WORD, Page, Sentence, Token
from digests.languages import en, world
from digests.languages import en_grammar as grammar


class Look(StrEnum):
    """What a name looks like."""

    STATE = "state"
    CAPITAL = "capital"
    SEAT = "seat"
    ADJECTIVE = "adjective"
    DEMONYM = "demonym"
    PLACE = "place"
    KNOWN = "known"
    PERSON = "person"
    ORGANISATION = "organisation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `first` to `last` (exclusive) of a name. `key` is the table's name for it, or the words themselves.

    For a person `role` is the office as written and `titled` tells that one stands before the name.
    """

    first: int
    last: int
    look: Look
    key: str
    role: str | None = None
    role_first: int = -1
    titled: bool = False


_Entry = tuple[Look, str]


@lru_cache(maxsize=1)
def known() -> dict[str, list[tuple[tuple[str, ...], _Entry]]]:
    """First word -> (all words, look, key), longest first."""
    table: dict[tuple[str, ...], _Entry] = {}
    for words, entry in _entries():
        table.setdefault(tuple(WORD.findall(words.replace("’", "'"))), entry)
    index: dict[str, list[tuple[tuple[str, ...], _Entry]]] = {}
    for parts, entry in table.items():
        index.setdefault(parts[0], []).append((parts, entry))
    for choices in index.values():
        choices.sort(key=lambda choice: -len(choice[0]))
    return index


def _entries() -> list[tuple[str, _Entry]]:
    found: list[tuple[str, _Entry]] = []
    for name, state in world.name_states().items():
        found.append((name, (Look.STATE, state)))
    found += [(place, (Look.PLACE, place)) for place in en.PLACES]
    for organisation in world.organisations():
        for name in (organisation.name, *organisation.others):
            found.append((name, (Look.KNOWN, organisation.name)))
    found += [(seat, (Look.SEAT, state)) for seat, state in en.SEATS.items()]
    found += [(word, (Look.ADJECTIVE, state)) for word, state in world.adjective_states().items()]
    found += [
        (city, (Look.CAPITAL, state)) for city, state in world.capital_states().items() if city not in en.NO_SEATS
    ]
    found += [(people, (Look.DEMONYM, state)) for people, state in world.demonym_states().items()]
    return found


@lru_cache(maxsize=1)
def _offices() -> dict[str, list[tuple[str, ...]]]:
    index: dict[str, list[tuple[str, ...]]] = {}
    for office in en.OFFICES:
        parts = tuple(office.split())
        index.setdefault(parts[0], []).append(parts)
    for choices in index.values():
        choices.sort(key=len, reverse=True)
    return index


def find_names(page: Page) -> list[Name]:
    """All names of the page in order; none overlaps another."""
    lower_seen = {token.text for token in page.tokens if token.text.islower()}
    found: list[Name] = []
    for sentence in page.sentences:
        index = sentence.first
        while index < sentence.last:
            name = _name_at(page, sentence, index, lower_seen)
            if name is None:
                index += 1
                continue
            found.append(name)
            index = max(name.last, index + 1)
    return found


def known_at(tokens: tuple[Token, ...], index: int, last: int) -> tuple[int, _Entry] | None:
    """The longest known name that begins at token `index`: its end and its entry."""
    for parts, entry in known().get(tokens[index].text, ()):
        end = index + len(parts)
        if end <= last and all(_same(tokens[index + k].text, part) for k, part in enumerate(parts)):
            return end, entry
    return None


def _same(written: str, part: str) -> bool:
    return written == part or written.replace("’", "'") == part


def _name_at(page: Page, sentence: Sentence, index: int, lower_seen: set[str]) -> Name | None:
    tokens = page.tokens
    token = tokens[index]
    match = known_at(tokens, index, sentence.last)
    if not token.is_capital and match is None:
        return None
    end = _run_end(tokens, index, sentence.last)
    first_word = index == sentence.first or tokens[index - 1].text in "“\"‘'(—–-:•"
    if match is not None and (match[0] >= end or _splits(tokens, match, end)):
        return _known_name(index, match)
    if token.lower in en.FUNCTION_WORDS and match is None and not (token.lower in _offices() and end > index + 1):
        return None
    if first_word and end == index + 1 and token.lower in lower_seen and match is None:
        return None
    return _run_name(page, sentence, index, end, match)


def _splits(tokens: tuple[Token, ...], match: tuple[int, _Entry], end: int) -> bool:
    """Whether a known name at the head of a longer run stands alone there."""
    look = match[1][0]
    following = tokens[match[0]]
    if look in (Look.STATE, Look.ADJECTIVE, Look.CAPITAL):
        return False
    return (
        look in (Look.KNOWN, Look.SEAT)
        and following.lower not in en.ORG_WORDS
        and not _office_at(tokens, match[0], end)
    )


def _known_name(index: int, match: tuple[int, _Entry]) -> Name:
    end, (look, key) = match
    return Name(index, end, look, key)


def _run_end(tokens: tuple[Token, ...], index: int, last: int) -> int:
    """End of the capitalised run at `index`: capitals, particles between them, "of the" after a body or an office."""
    end = index
    while end < last:
        token = tokens[end]
        if (
            token.is_capital
            or _is_particle_name(token, end > index)
            or (token.text[0].isdigit() and end > index and tokens[end - 1].lower in ("group", "channel"))
        ):
            end += 1
            continue
        if token.text == "." and end > index and tokens[end - 1].end == token.start and _is_title_dot(tokens[end - 1]):
            end += 1
            continue
        if token.text in "'’" and end > index and end + 1 < last and tokens[end + 1].lower in en.ORG_WORDS:
            end += 1  # Workers' Party
            continue
        skip = _bridge(tokens, index, end, last)
        if not skip:
            break
        end += skip
    return end


def _is_particle_name(token: Token, inside: bool) -> bool:
    """Whether it is a name with a small article: the "al-Assad" of Bashar al-Assad."""
    head, dash, tail = token.text.partition("-")
    return inside and bool(dash) and head in ("al", "el", "ul", "ur", "ar", "as", "an", "ash") and tail[:1].isupper()


def _is_title_dot(token: Token) -> bool:
    return token.lower in en.HONORIFICS or token.lower in grammar.DOTTED_TITLES


def _bridge(tokens: tuple[Token, ...], index: int, end: int, last: int) -> int:
    """How many lower-case tokens at `end` join the run to a capital after them; 0 when they do not."""
    if end + 1 >= last or end == index:
        return 0
    word, following = tokens[end].lower, tokens[end + 1]
    if word in en.PARTICLES and following.is_capital:
        return 1
    head = tokens[index:end]
    body = any(token.lower in grammar.BODY_HEADS for token in head)
    if word in ("of", "for", "on") and body:
        if following.is_capital:
            return 1
        if following.lower == "the" and end + 2 < last and tokens[end + 2].is_capital:
            return 2
    if word in ("and", "&") and following.is_capital and _ends_in_body(tokens, end + 1, last):
        return 1
    return 0


def _ends_in_body(tokens: tuple[Token, ...], index: int, last: int) -> bool:
    end = index
    while end < last and tokens[end].is_capital:
        end += 1
    return end - index <= 4 and end - index >= 2 and tokens[end - 1].lower in en.ORG_WORDS


def _office_at(tokens: tuple[Token, ...], index: int, last: int) -> int:
    """How many tokens an office takes at `index`; a dot after its abbreviation counts. 0 for none."""
    for parts in _offices().get(tokens[index].lower, ()):
        end = index + len(parts)
        if end <= last and all(tokens[index + k].lower == part for k, part in enumerate(parts)):
            dotted = end < last and tokens[end].text == "." and tokens[end].start == tokens[end - 1].end
            return len(parts) + dotted
    return 0


def _run_name(page: Page, sentence: Sentence, first: int, end: int, match: tuple[int, _Entry] | None) -> Name | None:
    tokens = page.tokens
    rest, role_first, titled = _strip_titles(tokens, first, end)
    if not titled:
        rest, titled = _inner_title(tokens, first, end)
    if titled and rest < end:
        role_first = _role_start(page, sentence, role_first)
        role = page.words(role_first, rest).strip() if role_first < rest else None
        return _person(page, rest, end, _clean_role(role), role_first, titled=True)
    if match is not None and (titled or rest >= end):  # "U.S. Secretary of State", said of nobody by name
        return _known_name(first, match)
    if titled and rest >= end:
        return None
    start = _role_start(page, sentence, first)
    if start < first:
        return _person(page, first, end, _clean_role(page.words(start, first)), start, titled=True)
    if match is not None:
        return _after_known(page, first, end, match)
    return _untitled(page, first, end)


def _after_known(page: Page, first: int, end: int, match: tuple[int, _Entry]) -> Name:
    """A run that opens with a state, adjective or capital: an organisation of it, or the state alone."""
    tokens = page.tokens
    if tokens[end - 1].lower in en.ORG_WORDS and tokens[end - 1].lower not in en.EVENT_WORDS:
        return Name(first, end, Look.ORGANISATION, page.words(first, end))
    if match[1][0] is Look.STATE and tokens[first].lower in en.FIRST_NAMES and end - first == 2:
        return Name(first, end, Look.PERSON, page.words(first, end))
    if match[1][0] is not Look.ADJECTIVE and any(token.lower in en.EVENT_WORDS for token in tokens[match[0] : end]):
        return Name(first, end, Look.OTHER, page.words(first, end))
    return _known_name(first, match)


def _strip_titles(tokens: tuple[Token, ...], first: int, end: int) -> tuple[int, int, bool]:
    """Where the name itself begins after honorifics, adjectives and offices; where the office begins; whether one is."""
    index, role_first, titled = first, first, False
    while index < end:
        token = tokens[index]
        if token.lower in en.HONORIFICS:
            index += 2 if index + 1 < end and tokens[index + 1].text == "." else 1
            role_first, titled = index, True
            continue
        size = _office_at(tokens, index, end)
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


def _inner_title(tokens: tuple[Token, ...], first: int, end: int) -> tuple[int, bool]:
    """Past the last office inside a run: "Foreign Affairs Committee Chairman Ed Royce"."""
    for index in range(end - 2, first, -1):
        size = _office_at(tokens, index, end)
        if size and 1 <= end - index - size <= 4 and tokens[end - 1].lower not in en.ORG_WORDS:
            rest = index + size
            return (rest, True) if tokens[rest].is_word and tokens[rest].lower not in ("of", "for") else (first, False)
    return first, False


def _skip_place(tokens: tuple[Token, ...], index: int, end: int) -> int:
    """Past "of Defense" or "of the United States" inside an office, when a name still follows."""
    after = index + 1 + (tokens[index + 1].lower == "the")
    match = known_at(tokens, after, end) if after < end else None
    return min(match[0] if match else after + 1, end)


def _title_follows(tokens: tuple[Token, ...], index: int, end: int) -> bool:
    for k in range(index, min(index + 3, end)):
        if _office_at(tokens, k, end) or tokens[k].lower in en.HONORIFICS:
            return True
        if tokens[k].lower not in en.OFFICE_QUALIFIERS and not (k == index and tokens[k].lower in en.ORG_WORDS):
            return False
    return False


def _role_start(page: Page, sentence: Sentence, first: int) -> int:
    """Where a lower-case office right before token `first` begins ("White House spokeswoman"), or `first`."""
    tokens = page.tokens
    start = first
    for size in (4, 3, 2, 1):
        begin = first - size
        if begin >= sentence.first and _office_at(tokens, begin, first) >= size and tokens[begin].text.islower():
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


def _clean_role(role: str | None) -> str | None:
    if role is None:
        return None
    text = " ".join(role.split()).strip(" ,.")
    return text[:80] or None if text.lower() != "former" else None


def _person(page: Page, first: int, end: int, role: str | None, role_first: int, *, titled: bool) -> Name:
    tokens = page.tokens
    for k in range(first, end):  # "President Obama Wednesday"
        if (
            tokens[k].lower in en.NOT_NAMES
            and k > first
            and tokens[k].lower not in ("may", "march", "christian", "god")
        ):
            end = k
            break
    if tokens[first].lower in en.NOT_NAMES and end - first == 1:
        return Name(first, end, Look.OTHER, page.words(first, end))
    if tokens[end - 1].lower in en.ORG_WORDS and end - first > 1 and tokens[first].lower not in en.FIRST_NAMES:
        return Name(first, end, Look.ORGANISATION, page.words(first, end))
    match = known_at(tokens, first, end)
    if match and match[0] == end and match[1][0] is not Look.STATE:
        return _known_name(first, match)
    if match and match[0] == end and len(tokens[first].text) > 2 and tokens[first].lower not in en.FIRST_NAMES:
        return _known_name(first, match)
    return Name(first, end, Look.PERSON, page.words(first, end), role, role_first, titled)


def _untitled(page: Page, first: int, end: int) -> Name:
    """What a capitalised run without an office looks like."""
    tokens = page.tokens
    words = [token.lower for token in tokens[first:end] if token.is_word]
    whole = page.words(first, end)
    months = ("may", "march", "april", "june") if words[0] in en.FIRST_NAMES else ()
    if words[-1] in en.NOT_NAMES and len(words) > 1 and words[-1] not in months:
        end -= 1
        words, whole = words[:-1], page.words(first, end)
    if words[0] in en.NOT_NAMES or words[-1] in en.EVENT_WORDS:
        return Name(first, end, Look.OTHER, whole)
    body = words[-1] in en.ORG_WORDS or (words[0] in grammar.BODY_HEADS and len(words) > 2)
    if body and (len(words) > 1) and words[0] not in en.FIRST_NAMES:
        return Name(first, end, Look.ORGANISATION, whole)
    if len(words) in (2, 3, 4) and words[0].rstrip(".") in en.FIRST_NAMES:
        return Name(first, end, Look.PERSON, whole)
    return Name(first, end, Look.OTHER, whole)
