"""From documents to what the network sees: labels over pieces, windows cut anew each epoch, batches as tensors."""

import random
import re
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from digests.extract.candidates import NAME, may_mean, unnamed_mentions
from digests.extract.pieces import sequence
from digests.extract.sentences import open_page
from digests.extract.tags import NAMES, ROLES, STANCES
from digests.extract.wordpiece import WordPiece
from digests.models import Kind
from training.corpora import Actor, Document
from training.network import KINDS, Pairs

IGNORED = -100
_WHOLE = 0.3
"""The share of an evidence that a sentence must hold to show the stance."""
MOST_MENTIONS, MOST_PIECES = 12, 96
"""Around a sentence, and in it: what lies beyond is left out."""


@dataclass(slots=True)
class Mention:
    """Pieces `first` to `last` (exclusive) that may stand for a holder: an actor's index, or a pronoun or role noun."""

    first: int
    last: int
    kind: int
    actor: int
    word: str = ""


@dataclass(slots=True)
class Claim:
    """A position in pieces: whose, which stance, in which sentence; its words there, its issue's in the whole text."""

    sentence: int
    actor: int
    stance: int
    target: int
    evidence: tuple[int, int]
    issue: frozenset[int]


@dataclass(slots=True)
class Example:
    """A document as arrays over its pieces; None where its data set says nothing."""

    ids: np.ndarray
    cases: np.ndarray
    layouts: np.ndarray
    names: np.ndarray | None = None
    roles: np.ndarray | None = None
    links: list[tuple[int, list[int], list[int]]] | None = None
    agents: np.ndarray | None = None
    sentences: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    claims: list[Claim] | None = None

    def __len__(self) -> int:
        return len(self.ids)


def example(document: Document, tokenizer: WordPiece) -> Example:
    """What the network is shown of a document."""
    seen = sequence(document.text, tokenizer)
    one = Example(np.array(seen.pieces.ids), np.array(seen.cases), np.array(seen.layouts))
    at = _Pieces(seen.pieces.starts, seen.pieces.ends)
    if document.names is not None:
        one.names = np.zeros(len(seen), np.int64)
        for start, end, kind in document.names:
            _label(one.names, at.inside(start, end), NAMES.index(kind))
    if document.attributions is not None:
        _roles(one, document, at)
    if document.positions is not None:
        _gold(one, document, at)
    return one


class _Pieces:
    def __init__(self, starts: list[int], ends: list[int]) -> None:
        self.starts, self.ends = np.array(starts), np.array(ends)

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """First and last (exclusive) piece that touch these characters."""
        return int(np.searchsorted(self.ends, start, "right")), int(np.searchsorted(self.starts, end, "left"))


def _label(labels: np.ndarray, span: tuple[int, int], kind: int) -> None:
    first, last = span
    labels[first:last] = 2 * kind + 2
    labels[first : first + 1] = 2 * kind + 1


def _roles(one: Example, document: Document, at: _Pieces) -> None:
    roles = np.zeros(len(one), np.int64)
    one.links = []
    for attribution in document.attributions or []:
        spans = [[at.inside(*span) for span in getattr(attribution, role)] for role in ROLES]
        for kind, found in enumerate(spans):
            for span in found:
                _label(roles, span, kind)
        sources, cues, contents = spans
        for first, last in cues:
            if last > first:
                one.links.append((first, [f for f, e in sources if e > f], [f for f, e in contents if e > f]))
    one.roles = roles


_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "to",
        "in",
        "on",
        "at",
        "by",
        "and",
        "or",
        "with",
        "from",
        "its",
        "his",
        "her",
        "their",
        "as",
        "is",
        "be",
        "that",
        "this",
        "over",
        "into",
        "about",
        "against",
    ]
)


def stems(words: str) -> frozenset[str]:
    """Content words with their endings cut, as issues are compared."""
    found = re.findall(r"[a-z0-9]+", words.lower())
    cut = (re.sub(r"(ies|es|s|ing|ed)$", "", word) for word in found if word not in _STOP)
    return frozenset(stem for stem in cut if stem)  # the S of "U.S." and of "Iran's" is none


def _bare(actor: Actor) -> list[str]:
    """An actor's forms; a person's without those that only put a title before another, as the product's mentions are:
    in "White House spokeswoman Caitlin Hayden" the White House is another's.
    """
    forms = [form for form in dict.fromkeys(actor.forms) if form]
    if actor.kind is not Kind.PERSON:
        return forms
    return [
        form
        for form in forms
        if not any(form != other and form.endswith(f" {other}") for other in forms if " " in other)
    ]


