"""The data sets, each read into Documents; docs/training.md names their public origin and layout.

DATA/attribution/{train,dev}.jsonl   PolNeAR 1.0: {"id", "text", "attributions": [{"source", "cue", "content"}]}
DATA/ner/worldwide_train.jsonl       en-worldwide-newswire: {"id", "sentences": [{"tokens", "tags"}]}
DATA/stories/{conflict,allsides}_dev.jsonl  AllSides, NeuS and Wikinews: {"id", "title", "text"}
DATA/gold/{train,dev}/*.json         articles annotated with actors and positions
training/annotations/*.json          actors and positions of articles of the first three sets, as offsets
"""

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from digests.models import Kind, Stance

ANNOTATIONS = Path(__file__).parent / "annotations"
Spans = list[tuple[int, int]]
LONGEST_TITLE = 200
"""Characters of a first paragraph that is a headline."""


@dataclass(slots=True)
class Attribution:
    """Spans of one attribution."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(slots=True)
class Actor:
    """An annotated actor with every form of its name."""

    name: str
    kind: Kind
    forms: list[str]


@dataclass(slots=True)
class Position:
    """An annotated position; `evidence` are offsets into the document's text."""

    actor: int
    stance: Stance
    issue: str
    target: int | None
    evidence: tuple[int, int]


@dataclass(slots=True)
class Document:
    """A text with whatever its data set annotates; None is what it does not."""

    id: str
    text: str
    attributions: list[Attribution] | None = None
    names: list[tuple[int, int, str]] | None = None
    actors: list[Actor] = field(default_factory=list)
    positions: list[Position] | None = None
    body: int = 0
    """Where the text begins, past the title."""
    is_story: bool = False
    """Whether it is of the kind that the bot is for: of the story sets."""


def held_back(identifier: str, tenth: int = 0) -> bool:
    """Whether an article belongs to this tenth of its set, by the hash of its id: the same on every machine."""
    return int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 10 == tenth


def attribution(path: Path) -> list[Document]:
    """Documents of PolNeAR."""
    documents = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = [
            Attribution(*([(start, end) for start, end in one[role]] for role in ("source", "cue", "content")))
            for one in row["attributions"]
        ]
        headline = row["text"].find("\n\n")
        body = headline + 2 if 0 < headline <= LONGEST_TITLE else 0
        documents.append(Document(row["id"], row["text"], attributions=found, body=body))
    return documents


_NAME_CLASSES = {
    "Person": "person", "Organization": "organisation", "Location": "location", "NORP": "norp",
    "Facility": "other", "Product": "other", "Misc": "other",
}  # fmt: skip


def newswire(path: Path) -> list[Document]:
    """Documents of the worldwide newswire set, its tokens set again as text; dates and money are no names here."""
    documents = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, names = "", []
        for sentence in row["sentences"]:
            text += "\n\n" if text else ""
            words, offsets = joined(sentence["tokens"])
            names += _names(sentence["tags"], [(len(text) + start, len(text) + end) for start, end in offsets])
            text += words
        documents.append(Document(row["id"], text, names=names))
    return documents


def _names(tags: list[str], offsets: Spans) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    open_class = ""
    for tag, (start, end) in zip(tags, offsets, strict=True):
        mark, _, kind = tag.partition("-")
        if mark == "I" and kind == open_class and found:
            found[-1] = (found[-1][0], end, found[-1][2])
        elif kind in _NAME_CLASSES:
            found.append((start, end, _NAME_CLASSES[kind]))
        open_class = kind if kind in _NAME_CLASSES else ""
    return found


_CLOSING = {",", ".", ";", ":", "!", "?", ")", "]", "%", "...", "”", "’", "''"}
_ENDING_WORDS = {"s", "t", "re", "ve", "ll", "d", "m"}
_ENDINGS = {f"{mark}{end}" for mark in "'’" for end in _ENDING_WORDS} | {"n't", "n’t"}
_OPENING = {"(", "[", "$", "“", "‘", "``", "£", "€", "#"}


