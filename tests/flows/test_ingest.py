import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from digests.errors import StoreError
from digests.flows.filing import BATCH
from digests.flows.ingest import AT_ONCE, ingest
from digests.flows.pages import GIVE_UP, LATER, LONGEST, PAGES, SOON, Patience, read_in_full
from digests.models import Extraction, Fetched, Source, SourceKind
from digests.newsroom import fetchers
from digests.sources.detect import source_for
from digests.sources.parse.feed import parse_feed
from tests import evaldata
from tests.extract.reader import READER
from tests.sources.web import PARAGRAPHS, STORY, Web, item, rss
from tests.sources.web import page as page_of

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
FEED = "https://harbour.example/rss"
ITEM = "https://harbour.example/1"
LONG = f"{STORY} {STORY}"


class Desk:
    """A store, a made-up web and a reader: looks at sources as the program does."""

    def __init__(self, store, answers=None, extractor=None):
        self.store = store
        self.web = Web(answers)
        self.extractor = extractor or READER

    async def look(self, *sources: Source | str, now: datetime = NOW, **options):
        made = [source if isinstance(source, Source) else source_for(str(source)) for source in sources]
        async with self.web.client() as client:
            return await ingest(
                made,
                store=self.store,
                fetchers=fetchers(),
                client=client,
                extractor=self.extractor,
                now=now,
                jitter=lambda: 0.5,
                **options,
            )

    async def subscribe(self, location: str) -> Source:
        async with self.store.write() as books:
            return await books.sources.add(source_for(location))

    async def sources(self) -> list[Source]:
        async with self.store.read() as books:
            return list(await books.sources.all())

    async def articles(self):
        async with self.store.read() as books:
            return list(await books.articles.window(NOW - timedelta(days=60), NOW + timedelta(days=60)))


def numbered(count: int, text: str = LONG) -> str:
    return rss(
        *(item(title=f"Report {n}", text=text + f" {n}.", link=f"https://harbour.example/{n}") for n in range(count))
    )


BREAD = [
    f"Put {grams} grams of flour in a bowl, add yeast, salt, warm milk, knead until smooth, then leave it all night."
    for grams in range(100, 600, 100)
]


async def test_new_articles_are_filed_and_the_same_again_changes_nothing(store):
    desk = Desk(store, {FEED: numbered(3)})
    first = await desk.look(FEED)
    second = await desk.look(FEED)
    assert (first.new, first.changed, first.duplicate, first.refused) == (3, 0, 0, 0)
    assert (second.new, second.changed, second.duplicate) == (0, 0, 3)
    assert len(await desk.articles()) == 3
    assert first.readable and second.readable


async def test_many_sources_on_one_slow_host_leave_room_for_the_others(sqlite_store):
    others_answered = asyncio.Event()

    async def fetch(source: Source, client, now) -> Fetched:
        if "slow" in source.location:
            await asyncio.wait_for(others_answered.wait(), 10)
        else:
            others_answered.set()
        return Fetched(unchanged=True)

    slow = [source_for(f"https://slow.example/{n}/rss") for n in range(AT_ONCE + 8)]
    async with Web().client() as client:
        report = await ingest(
            [*slow, source_for(FEED)],
            store=sqlite_store,
            fetchers={SourceKind.FEED: fetch},
            client=client,
            extractor=READER,
            now=NOW,
        )
    assert all(one.unchanged for one in report.sources)


async def test_a_changed_article_replaces_its_old_version(sqlite_store):
    desk = Desk(sqlite_store, {FEED: rss(item(text=LONG))})
    await desk.look(FEED)
    desk.web.answers[FEED] = rss(item(text=LONG + " A correction was added."))
    assert (await desk.look(FEED, now=NOW + timedelta(hours=1))).changed == 1
    (article,) = await desk.articles()
    assert article.text.endswith("A correction was added.")
    assert article.seen_at == NOW


async def test_an_item_under_another_guid_is_the_same_article(sqlite_store):
    answers = {FEED: rss(item(text=LONG, extra="<guid isPermaLink='false'>a-1</guid>"))}
    desk = Desk(sqlite_store, answers)
    await desk.look(FEED)
    for guid in ("a-2", "tag:harbour.example,2026:3", ""):
        desk.web.answers[FEED] = rss(item(text=LONG, extra=f"<guid isPermaLink='false'>{guid}</guid>"))
        report = await desk.look(FEED)
        assert (report.new, report.changed, report.duplicate) == (0, 0, 1)