def _gold(one: Example, document: Document, at: _Pieces) -> None:
    page = open_page(document.text)
    one.sentences = [at.inside(s.start, s.end) for s in page.sentences]
    one.kinds = [str(actor.kind) for actor in document.actors]
    one.agents = np.zeros(len(one), np.float32)
    taken = np.zeros(len(document.text) + 1, bool)
    forms = sorted(
        ((form, index) for index, actor in enumerate(document.actors) for form in _bare(actor)),
        key=lambda pair: -len(pair[0]),
    )
    for form, index in forms:
        article, _, rest = form.partition(" ")
        pattern = (
            rf"(?<=[Tt]he ){re.escape(rest)}" if article.lower() == "the" and rest[:1].isupper() else re.escape(form)
        )
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", document.text):
            if taken[match.start() : match.end()].any():
                continue
            taken[match.start() : match.end()] = True
            first, last = at.inside(match.start(), match.end())
            one.agents[first:last] = 1.0
            one.mentions.append(Mention(first, last, NAME, index))
    for start, end, kind, word in unnamed_mentions(document.text):
        if not taken[start:end].any():
            first, last = at.inside(start, end)
            one.mentions.append(Mention(first, last, kind, -1, word))
    one.mentions.sort(key=lambda mention: mention.first)
    one.claims = []
    stands: dict[str, set[int]] = {}
    for match in re.finditer(r"\w+", document.text):
        for stem in stems(match.group()):
            stands.setdefault(stem, set()).update(range(*at.inside(match.start(), match.end())))
    for position in document.positions or []:
        first, last = at.inside(*position.evidence)
        shared = [min(last, e) - max(first, s) for s, e in one.sentences]
        if not shared or max(shared) <= 0:
            continue
        whole = _WHOLE * (last - first)  # evidence over two sentences shows in both, as the scorer has it
        sentences = {int(np.argmax(shared)), *(k for k, count in enumerate(shared) if count >= whole)}
        issue = set().union(*(stands.get(stem, set()) for stem in stems(position.issue)))
        target = -1 if position.target is None else position.target
        one.claims += [
            Claim(k, position.actor, STANCES.index(position.stance), target, (first, last), frozenset(issue))
            for k in sorted(sentences)
        ]


# ---- windows and batches ----


@dataclass(slots=True)
class Window:
    """Pieces `start` to `stop` of an example."""

    example: Example
    start: int
    stop: int


def cut(examples: list[Example], size: int, rng: random.Random) -> list[Window]:
    """Each example in windows of at most `size` pieces, the first shifted at random."""
    found = []
    for one in examples:
        shift = rng.randrange(size) if len(one) > size else 0
        for start in range(-shift, len(one), size):
            first, last = max(0, start), min(start + size, len(one))
            if last - first > 8 or last == len(one):
                found.append(Window(one, first, last))
    return found


def crops(examples: list[Example], rng: random.Random) -> list[Window]:
    """Of each example some sentences in a row by themselves: one to three, once for every ten that it has."""
    found = []
    for one in examples:
        for _ in range(1 + len(one.sentences) // 10 if one.sentences else 0):
            first = rng.randrange(len(one.sentences))
            last = min(first + rng.randint(1, 3), len(one.sentences)) - 1
            start, stop = one.sentences[first][0], one.sentences[last][1]
            if 8 < stop - start <= 254:
                found.append(Window(one, start, stop))
    return found


@dataclass(slots=True)
class Batch:
    """Tensors of some windows. Labels are IGNORED where a data set says nothing."""

    ids: Tensor
    cases: Tensor
    layouts: Tensor
    mask: Tensor
    names: Tensor
    roles: Tensor
    agents: Tensor
    links: Tensor  # (k, 3): row, cue, kind (0 source, 1 content)
    link_options: Tensor  # (k, o) pieces where a span of that kind begins, -1 beyond
    link_gold: Tensor  # (k, o) 1 for the right ones
    pairs: Pairs | None
    stances: Tensor  # (n, m, stances): 1, 0, or IGNORED, the same for the mentions of a group
    groups: Tensor  # (n, m): the group of each mention, -1 beyond
    spreads: Tensor  # (p, 3): sentence, mention, stance of what is claimed
    evidence: Tensor  # (p, l)
    issue: Tensor  # (p, length): of every piece of the window
    target: Tensor  # (p, m): 1, 0 or IGNORED

    def to(self, device: torch.device) -> "Batch":
        """The batch on a device."""
        values = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, Pairs):
                value = Pairs(**{key: part.to(device) for key, part in vars(value).items()})
            elif isinstance(value, Tensor):
                value = value.to(device)
            values[name] = value
        return Batch(**values)