def joined(tokens: list[str]) -> tuple[str, Spans]:
    """Tokens set again as text, and where each stands: no space before closing marks, none after opening ones."""
    text, offsets, is_open, before = "", Spans(), False, ""
    for index, token in enumerate(tokens):
        after = tokens[index + 1] if index + 1 < len(tokens) else ""
        space = bool(text)
        if token in _CLOSING or token.lower() in _ENDINGS or before in _OPENING:
            space = False
        if before == "’" and token in _ENDING_WORDS and text[-2:-1].isalnum():
            space = False
        if re.fullmatch(r"[A-Z]\.", token) and re.fullmatch(r"[A-Z]\.", before):
            space = False
        if token == '"':
            space, is_open = bool(text) and not is_open, not is_open
        elif before == '"' and is_open:
            space = False
        if token in ("-", "/") and before[-1:].isalnum() and after[:1].isalnum():
            alike = after[:1].isdigit() == before[-1:].isdigit() and before[:1].isupper() == after[:1].isupper()
            if after[:1].islower() or (alike and not before.isdigit()):
                space = False
        if before in ("-", "/") and text[-2:-1].isalnum() and token[:1].isalnum() and not text.endswith(" -"):
            space = False
        text += " " if space else ""
        offsets.append((len(text), len(text) + len(token)))
        text += token
        before = token
    return text, offsets


def stories(folder: Path) -> list[Document]:
    """Articles of the story sets, the title first as the reader sees it; `more_gold` says what is annotated in them."""
    rows = {}
    for name in ("conflict_dev", "allsides_dev"):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows[row["id"]] = Document(
                row["id"], f"{row['title']}\n\n{row['text']}", body=len(row["title"]) + 2, is_story=True
            )
    return list(rows.values())


def annotatable(data: Path) -> list[Document]:
    """Every article that training/annotations may add to."""
    return [
        *newswire(data / "ner" / "worldwide_train.jsonl"),
        *attribution(data / "attribution" / "train.jsonl"),
        *stories(data / "stories"),
    ]


def gold(folder: Path) -> list[Document]:
    """Articles annotated by the guide; the title stands before the text, as the reader sees it."""
    documents = []
    for path in sorted(folder.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        title = row.get("title") or ""
        text = f"{title}\n\n{row['text']}" if title else row["text"]
        body = len(text) - len(row["text"])
        spans = []
        for one in row["positions"]:
            at = row["text"].find(one["evidence"])
            at = body + at if at >= 0 else title.find(one["evidence"])
            spans.append((at, at + len(one["evidence"])))
        documents.append(annotated(row, text, body, spans))
    return documents


def more_gold(documents: list[Document]) -> list[Document]:
    """Those of `documents` that training/annotations adds actors and positions to, with what they had before.

    Those that are `held_back` are never trained on: they choose between models, and tell how sure a claim is.
    """
    known = {document.id: document for document in documents}
    found = []
    for path in sorted(ANNOTATIONS.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        if row["id"] in known:
            one = known[row["id"]]
            spans = [tuple(position["evidence"]) for position in row["positions"]]
            made = annotated(row, one.text, one.body, spans)
            found.append(replace(one, actors=made.actors, positions=made.positions))
    return found


def annotated(row: dict[str, Any], text: str, body: int, evidence: list[Any]) -> Document:
    """A Document of an annotation in the guide's format, with the evidences' offsets."""
    actors = [Actor(one["name"], Kind(one["kind"]), [one["name"], *one["aliases"]]) for one in row["actors"]]
    index = {actor.name: at for at, actor in reversed(list(enumerate(actors)))}
    positions = [
        Position(index[one["actor"]], Stance(one["stance"]), one["issue"], index.get(one["target"]), span)
        for one, span in zip(row["positions"], evidence, strict=True)
        if one["actor"] in index and span[0] >= 0
    ]
    return Document(row["id"], text, actors=actors, positions=positions, body=body)