async def test_a_teaser_with_new_words_brings_the_new_version_of_its_page_and_keeps_the_old(sqlite_store):
    answers = {FEED: rss(item(text="A teaser.")), "https://harbour.example/1": page_of()}
    desk = Desk(sqlite_store, answers)
    await desk.look(FEED)
    changed = [
        *PARAGRAPHS[:3],
        "The second ministry now accepts that demand, and said so on Tuesday at noon in a letter.",
    ]
    desk.web.answers |= {
        FEED: rss(item(text="Another teaser.")),
        "https://harbour.example/1": page_of(paragraphs=changed),
    }
    report = await desk.look(FEED, now=NOW + timedelta(hours=1))
    assert (report.new, report.changed) == (0, 1)
    (article,) = await desk.articles()
    assert article.text.split("\n\n") == changed
    assert article.seen_at == NOW
    async with sqlite_store.read() as books:
        assert [one.text.split("\n\n") for _, one in await books.articles.earlier(article.id)] == [PARAGRAPHS]
    asked = len(desk.web.asked)
    await desk.look(FEED, now=NOW + timedelta(hours=2))
    assert len(desk.web.asked) == asked + 1  # the feed alone


async def test_two_feeds_that_word_one_article_otherwise_do_not_ask_for_its_page_again_and_again(sqlite_store):
    other = "https://harbour.example/top/rss"
    page = "https://harbour.example/1"
    desk = Desk(sqlite_store, {FEED: rss(item(text="A teaser.")), other: rss(item(text="In short.")), page: page_of()})
    for hour in range(4):
        await desk.look(FEED, other, now=NOW + timedelta(hours=hour))
    assert desk.web.asked.count(page) == 2


async def test_what_the_reader_finds_is_filed_with_the_article(sqlite_store):
    text = "Turkey's Foreign Minister Hakan Fidan rejected the proposal on Monday. " * 12
    desk = Desk(sqlite_store, {FEED: rss(item(text=text))})
    await desk.look(FEED)
    async with sqlite_store.read() as books:
        assert [actor.name for actor in await books.actors.named("Hakan Fidan")] == ["Hakan Fidan"]


# ---- teasers -----------------------------------------------------------------------------------------------------


async def test_a_teaser_is_read_in_full_from_its_page_and_the_page_is_not_asked_for_again(sqlite_store):
    desk = Desk(sqlite_store, {FEED: rss(item(text=PARAGRAPHS[0])), "https://harbour.example/1": page_of()})
    report = await desk.look(FEED)
    (article,) = await desk.articles()
    assert not article.is_teaser
    assert article.text.split("\n\n") == PARAGRAPHS
    assert (article.title, article.publisher) == ("Ministers meet", "The Harbour Times")
    assert report.troubles == ()
    again = await desk.look(FEED)
    assert again.duplicate == 1
    assert desk.web.asked.count("https://harbour.example/1") == 1


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"https://harbour.example/1": 403}, "HTTP 403"),
        ({"https://harbour.example/1": "<html><body>Subscribe now</body></html>"}, "no text of an article"),
        ({"https://harbour.example/robots.txt": "User-agent: *\nDisallow: /"}, "robots.txt"),
        ({"https://harbour.example/1": page_of(paragraphs=PARAGRAPHS[:2])}, "shows no more than the feed"),
        ({"https://harbour.example/1": numbered(3)}, "leads to a list of articles"),
        ({"https://harbour.example/1": page_of(title="Bread", paragraphs=BREAD)}, "about something else"),
    ],
    ids=["refused", "a wall", "robots", "no more", "a feed", "another"],
)
async def test_a_teaser_whose_page_cannot_be_had_stays_marked_with_the_reason(sqlite_store, answers, reason):
    desk = Desk(sqlite_store, {FEED: rss(item(text=" ".join(PARAGRAPHS[:2]))), **answers})
    report = await desk.look(FEED)
    (article,) = await desk.articles()
    assert article.is_teaser
    assert article.text == " ".join(PARAGRAPHS[:2])
    (trouble,) = report.troubles
    assert trouble.what == "https://harbour.example/1"
    assert trouble.reason.startswith("only its teaser is kept: ")
    assert reason in trouble.reason


