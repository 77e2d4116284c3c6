"""Bodies named by a state or a bloc: "the Turkish government", "Israel's army", "Arab and Muslim leaders"."""

from dataclasses import dataclass

from digests.extract.known import Look, Name
from digests.extract.sentences import Page
from digests.languages import en
from digests.languages import en_grammar as grammar
from digests.models import Kind


@dataclass(frozen=True, slots=True)
class Body:
    """Tokens `first` to `last` name a state (or its `leader`'s government), an organisation of it, or a group."""

    first: int
    last: int
    kind: Kind
    state: str | None
    leader: str = ""
    weak: bool = False


def body_at(page: Page, name: Name) -> Body | None:
    """The body that begins with `name`, or None when no body word follows it."""
    tokens = page.tokens
    after = name.last
    if name.look in (Look.ADJECTIVE, Look.STATE, Look.SEAT, Look.KNOWN, Look.DEMONYM):
        state = name.key if name.look is not Look.KNOWN else None
        if after < len(tokens) and tokens[after].lower in ("'s", "’s") and name.look is Look.STATE:
            after += 1
        return _body_words(page, name.first, after, state, is_adjective=name.look is Look.ADJECTIVE)
    if name.look in (Look.OTHER, Look.PERSON, Look.GROUP, Look.ORGANISATION) and name.last - name.first <= 3:
        first_word = tokens[name.first].text
        if first_word in en.BLOC_ADJECTIVES and name.last - name.first == 1:  # "Arab and Muslim leaders"
            return _body_words(page, name.first, after, None, is_adjective=True)
        if after < len(tokens) and tokens[after].lower in ("'s", "’s"):
            after += 1
        if after < len(tokens) and tokens[after].lower in ("administration", "government", "regime", "govt"):
            return Body(name.first, after + 1, Kind.STATE, None, leader=tokens[name.last - 1].text)
    return None


def _body_words(page: Page, first: int, after: int, state: str | None, *, is_adjective: bool) -> Body | None:
    tokens = page.tokens
    index = after
    while index < len(tokens) and is_adjective and _joins(page, index):
        state = None if tokens[index + 1].text in en.BLOC_ADJECTIVES else state
        index += 2
    for size in (3, 2, 1):
        words = " ".join(token.lower for token in tokens[index : index + size])
        if index + size > len(tokens):
            continue
        if size == 1 and words in en.STATE_BODIES and state and words != "state":
            return Body(first, index + size, Kind.STATE, state)
        if size == 1 and words == "authorities" and state:
            return Body(first, index + size, Kind.STATE, state)
        if words in en.ORG_BODIES and state and tokens[index].text.islower() and not _is_deed(page, index):
            return Body(first, index + size, Kind.ORGANISATION, state)
        if size == 1 and words in en.GROUP_BODIES and is_adjective:
            return Body(first, index + size, Kind.GROUP, state)
    if index < len(tokens) and tokens[index].lower in ("officials", "official", "diplomats") and state:
        return Body(first, index + 1, Kind.STATE, state, weak=True)
    return None


def _is_deed(page: Page, index: int) -> bool:
    """Whether "military" only says of what kind a deed is: "US military action", but "the military strikes a port"."""
    words = [token.lower for token in page.tokens[index : index + 3]]
    return words[0] == "military" and len(words) > 2 and words[1] in grammar.DEEDS and words[2] not in grammar.SMALL


def _joins(page: Page, index: int) -> bool:
    """Whether "and Muslim" follows."""
    tokens = page.tokens
    if index + 1 >= len(tokens) or tokens[index].lower not in ("and", "or", ","):
        return False
    return tokens[index + 1].text in en.BLOC_ADJECTIVES
