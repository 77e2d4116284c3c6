"""Positions in headlines: of actors that the text names too, and only what the text does not show itself."""

from tests.extract.reading import FLOOR, read_text

TEXT = "Talks went on in Oman. Iran was there, and Israel watched."


def test_a_headline_shows_a_position_with_its_words_in_the_title() -> None:
    title = "Iran rejects direct talks with Israel"
    (position,) = read_text(TEXT, title).positions
    evidence = position.evidence
    assert (position.actor, str(position.stance), evidence.where) == ("Iran", "rejects", "title")
    assert title[evidence.start : evidence.end] == evidence.text


def test_what_the_text_shows_is_not_taken_from_its_headline() -> None:
    text = "Iran rejected direct talks with Israel on Monday."
    found = read_text(text, "Iran rejects direct talks with Israel").positions
    assert [position.evidence.where for position in found if position.confidence >= FLOOR] == ["text"]
    assert "title" not in {position.evidence.where for position in found}


def test_nobody_that_the_headline_alone_names_holds_a_position() -> None:
    found = read_text("The talks lasted long.", "Iran rejects direct talks").positions
    assert all(position.confidence < FLOOR and position.evidence.where == "text" for position in found)


def test_a_headline_in_capitals_is_not_read() -> None:
    assert read_text(TEXT, "Iran Rejects Direct Talks With Israel Over Missiles").positions == ()


def test_a_participle_in_a_headline_is_what_others_do() -> None:
    assert read_text(TEXT, "Israel condemned for strike on the port").positions == ()