async def test_an_outlet_that_refuses_page_after_page_is_left_alone(sqlite_store):
    desk = Desk(sqlite_store, {FEED: numbered(12, "A short teaser")})
    report = await desk.look(FEED)
    asked = [url for url in desk.web.asked if url not in (FEED, "https://harbour.example/robots.txt")]
    assert len(asked) == GIVE_UP
    assert report.new == 12
    assert f"only the teasers of {12 - GIVE_UP} more are kept" in report.troubles[-1].reason


async def test_teasers_beyond_a_looks_share_wait_for_the_next_look_and_none_is_lost(sqlite_store):
    count = PAGES + 7
    answers: dict[str, str | httpx.Response] = {
        f"https://harbour.example/{n}": page_of(title=f"R {n}") for n in range(count)
    }
    answers[FEED] = httpx.Response(200, headers={"ETag": '"1"'}, content=numbered(count, "Teaser").encode())
    desk = Desk(sqlite_store, answers)
    source = await desk.subscribe(FEED)
    first = await desk.look(source)
    assert (first.new, first.waiting) == (PAGES, 7)
    (source,) = await desk.sources()
    assert source.etag is None
    assert source.next_check_at == NOW + SOON
    second = await desk.look(source)
    assert (second.new, second.waiting, second.duplicate) == (7, 0, PAGES)
    (source,) = await desk.sources()
    assert source.etag == '"1"'
    assert not any(article.is_teaser for article in await desk.articles())


async def test_videos_say_nothing_of_how_an_outlet_takes_us(sqlite_store):
    links = [f"https://harbour.example/videos/{n}" for n in range(GIVE_UP)] + ["https://harbour.example/1"]
    items = [item(title=f"Report {n}", text=f"Teaser {n}", link=link) for n, link in enumerate(links)]
    desk = Desk(sqlite_store, {FEED: rss(*items), **dict.fromkeys(links, page_of(paragraphs=PARAGRAPHS))})
    await desk.look(FEED)
    assert [article.title for article in await desk.articles() if not article.is_teaser] == [f"Report {GIVE_UP}"]


async def test_a_column_with_the_same_words_every_day_is_a_new_article_each_day(sqlite_store):
    links = [f"https://harbour.example/2026/03/{day:02}/letters" for day in (9, 10)]
    pages = dict(zip(links, (page_of(), page_of(paragraphs=PARAGRAPHS[::-1])), strict=True))
    desk = Desk(sqlite_store, pages)
    for link in links:
        desk.web.answers[FEED] = rss(item(title="Letters", text="What our readers say.", link=link))
        await desk.look(FEED)
    assert {article.url for article in await desk.articles()} == set(links)


async def test_a_server_of_pages_that_asks_to_wait_is_waited_for(sqlite_store):
    busy = httpx.Response(429, headers={"Retry-After": "3600"})
    desk = Desk(sqlite_store, {FEED: rss(item(text="A teaser.", link="https://www.harbour.example/1"))})
    desk.web.answers["https://www.harbour.example/1"] = busy
    await desk.look(await desk.subscribe(FEED), patience=Patience())
    (source,) = await desk.sources()
    assert source.next_check_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize("to", ["/world", "/world/", "https://consent.harbour.example/collect?to=1", "/login?next=1"])
async def test_an_article_that_leads_to_a_section_or_a_question_stays_a_teaser(sqlite_store, to):
    link = "https://harbour.example/world/ministers-meet"
    there = str(httpx.URL(link).join(to))
    answers = {link: httpx.Response(302, headers={"Location": to}), there: page_of()}
    desk = Desk(sqlite_store, {FEED: rss(item(text="A teaser.", link=link)), **answers})
    report = await desk.look(FEED)
    assert [article.is_teaser for article in await desk.articles()] == [True]
    assert "leads to a" in report.troubles[0].reason


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("/news/world-4711/ministers-meet", "/news/world-4711"),
        ("/world/talks-fail-in-geneva/print", "/world/talks-fail-in-geneva"),
        ("/p/x", "/why-millions-subscribe-to-it"),
    ],
)
async def test_an_address_that_only_loses_its_words_is_still_the_article(sqlite_store, path, end):
    link, short = f"https://harbour.example{path}", f"https://harbour.example{end}"
    answers = {link: httpx.Response(301, headers={"Location": short}), short: page_of()}
    desk = Desk(sqlite_store, {FEED: rss(item(text="A teaser.", link=link)), **answers})
    await desk.look(FEED)
    assert [article.is_teaser for article in await desk.articles()] == [False]