def batch(windows: list[Window], tokenizer: WordPiece) -> Batch:
    """Tensors of `windows`, [CLS] before and [SEP] behind each."""
    size, length = len(windows), max(w.stop - w.start for w in windows) + 2
    ids, cases, layouts = (torch.zeros(size, length, dtype=torch.long) for _ in range(3))
    mask = torch.zeros(size, length)
    names, roles = (torch.full((size, length), IGNORED) for _ in range(2))
    agents = torch.full((size, length), float(IGNORED))
    links, options, gold = [], [], []
    rows = []
    for row, window in enumerate(windows):
        one, piece = window.example, slice(window.start, window.stop)
        n = window.stop - window.start
        inner = slice(1, n + 1)
        ids[row, 0], ids[row, n + 1] = tokenizer.begin, tokenizer.end
        ids[row, inner] = torch.from_numpy(one.ids[piece])
        cases[row, inner] = torch.from_numpy(one.cases[piece])
        layouts[row, inner] = torch.from_numpy(one.layouts[piece])
        mask[row, : n + 2] = 1
        if one.names is not None:
            names[row, inner] = torch.from_numpy(one.names[piece])
        if one.roles is not None:
            roles[row, inner] = torch.from_numpy(one.roles[piece])
            _links(one, window, row, links, options, gold)
        if one.agents is not None:
            agents[row, inner] = torch.from_numpy(one.agents[piece])
        if one.claims is not None:
            rows += _sentences(one, window, row)
    return Batch(
        ids, cases, layouts, mask, names, roles, agents, *_link_tensors(links, options, gold), *_pairs(rows, length)
    )


def _links(
    one: Example, window: Window, row: int, links: list[list[int]], options: list[list[int]], gold: list[list[int]]
) -> None:
    if one.roles is None or one.links is None:
        return
    labels = one.roles[window.start : window.stop]
    begins = [np.flatnonzero(labels == mark) for mark in (1, 5)]
    for cue, sources, contents in one.links:
        if not window.start <= cue < window.stop or labels[cue - window.start] not in (3, 4):
            continue
        for kind, right in enumerate((sources, contents)):
            near = begins[kind][np.argsort(np.abs(begins[kind] - (cue - window.start)))[:8]]
            if len(near):
                links.append([row, cue - window.start + 1, kind])
                options.append([int(x) + 1 for x in near])
                gold.append([int(x + window.start in right) for x in near])


def _link_tensors(links: list[list[int]], options: list[list[int]], gold: list[list[int]]) -> tuple[Tensor, ...]:
    return (
        torch.tensor(links, dtype=torch.long).reshape(-1, 3),
        torch.tensor([o + [-1] * (8 - len(o)) for o in options], dtype=torch.long).reshape(-1, 8),
        torch.tensor([g + [0] * (8 - len(g)) for g in gold], dtype=torch.float).reshape(-1, 8),
    )


@dataclass(slots=True)
class _Row:
    row: int
    pieces: list[int]
    mentions: list[tuple[int, int, int]]  # first, last piece (inclusive) and place
    groups: list[int]
    stances: np.ndarray
    spreads: list[tuple[int, int, np.ndarray, np.ndarray, np.ndarray]]


def _sentences(one: Example, window: Window, row: int) -> list[_Row]:
    """The sentences that lie in the window, with who is mentioned in and around each, and what is claimed there."""
    whole = [index for index, (first, last) in enumerate(one.sentences) if window.start <= first < last <= window.stop]
    found = []
    for index in whole:
        first, last = one.sentences[index]
        last = min(last, first + MOST_PIECES)
        near = []
        for offset in (0, -1, 1):
            if index + offset in whole:
                start, end = one.sentences[index + offset]
                near += [(offset, m) for m in one.mentions if start <= m.first and m.last <= end]
        near = near[:MOST_MENTIONS]
        if near:
            found.append(_row(one, window, row, index, (first, last), near))
    return found


