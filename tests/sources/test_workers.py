"""Parsing in children: what comes back, and what a document can't do to the program."""

import asyncio
import json
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digests.errors import ParseError
from digests.models import Source, SourceKind
from digests.sources import feed, folder
from digests.sources.base import parse_here
from digests.sources.parse.inert import Nonsense, Unpacked, pack
from digests.sources.parse.readers import READERS
from digests.sources.workers import Workers
from tests.sources.web import STORY, Web, item, page, rss

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SLOW = b"<rss>" + b"<" * 5_000_000  # several seconds of work for any parser
HUNGRY = b"[" + b"{}," * 8_000_000  # 24 MB of JSON that would be half a gigabyte of objects
OPML = b"<opml><body><outline text='A' xmlUrl='https://a.example/f'/><outline xmlUrl='nothing'/></body></opml>"
LINE = json.dumps({"title": "A line", "text": STORY, "published": "2026-03-09"}).encode()
FEED_LINK = '<link rel="alternate" type="application/rss+xml" href="https://harbour.example/rss">'
DOCUMENTS = {
    "feed": rss(item(), item(title="Second", link="https://harbour.example/2", date="in the year 9999")).encode(),
    "web": page().encode(),
    "page": page().encode(),
    "text": b"A text\n\n" + STORY.encode(),
    "markdown": b"# A text\n\n" + STORY.encode(),
    "records": LINE + b"\nno line\n",
    "opml": OPML,
    "links": page(head=FEED_LINK).encode(),
    "any": LINE,
}


def children() -> set[int]:
    """The processes that this one started to parse; a test's database server may be among the others."""
    found = [path.read_text().split() for path in Path("/proc/self/task").glob("*/children")]
    pids = {int(pid) for pids in found for pid in pids}
    return {pid for pid in pids if b"digests.sources.parse.child" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def test_there_is_a_document_for_every_reader():
    assert DOCUMENTS.keys() == READERS.keys()


@pytest.mark.parametrize("reader", READERS)
async def test_what_a_child_finds_is_what_is_found_here(reader):
    async with Workers() as workers:
        there = await workers(
            reader, DOCUMENTS[reader], NOW, address="https://harbour.example/x" if reader == "web" else ""
        )
        here = await parse_here(
            reader, DOCUMENTS[reader], NOW, address="https://harbour.example/x" if reader == "web" else ""
        )
    assert there == here
    assert there.articles or there.sources


async def test_what_cannot_be_read_is_the_same_error_in_words():
    async with Workers() as workers:
        with pytest.raises(ParseError, match=r"^not a feed$"):
            await workers("feed", b"nothing of the kind", NOW)
        assert (await workers("feed", DOCUMENTS["feed"], NOW)).articles


async def test_nothing_is_started_before_it_is_needed_and_nothing_is_left():
    before = children()
    async with Workers() as workers:
        assert children() == before
        await asyncio.gather(*(workers("text", DOCUMENTS["text"], NOW) for _ in range(6)))
        assert 1 <= len(children() - before) <= 2
    assert children() == before


async def test_a_document_that_takes_too_long_is_given_up_and_its_neighbours_are_read():
    async with Workers(wall=3) as workers:
        await asyncio.gather(workers("text", DOCUMENTS["text"], NOW), workers("text", DOCUMENTS["text"], NOW))
        first = children()
        slow, quick = await asyncio.gather(
            workers("feed", SLOW * 4, NOW), workers("feed", DOCUMENTS["feed"], NOW), return_exceptions=True
        )
        assert isinstance(slow, ParseError)
        assert str(slow) == "took longer than 3 s to read; given up"
        assert not isinstance(quick, BaseException)
        assert len(first - children()) == 1


async def test_a_document_that_needs_too_much_memory_is_given_up():
    async with Workers(at_once=1) as workers:
        with pytest.raises(ParseError, match="needs more than 512 MB"):
            await workers("records", HUNGRY, NOW)
        assert (await workers("records", LINE, NOW)).articles


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGXCPU])
async def test_a_child_that_dies_over_a_document_costs_only_that(number):
    async with Workers(at_once=1) as workers:
        await workers("records", LINE, NOW)
        before = children()
        work = asyncio.ensure_future(workers("feed", SLOW, NOW))
        await asyncio.sleep(0.1)
        for pid in before:
            os.kill(pid, number)
        with pytest.raises(ParseError, match=f"{number.name}|s of computing"):
            await work
        assert (await workers("records", LINE, NOW)).articles