async def test_an_article_under_two_addresses_is_asked_for_once_more_and_then_left(sqlite_store):
    links = [f"https://harbour.example/1?feed={n}" for n in (1, 2)]
    feeds = {f"https://harbour.example/{n}.rss": rss(item(text="A teaser.", link=link)) for n, link in enumerate(links)}
    desk = Desk(sqlite_store, {**feeds, **dict.fromkeys(links, page_of())})
    for _ in range(3):
        await desk.look(*feeds)
    assert len(await desk.articles()) == 1
    assert [desk.web.asked.count(link) for link in links] == [1, 1]


async def test_an_article_that_leads_to_the_front_page_stays_a_teaser(sqlite_store):
    moved = httpx.Response(302, headers={"Location": "/"})
    front = page_of(title="The Harbour Times", paragraphs=PARAGRAPHS * 4)
    answers = {"https://harbour.example/1": moved, "https://harbour.example/": front}
    desk = Desk(sqlite_store, {FEED: rss(item(text="A teaser.")), **answers})
    report = await desk.look(FEED)
    assert [article.is_teaser for article in await desk.articles()] == [True]
    assert "front page" in report.troubles[0].reason


async def test_slow_pages_wait_for_the_next_look_when_the_others_have_waited_long_enough():
    times = iter((0.0, 1.0, LONGEST + 1, LONGEST + 2))

    async def fetch_page(_page: Source) -> Fetched:
        return Fetched(error="does not answer (timeout)")

    teasers = [replace(article, is_teaser=True) for article in parse_feed(numbered(3).encode(), NOW).articles]
    found = await read_in_full(teasers, fetch_page, clock=lambda: next(times))
    assert (len(found.articles), found.waiting) == (1, 2)


async def test_a_page_that_cannot_be_had_just_now_is_asked_for_again_a_few_minutes_later(sqlite_store):
    desk, patience = Desk(sqlite_store, {FEED: rss(item(text="A teaser.")), ITEM: httpx.Response(503)}), Patience()
    source = await desk.subscribe(FEED)
    first = await desk.look(source, patience=patience)
    assert (first.new, first.waiting, first.refused) == (0, 1, 0)
    (source,) = await desk.sources()
    assert source.next_check_at == NOW + LATER
    desk.web.answers[ITEM] = page_of()
    second = await desk.look(source, patience=patience)
    assert (second.new, second.waiting) == (1, 0)
    assert [article.is_teaser for article in await desk.articles()] == [False]


@pytest.mark.parametrize(("status", "looks"), [(503, Patience.MOST + 1), (429, Patience.MOST + 1), (404, 1), (403, 1)])
async def test_patience_ends_and_what_is_not_there_is_not_waited_for(sqlite_store, status, looks):
    desk, patience = Desk(sqlite_store, {FEED: rss(item(text="A teaser.")), ITEM: httpx.Response(status)}), Patience()
    reports = [await desk.look(FEED, patience=patience) for _ in range(looks)]
    assert [report.waiting for report in reports] == [1] * (looks - 1) + [0]
    assert [article.is_teaser for article in await desk.articles()] == [True]


async def test_pages_that_are_not_asked_for_because_others_failed_wait_as_these_do(sqlite_store):
    desk, patience = Desk(sqlite_store, {FEED: numbered(5, "Teaser")}), Patience()
    for n in range(5):
        desk.web.answers[f"https://harbour.example/{n}"] = httpx.Response(502)
    assert (await desk.look(FEED, patience=patience)).waiting == 5
    desk.web.answers |= {f"https://harbour.example/{n}": page_of(title=f"R {n}") for n in range(5)}
    assert (await desk.look(FEED, patience=patience)).new == 5


async def test_a_page_that_a_fault_of_ours_breaks_on_costs_its_text_alone(sqlite_store, caplog):
    desk = Desk(sqlite_store, {FEED: rss(item(text="A teaser.")), "https://harbour.example/1": page_of()})
    async with desk.web.client() as client:

        async def page(*_rest):
            raise RuntimeError("a fault")

        kinds = {**fetchers(), SourceKind.PAGE: page}
        report = await ingest(
            [source_for(FEED)], store=sqlite_store, fetchers=kinds, client=client, extractor=READER, now=NOW
        )
    assert report.new == 1
    assert "unexpected trouble" in report.troubles[0].reason


