"""The rules reader: words, names, actors, statements, positions, in that order. No model, no network."""

from digests.extract.actors import build_roster, finish
from digests.extract.names import find_names
from digests.extract.sentences import open_page
from digests.models import Article, Extraction


class RulesExtractor:
    """Reads English by rules that can be read. Deterministic; looks at the first 100,000 characters."""

    name = "rules/1"

    def extract(self, article: Article) -> Extraction:
        """Actors, attributions and positions of `article`."""
        page = open_page(article.text)
        roster = build_roster(page, find_names(page))
        return Extraction(article_id=article.id, reader=self.name, actors=finish(roster, article.title))
