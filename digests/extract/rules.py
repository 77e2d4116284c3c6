"""The rules reader: words, names, actors, statements, positions, in that order. No model, no network."""

from digests.extract.actors import build_roster
from digests.extract.attributions import find_cues
from digests.extract.headlines import from_title
from digests.extract.names import find_names
from digests.extract.positions import find_positions
from digests.extract.readings import as_positions
from digests.extract.roster import finish, full_name
from digests.extract.sentences import open_page
from digests.extract.spans import as_attributions
from digests.extract.statements import find_quotations, find_statements
from digests.models import Article, Extraction


class RulesExtractor:
    """Reads English by rules that can be read. Deterministic; looks at the first 60,000 characters."""

    name = "rules/1"

    def extract(self, article: Article) -> Extraction:
        """Actors, attributions and positions of `article`."""
        page = open_page(article.text)
        roster = build_roster(page, find_names(page))
        statements = find_statements(roster, find_cues(page))
        quotations = find_quotations(page, statements)
        readings = find_positions(roster, statements, quotations)
        readings += from_title(article.title, roster, readings)
        actors = finish(roster, article.title)
        names = {id(draft): full_name(draft) for draft in roster.drafts}
        return Extraction(
            article_id=article.id,
            reader=self.name,
            actors=actors,
            attributions=as_attributions(statements, quotations, names),
            positions=as_positions(readings, names),
        )
