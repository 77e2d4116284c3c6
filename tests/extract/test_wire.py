"""The wire format, in and out."""

import json

import pytest

from digests.errors import ParseError
from digests.extract.wire import from_line, to_wire
from tests.extract.reading import read_text


def test_text_and_title_stay_exactly_as_given() -> None:
    line = {"id": "a", "title": " T ", "text": "  Turkey\u200b said\r\n no. "}
    article = from_line(line)
    assert (article.id, article.title, article.text) == ("a", " T ", line["text"])


def test_a_line_without_title_or_id_is_an_article_too() -> None:
    article = from_line({"text": "Turkey said no."})
    assert article.title == ""
    assert article.id == from_line({"text": "Turkey said no."}).id


@pytest.mark.parametrize("line", [{}, {"text": None}, {"text": 3}, {"text": "x", "title": 3}])
def test_a_line_without_text_is_refused(line: dict[str, object]) -> None:
    with pytest.raises(ParseError):
        from_line(line)


def test_the_wire_names_source_cue_and_content_of_who_said_what() -> None:
    text = "Hakan Fidan said that the talks had failed."
    wire = json.loads(json.dumps(to_wire(read_text(text))))
    (attribution,) = wire["attributions"]
    assert {role: [text[s:e] for s, e in attribution[role]] for role in ("source", "cue", "content")} == {
        "source": ["Hakan Fidan"],
        "cue": ["said"],
        "content": ["that the talks had failed"],
    }
    assert attribution["speaker"] == "Hakan Fidan"


def test_evidence_on_the_wire_says_where_it_stands() -> None:
    text = "Turkey accused Israel of a massacre."
    (position,) = to_wire(read_text(text))["positions"]
    evidence = position["evidence"]
    assert evidence["in"] == "text"
    assert text[evidence["start"] : evidence["end"]] == evidence["text"]