async def test_a_feed_changes_nothing_that_another_outlet_published(store):
    theirs = "https://elsewhere.example/rss"
    desk = Desk(store, {FEED: rss(item(text=LONG)), theirs: rss(item(text=f"False. {LONG}"), title="Elsewhere")})
    await desk.look(FEED)
    report = await desk.look(theirs, now=NOW + timedelta(hours=1))
    assert (report.new, report.changed, report.duplicate) == (0, 0, 1)
    assert [(one.publisher, one.text) for one in await desk.articles()] == [("The Harbour Times", LONG)]


async def test_no_page_is_fetched_where_full_pages_are_not_wanted(sqlite_store, tmp_path):
    (tmp_path / "saved.xml").write_text(numbered(2, "Teaser"))
    desk = Desk(sqlite_store, {FEED: rss(item(link="https://harbour.example/77"))})
    await desk.look(FEED, full_pages=False)
    await desk.look(tmp_path / "saved.xml")
    assert desk.web.asked == [FEED]
    assert [article.is_teaser for article in await desk.articles()] == [True] * 3


async def test_pages_of_saved_feeds_are_fetched_when_asked_for(sqlite_store, tmp_path):
    (tmp_path / "saved.xml").write_text(rss(item()))
    desk = Desk(sqlite_store, {"https://harbour.example/1": page_of()})
    await desk.look(tmp_path / "saved.xml", full_pages=True)
    assert [article.is_teaser for article in await desk.articles()] == [False]


# ---- health ------------------------------------------------------------------------------------------------------


async def test_a_broken_source_is_a_value_and_the_others_go_on(store, tmp_path):
    desk = Desk(store, {FEED: numbered(2), "https://down.example/rss": 500})
    locations = [
        FEED,
        "https://down.example/rss",
        "https://10.0.0.1/rss",
        str(tmp_path / "nowhere"),
        "ftp://a.example/feed",
    ]
    report = await desk.look(*locations)
    errors = [found.error for found in report.sources]
    assert errors[0] is None
    assert [error is not None for error in errors[1:]] == [True] * 4
    assert (report.new, report.refused) == (2, 4)
    assert [trouble.what for trouble in report.troubles] == locations[1:]
    async with store.read() as books:
        kept = {trouble.what: trouble.reason for _, trouble in await books.sources.troubles()}
    assert kept["https://down.example/rss"].startswith("HTTP 500")
    assert kept[str(tmp_path / "nowhere")] == "no such file or folder"


async def test_nothing_readable_at_all_is_said_so(sqlite_store, tmp_path):
    desk = Desk(sqlite_store)
    assert not (await desk.look(tmp_path / "nowhere", FEED)).readable
    assert not (await desk.look()).readable


async def test_a_failing_source_is_asked_ever_more_rarely_and_forgiven_when_it_answers(sqlite_store):
    desk = Desk(sqlite_store, {FEED: 500})
    source = await desk.subscribe(FEED)
    pauses, now = [], NOW
    for _ in range(12):
        await desk.look(source, now=now)
        (source,) = await desk.sources()
        assert source.next_check_at is not None
        pauses.append(source.next_check_at - now)
        now = source.next_check_at
    assert pauses == sorted(pauses)
    assert pauses[0] < timedelta(minutes=20)
    assert timedelta(hours=23) < pauses[-1] < timedelta(hours=29)
    assert (source.failures, source.failing_since) == (12, NOW)
    assert source.error is not None
    desk.web.answers[FEED] = numbered(1)
    await desk.look(source, now=now)
    (source,) = await desk.sources()
    assert (source.failures, source.failing_since, source.error, source.last_ok_at) == (0, None, None, now)


async def test_a_server_that_asks_us_to_wait_is_not_asked_before(sqlite_store):
    desk = Desk(sqlite_store, {FEED: httpx.Response(429, headers={"Retry-After": "7200"})})
    await desk.look(await desk.subscribe(FEED))
    (source,) = await desk.sources()
    assert source.next_check_at is not None
    assert source.next_check_at >= NOW + timedelta(hours=2)


