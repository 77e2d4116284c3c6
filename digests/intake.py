"""A long ingest on a terminal: bars while it runs, and what it came to, with the reasons for what was refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from digests import console
from digests.flows.ingest import IngestReport, SourceReport, ingest
from digests.models import Fetched, Source, SourceKind
from digests.newsroom import Newsroom
from digests.sources.base import Client, Fetch

LINES = 20  # troubles said one by one; all are counted by their reasons
_COUNTS = ("new", "changed", "duplicate", "refused", "waiting")


async def with_progress(newsroom: Newsroom, sources: Sequence[Source], full_pages: bool | None) -> IngestReport:
    """Ingest these sources, with a bar for how many were looked at and one for each that has more to do."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console.make_console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def progress(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name[-50:], total=total)
            bars.update(tasks[name], completed=done, total=total, visible=done < total)

        return await ingest(
            sources,
            store=newsroom.store,
            fetchers=_counted(newsroom.fetchers, sources, bars),
            client=newsroom.client,
            extractor=newsroom.extractor,
            now=newsroom.now(),
            progress=progress,
            full_pages=full_pages,
        )


def _counted(
    fetchers: Mapping[SourceKind, Fetch], sources: Sequence[Source], bars: Progress
) -> Mapping[SourceKind, Fetch]:
    """The same functions, each look at one of the sources, or at one that a list among them names, moving a bar."""
    asked = {source.location for source in sources}
    bar = bars.add_task("looked at", total=len(asked))

    def counted(fetch: Fetch) -> Fetch:
        async def look(source: Source, client: Client, now: datetime) -> Fetched:
            fetched = await fetch(source, client, now)
            if source.location in asked:
                asked.update(found.location for found in fetched.sources)
                bars.update(bar, advance=1, total=len(asked))
            return fetched

        return look

    return {kind: counted(fetch) for kind, fetch in fetchers.items()}


def report_json(report: IngestReport) -> list[dict[str, Any]]:
    """One object a source, then one a trouble."""
    rows = [{"source": _name(one)} | {count: getattr(one, count) for count in _COUNTS} for one in report.sources]
    return [*rows, *({"what": trouble.what, "reason": trouble.reason} for trouble in report.troubles)]


def show_report(report: IngestReport) -> RenderableType:
    """A line a source and one for all, and what was refused, by its reasons."""
    rows = [(_name(one), *(str(getattr(one, count)) for count in _COUNTS)) for one in report.sources]
    if len(rows) > 1:
        rows.append(("in all", *(str(getattr(report, count)) for count in _COUNTS)))
    parts: list[RenderableType] = [console.show_table(("source", *_COUNTS), rows)]
    if report.troubles:
        parts += [Text(), console.show_table(("how often", "why", "for example"), _reasons(report))]
    return Group(*parts)


def _reasons(report: IngestReport) -> list[tuple[str, str, str]]:
    counts = Counter(trouble.reason for trouble in report.troubles)
    first = {trouble.reason: trouble.what for trouble in reversed(report.troubles)}
    return [(str(count), reason, first[reason]) for reason, count in counts.most_common()]


def trouble_lines(report: IngestReport) -> list[str]:
    """Each trouble in a line, as many as anybody reads."""
    lines = [f"{trouble.what}: {trouble.reason}" for trouble in report.troubles[:LINES]]
    more = len(report.troubles) - LINES
    return [*lines, f"... and {more} more, counted above"] if more > 0 else lines


def _name(one: SourceReport) -> str:
    return one.source.title or one.source.location
