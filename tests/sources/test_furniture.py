"""Lines that are furniture as a whole go; sentences that only begin like it stay."""

import pytest

from digests.sources.parse.furniture import byline, is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Support for the plan is growing in Belarus.",
        "Support for the ceasefire is growing in the US.",
        "By using tariffs as a weapon, the president hopes Europe will accept a deal.",
        "By signing up to the treaty, both sides accept the terms of the court.",
        "Published on Monday, the report accuses both armies of torture.",
        "Updated figures show that a third of the harvest is lost.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_kept(line):
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Support independent journalism today",
        "Support us",
        "Become a member",
        "By continuing to use this site you agree to our terms and cookies.",
        "Published on Monday, 2 March 2026 at 10:30 GMT",
        "Last updated 5 hours ago",
        "Updated: Mar 3, 2026, 7:15 pm EST",
    ],
)
def test_what_is_nothing_else_goes(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("By Ada Quill", "Ada Quill"),
        ("By Ada Quill and Ben van der Osk", "Ada Quill and Ben van der Osk"),
        ("By Ayşe Çelik", "Ayşe Çelik"),
        ("By Ivan Šimić, diplomatic correspondent", "Ivan Šimić, diplomatic correspondent"),
        ("By Friday the talks had failed.", None),
        ("By Friday", None),
        ("By Moscow standards it was a short meeting", None),
    ],
)
def test_a_byline_names_somebody(line, who):
    assert byline([line, "They met."])[0] == who


@pytest.mark.parametrize(
    "line", ["Updated mon" + "mon" * 45 + "!", "Published " + "1 " * 70 + "x", "Updated " + "at on " * 24 + "?"]
)
def test_no_line_takes_long_to_be_looked_at(line):
    assert not is_furniture(line)