async def test_validators_and_title_are_kept_and_an_unchanged_source_is_well(store):
    desk = Desk(store, {FEED: httpx.Response(200, headers={"ETag": '"7"'}, content=numbered(1).encode())})
    await desk.look(await desk.subscribe(FEED))
    (source,) = await desk.sources()
    assert (source.etag, source.title) == ('"7"', "The Harbour Times")
    desk.web.answers[FEED] = 304
    report = await desk.look(source, now=NOW + timedelta(hours=1))
    assert report.sources[0].unchanged
    assert report.readable
    (source,) = await desk.sources()
    assert (source.etag, source.last_ok_at) == ('"7"', NOW + timedelta(hours=1))
    assert desk.web.requests[-1].headers["if-none-match"] == '"7"'


async def test_a_list_of_feeds_subscribes_to_them_and_reads_them(sqlite_store, tmp_path):
    (tmp_path / "list.opml").write_text(f'<opml><body><outline text="HT" xmlUrl="{FEED}"/></body></opml>')
    desk = Desk(sqlite_store, {FEED: numbered(2)})
    report = await desk.look(tmp_path / "list.opml")
    assert report.new == 2
    assert [source.location for source in await desk.sources()] == [FEED]
    assert (await desk.sources())[0].last_ok_at == NOW


async def test_a_list_of_feeds_brings_back_no_feed_that_was_put_aside(sqlite_store, tmp_path):
    (tmp_path / "list.opml").write_text(f'<opml><body><outline text="HT" xmlUrl="{FEED}"/></body></opml>')
    desk = Desk(sqlite_store, {FEED: numbered(2)})
    await desk.look(tmp_path / "list.opml")
    async with sqlite_store.write() as books:
        await books.sources.record(replace((await books.sources.all())[0], enabled=False))
    asked = len(desk.web.asked)
    await desk.look(tmp_path / "list.opml", now=NOW + timedelta(days=1))
    assert len(desk.web.asked) == asked


# ---- one article's trouble -----------------------------------------------------------------------------------------


class Stumbling:
    """A reader that breaks on one article, and breaks its contract on another."""

    name = "stumbling/1"

    def extract(self, article):
        if article.title == "Report 1":
            raise RecursionError("too deep")
        extraction = READER.extract(article)
        return Extraction(article_id=article.id, reader=self.name, actors=extraction.actors)


async def test_an_article_that_the_reader_breaks_on_is_kept_without_its_reading(sqlite_store):
    desk = Desk(sqlite_store, {FEED: numbered(3)}, extractor=Stumbling())
    report = await desk.look(FEED)
    assert report.new == 3
    (trouble,) = report.troubles
    assert (trouble.what, "kept, but not read" in trouble.reason) == ("Report 1", True)
    async with sqlite_store.read() as books:
        assert [article.title for article in await books.articles.unread("stumbling/1")] == ["Report 1"]


class Refusing:
    """The real store, but its books refuse one title, as a database refuses a row."""

    def __init__(self, store, title):
        self._store = store
        self._title = title

    def __getattr__(self, name):
        return getattr(self._store, name)

    def write(self):
        return self._Write(self._store.write(), self._title)

    class _Write:
        def __init__(self, inner, title):
            self._inner, self._title = inner, title

        async def __aenter__(self):
            books = await self._inner.__aenter__()
            real, title = books.articles.file_all, self._title

            async def file_all(pairs, now):
                if any(article.title == title for article, _ in pairs):
                    raise StoreError("refused")
                return await real(pairs, now)

            object.__setattr__(books.articles, "file_all", file_all)
            return books

        async def __aexit__(self, *error):
            return await self._inner.__aexit__(*error)


async def test_an_article_that_the_store_refuses_costs_only_itself_and_the_next_look_tries_again(store):
    answer = httpx.Response(200, headers={"ETag": '"1"'}, content=numbered(5).encode())
    desk = Desk(Refusing(store, "Report 3"), {FEED: answer})
    source = await desk.subscribe(FEED)
    report = await desk.look(source)
    assert (report.new, report.refused) == (4, 1)
    assert report.troubles[0].reason == "could not be kept: refused"
    (source,) = await desk.sources()
    assert source.etag is None
    desk.store = store
    assert (await desk.look(source)).new == 1


async def test_a_fault_in_one_kind_of_source_costs_the_others_nothing(sqlite_store, caplog):
    async def broken(source, client, now):
        raise RuntimeError("a fault of ours")

    desk = Desk(sqlite_store, {FEED: numbered(1)})
    async with desk.web.client() as client:
        report = await ingest(
            [source_for("somewhere"), source_for(FEED)],
            store=sqlite_store,
            fetchers={**fetchers(), SourceKind.FOLDER: broken},
            client=client,
            extractor=desk.extractor,
            now=NOW,
        )
    assert "unexpected trouble (RuntimeError)" in (report.sources[0].error or "")
    assert report.new == 1
    assert "a fault of ours" in caplog.text


