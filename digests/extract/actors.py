"""Who is who within one article: names become actors with kind, role, state, aliases and mentions.

Takes the names that names.py found; leaves to positions.py what the actors say and do.
"""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from digests.extract.bodies import Body, body_at
from digests.extract.bystanders import MEDIA, in_credit, is_agent, media_acts
from digests.extract.known import Look, Name
from digests.extract.roster import Draft, Mention, Roster, state_in
from digests.extract.sentences import Page
from digests.extract.titles import role_after
from digests.languages import en, world
from digests.languages import en_grammar as grammar
from digests.languages.en_cues import verb_forms
from digests.models import Kind
from digests.text import fold

BYSTANDER = 0.05
"""Whose likeliest mention is less likely to name an actor than this, is none, whatever is said of it."""

Agency = Callable[[int, int], float]
"""How likely the characters from one offset to another name an actor."""


def build_roster(page: Page, names: list[Name], agency: Agency) -> Roster:
    """Actors of the page: states, known bodies, persons by full name and surname, organisations, groups."""
    return _Builder(page, names, agency).build()


def likeliest(page: Page, draft: Draft, agency: Agency) -> float:
    """How likely the likeliest mention of somebody names an actor."""
    tokens = page.tokens
    spans = [(tokens[mention.first].start, tokens[mention.last - 1].end) for mention in draft.mentions]
    return max((agency(*span) for span in spans), default=0.0)


