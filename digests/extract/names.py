"""Names of a page: known ones by table, others where the encoder marks them, with the office before them.

Says what the words look like; who is who is decided in actors.py.
"""

from digests.extract.known import Entry, Look, Name, known_at
from digests.extract.marks import NameMark
from digests.extract.sentences import Page, Sentence, Token
from digests.extract.titles import clean_role, office_at, role_start, strip_titles
from digests.languages import en, world

_LONGEST_TITLE = 9
"""Tokens that an office before a name may take."""
_GOVERNING = frozenset(["administration", "government", "regime"])
"""What stands behind a leader's name for the government; bodies.py makes the state of both."""


def find_names(page: Page, marks: list[NameMark]) -> list[Name]:
    """All names of the page in order; none overlaps another."""
    begins = _by_token(page, marks)
    found: list[Name] = []
    for sentence in page.sentences:
        index = sentence.first
        while index < sentence.last:
            name = _name_at(page, sentence, index, begins)
            if name is not None:
                found.append(name)
                index = max(name.last, index + 1)
            else:
                index += 1
    return found


def _by_token(page: Page, marks: list[NameMark]) -> dict[int, tuple[int, str]]:
    """Marks as tokens: first -> (last exclusive, class). A dot or an 's at the end of a mark is none of the name."""
    found = {}
    for mark in marks:
        first, last = page.token_at(mark.start), page.token_at(mark.end - 1) + 1
        while last > first + 1 and (page.tokens[last - 1].lower in ("'s", "’s") or not page.tokens[last - 1].is_word):
            last -= 1
        while first < last and (not page.tokens[first].is_word or page.tokens[first].lower in ("the", "'s", "’s")):
            first += 1
        if first < last and not page.tokens[first].text.islower():
            found[first] = (last, mark.kind)
    return found


def _name_at(page: Page, sentence: Sentence, index: int, begins: dict[int, tuple[int, str]]) -> Name | None:
    tokens = page.tokens
    match = known_at(tokens, index, sentence.last)
    mark = begins.get(index)
    if mark is None:
        return _known(tokens, index, match, begins) if match is not None else None
    last, kind = min(mark[0], sentence.last), mark[1]
    if match is not None and (match[0] >= last or (kind in ("location", "norp") and match[1][0] is not Look.PLACE)):
        return Name(index, match[0], *match[1])
    if last - index == 2 and tokens[index + 1].lower in _GOVERNING and _leads(tokens[index].text):
        return Name(index, index + 1, Look.PERSON, tokens[index].text)  # "the Trump Administration"
    if kind == "person":
        return _person(page, sentence, index, last)
    words = page.words(index, last)
    inner = known_at(tokens, index + 1, last) if last - index > 1 else None
    if inner is not None and inner[0] == last and inner[1][0] is Look.KNOWN and kind in ("organisation", "norp"):
        return Name(index + 1, last, *inner[1])  # "Islamist Hamas"
    if kind == "organisation":
        if match is not None and match[1][0] in (Look.KNOWN, Look.SEAT) and tokens[match[0]].lower not in en.ORG_WORDS:
            return Name(index, match[0], *match[1])
        return Name(index, last, Look.ORGANISATION, words)
    return Name(index, last, {"norp": Look.GROUP, "location": Look.PLACE}.get(kind, Look.OTHER), words)


def _leads(surname: str) -> bool:
    """Whether a head of state or government is called so, or was."""
    return surname in en.LEADER_STATES or surname.lower() in world.leader_names()


def _known(
    tokens: tuple[Token, ...], index: int, match: tuple[int, Entry], begins: dict[int, tuple[int, str]]
) -> Name | None:
    """A known name that the encoder did not mark: a state or body all the same, unless it opens a longer name."""
    end, (look, key) = match
    if tokens[index].text.islower():
        return None
    inner = next((begins[k] for k in range(index + 1, end) if k in begins), None)
    return None if inner is not None and inner[0] > end else Name(index, end, look, key)


def _person(page: Page, sentence: Sentence, first: int, last: int) -> Name:
    """A person's name without the office and honorific before it, and that office."""
    tokens = page.tokens
    rest, role_first, titled = strip_titles(tokens, first, last)
    if rest >= last:  # an office marked as a name: "Secretary of State"
        return Name(first, last, Look.OTHER, page.words(first, last))
    if not titled:
        role_first, titled = _title_before(page, sentence, rest)
    if not titled:
        start = role_start(page, sentence, rest)
        role_first, titled = (start, True) if start < rest else (rest, False)
    role = page.words(role_first, rest).strip() if titled and role_first < rest else None
    match = known_at(tokens, rest, last)
    if match and match[0] == last and match[1][0] is Look.KNOWN:
        return Name(rest, last, *match[1])
    return Name(rest, last, Look.PERSON, page.words(rest, last), clean_role(role), role_first, titled)


def _title_before(page: Page, sentence: Sentence, first: int) -> tuple[int, bool]:
    """Where the office in capitals right before a name begins: "US Secretary of State Antony Blinken"."""
    tokens = page.tokens
    for start in range(max(sentence.first, first - _LONGEST_TITLE), first):
        opens = office_at(tokens, start, first) or tokens[start].lower in en.HONORIFICS | en.OFFICE_QUALIFIERS
        if not opens and known_at(tokens, start, first) is None and not tokens[start].is_capital:
            continue
        rest, role_first, titled = strip_titles(tokens, start, first + 1)
        if titled and rest == first:
            while role_first > sentence.first and tokens[role_first - 1].lower in en.OFFICE_QUALIFIERS:
                role_first -= 1  # "former Israeli prime minister", who is none now
            return role_first, True
    return first, False