async def test_a_secret_in_an_address_is_in_no_trouble(sqlite_store):
    report = await Desk(sqlite_store).look("https://harbour.example/rss?key=hush")
    assert "hush" not in repr(report.troubles)
    assert report.troubles[0].what == "https://harbour.example/rss"


async def test_progress_is_told_for_every_batch(sqlite_store):
    told = []
    await Desk(sqlite_store, {FEED: numbered(BATCH + 5)}).look(FEED, progress=lambda *step: told.append(step))
    assert told == [(FEED, BATCH, BATCH + 5), (FEED, BATCH + 5, BATCH + 5)]


async def test_progress_counts_the_pages_that_are_asked_for_too(sqlite_store):
    pages = {f"https://harbour.example/{n}": page_of(title=f"R {n}") for n in range(2)}
    told = []
    desk = Desk(sqlite_store, {FEED: numbered(2, "A teaser"), **pages})
    await desk.look(FEED, progress=lambda *step: told.append(step))
    assert told == [(FEED, 1, 4), (FEED, 2, 4), (FEED, 4, 4)]


# ---- the real thing --------------------------------------------------------------------------------------------------


async def test_the_seed_article_and_the_captured_feeds_go_in_whole(sqlite_store):
    data = evaldata.folder("data")
    desk = Desk(sqlite_store, extractor=Quick())
    report = await desk.look(data / "seed" / "article.txt", data / "feeds", now=datetime(2026, 2, 18, 6, 0, tzinfo=UTC))
    assert report.troubles == ()
    assert report.new > 1000
    assert report.new == sum(found.new for found in report.sources) == await _count(sqlite_store)
    assert desk.web.asked == []


class Quick:
    """A reader that finds nothing, fast."""

    name = "quick/1"

    def extract(self, article):
        return Extraction(article_id=article.id, reader=self.name)


async def _count(store) -> int:
    async with store.read() as books:
        return await books.articles.count()


async def test_a_feed_that_is_gone_for_good_is_switched_off_with_words_and_asked_no_more(store):
    desk = Desk(store, {FEED: 410})
    await desk.look(await desk.subscribe(FEED))
    (gone,) = await desk.sources()
    assert (gone.enabled, gone.error) == (False, "HTTP 410, gone for good; switched off")
    async with store.read() as books:
        assert await books.sources.due(NOW + timedelta(days=30)) == []


async def test_a_feed_that_says_how_long_its_answer_holds_is_asked_no_sooner(store):
    held = httpx.Response(200, headers={"Cache-Control": "max-age=3600"}, content=numbered(1).encode())
    desk = Desk(store, {FEED: held})
    await desk.look(await desk.subscribe(FEED))
    (source,) = await desk.sources()
    assert source.next_check_at == NOW + timedelta(hours=1)


async def test_an_article_in_another_language_is_kept_marked_and_left_unread(store):
    french = "Les ministres des deux pays se sont réunis lundi. La France demande un cessez-le-feu, a dit le ministre. "
    items = (item(title="Les ministres se sont réunis", text=french * 12), item(text=LONG, link=f"{FEED}/2"))
    desk = Desk(store, {FEED: rss(*items)})
    report = await desk.look(FEED)
    assert (report.new, report.refused) == (2, 0)
    assert [trouble.reason for trouble in report.troubles] == ["kept, but not read: 1 in fr"]
    assert sorted(article.language for article in await desk.articles()) == ["en", "fr"]
    async with store.read() as books:
        readings = await books.articles.readings([article.id for article in await desk.articles()])
    read = {article.language for article in await desk.articles() if article.id in readings}
    assert "fr" not in read


async def test_a_page_behind_a_wall_leaves_its_teaser_and_says_which_wall(store):
    wall = "<html><body><p>Please enable JavaScript to view this site.</p></body></html>"
    desk = Desk(store, {FEED: rss(item()), "https://harbour.example/1": wall})
    report = await desk.look(FEED)
    assert report.troubles[0].reason == "only its teaser is kept: a page that wants JavaScript"
    (article,) = await desk.articles()
    assert article.is_teaser