async def test_a_child_that_died_while_it_was_idle_costs_nothing():
    async with Workers(at_once=1) as workers:
        await workers("records", LINE, NOW)
        (pid,) = children()
        os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.1)
        assert (await workers("records", LINE, NOW)).articles


async def test_work_that_is_called_off_takes_its_child_along():
    async with Workers(at_once=1) as workers:
        await workers("records", LINE, NOW)
        before = children()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await workers("feed", SLOW, NOW)
        assert not before & children()
        assert (await workers("records", LINE, NOW)).articles


async def test_the_loop_goes_on_while_a_document_is_parsed():
    async with Workers(wall=1) as workers:
        work = asyncio.ensure_future(workers("feed", SLOW, NOW))
        turns = 0
        while not work.done():
            await asyncio.sleep(0.01)
            turns += 1
        assert work.exception()
    assert turns > 20


async def test_a_child_has_no_environment_no_terminal_and_no_file_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "not for children")
    with (tmp_path / "lock").open("w"):
        async with Workers(at_once=1) as workers:
            await workers("records", LINE, NOW)
            (pid,) = children()
            place = Path(f"/proc/{pid}")
            assert b"TELEGRAM" not in (place / "environ").read_bytes()
            links = {str(link.readlink()) for link in (place / "fd").iterdir()}
            assert str(tmp_path / "lock") not in links
            assert os.getsid(pid) == pid
            limits = (place / "limits").read_text()
    assert str(512 * 1024 * 1024) in limits


async def test_a_feed_that_kills_its_child_is_one_error_of_its_source():
    web = Web({"https://a.example/rss": SLOW})
    source = Source(kind=SourceKind.FEED, location="https://a.example/rss")
    async with web.client() as client, Workers(wall=0.05) as workers:
        fetched = await feed.fetch(source, client, NOW, parse=workers)
    assert fetched.error == "took longer than 0.05 s to read; given up"


async def test_a_long_file_of_lines_is_parsed_in_parts_and_its_lines_keep_their_numbers(tmp_path):
    lines = [json.dumps({"title": f"Line {n}", "text": f"{STORY} {n}"}) for n in range(3000)]
    lines[2500] = "not json"
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    source = Source(kind=SourceKind.FOLDER, location=str(tmp_path / "many.jsonl"))
    async with Workers() as workers:
        fetched = await folder.fetch(source, Web().client(), NOW, parse=workers)
    assert len(fetched.articles) == 2999
    assert [(trouble.what, trouble.reason) for trouble in fetched.troubles] == [("line 2501", "not valid JSON")]


# ---- what crosses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", READERS)
def test_what_was_packed_comes_out_the_same(reader):
    parsed = READERS[reader](DOCUMENTS[reader], NOW)
    *parts, last = pack(parsed)
    answer = Unpacked()
    assert all(answer.add(part) is None for part in parts)
    assert answer.add(last) == parsed


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=12) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
KINDS = st.sampled_from(["article", "trouble", "source", "end", "error", "spent", "import"])


@example(b'{"trouble": ["", "", null]}')
@given(
    st.binary(max_size=40) | st.dictionaries(KINDS, json_values, max_size=2).map(lambda part: json.dumps(part).encode())
)
def test_whatever_a_child_sends_is_a_checked_part_or_nonsense(part):
    try:
        Unpacked().add(part)
    except (Nonsense, ParseError):
        return
    ((kind, value),) = json.loads(part).items()
    assert kind in ("trouble", "source", "end", "article")
    assert value == [] or isinstance(value, str) or all(isinstance(each, str) for each in value)
