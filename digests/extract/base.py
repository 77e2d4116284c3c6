"""The contract of every extractor: one article in, one extraction out, and every span of it really in the article."""

from typing import Protocol

from digests.errors import ExtractionError
from digests.models import Article, Evidence, Extraction, Span

READ = frozenset({"en"})
"""Languages that extractors read. Articles in others are kept, left unread, and told of in no briefing."""


class Extractor(Protocol):
    """Reads one article. Pure and deterministic: no store, no network, no clock. Runs in a worker thread."""

    @property
    def name(self) -> str:
        """Name and version, kept with all that it reads, as "encoder/1"."""

    def extract(self, article: Article) -> Extraction:
        """Actors, attributions and positions of `article`, offsets into its text and title exactly as they are."""


def read(extractor: Extractor, article: Article) -> Extraction:
    """What `extractor` reads in `article`, checked. Raises ExtractionError when it breaks the contract."""
    extraction = extractor.extract(article)
    check(extraction, article)
    return extraction


def check(extraction: Extraction, article: Article) -> None:
    """Refuse spans outside the article, evidence that is not word for word there, and positions of nobody.

    Raises ExtractionError with the first thing wrong.
    """
    names = {reading.actor.name for reading in extraction.actors}
    spans = [span for reading in extraction.actors for span in reading.mentions]
    for attribution in extraction.attributions:
        spans += [*attribution.source, *attribution.cue, *attribution.content]
        if attribution.speaker is not None and attribution.speaker not in names:
            raise ExtractionError(f"{article.id}: speaker {attribution.speaker!r} is not among the actors")
    for position in extraction.positions:
        if position.actor not in names:
            raise ExtractionError(f"{article.id}: holder {position.actor!r} is not among the actors")
        if position.target is not None and position.target not in names:
            raise ExtractionError(f"{article.id}: target {position.target!r} is not among the actors")
        if not 0.0 <= position.confidence <= 1.0:
            raise ExtractionError(f"{article.id}: confidence {position.confidence} is not between 0 and 1")
        if position.quote is not None:
            spans.append(position.quote)
        _check_evidence(position.evidence, article)
    for span in spans:
        _check_span(span, article.text, article.id)


def _check_evidence(evidence: Evidence, article: Article) -> None:
    whole = article.text if evidence.where == "text" else article.title
    _check_span(Span(start=evidence.start, end=evidence.end), whole, article.id)
    if whole[evidence.start : evidence.end] != evidence.text:
        raise ExtractionError(f"{article.id}: evidence at {evidence.start} is not word for word in the article")
    before, after = whole[evidence.start - 1 : evidence.start], whole[evidence.end : evidence.end + 1]
    if (before.isalnum() and evidence.text[0].isalnum()) or (after.isalnum() and evidence.text[-1].isalnum()):
        raise ExtractionError(f"{article.id}: evidence at {evidence.start} begins or ends inside a word")


def _check_span(span: Span, whole: str, article_id: str) -> None:
    if not 0 <= span.start < span.end <= len(whole):
        raise ExtractionError(f"{article_id}: span {span.start}:{span.end} is not in the article")
