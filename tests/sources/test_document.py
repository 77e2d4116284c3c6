import json
from datetime import UTC, datetime

import pytest

from digests.errors import ParseError
from digests.sources.parse.document import parse_text
from digests.sources.parse.furniture import is_furniture, without_furniture
from tests import evaldata
from tests.sources.web import PARAGRAPHS

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TITLE = "Ministers meet by the harbour"


def read(*lines: str, markdown: bool = False):
    return parse_text("\n\n".join(lines).encode(), NOW, markdown=markdown).articles[0]


def test_the_headline_is_found_above_and_below_furniture():
    article = read('" "', "1.2K Shares", TITLE, "0 91", "By Ada Quill", "2 March 2026", *PARAGRAPHS)
    assert article.title == TITLE
    assert article.text.split("\n\n") == PARAGRAPHS
    assert article.author == "Ada Quill"
    assert article.published_at == datetime(2026, 3, 2, tzinfo=UTC)


FURNITURE = [
    '" "',
    "***",
    "0 91",
    "1,204",
    "12 Shares",
    "Share",
    "Share this article",
    "Facebook Twitter WhatsApp Email",
    "Share on Facebook",
    "0 Comments",
    "Leave a comment",
    "Your email address will not be published. Required fields are marked *",
    "Save my name, email, and website in this browser for the next time I comment.",
    "Post Comment",
    "Skip to content",
    "Home > World > Asia",
    "Subscribe to our newsletter",
    "Sign up for our daily briefing",
    "Get the latest news in your inbox",
    "Follow us on Telegram",
    "This website uses cookies to give you the best experience.",
    "By clicking “Accept” you agree to our terms.",
    "Accept all cookies",
    "Privacy Policy",
    "Advertisement",
    "Story continues below advertisement",
    "Read more: Storm warning for the coast",
    "Also read: Storm warning for the coast",
    "Related: Storm warning for the coast",
    "Click here to read the full report",
    "4 min read",
    "Updated 2 March 2026, 10:15",
    "3 hours ago",
    "Photo: Ada Quill",
    "© 2026 The Harbour Times",
    "All rights reserved.",
    "Tags: harbour, grain",
    "The post Ministers meet appeared first on The Harbour Times.",
    "Please enable JavaScript to watch this video",
    "[Image]",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_lines_that_are_only_furniture_go(line):
    assert is_furniture(line)


SENTENCES = [
    "The commission wants to share this burden with the member states.",
    "Share prices fell after the minister spoke of new tariffs on grain.",
    "He said readers may leave a reply at the ministry until Friday.",
    "Related talks on the sailors went on in the capital.",
    "The regulator said that websites use cookies without asking.",
    "“No comment,” the minister said.",
    "Reuters reported that both sides had agreed to a pause.",
    "By Monday evening, no side had agreed to the proposal.",
    "More than 200 sailors are still held.",
    "Search teams found the ship on Tuesday.",
    "Follow-up talks are planned for next week in the capital.",
    "Updated sanctions rules were published by the council and take effect next month, officials said.",
    "The 91 sailors were released.",
    "Home Secretary Ada Quill rejected the call.",
    "Support for the ceasefire is growing among the member states today, the envoy said.",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_that_only_sound_like_furniture_stay(line):
    assert without_furniture([*PARAGRAPHS, line, *PARAGRAPHS]) == [*PARAGRAPHS, line, *PARAGRAPHS]


def test_the_foot_of_a_page_is_cut_at_its_heading():
    comments = [
        "Leave a Reply",
        "I was there and saw nothing of the kind, and nor did my brother, who sails.",
        "Anonymous",
    ]
    assert (
        without_furniture([*PARAGRAPHS, "About the Author", "Ada Quill writes about ports.", *comments]) == PARAGRAPHS
    )


def test_a_box_in_the_middle_loses_its_own_lines_and_the_text_goes_on():
    lines = [PARAGRAPHS[0], "Related stories", "Storm warning for the coast", "Grain prices rise", *PARAGRAPHS[1:]]
    assert without_furniture(lines) == PARAGRAPHS


def test_markdown_marks_and_front_matter_are_understood():
    facts = ["title: Ministers meet", "author: Ada Quill", "date: 2026-03-02", "url: https://harbour.example/1"]
    head = "\n".join(["---", *facts, "source: The Harbour Times", "---", ""])
    sentence = "The **second** ministry [rejected](https://x.example/a_(b)) it."
    body = f"# Ministers meet\n\n{sentence}\n\n> {PARAGRAPHS[0]}\n\n- {PARAGRAPHS[1]}"
    article = parse_text((head + body).encode(), NOW, markdown=True).articles[0]
    assert (article.title, article.author, article.publisher) == ("Ministers meet", "Ada Quill", "The Harbour Times")
    assert (article.url, article.published_at) == ("https://harbour.example/1", datetime(2026, 3, 2, tzinfo=UTC))
    assert article.text.split("\n\n") == ["The second ministry rejected it.", PARAGRAPHS[0], PARAGRAPHS[1]]


def test_a_text_that_begins_with_prose_is_titled_by_its_first_sentence():
    article = read(*PARAGRAPHS)
    assert article.title.startswith("The foreign ministers of both countries met")
    assert len(article.title) <= 120
    assert article.text.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize("data", [b"", b"\n\n0 91\n\nLeave a Reply\n", b"PK\x03\x04zip", b"\x00\x01\x02\x03" * 100])
def test_a_file_without_a_text_is_refused_in_one_line(data):
    with pytest.raises(ParseError):
        parse_text(data, NOW)


def test_the_seed_article_comes_out_with_its_headline_and_nothing_else_of_its_page():
    article = parse_text((evaldata.folder("data") / "seed" / "article.txt").read_bytes(), NOW).articles[0]
    assert article.title.startswith("U.S. Secretary of State Blinken holds challenging talks")
    assert article.title.endswith("Israel-Gaza conflict")
    assert article.text.startswith("United States Secretary of State Antony Blinken embarked")
    assert article.text.endswith("international peace conference.")
    assert len(article.text.split("\n\n")) == 14
    for furniture in ("Leave a Reply", "About Author", "email address", "Required fields", "0 91", '" "'):
        assert furniture not in article.text


def test_of_articles_that_are_clean_already_no_paragraph_is_taken():
    taken, lines_read = [], 0
    for path in sorted((evaldata.folder("data") / "gold").glob("*/*.json")):
        lines = [line.strip() for line in json.loads(path.read_text())["text"].split("\n") if line.strip()]
        kept = set(without_furniture(lines))
        lines_read += len(lines)
        taken += [line for line in lines if line not in kept]
    assert lines_read > 2000
    assert len(taken) < 0.03 * lines_read
    assert [line for line in taken if len(line.split()) > 25] == []
