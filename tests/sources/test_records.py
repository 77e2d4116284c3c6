import json
from datetime import UTC, datetime

import pytest

from digests.errors import ParseError
from digests.sources.parse.records import parse_records
from tests.sources.web import STORY

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


def test_a_line_becomes_an_article_under_either_name_for_its_fields():
    one = {"title": "One", "text": STORY, "url": "https://a.example/1", "publisher": "A", "published": "2026-03-02"}
    two = {"headline": "Two", "body": "<p>He said &amp; left.</p>", "link": "https://a.example/2", "source": "B"}
    articles = parse_records(lines(one, two), NOW).articles
    assert [(article.title, article.publisher) for article in articles] == [("One", "A"), ("Two", "B")]
    assert articles[0].published_at == datetime(2026, 3, 2, tzinfo=UTC)
    assert articles[1].text == "He said & left."


def test_ids_are_ours_unless_a_program_wants_to_compare_and_then_texts_stay_to_the_letter():
    data = lines({"id": "g-7", "title": "One", "text": "Two  spaces.\n\n\n\nEnd "})
    assert parse_records(data, NOW).articles[0].id != "g-7"
    kept = parse_records(data, NOW, keep_ids=True).articles[0]
    assert (kept.id, kept.text) == ("g-7", "Two  spaces.\n\n\n\nEnd ")


def test_lines_that_cannot_be_read_are_named_and_the_others_kept():
    data = lines({"title": "One", "text": STORY}, ["a list"], {"title": "no text"}, {"text": 5}) + b"\n{broken\n\n"
    parsed = parse_records(data, NOW)
    assert len(parsed.articles) == 1
    assert [(trouble.what, trouble.reason) for trouble in parsed.troubles] == [
        ("line 2", "not a JSON object"),
        ("line 3", 'no "text"'),
        ("line 4", 'no "text"'),
        ("line 5", "not valid JSON"),
    ]


@pytest.mark.parametrize("data", [b"", b"{}", b"words", b"[" * 100_000])
def test_a_file_without_any_article_is_refused(data):
    with pytest.raises(ParseError):
        parse_records(data, NOW)
