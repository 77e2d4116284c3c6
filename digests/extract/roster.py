"""The actors of an article while they are put together, and the readings that become of them."""

from collections import Counter
from dataclasses import dataclass, field

from digests.extract.sentences import Page
from digests.languages import en, world
from digests.models import Actor, ActorReading, Kind, Span


@dataclass(slots=True)
class Draft:
    """An actor while it is put together."""

    name: str
    kind: Kind
    state: str | None = None
    roles: list[str] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    mentions: list["Mention"] = field(default_factory=list)
    known: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first` to `last` of a page refer to `draft`. A weak one ("Turkish officials") may only be a target."""

    first: int
    last: int
    draft: Draft
    weak: bool = False


@dataclass(slots=True)
class Roster:
    """The actors of a page and where they are mentioned, in order."""

    page: Page
    drafts: list[Draft]
    mentions: list[Mention]
    by_token: dict[int, Mention]

    def within(self, first: int, last: int) -> list[Mention]:
        """Mentions that begin at tokens `first` to `last` (exclusive)."""
        return [self.by_token[k] for k in range(first, last) if k in self.by_token and self.by_token[k].first == k]

    def owns(self, mention: Mention) -> bool:
        """Whether a mention only says whose something is: "Israel's army"."""
        tokens = self.page.tokens
        return mention.last < len(tokens) and tokens[mention.last].lower in ("'s", "’s")


def finish(roster: Roster, known: list[Draft], text_at: int) -> tuple[ActorReading, ...]:
    """Those `known` as actors, most important first. The text proper begins at `text_at` of the page, after its
    title.
    """
    readings = [_reading(roster, draft, text_at) for draft in known]
    taken: set[str] = set()
    unique = []
    for reading in sorted(readings, key=lambda one: (-one.salience, one.mentions[0].start if one.mentions else -1)):
        if reading.actor.name not in taken:
            taken.add(reading.actor.name)
            unique.append(reading)
    return tuple(unique)


def _reading(roster: Roster, draft: Draft, text_at: int) -> ActorReading:
    page = roster.page
    spans = [(page.tokens[m.first].start, page.tokens[m.last - 1].end) for m in draft.mentions]
    name = full_name(draft)
    aliases = tuple(form for form, _ in draft.forms.most_common(40) if form != name)
    actor = Actor(name=name, kind=draft.kind, role=_best_role(draft), state=person_state(draft), aliases=aliases)
    share = len(spans) / max(1, len(roster.mentions))
    early = 1.0 - spans[0][0] / max(1, len(page.text))
    in_title = spans[0][0] < text_at
    salience = round(min(1.0, 2.0 * share + 0.2 * early + 0.3 * in_title), 3)
    inside = tuple(Span(start=start - text_at, end=end - text_at) for start, end in spans if start >= text_at)
    return ActorReading(actor=actor, mentions=inside, salience=salience)


def full_name(draft: Draft) -> str:
    """The fullest form the article uses; for a state its common English name."""
    return draft.name


def _best_role(draft: Draft) -> str | None:
    if draft.kind is not Kind.PERSON or not draft.roles:
        return None
    qualified = [role for role in draft.roles if state_in([role])]
    return max(qualified, key=len) if qualified else max(draft.roles, key=len)


def person_state(draft: Draft) -> str | None:
    """The state an actor belongs to, from its role, its body, or the table of leaders."""
    if draft.kind is not Kind.PERSON:
        return draft.state
    found = state_in(draft.roles)
    if found:
        return found
    for role in draft.roles:
        for organisation in world.organisations():
            if organisation.state and organisation.name in role:
                return organisation.state
    for role in draft.roles:
        for seat, state in en.SEATS.items():
            if seat in role:
                return state
        if role.startswith(("Secretary of State", "House ", "Senate ")) or role.split()[0].strip(".") in _SEATED:
            return "United States"
    return world.leader_states().get(draft.name)


def state_in(texts: list[str]) -> str | None:
    """The state that an adjective or name in `texts` points to."""
    for text in texts:
        for word in (text.split(), [" ".join(pair) for pair in zip(text.split(), text.split()[1:], strict=False)]):
            for part in word:
                bare = part.removesuffix("'s").removesuffix("’s").strip(",")
                state = world.adjective_states().get(bare) or world.name_states().get(bare)
                if state:
                    return state
    return None


_SEATED = frozenset(["Sen", "Senator", "Rep", "Representative", "Congressman", "Congresswoman"])
