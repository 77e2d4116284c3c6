"""The sample articles that come with the bot: invented outlets, dated by their distance from the moment of loading.

Each file of `digests/samples/` has a small head (title, publisher, `hours_before` or `minutes_after`, and the sentence
that says it is a sample), a line of three dashes, and the text. `{today}` and `{yesterday}` in it become weekdays.
Which store they go to is left to the caller; they never belong into one with real news.
"""

from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import NamedTuple

from digests.models import Article, Fetched, Source, SourceKind
from digests.sources.base import Client
from digests.text import canonical_url, clean_text, fingerprint, fold, one_line, short_id

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Sample(NamedTuple):
    stem: str
    title: str
    publisher: str
    after: timedelta
    text: str


def source(loaded_at: datetime) -> Source:
    """The samples as a source of a store into which they are loaded at `loaded_at`."""
    return Source(kind=SourceKind.SAMPLES, location=loaded_at.isoformat(), title="Samples")


async def fetch(source: Source, client: Client, now: datetime) -> Fetched:  # noqa: ARG001  (the contract's signature)
    """The samples that are out by now; to be looked at again when the next one comes out."""
    loaded_at = datetime.fromisoformat(source.location)
    coming = [article.seen_at for article in later(loaded_at) if article.seen_at > now]
    return Fetched(articles=samples(loaded_at, now), title="Samples", retry_after=min(coming, default=None))


def samples(loaded_at: datetime, now: datetime) -> tuple[Article, ...]:
    """The articles that are out by `now` in a store into which samples were loaded at `loaded_at`, oldest first."""
    return tuple(_article(sample, loaded_at) for sample in _samples() if loaded_at + sample.after <= now)


def load(now: datetime) -> tuple[Article, ...]:
    """The articles of the four days before `now`, oldest first."""
    return samples(now, now)


def later(now: datetime) -> tuple[Article, ...]:
    """The few articles that come out in the hour after `now`, the first of them within a minute, earliest first."""
    return tuple(_article(sample, now) for sample in _samples() if sample.after > timedelta(0))


@cache
def _samples() -> tuple[_Sample, ...]:
    folder = resources.files("digests") / "samples"
    files = [path for path in folder.iterdir() if path.name.endswith(".md")]
    found = [_parse(path.name.removesuffix(".md"), path.read_text(encoding="utf-8")) for path in files]
    return tuple(sorted(found, key=lambda sample: (sample.after, sample.stem)))


def _parse(stem: str, raw: str) -> _Sample:
    head, text = raw.split("\n---\n", 1)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    before = timedelta(hours=float(fields.get("hours_before", 0)))
    after = timedelta(minutes=float(fields.get("minutes_after", 0)))
    return _Sample(stem, one_line(fields["title"]), one_line(fields["publisher"]), after - before, clean_text(text))


def _article(sample: _Sample, loaded_at: datetime) -> Article:
    published_at = loaded_at + sample.after
    url = canonical_url(f"https://{_host(sample.publisher)}/{sample.stem}")
    text = sample.text.replace("{today}", _weekday(published_at))
    text = text.replace("{yesterday}", _weekday(published_at - timedelta(days=1)))
    return Article(
        id=short_id(url),
        title=sample.title,
        text=text,
        url=url,
        publisher=sample.publisher,
        published_at=published_at,
        seen_at=published_at,
        fingerprint=fingerprint(sample.title, text),
        is_sample=True,
    )


def _host(publisher: str) -> str:
    """A name under .example, which is reserved and leads nowhere (RFC 2606)."""
    words = [word for word in fold(publisher).split() if word not in ("the", "&")]
    return "-".join(words) + ".example"


def _weekday(moment: datetime) -> str:
    return WEEKDAYS[moment.weekday()]
