"""Who is independent of whom: one text printed by six outlets is one voice.

Two articles are of one family when one publisher made both, when their texts are near-duplicates, or when both name
the same agency in the dateline.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence

from digests.models import Article
from digests.text import fold

Pairs = list[tuple[str, str]]
"""Pairs of article ids."""

_AGENCY = re.compile(
    r"^.{0,60}?[(\[](?P<bracket>Reuters|AP|AFP|DPA|EFE|ANSA|UPI|Xinhua|TASS|AAP|PTI|ANI)[)\]]|"
    r"^.{0,20}?(?:By )?(?P<by>The Associated Press|Associated Press|Agence France-Presse|Reuters)\b(?= [-–—])"
)
_AGENCIES = {"the associated press": "ap", "associated press": "ap", "agence france presse": "afp"}
_ENDINGS = re.compile(r"\b(online|news|com|org|net|co uk|english|world|international|the)\b")
_WORD = re.compile(r"\w+")
_SHINGLE = 5  # words in a row: five that are equal by chance are rare in news text (Broder 1997)
_OPENING = 400  # words compared: reprints are cut at the end
_ALIKE = 0.5  # share of the shorter text's shingles that must be in the other
_COMMON = 40  # a shingle in more articles than this is furniture ("read more on our site")
_FEWEST = 20  # shingles below which a text is too short to be called a copy


def publisher_key(publisher: str) -> str:
    """A publisher's name for counting: "BBC News" and "BBC" are one, "www.reuters.com" is "reuters"."""
    folded = fold(publisher.removeprefix("www.").replace(".", " "))
    return " ".join(_ENDINGS.sub(" ", folded).split()) or folded


def families(articles: Sequence[Article], pairs: Pairs | None = None) -> dict[str, str]:
    """By article id, the name of its family: equal names are one independent voice. `pairs`: the `copies`, if known."""
    roots = {article.id: article.id for article in articles}

    def root(name: str) -> str:
        while roots[name] != name:
            name = roots[name]
        return name

    for one, other in copies(articles) if pairs is None else pairs:
        first, second = sorted((root(one), root(other)))
        roots[second] = first
    voice: dict[str, str] = {}
    for article in sorted(articles, key=lambda one: (one.dated, one.id)):  # the first to print it lends the name
        voice.setdefault(root(article.id), _voice(article))
    return {article.id: voice[root(article.id)] for article in articles}


def copies(articles: Sequence[Article]) -> Pairs:
    """Pairs of article ids whose texts are near-duplicates, found through shared shingles."""
    shingled = {article.id: _shingles(article.text) for article in articles}
    holders: defaultdict[int, list[str]] = defaultdict(list)
    shared: Counter[tuple[str, str]] = Counter()
    for article_id, shingles in shingled.items():
        for shingle in shingles:
            holders[shingle].append(article_id)
    for ids in holders.values():
        if 1 < len(ids) <= _COMMON:
            shared.update((ids[i], ids[j]) for i in range(len(ids)) for j in range(i + 1, len(ids)))
    return sorted(
        pair
        for pair, count in shared.items()
        if count >= _ALIKE * max(min(len(shingled[pair[0]]), len(shingled[pair[1]])), _FEWEST)
    )


def _voice(article: Article) -> str:
    found = _AGENCY.search(article.text[:120])
    if found:
        name = fold(found["bracket"] or found["by"])
        return _AGENCIES.get(name, name)
    return publisher_key(article.publisher) or article.id


def _shingles(text: str) -> set[int]:
    spoken = _WORD.findall(text[: _OPENING * 12].lower())[:_OPENING]
    return {zlib.crc32(" ".join(spoken[i : i + _SHINGLE]).encode()) for i in range(len(spoken) - _SHINGLE + 1)}
