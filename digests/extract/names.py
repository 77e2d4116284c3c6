"""Finds names in a page: known ones by table, others as capitalised runs with the office before or after them.

Span finding only: a Name says what the words look like. Who is who is decided in actors.py.
"""

from digests.extract.known import Entry, Look, Name, known_at
from digests.extract.sentences import Page, Sentence, Token
from digests.extract.titles import clean_role, inner_title, office_at, offices, role_start, strip_titles
from digests.languages import en
from digests.languages import en_grammar as grammar


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


def _name_at(page: Page, sentence: Sentence, index: int, lower_seen: set[str]) -> Name | None:
    tokens = page.tokens
    token = tokens[index]
    match = known_at(tokens, index, sentence.last)
    if not token.is_capital and match is None:
        return None
    if token.lower.endswith(("-based", "-backed", "-born")) and match is None:
        return None  # "Ramallah-based Palestinian Authority"
    end = _run_end(tokens, index, sentence.last)
    first_word = index == sentence.first or tokens[index - 1].text in "“\"‘'(—–-:•"
    if match is not None and (match[0] >= end or _splits(tokens, match, end)):
        return _known_name(index, match)
    if token.lower in en.FUNCTION_WORDS and match is None and not (token.lower in offices() and end > index + 1):
        return None
    if (
        first_word
        and token.lower.endswith("ing")
        and end > index + 1
        and token.lower not in en.FIRST_NAMES
        and match is None
    ):
        return None  # "Considering Trump"
    if first_word and end == index + 1 and token.lower in lower_seen and match is None:
        return None
    return _run_name(page, sentence, index, end, match)


def _splits(tokens: tuple[Token, ...], match: tuple[int, Entry], end: int) -> bool:
    """Whether a known name at the head of a longer run stands alone there."""
    look = match[1][0]
    following = tokens[match[0]]
    if look in (Look.STATE, Look.ADJECTIVE, Look.CAPITAL):
        return False
    return (
        look in (Look.KNOWN, Look.SEAT) and following.lower not in en.ORG_WORDS and not office_at(tokens, match[0], end)
    )


def _known_name(index: int, match: tuple[int, Entry]) -> Name:
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


def _run_name(page: Page, sentence: Sentence, first: int, end: int, match: tuple[int, Entry] | None) -> Name | None:
    tokens = page.tokens
    rest, role_first, titled = strip_titles(tokens, first, end)
    if not titled:
        rest, titled = inner_title(tokens, first, end)
    if titled and rest < end:
        rest, _ = inner_title(tokens, rest, end)
    if titled and rest < end and tokens[end - 1].lower in en.ROLE_NOUNS | en.EVENT_WORDS:
        return Name(first, end, Look.OTHER, page.words(first, end))  # "Chief Election Commissioner", nobody by name
    if titled and rest < end:
        role_first = role_start(page, sentence, role_first)
        role = page.words(role_first, rest).strip() if role_first < rest else None
        return _person(page, rest, end, clean_role(role), role_first, titled=True)
    if match is not None and (titled or rest >= end):  # "U.S. Secretary of State", said of nobody by name
        return _known_name(first, match)
    if titled and rest >= end:
        return None
    start = role_start(page, sentence, first)
    if start < first:
        return _person(page, first, end, clean_role(page.words(start, first)), start, titled=True)
    if match is not None:
        return _after_known(page, first, end, match)
    return _untitled(page, first, end)


def _after_known(page: Page, first: int, end: int, match: tuple[int, Entry]) -> Name:
    """A run that opens with a state, adjective or capital: an organisation of it, or the state alone."""
    tokens = page.tokens
    if tokens[end - 1].lower in en.ORG_WORDS and tokens[end - 1].lower not in en.EVENT_WORDS:
        return Name(first, end, Look.ORGANISATION, page.words(first, end))
    if match[1][0] is Look.STATE and tokens[first].lower in en.FIRST_NAMES and end - first == 2:
        return Name(first, end, Look.PERSON, page.words(first, end))
    if match[1][0] is not Look.ADJECTIVE and any(token.lower in en.EVENT_WORDS for token in tokens[match[0] : end]):
        return Name(first, end, Look.OTHER, page.words(first, end))
    return _known_name(first, match)


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
    while end > first + 1 and tokens[end - 1].lower in ("on", "of", "for"):
        end -= 1  # "Prime Minister Netanyahu on Friday"
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
