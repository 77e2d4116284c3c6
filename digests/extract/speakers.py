"""Who a subject is: a named actor, a pronoun's or role noun's actor, or nobody that may hold a position."""

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from digests.extract.clauses import NounPhrase
from digests.extract.roster import Draft, Mention, Roster, person_state
from digests.languages import en
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms
from digests.languages.world import adjective_states
from digests.models import Kind


@dataclass(frozen=True, slots=True)
class Speaker:
    """The actors that a subject stands for (two when they are joined); `sure` falls with every step of inference."""

    drafts: tuple[Draft, ...] = ()
    sure: float = 0.0
    unnamed: bool = False
    first: int = -1
    """Where the first of several joined actors is named (a token), or -1."""


NOBODY = Speaker()
_RIVALS = 0.55  # what a pronoun's holder is worth where two may be meant: less than any floor lets through


@dataclass(slots=True)
class Focus:
    """Whom the text spoke of last: what pronouns refer back to."""

    people: list[Draft] = field(default_factory=list)
    body: Draft | None = None
    group: Draft | None = None
    paragraph: dict[str, int] = field(default_factory=dict)

    @property
    def person(self) -> Draft | None:
        """The person last spoken of."""
        return self.people[0] if self.people else None

    def note(self, draft: Draft, paragraph: int) -> None:
        """Remember `draft` as the one last spoken of."""
        if draft.kind is Kind.PERSON:
            self.people = [draft, *(other for other in self.people[:3] if other is not draft)]
            self.paragraph["person"] = paragraph
        else:
            self.body = draft
            self.paragraph["body"] = paragraph
            if draft.kind is not Kind.STATE:
                self.group = draft
                self.paragraph["group"] = paragraph


_VOICES = grammar.SPOKESMEN | frozenset(["statement", "communique", "government", "leadership"])


def resolve(roster: Roster, phrase: NounPhrase, focus: Focus, paragraph: int) -> Speaker:
    """The actors that the noun phrase stands for."""
    tokens = roster.page.tokens
    head = tokens[phrase.head]
    mention = roster.by_token.get(phrase.head)
    is_alone = phrase.last - phrase.first <= 2 or phrase.head == phrase.last - 1  # also in "Hamas said it"
    if is_alone and head.lower in en.PERSONAL:
        return _doubted(roster, phrase, _personal(focus, head.lower, paragraph))
    if is_alone and head.lower in ("they", "it"):
        return _doubted(roster, phrase, _pronoun(focus, "group" if head.lower == "they" else "body", paragraph))
    if mention is not None and not mention.weak and _owner(roster, mention) is None:
        joined = _joined(roster, phrase, mention)
        drafts = _unique([_voiced(roster, other.draft) for other in joined])
        return Speaker(drafts, 1.0, first=joined[0].first)
    if mention is not None and mention.weak:
        return Speaker(unnamed=True)
    if head.lower in _VOICES:
        return _voice(roster, phrase)
    if head.lower in en.UNNAMED or (head.lower in en.ROLE_NOUNS and tokens[phrase.first].lower in ("a", "an", "one")):
        return Speaker(unnamed=True)
    if head.lower in en.ROLE_NOUNS and phrase.head - phrase.first <= 5 and _definite(roster, phrase):
        return _role_noun(roster, focus, head.lower, phrase, paragraph)
    if head.lower in grammar.BODY_NOUNS and tokens[phrase.first].lower == "the" and phrase.head - phrase.first == 1:
        return _body_noun(roster, head.lower, phrase)
    return NOBODY


_VOICE_OF_STATE = ("foreign ministry", "ministry of foreign affairs", "foreign affairs ministry", "foreign office")


def _voiced(roster: Roster, draft: Draft) -> Draft:
    """A foreign ministry is the voice of its state; every other actor speaks for itself."""
    if draft.kind is not Kind.ORGANISATION or not draft.state or not draft.name.lower().endswith(_VOICE_OF_STATE):
        return draft
    return next((d for d in roster.drafts if d.kind is Kind.STATE and d.name == draft.state), draft)