def _row(
    one: Example, window: Window, row: int, index: int, span: tuple[int, int], near: list[tuple[int, Mention]]
) -> _Row:
    first, last = span
    keys = [(offset, m.actor, m.word, m.actor < 0 and _is_quoted(one, m)) for offset, m in near]
    names = list(dict.fromkeys(keys))
    groups = [names.index(key) for key in keys]
    labels = np.zeros((len(names), len(STANCES)), np.float32)
    spreads = []
    for claim in one.claims or []:
        if claim.sentence != index:
            continue
        kind = _kind(one, claim.actor)
        mine = [g for g, (_, actor, _, _) in enumerate(names) if actor == claim.actor]
        fits = [g for g, (_, actor, word, inside) in enumerate(names) if actor < 0 and _may_speak(word, inside, kind)]
        here = [g for g in mine if names[g][0] == 0]
        ranked = here or [g for g in fits if names[g][0] == 0] or mine or fits
        if not ranked:
            continue
        for g in {*mine, *fits}:
            if labels[g, claim.stance] != 1:
                labels[g, claim.stance] = IGNORED
        labels[ranked[0], claim.stance] = 1
        evidence = np.array([claim.evidence[0] <= p < claim.evidence[1] for p in range(first, last)], np.float32)
        issue = np.array([p in claim.issue for p in range(window.start, window.stop)], np.float32)
        target = np.array([float(claim.target >= 0 and m.actor == claim.target) for _, m in near], np.float32)
        members = [m for m, g in enumerate(groups) if g == ranked[0]]
        target[members] = IGNORED
        spreads += [(m, claim.stance, evidence, issue, target) for m in members]
    shift = 1 - window.start
    return _Row(
        row,
        [p + shift for p in range(first, last)],
        [(m.first + shift, m.last - 1 + shift, (offset + 1) * KINDS + m.kind) for offset, m in near],
        groups,
        labels[groups],
        spreads,
    )


def _is_quoted(one: Example, mention: Mention) -> bool:
    return int(one.layouts[mention.first]) % 3 == 1


def _may_speak(word: str, inside: bool, kind: Kind) -> bool:
    """Whether a pronoun or role noun may be the holder: in a quotation only "I" and "we" are, outside only the others;
    "they" is a body or a group, as the product takes it.
    """
    if word in ("i", "we"):
        return inside and may_mean(word, kind)
    if word == "they":
        return not inside and kind in (Kind.ORGANISATION, Kind.GROUP)
    return not inside and may_mean(word, kind)


def _kind(one: Example, actor: int) -> Kind:
    return Kind(one.kinds[actor])


def _pairs(rows: list[_Row], size: int) -> tuple[Pairs | None, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    if not rows:
        nothing = torch.zeros(0)
        return None, nothing, nothing, torch.zeros(0, 3, dtype=torch.long), nothing, nothing, nothing
    n, m, length = len(rows), max(len(r.mentions) for r in rows), max(len(r.pieces) for r in rows)
    pieces, first, last, place = (torch.zeros(n, width, dtype=torch.long) for width in (length, m, m, m))
    on, there = torch.zeros(n, length, dtype=torch.bool), torch.zeros(n, m, dtype=torch.bool)
    groups = torch.full((n, m), -1)
    stances = torch.full((n, m, len(STANCES)), float(IGNORED))
    spreads, evidence, issue, target = [], [], [], []
    for k, row in enumerate(rows):
        pieces[k, : len(row.pieces)], on[k, : len(row.pieces)] = torch.tensor(row.pieces), True
        values = torch.tensor(row.mentions)
        count = len(row.mentions)
        first[k, :count], last[k, :count], place[k, :count] = values.T
        there[k, :count] = True
        groups[k, :count] = torch.tensor(row.groups)
        stances[k, :count] = torch.from_numpy(row.stances)
        for mention, stance, e, i, t in row.spreads:
            spreads.append((k, mention, stance))
            evidence.append(np.pad(e, (0, length - len(e)), constant_values=IGNORED))
            issue.append(np.pad(i, (1, size - 1 - len(i)), constant_values=IGNORED))
            target.append(np.pad(t, (0, m - len(t)), constant_values=IGNORED))
    pairs = Pairs(torch.tensor([r.row for r in rows]), pieces, on, first, last, place, there)
    stacked = [torch.from_numpy(np.stack(x)) if x else torch.zeros(0) for x in (evidence, issue, target)]
    return pairs, stances, groups, torch.tensor(spreads, dtype=torch.long).reshape(-1, 3), *stacked
