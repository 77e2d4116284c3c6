"""The operator's door: `digests` on the command line. Tables for people, --json for programs."""

import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from digests import console, drill, intake, kin, shelf
from digests.door import AsJson, Now, Since, newsroom_at, out, run, show
from digests.editorial import wire as story_wire
from digests.editorial.actors import One
from digests.editorial.stories import Stories
from digests.extract import base as extracting
from digests.extract import wire
from digests.flows import answer
from digests.flows.health import health
from digests.flows.ingest import IngestReport, ingest
from digests.models import Source
from digests.moments import window
from digests.newsroom import EXTRACTORS, open_newsroom, wall_clock
from digests.pipes import each_line
from digests.settings import Settings, load_settings, origins
from digests.sources import samples
from digests.sources.detect import source_for
from digests.text import one_line

app = typer.Typer(
    help="Who stands where on what: read news articles, and brief yourself from them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(shelf.app, name="sources")
app.add_typer(kin.families, name="families")
app.add_typer(kin.names, name="names")


# ---- articles come in ------------------------------------------------------------------------------------------


@app.command(name="ingest")
def ingest_(
    places: Annotated[list[str], typer.Argument(metavar="PATH_OR_URL...", help="Feeds, pages, files, folders, OPML.")],
    full_pages: Annotated[
        bool | None,
        typer.Option("--full-pages/--no-full-pages", help="Fetch pages behind teasers (default: not for saved feeds)."),
    ] = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Read articles from feeds, web pages, files, folders or OPML lists into the store."""
    run(_ingest([source_for(place) for place in places], full_pages, now, as_json))


async def _ingest(sources: list[Source], full_pages: bool | None, now: datetime | None, as_json: bool) -> int:
    async with newsroom_at(now) as newsroom:
        report = await intake.with_progress(newsroom, sources, full_pages)
    _report(report, as_json)
    return 0 if report.readable else 1


def _report(report: IngestReport, as_json: bool) -> None:
    if as_json:
        console.say_json(intake.report_json(report))
        return
    out.print(intake.show_report(report))
    for line in intake.trouble_lines(report):
        print(line, file=sys.stderr)


@app.command()
def read(
    articles: Annotated[Path, typer.Argument(metavar="ARTICLES.jsonl", help='Lines {"id", "title", "text"}.')],
    as_json: AsJson = False,
    extractor: Annotated[str, typer.Option(help="Which reader: " + ", ".join(EXTRACTORS))] = "encoder",
) -> None:
    """Read actors, attributions and positions from articles, without a store or a network."""
    if extractor not in EXTRACTORS:
        raise typer.BadParameter(f"no reader {extractor!r}; there is {', '.join(EXTRACTORS)}")
    reader = EXTRACTORS[extractor]()

    def tell(line: Any) -> None:
        article = wire.from_line(line)
        extraction = extracting.read(reader, article)
        show([wire.to_wire(extraction)], console.show_extraction(article, extraction), as_json)

    each_line(articles, tell)


@app.command()
def group(
    articles: Annotated[
        Path, typer.Argument(metavar="ARTICLES.jsonl", help='Lines {"id", "title", "text", "source", "published"}.')
    ],
    as_json: AsJson = False,
) -> None:
    """Group articles into stories, in the order of the lines and without looking ahead."""
    stories = Stories()

    def tell(line: Any) -> None:
        article = story_wire.article_of(line)
        story = stories.add(article)
        show([{"id": article.id, "story": story}], Text(f"{story}  {one_line(article.title)}"), as_json)

    each_line(articles, tell)


@app.command()
def summarise(
    stories: Annotated[Path, typer.Argument(metavar="STORIES.jsonl", help='Lines {"story", "articles"}.')],
    as_json: AsJson = False,
) -> None:
    """A headline and at most two sentences for each story, word for word from its articles."""

    def tell(line: Any) -> None:
        told = story_wire.told(story_wire.story_of(line))
        show([told], Text(f"{one_line(told['title'])}\n  {one_line(told['summary'])}"), as_json)

    each_line(stories, tell)


# ---- questions -------------------------------------------------------------------------------------------------


@app.command()
def brief(now: Now = None, since: Since = "24h", as_json: AsJson = False) -> None:
    """The briefing: what happened, who is involved, who stands where."""
    run(_brief(now, since, as_json))


async def _brief(now: datetime | None, since: timedelta | datetime, as_json: bool) -> None:
    begin, until = window(now, since)
    async with newsroom_at(now) as newsroom:
        floor = newsroom.settings.position_floor
        edition = await answer.preview(newsroom.store, now=until, window=until - begin, floor=floor)
    show([console.edition_json(edition)], console.show_edition(edition), as_json)


@app.command()
def actors(
    who: Annotated[list[str] | None, typer.Argument(help="A name; without one, everybody of the window.")] = None,
    now: Now = None,
    since: Since = "7d",
    as_json: AsJson = False,
) -> None:
    """Who is involved, those that matter most first; or all about one actor."""
    run(_actor(" ".join(who), now, since, as_json) if who else _actors(now, since, as_json))


async def _actors(now: datetime | None, since: timedelta | datetime, as_json: bool) -> None:
    begin, until = window(now, since)
    async with newsroom_at(now) as newsroom:
        floor = newsroom.settings.position_floor
        cards = await answer.actors(newsroom.store, now=until, window=until - begin, floor=floor, limit=50)
    show([console.card_json(card) for card in cards], console.show_actors(cards), as_json)


async def _actor(name: str, now: datetime | None, since: timedelta | datetime, as_json: bool) -> int:
    begin, until = window(now, since)
    async with newsroom_at(now) as newsroom:
        floor = newsroom.settings.position_floor
        found = await answer.find_actor(newsroom.store, name)
        if not isinstance(found, One):
            print(console.whom(name, found), file=sys.stderr)
            return 1
        all_about = await answer.actor_card(newsroom.store, found.actor, now=until, window=until - begin, floor=floor)
    show([console.actor_json(all_about)], console.show_actor(all_about), as_json)
    return 0


@app.command()
def positions(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[ACTOR] [ISSUE]", help="An actor, an issue, or both.")
    ] = None,
    now: Now = None,
    since: Since = "30d",
    as_json: AsJson = False,
) -> None:
    """Who stands where on what, each with the words that show it."""
    run(_positions(" ".join(words or []), now, since, as_json))


async def _positions(words: str, now: datetime | None, since: timedelta | datetime, as_json: bool) -> int:
    begin, until = window(now, since)
    async with newsroom_at(now) as newsroom:
        floor = newsroom.settings.position_floor
        question = await answer.ask(newsroom.store, words) if words else answer.Question(asked="")
        if question.actor is not None and not isinstance(question.actor, One):
            print(console.whom(words, question.actor), file=sys.stderr)
            return 1
        stances = await answer.positions(newsroom.store, question, now=until, since=begin, floor=floor)
    show(console.stances_json(stances), console.show_stances(stances), as_json)
    return 0


app.command()(drill.said)
app.command()(drill.story)
app.command()(drill.why)
app.command(name="timeline")(drill.timeline_)
app.command(name="matrix")(drill.matrix_)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words that the article has.")],
    now: Now = None,
    since: Since = "30d",
    as_json: AsJson = False,
) -> None:
    """Articles that have the words, best first."""
    run(_search(" ".join(words), now, since, as_json))


async def _search(words: str, now: datetime | None, since: timedelta | datetime, as_json: bool) -> None:
    begin, until = window(now, since)
    async with newsroom_at(now) as newsroom:
        hits = await answer.search(newsroom.store, words, now=until, window=until - begin)
    found = [console.citation_json(hit.citation) | {"snippet": hit.snippet} for hit in hits]
    rows = [(str(each["published"] or ""), each["publisher"], each["title"], each["snippet"]) for each in found]
    show(found, console.show_table(("published", "publisher", "title", "text"), rows), as_json)


@app.command()
def demo(as_json: AsJson = False) -> None:
    """A full briefing from the sample articles: no network, no token, no store of yours."""
    run(_demo(as_json))


async def _demo(as_json: bool) -> None:
    now = wall_clock()
    with tempfile.TemporaryDirectory(prefix="digests-demo-") as folder:
        async with open_newsroom(load_settings(), data_dir=Path(folder)) as newsroom:
            await ingest(
                [samples.source(now)],
                store=newsroom.store,
                fetchers=newsroom.fetchers,
                client=newsroom.client,
                extractor=newsroom.extractor,
                now=now,
            )
            floor = newsroom.settings.position_floor
            edition = await answer.preview(newsroom.store, now=now, floor=floor)
    show([console.edition_json(edition)], console.show_edition(edition), as_json)


# ---- the operator ----------------------------------------------------------------------------------------------


@app.command()
def config(as_json: AsJson = False) -> None:
    """Which settings are in effect, and where each value comes from."""
    run(_config(as_json))


async def _config(as_json: bool) -> None:
    settings = load_settings()
    found = origins(settings)
    rows = [(name.upper(), console.shown(getattr(settings, name)), found[name]) for name in Settings.model_fields]
    objects = [{"setting": name, "value": value, "origin": origin} for name, value, origin in rows]
    show(objects, console.show_table(("setting", "value", "from"), rows), as_json)


@app.command(name="health")
def health_(now: Now = None, as_json: AsJson = False) -> None:
    """Whether all that came due was made and sent, and how the sources do. Exit code 1 when not well."""
    run(_health(now, as_json))


async def _health(now: datetime | None, as_json: bool) -> int:
    at = now or wall_clock()
    async with newsroom_at(now) as newsroom:
        found = await health(newsroom.store, now=at)
    show([console.health_json(found, at)], console.show_health(found, at), as_json)
    return 1 if found.illness(at) else 0


def main() -> None:
    """The `digests` command."""
    app()


if __name__ == "__main__":
    main()
