import json
from datetime import UTC, datetime

import pytest

from digests.models import Source, SourceKind
from digests.sources import folder
from tests.sources.web import PARAGRAPHS, STORY, Web, item, page, rss

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


async def look(path):
    web = Web()
    async with web.client() as client:
        fetched = await folder.fetch(Source(kind=SourceKind.FOLDER, location=str(path)), client, NOW)
    assert web.asked == []
    return fetched


async def test_a_folder_is_read_whole_and_what_cannot_be_read_is_named(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "a.txt").write_text("A text file\n\n" + "\n\n".join(PARAGRAPHS))
    (tmp_path / "b.md").write_text("# A markdown file\n\n" + PARAGRAPHS[0] + "\n\n" + PARAGRAPHS[1])
    (tmp_path / "deep" / "c.html").write_text(page(title="A page saved to disk"))
    (tmp_path / "deep" / "er" / "d.xml").write_text(rss(item(title="A saved feed")))
    line = {"title": "A line", "text": STORY, "url": "https://harbour.example/5", "publisher": "The Harbour Times"}
    (tmp_path / "e.jsonl").write_text(json.dumps(line) + "\nnot json\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "notes.docx").write_text("not looked at")
    (tmp_path / ".hidden.txt").write_text("not looked at\n\nat all")
    fetched = await look(tmp_path)
    assert sorted(article.title for article in fetched.articles) == [
        "A line",
        "A markdown file",
        "A page saved to disk",
        "A saved feed",
        "A text file",
    ]
    reasons = {trouble.what.rpartition("/")[2]: trouble.reason for trouble in fetched.troubles}
    assert reasons == {"line 2": "not valid JSON", "empty.txt": "empty", "picture.txt": "not text but a PNG picture"}


async def test_a_saved_feeds_items_keep_their_links(tmp_path):
    (tmp_path / "feed.xml").write_text(rss(item()))
    article = (await look(tmp_path / "feed.xml")).articles[0]
    assert (article.url, article.is_teaser) == ("https://harbour.example/1", True)


async def test_what_is_not_there_or_holds_nothing_is_an_error_in_words(tmp_path):
    assert (await look(tmp_path / "nowhere")).error == "no such file or folder"
    assert "file in it" in ((await look(tmp_path)).error or "")
    (tmp_path / "empty.txt").write_text("")
    assert (await look(tmp_path)).error == "no readable article in it"
    assert (await look(tmp_path / "empty.txt")).error == "empty"


async def test_a_file_that_is_too_large_is_not_read(tmp_path):
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(6 * 1024 * 1024)
    assert (await look(tmp_path / "huge.txt")).error == "larger than 5 MB"


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (rss(item(title="From a feed")), "From a feed"),
        (page(title="From a page"), "From a page"),
        (json.dumps({"title": "From a line", "text": STORY}), "From a line"),
        ("From a text\n\n" + STORY, "From a text"),
    ],
)
async def test_a_lone_file_whose_name_does_not_tell_is_known_by_its_first_bytes(tmp_path, content, title):
    (tmp_path / "unnamed").write_text(content)
    assert [article.title for article in (await look(tmp_path / "unnamed")).articles] == [title]


async def test_links_out_of_the_folder_are_not_followed(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("Secret\n\n" + STORY)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.txt").symlink_to(outside)
    assert (await look(inside)).articles == ()