def _owner(roster: Roster, mention: Mention) -> Mention | None:
    """None when a mention ends its phrase; the mention itself when it only owns what follows ("Israel's")."""
    tokens = roster.page.tokens
    after = tokens[mention.last].lower if mention.last < len(tokens) else ""
    return mention if after in ("'s", "’s") else None


def _joined(roster: Roster, phrase: NounPhrase, mention: Mention) -> list[Mention]:
    """The mention, and others joined to it by "and" right before, in order."""
    tokens, sentence = roster.page.tokens, roster.page.sentence_at(roster.page.tokens[phrase.head].start)
    joined_mentions = [mention]
    index, joined = mention.first - 1, False
    while index > sentence.first:
        if tokens[index].lower == "and":
            joined = True
        elif tokens[index].lower not in ("the", "its", ",", "both"):
            break
        other = roster.by_token.get(index)
        if tokens[index].lower in ("and", "the", "its", ",", "both") or other is None:
            index -= 1
            other = roster.by_token.get(index)
        if other is not None:
            if not joined or other.weak or other.draft is mention.draft or len(joined_mentions) > 7:
                break
            if _is_elsewhere(roster, other):
                break
            joined_mentions.insert(0, other)
            index = other.first - 1
    return joined_mentions


def _is_elsewhere(roster: Roster, mention: Mention) -> bool:
    """Whether a name before an "and" has a clause or a phrase of its own: "bombed Syria and Turkey condemned"."""
    tokens = roster.page.tokens
    if mention.first == roster.page.sentence_at(tokens[mention.first].start).first:
        return False
    before, after = tokens[mention.first - 1], tokens[mention.last].text
    is_verb = before.lower.endswith("ed") or before.lower in grammar.PASTS or before.lower in verb_forms()
    return (is_verb and before.text.islower()) or (after == "," and before.lower in grammar.PREPOSITIONS)


def _unique(drafts: list[Draft]) -> tuple[Draft, ...]:
    return tuple(draft for k, draft in enumerate(drafts) if all(draft is not other for other in drafts[:k]))


def _pronoun(focus: Focus, which: str, paragraph: int) -> Speaker:
    draft = focus.body if which == "body" else focus.group
    if draft is None or paragraph != focus.paragraph.get(which, 0):
        return NOBODY
    return Speaker((draft,), 0.7)


def _doubted(roster: Roster, phrase: NounPhrase, speaker: Speaker) -> Speaker:
    """The speaker that a pronoun means, hardly sure when its sentence names two of the kind before it.

    "Germany doubts that Turkey should receive jets while it accuses Israel": grammar doesn't tell whom "it" means.
    """
    if not speaker.drafts:
        return speaker
    is_person = speaker.drafts[0].kind is Kind.PERSON
    first = roster.page.sentence_at(roster.page.tokens[phrase.head].start).first
    before = [roster.by_token[k].draft for k in range(first, phrase.head) if k in roster.by_token]
    rivals = {id(draft) for draft in before if (draft.kind is Kind.PERSON) == is_person}
    return replace(speaker, sure=speaker.sure * _RIVALS) if len(rivals) > 1 else speaker


def _personal(focus: Focus, word: str, paragraph: int) -> Speaker:
    """ "he" and "she": the person last spoken of, unless a title or first name says that it can't be."""
    distance = paragraph - focus.paragraph.get("person", 0)
    fitting = [draft for draft in focus.people if _gender(draft) in ("", word)]
    if not fitting or distance > 2:
        return NOBODY
    passed_over = 0.15 if fitting[0] is not focus.person else 0.0
    return Speaker((fitting[0],), 0.92 - 0.1 * distance - passed_over)