class _Builder:
    def __init__(self, page: Page, names: list[Name], agency: Agency) -> None:
        self.page = page
        self.agency = agency
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
        self._drop_bystanders()
        self.mentions.sort(key=lambda mention: mention.first)
        every = {id(draft): draft for draft in [*self.drafts.values(), *self.people.values()]}
        kept = [draft for draft in every.values() if draft.mentions]
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
            if single and self._find_person(name.key) is None and self._is_person(name):
                self._person(name.key)

    def _person(self, whole: str) -> Draft:
        draft = self._find_person(whole)
        if draft is None:
            draft = self.people[fold(whole)] = Draft(whole, Kind.PERSON)
            for key in _surnames(whole):
                self.by_surname.setdefault(key, []).append(draft)
        return draft

    def _find_person(self, whole: str) -> Draft | None:
        if fold(whole) in self.people:
            return self.people[fold(whole)]
        words = fold(whole).split()
        if not words:
            return None
        if len(words) == 1 or (len(words) == 2 and words[0] in ("al", "el")):
            return self._bearer(words[-1]) or self._called(words[-1])
        tail = f" {fold(whole)}"
        longer = [draft for name, draft in self.people.items() if name.endswith(tail)]
        if len(longer) == 1:
            return longer[0]  # the "Van Der Sypt" of Eric Van Der Sypt
        for draft in self.by_surname.get(words[-1], []):
            if fold(draft.name).split()[0] == words[0] or _initials(draft.name, whole):
                return draft
        return None

    def _called(self, first_name: str) -> Draft | None:
        """Whom a first name alone means: the one person of the page who is called so."""
        bearers = [draft for name, draft in self.people.items() if name.split()[0] == first_name and " " in name]
        return bearers[0] if len(bearers) == 1 else None

    def _bearer(self, surname: str) -> Draft | None:
        """Whom a bare surname means. A leader's is the leader's, whoever of the family is named in full."""
        choices = self.by_surname.get(surname, [])
        if choices and surname in _FAMILIES:
            return next((draft for draft in choices if world.may_mean(surname, draft.name)), None)
        if len(choices) > 1:
            # Two people with one surname stay two: the one whom the article names first, else the last.
            order = {fold(name.key): -name.first for name in reversed(self.names)}
            return max(choices, key=lambda d: order.get(fold(d.name), -1_000_000))
        return choices[0] if choices else None

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
            or words[-1] in en.PLACE_WORDS | en.ORG_WORDS | en.EVENT_WORDS | en.ROLE_NOUNS
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
        elif name.look in (Look.ORGANISATION, Look.GROUP, Look.PLACE) and self._is_surname(name):
            self._person_mention(name)
        elif name.key in ("North", "South") and f"{name.key} Korea" in self.drafts:
            self._add(self.drafts[f"{name.key} Korea"], name.first, name.last)
        elif name.look in (Look.ORGANISATION, Look.GROUP):
            if not self._acronym(name) and not self._describes(name):
                self._add(self._organisation(name), name.first, name.last)
        elif name.look in (Look.PERSON, Look.OTHER):
            self._person_mention(name)

    def _is_surname(self, name: Name) -> bool:
        """Whether a word is the surname of somebody whom the page names in full."""
        bearer = self._bearer(fold(name.key)) if name.last - name.first == 1 else None
        return bearer is not None

    def _describes(self, name: Name) -> bool:
        """Whether a people or party only describes what follows: "Republican senator", "Hazara community"."""
        one_word = name.last - name.first == 1 and not name.key.isupper()
        if not one_word or name.last >= len(self.page.tokens):
            return False
        word = self.page.tokens[name.last]
        plural = name.key.endswith("s")
        group = name.look is Look.GROUP or word.lower in en.UNNAMED or word.lower.endswith("ors")
        if not group or plural or not word.text.islower() or not word.is_word:
            return False
        return word.lower not in verb_forms() and word.lower not in _AFTER_PEOPLE

    def _person_mention(self, name: Name) -> None:
        draft = self._find_person(name.key)
        if draft is None:
            self._acronym(name)
            return
        words = self.page.tokens[name.first].lower
        if name.look is Look.OTHER and name.last - name.first == 1 and words in en.NOT_NAMES:
            return
        if name.role and name.role not in draft.roles:
            draft.roles.append(name.role)
        if name.role is None:
            after = role_after(self.page, name.last)
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

    def _acronym(self, name: Name) -> bool:
        """Whether it is the acronym of a body named before it, which it is then an alias of."""
        tokens = self.page.tokens
        if name.last - name.first != 1 or not name.key.isupper() or len(name.key) < 2:
            return False
        for mention in reversed(self.mentions[-3:]):
            initials = "".join(t.text[0] for t in tokens[mention.first : mention.last] if t.is_capital)
            spelled = tokens[name.first - 1].text == "(" and mention.last == name.first - 1
            if mention.draft.kind is not Kind.PERSON and (spelled or initials == name.key):
                self.drafts[name.key] = mention.draft
                self._add(mention.draft, name.first, name.last)
                return True
        draft = self.drafts.get(name.key)
        if draft is not None:
            self._add(draft, name.first, name.last)
        return draft is not None

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
        draft = self._find_person(surname)
        found = state_in(draft.roles) if draft else None
        return found or world.leader_states().get(world.leader_names().get(surname.lower(), ""))

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
        if key not in self.drafts:
            entry = _known_table()[key]
            self.drafts[key] = Draft(key, entry.kind, entry.state, known=True)
        return self.drafts[key]

    def _organisation(self, name: Name) -> Draft:
        words = name.key
        state = state_in([words]) or self._owning_state(name)
        key = fold(words.removeprefix("The "))
        if key.split()[-1] in ("ministry", "parliament", "cabinet", "army", "police") and state:
            key = f"{key} {state}"  # two states' ministries are two
        known = self.drafts.get(key) or self._same_body(key)
        if known is not None:
            self.drafts[key] = known
        if key not in self.drafts:
            last = fold(words).split()[-1]
            kind = Kind.GROUP if name.look is Look.GROUP or last in en.GROUP_WORDS else Kind.ORGANISATION
            self.drafts[key] = Draft(self._with_owner(name, state), kind, state)
        return self.drafts[key]

    def _same_body(self, key: str) -> Draft | None:
        """The body whose name begins or ends with these two words or more: "European Court", of Human Rights."""
        if len(key.split()) < 2:
            return None
        for other, draft in self.drafts.items():
            folded = fold(other)
            if draft.kind in (Kind.ORGANISATION, Kind.GROUP) and len(folded.split()) > 1:
                longer, shorter = (folded, key) if len(folded) > len(key) else (key, folded)
                if longer.startswith(f"{shorter} ") or longer.endswith(f" {shorter}"):
                    return draft
        return None

    def _owning_state(self, name: Name) -> str | None:
        """The state before an 's, or that "its" means: the one that the sentence before opened with."""
        tokens = self.page.tokens
        before = tokens[name.first - 1].lower if name.first else ""
        states = [mention for mention in self.mentions[-6:] if mention.draft.kind is Kind.STATE]
        if before in ("'s", "’s") and states and states[-1].last == name.first - 1:
            return states[-1].draft.name
        if before == "its":
            here = self.page.sentence_at(tokens[name.first].start).first
            openers = [m for m in states if m.first < here and tokens[max(0, m.first - 1)].text in ".\n”The"]
            return openers[-1].draft.name if openers else None
        return None

    def _with_owner(self, name: Name, state: str | None) -> str:
        """ "Israel's Foreign Ministry": a body's name alone does not say whose it is."""
        whole = name.key
        return f"{state}'s {whole}" if state and state_in([whole]) is None and len(whole.split()) <= 2 else whole

    def _drop_media(self) -> None:
        """News outlets that only report the article are no actors of it."""
        for draft in self.drafts.values():
            outlet = draft.name in MEDIA or (not draft.known and draft.name.split()[-1].lower() in en.MEDIA_WORDS)
            if outlet and not any(media_acts(self.page, mention) for mention in draft.mentions):
                draft.mentions = []

    def _drop_bystanders(self) -> None:
        """Who is only named in passing, as the encoder was taught to tell, is no actor."""
        for draft in [*self.drafts.values(), *self.people.values()]:
            if likeliest(self.page, draft, self.agency) < BYSTANDER:
                draft.mentions = []

    def _drop_places(self) -> None:
        """A state that is only ever a place ("in Iraq"), and persons that only a credit names, are no actors."""
        for draft in self.drafts.values():
            if draft.kind is Kind.STATE and not any(is_agent(self.page, mention) for mention in draft.mentions):
                draft.mentions = []
        for draft in self.people.values():
            if draft.mentions and all(in_credit(self.page, mention) for mention in draft.mentions):
                draft.mentions = []


@lru_cache(maxsize=1)
def _known_table() -> dict[str, world.Known]:
    return {organisation.name: organisation for organisation in world.organisations()}


_AFTER_PEOPLE = (
    grammar.FINITE_AUXILIARIES | grammar.PREPOSITIONS | frozenset(["and", "or", "but", "who", "which", "that"])
)
_FAMILIES = frozenset(["trump", "biden", "obama", "clinton", "bush", "netanyahu", "zelenskyy", "macron", "erdogan"])
"""Leaders whose kin are in the news too."""


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
