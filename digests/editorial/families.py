"""Who is independent of whom: one text printed by six outlets is one voice.

Two articles are of one voice when one publisher made both, when one reprints the other (copies.py), when both name the
same agency in the dateline, or when the operator's table says that their publishers are one family.
"""

import re

from digests.listing import Listing, Table
from digests.models import Article
from digests.text import fold

_AGENCY = re.compile(
    r"^.{0,60}?[(\[](?P<bracket>Reuters|AP|AFP|DPA|EFE|ANSA|UPI|Xinhua|TASS|AAP|PTI|ANI)[)\]]|"
    r"^.{0,20}?(?:By )?(?P<by>The Associated Press|Associated Press|Agence France-Presse|Reuters)\b(?= [-–—])"
)
_AGENCIES = {"the associated press": "ap", "associated press": "ap", "agence france presse": "afp"}
_ENDINGS = re.compile(r"\b(online|news|com|org|net|co uk|english|world|international|the)\b")


def publisher_key(publisher: str) -> str:
    """A publisher's name for counting: "BBC News" and "BBC" are one, "www.reuters.com" is "reuters"."""
    folded = fold(publisher.removeprefix("www.").replace(".", " "))
    return " ".join(_ENDINGS.sub(" ", folded).split()) or folded


FAMILIES = Listing(note="families", key=publisher_key, row="family", inside="publishers")


def voice_of(article: Article) -> str:
    """The agency that an article names as its origin, else its publisher; of neither, the article is its own."""
    found = _AGENCY.search(article.text[:120])
    if found:
        name = fold(found["bracket"] or found["by"])
        return _AGENCIES.get(name, name)
    return publisher_key(article.publisher) or article.id


def relatives(table: Table) -> dict[str, str]:
    """By a publisher's key: the key of its family."""
    return {one: publisher_key(family) for one, family in FAMILIES.headings(table).items()}