def _gender(draft: Draft) -> str:
    """ "he" or "she" as titles and the first name tell, "" when they don't."""
    forms, roles = " ".join([draft.name, *draft.forms]).lower().split(), " ".join(draft.roles).lower().split()
    if {"mrs", "ms", "miss", "mrs.", "ms."} & set(forms) or grammar.WOMEN_OFFICES & set(roles):
        return "she"
    if {"mr", "mr."} & set(forms) or grammar.MEN_OFFICES & set(roles):
        return "he"
    first = draft.name.lower().split()[0]
    if " " not in draft.name:
        return ""
    return "she" if first in grammar.WOMEN else "he" if first in en.FIRST_NAMES else ""


def _voice(roster: Roster, phrase: NounPhrase) -> Speaker:
    """A spokesman or statement without a name speaks for its state or body."""
    for mention in reversed(roster.within(phrase.first, phrase.head)):
        if not mention.weak and mention.draft.kind is not Kind.PERSON:
            return Speaker((mention.draft,), 0.9)
    tokens = roster.page.tokens
    first = phrase.head + 1
    if first < phrase.last and tokens[first].lower in ("for", "from", "of", "by"):
        for mention in roster.within(first, min(phrase.last, first + 4)):
            if not mention.weak and mention.draft.kind is not Kind.PERSON:
                return Speaker((mention.draft,), 0.9)
    return Speaker(unnamed=True)


def _role_noun(roster: Roster, focus: Focus, noun: str, phrase: NounPhrase, paragraph: int) -> Speaker:
    start, tokens = phrase.first, roster.page.tokens[phrase.first : phrase.head]
    asked = {token.lower for token in tokens} & _RANKS
    people = [
        draft
        for draft in roster.drafts[:1000]
        if draft.kind is Kind.PERSON and any(_has(role, noun, asked) for role in draft.roles)
    ]
    owners = [m.draft.state for m in roster.within(start, phrase.head) if m.draft.state]
    owners = owners or [adjective_states()[token.text] for token in tokens if token.text in adjective_states()]
    if owners:
        people = [d for d in people if _state_of(d) == owners[0]]
    before = [d for d in people if d.mentions[0].first < start] or (people if owners else [])
    if focus.person in before and paragraph - focus.paragraph.get("person", 0) <= 2:
        return Speaker((focus.person,), 0.85)
    if len(before) == 1:
        return Speaker((before[0],), 0.8)
    if before:
        return Speaker((max(before, key=lambda d: max(m.first for m in d.mentions if m.first < start)),), 0.55)
    return NOBODY


def _definite(roster: Roster, phrase: NounPhrase) -> bool:
    """ "the minister", "Turkey's president"."""
    tokens = roster.page.tokens
    owned = any(tokens[k].lower in ("'s", "’s") for k in range(phrase.first, phrase.head))
    return tokens[phrase.first].lower == "the" or owned


def _state_of(draft: Draft) -> str | None:
    return person_state(draft)


_LESSER = frozenset(["vice", "deputy", "former", "opposition"])
_RANKS = _LESSER | {"prime", "foreign", "defense", "defence", "interior", "finance"}


def _has(role: str, noun: str, asked: set[str]) -> bool:
    """Whether "the prime minister" may mean who has this role: of the same rank, and none that is not said."""
    words = set(role.lower().replace("-", " ").split())
    return noun in words and asked <= words and not (words - asked) & _LESSER


def _body_noun(roster: Roster, noun: str, phrase: NounPhrase) -> Speaker:
    last: Mention | None = None
    before = bisect_left(roster.mentions, phrase.first, key=lambda mention: mention.first)
    for mention in roster.mentions[max(0, before - 200) : before]:
        draft = mention.draft
        fits = noun in draft.name.lower().split() or (
            noun in ("group", "movement", "party", "organisation", "organization") and draft.kind is Kind.GROUP
        )
        if noun in ("government", "administration") and draft.kind is Kind.STATE:
            fits = True
        if fits and not mention.weak:
            last = mention
    return Speaker((_voiced(roster, last.draft),), 0.7) if last is not None else NOBODY
