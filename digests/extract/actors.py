"""Who is who within one article: names become actors with kind, role, state, aliases and mentions.

Takes the names that names.py found; leaves to positions.py what the actors say and do.
"""

import re
from collections import Counter

from digests.extract.bodies import Body, body_at
from digests.extract.known import Look, Name
from digests.extract.roster import Draft, Mention, Roster, state_in
from digests.extract.sentences import Page
from digests.languages import en, world
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms
from digests.models import Kind
from digests.text import fold


def build_roster(page: Page, names: list[Name]) -> Roster:
    """Actors of the page: states, known bodies, persons by full name and surname, organisations, groups."""
    return _Builder(page, names).build()


class _Builder:
    def __init__(self, page: Page, names: list[Name]) -> None:
        self.page = page
        self.names = names
        self.drafts: dict[str, Draft] = {}
        self.mentions: list[Mention] = []
        self.people: dict[str, Draft] = {}
        self.by_surname: dict[str, list[Draft]] = {}
        self.singles = Counter(name.key for name in names if name.last - name.first == 1 and name.look is Look.OTHER)

    def build(self) -> Roster:
        self._collect_people()
        for name in self.names:
            self._mention(name)
        self._drop_media()
        self._drop_places()
        self.mentions.sort(key=lambda mention: mention.first)
        kept = [draft for draft in [*self.drafts.values(), *self.people.values()] if draft.mentions]
        known = {id(draft) for draft in kept}
        mentions = [mention for mention in self.mentions if id(mention.draft) in known]
        by_token = {k: mention for mention in mentions for k in range(mention.first, mention.last)}
        return Roster(self.page, kept, mentions, by_token)

    # ---- persons ----

    def _collect_people(self) -> None:
        full = [name for name in self.names if name.last - name.first > 1 and self._is_person(name)]
        for name in sorted(full, key=lambda name: -(name.last - name.first)):
            self._person(name.key)
        for name in self.names:
            single = name.last - name.first == 1
            if single and self._find_person(name.key, name.first) is None and self._is_person(name):
                self._person(name.key)

    def _person(self, whole: str) -> Draft:
        draft = self._find_person(whole, 0)
        if draft is None:
            draft = self.people[fold(whole)] = Draft(whole, Kind.PERSON)
            for key in _surnames(whole):
                self.by_surname.setdefault(key, []).append(draft)
        return draft

    def _find_person(self, whole: str, token: int) -> Draft | None:
        if fold(whole) in self.people:
            return self.people[fold(whole)]
        words = fold(whole).split()
        if not words:
            return None
        if len(words) == 1 or (len(words) == 2 and words[0] in ("al", "el")):
            choices = self.by_surname.get(words[-1], [])
            if len(choices) > 1:  # two people with one surname stay two: the one named last before this
                before = [d for d in choices if d.mentions and d.mentions[-1].first < token]
                return max(before, key=lambda d: d.mentions[-1].first, default=choices[0])
            return choices[0] if choices else None
        for draft in self.by_surname.get(words[-1], []):
            if fold(draft.name).split()[0] == words[0] or _initials(draft.name, whole):
                return draft
        return None

    def _is_person(self, name: Name) -> bool:
        if name.look is Look.PERSON:
            return self.page.tokens[name.first].lower not in grammar.NO_PERSONS | en.NOT_NAMES
        if name.look is not Look.OTHER:
            return False
        if name.key in en.LEADER_STATES and name.key not in ("Kim", "Moon", "Bush", "May"):
            return True
        tokens, words = self.page.tokens, [t.lower for t in self.page.tokens[name.first : name.last]]
        if (
            words[0] in en.NOT_NAMES | en.UNNAMED | grammar.NO_PERSONS
            or words[-1] in en.PLACE_WORDS | en.ORG_WORDS | en.EVENT_WORDS
        ):
            return False
        if any(not t[0].isalpha() for t in words) or ("-" in words[0] and name.last - name.first == 1):
            return False
        if self.page.words(name.first, name.last).isupper():
            return False
        before = tokens[name.first - 1].lower if name.first else ""
        if before in ("the", "a", "an"):
            return False
        return self._speaks(name) or (name.last - name.first > 1 and self._described(name))

    def _speaks(self, name: Name) -> bool:
        tokens = self.page.tokens
        after = [t.lower for t in tokens[name.last : name.last + 3]]
        before = [t.lower for t in tokens[max(0, name.first - 1) : name.first]]
        if before and before[0] in ("said", "says", "added", "told", "asked", "wrote", "tweeted"):
            return True
        return bool(after) and (
            after[0] in en.SPEECH
            or (after[0] in grammar.FINITE_AUXILIARIES and len(after) > 1 and after[1] in en.SPEECH)
        )

    def _described(self, name: Name) -> bool:
        """A two-word name that is explained or aged, or whose last word is used alone."""
        tokens = self.page.tokens
        after = [t.lower for t in tokens[name.last : name.last + 10]]
        if len(after) > 2 and after[0] == "," and (after[1].isdigit() or after[1] == "who"):
            return True
        if len(after) > 2 and after[0] == "," and set(after[1:8]) & en.ROLE_NOUNS:
            return True
        before = tokens[name.first - 1].lower if name.first else ""
        return self.singles[tokens[name.last - 1].text] > 0 and before not in grammar.LOCATIVE

    # ---- mentions ----

    def _mention(self, name: Name) -> None:
        body = body_at(self.page, name)
        if body is not None:
            self._body(body)
        elif name.look in (Look.STATE, Look.SEAT):
            self._add(self._state(name.key), name.first, name.last)
        elif name.look is Look.CAPITAL:
            if self._acts(name):
                self._add(self._state(name.key), name.first, name.last)
        elif name.look is Look.KNOWN:
            self._add(self._known(name.key), name.first, name.last)
        elif name.look is Look.ORGANISATION:
            self._add(self._organisation(name.key), name.first, name.last)
        elif name.look in (Look.PERSON, Look.OTHER):
            self._person_mention(name)

    def _person_mention(self, name: Name) -> None:
        draft = self._find_person(name.key, name.first)
        if draft is None:
            self._acronym(name)
            return
        words = self.page.tokens[name.first].lower
        if name.look is Look.OTHER and name.last - name.first == 1 and words in en.NOT_NAMES:
            return
        if name.role and name.role not in draft.roles:
            draft.roles.append(name.role)
        if name.role is None:
            after = _role_after(self.page, name)
            if after and not draft.roles:
                draft.roles.append(after)
        self._add(draft, name.first, name.last)
        if name.titled and name.role_first >= 0:
            draft.forms[self.page.words(self._title_start(name), name.last)] += 1

    def _title_start(self, name: Name) -> int:
        start = min(name.role_first, name.first)
        tokens = self.page.tokens
        if start == name.first and start and tokens[start - 1].text == ".":
            start -= 2
        elif start == name.first and start and tokens[start - 1].lower in en.HONORIFICS:
            start -= 1
        return max(0, start)

    def _acronym(self, name: Name) -> None:
        """An acronym after a known or organisation name in brackets is its alias."""
        tokens = self.page.tokens
        if name.last - name.first != 1 or not name.key.isupper() or len(name.key) < 2:
            return
        for mention in reversed(self.mentions[-3:]):
            initials = "".join(t.text[0] for t in tokens[mention.first : mention.last] if t.is_capital)
            spelled = tokens[name.first - 1].text == "(" and mention.last == name.first - 1
            if mention.draft.kind is not Kind.PERSON and (spelled or initials == name.key):
                self.drafts[name.key] = mention.draft
                self._add(mention.draft, name.first, name.last)
                return
        draft = self.drafts.get(name.key)
        if draft is not None:
            self._add(draft, name.first, name.last)

    def _body(self, body: Body) -> None:
        if body.kind is Kind.STATE:
            state = body.state or self._leader_state(body.leader)
            if state:
                self._add(self._state(state), body.first, body.last, weak=body.weak)
            return
        words = self.page.words(body.first, body.last)
        draft = self.drafts.get(fold(words)) or self.drafts.setdefault(fold(words), Draft(words, body.kind, body.state))
        self._add(draft, body.first, body.last, weak=body.weak)

    def _leader_state(self, surname: str) -> str | None:
        if surname in en.LEADER_STATES:
            return en.LEADER_STATES[surname]
        draft = self._find_person(surname, 0)
        return state_in(draft.roles) if draft else None

    def _acts(self, name: Name) -> bool:
        """Whether a capital stands for its government here: it is the subject of a verb, or owns a stance."""
        tokens = self.page.tokens
        before = tokens[name.first - 1].lower if name.first else ""
        after = tokens[name.last].lower if name.last < len(tokens) else ""
        later = tokens[name.last + 1].lower if name.last + 1 < len(tokens) else ""
        if before in grammar.LOCATIVE or after in (",", "(", "—", "–", "-"):
            return before in ("by", "with", "against", "urged", "between")
        if after in ("'s", "’s") or (after == "on" and later.endswith("day")):
            return True
        return (
            after in verb_forms()
            or after in grammar.FINITE_AUXILIARIES
            or before in grammar.TOWARDS
            or (after == "and" and later in verb_forms())
        )

    # ---- drafts ----

    def _add(self, draft: Draft, first: int, last: int, *, weak: bool = False) -> None:
        mention = Mention(first, last, draft, weak)
        if self.mentions and self.mentions[-1].last > first:
            return
        self.mentions.append(mention)
        if not weak:
            draft.mentions.append(mention)
            draft.forms[self.page.words(first, last)] += 1

    def _state(self, name: str) -> Draft:
        return self.drafts.setdefault(name, Draft(name, Kind.STATE, name, known=True))

    def _known(self, key: str) -> Draft:
        entry = _known_table()[key]
        return self.drafts.setdefault(key, Draft(key, entry.kind, entry.state, known=True))

    def _organisation(self, words: str) -> Draft:
        key = fold(words.removeprefix("The "))
        if key not in self.drafts:
            last = key.split()[-1]
            kind = Kind.GROUP if last in en.GROUP_WORDS else Kind.ORGANISATION
            self.drafts[key] = Draft(words, kind, state_in([words]))
        return self.drafts[key]

    def _drop_media(self) -> None:
        """News outlets that only report the article are no actors of it."""
        for draft in self.drafts.values():
            outlet = draft.name in _MEDIA or (not draft.known and draft.name.split()[-1].lower() in en.MEDIA_WORDS)
            if outlet and not any(self._media_acts(mention) for mention in draft.mentions):
                draft.mentions = []

    def _drop_places(self) -> None:
        """A state that is only ever a place ("in Iraq"), and persons that only a credit names, are no actors."""
        for draft in self.drafts.values():
            if draft.kind is Kind.STATE and not any(self._is_agent(mention) for mention in draft.mentions):
                draft.mentions = []
        for draft in self.people.values():
            if draft.mentions and all(self._in_credit(mention) for mention in draft.mentions):
                draft.mentions = []

    def _is_agent(self, mention: Mention) -> bool:
        tokens = self.page.tokens
        before = tokens[mention.first - 1].lower if mention.first else ""
        if before == "the" and mention.first > 1:
            before = tokens[mention.first - 2].lower
        if tokens[mention.first].text in ("U.S.", "US", "UK", "U.K.") and mention.last - mention.first == 1:
            after = tokens[mention.last] if mention.last < len(tokens) else None
            if (
                after
                and after.text.isalpha()
                and after.lower not in verb_forms() | grammar.FINITE_AUXILIARIES | en.FUNCTION_WORDS
            ):
                return False
        return before not in grammar.PLACING

    def _in_credit(self, mention: Mention) -> bool:
        sentence = self.page.sentence_at(self.page.tokens[mention.first].start)
        before = self.page.words(max(0, mention.first - 3), mention.first)
        if before.endswith(("'s", "’s")) and any(outlet in before for outlet in _MEDIA):
            return True
        text = self.page.text[sentence.start : sentence.end]
        return bool(_CREDITS.search(text)) or self._is_byline(sentence.first, sentence.last)

    def _is_byline(self, first: int, last: int) -> bool:
        """A line of nothing but names: "Ann Smith and John Doe"."""
        tokens = self.page.tokens[first:last]
        if not tokens or tokens[-1].text in '.!?”"' or len(tokens) > 16:
            return False
        return all(token.is_capital or not token.is_word or token.lower in ("and", "by", "in") for token in tokens)

    def _media_acts(self, mention: Mention) -> bool:
        tokens = self.page.tokens
        after = [t.lower for t in tokens[mention.last : mention.last + 2]]
        before = [t.lower for t in tokens[max(0, mention.first - 3) : mention.first]]
        if any(
            word in ("contributed", "contributing")
            for word in (t.lower for t in tokens[mention.last : mention.last + 9])
        ):
            return False
        return bool(after and after[0] in ("reported", "said", "reports", "says", "quoted")) or before[-2:] == [
            "according",
            "to",
        ]


_CREDITS = re.compile(en.CREDITS)
_MEDIA = en.MEDIA


def _known_table() -> dict[str, world.Known]:
    return {organisation.name: organisation for organisation in world.organisations()}


def _surnames(whole: str) -> list[str]:
    words = fold(whole).split()
    keys = [words[-1]]
    if len(words) > 1 and (words[0] in grammar.EASTERN or words[0] in ("xi", "kim")):
        keys.append(words[0])
    if len(words) > 2 and words[-1] in ("jr", "sr", "ii", "iii"):
        keys.append(words[-2])
    return keys


def _initials(known: str, written: str) -> bool:
    return (
        known.split(maxsplit=1)[0][0] == written.split(maxsplit=1)[0][0]
        and written.split(maxsplit=1)[0].rstrip(".").isupper()
    )


def _role_after(page: Page, name: Name) -> str | None:
    """The office in the apposition after a name: ", the Palestinian UN envoy,"."""
    tokens = page.tokens
    if name.last >= len(tokens) or tokens[name.last].text != ",":
        return None
    first = name.last + 1
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
    return page.words(first, last)[:80].strip(" ,")


def _offices_single() -> frozenset[str]:
    return frozenset(office for office in en.OFFICES if " " not in office)
