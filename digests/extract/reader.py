"""The reader: one pass of the encoder over an article, then rules that can be read, in the order of the recipe
below.
"""

from digests.extract.actors import build_roster, likeliest
from digests.extract.claims import find_claims
from digests.extract.encoder import Encoded, Encoder
from digests.extract.heads import Heads
from digests.extract.marks import Marks
from digests.extract.names import find_names
from digests.extract.positions import find_positions
from digests.extract.readings import as_positions
from digests.extract.roster import finish, full_name
from digests.extract.sentences import open_page
from digests.extract.voices import as_attributions, find_voices
from digests.models import Article, Extraction

LONGEST = 60_000
"""Characters of an article that are read."""
ACTS, HOLDS = 0.9, 0.45
"""An actor is who is this likely to be named as one (best F1 on articles held back), or has part in so sure a
position.
"""


class EncoderReader:
    """Reads English. Deterministic and offline; the weights are loaded with the first article."""

    name = "encoder/1"

    def __init__(self, *, threads: int = 1) -> None:
        self._encoder, self._heads = Encoder(threads=threads), Heads()

    def extract(self, article: Article) -> Extraction:
        """Actors, attributions and positions of `article`."""
        return self.understand(article, self._encoder.encode([whole(article)])[0], self._heads)

    def understand(self, article: Article, encoded: Encoded, heads: Heads) -> Extraction:
        """What the rules make of an article that is encoded already."""
        page = open_page(whole(article), limit=LONGEST + len(article.title) + 2)
        text_at = len(page.text) - len(article.text[:LONGEST])
        marks = Marks(encoded, heads)
        roster = build_roster(page, find_names(page, marks.names()), marks.agency)
        told = find_voices(roster, marks.attributions())
        readings = find_positions(roster, marks, told, find_claims(roster, marks, told), text_at)
        sure = [one for one in readings if one.confidence >= HOLDS]
        engaged = {id(one.holder) for one in sure} | {id(one.target) for one in sure}
        known = [d for d in roster.drafts if id(d) in engaged or likeliest(page, d, marks.agency) >= ACTS]
        names = {id(draft): full_name(draft) for draft in known}
        return Extraction(
            article_id=article.id,
            reader=self.name,
            actors=finish(roster, known, text_at),
            attributions=as_attributions(told, names, text_at),
            positions=as_positions(readings, names),
        )


def whole(article: Article) -> str:
    """Title and text as the encoder was taught to see them."""
    text = article.text[:LONGEST]
    return f"{article.title}\n\n{text}" if article.title else text
