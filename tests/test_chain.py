"""One scraped article through the whole chain, as its reader sees the end of it: positions and actors."""

import re
from pathlib import Path

import pytest

from tests import evaldata
from tests.test_cli import digests, lines

SHOWN = [
    # holder, stance, what the issue says
    (r"Turkey", "demands", r"unconditional ceasefire"),
    (r"United States|Antony Blinken", "supports", r"humanitarian pause"),
    (r"Israel", "rejects", r"pause"),
    (r"Arab and Muslim (leaders|nations)", "demands", r"ceasefire"),
    (r"Turkey|Recep Tayyip Erdogan", "accuses", r""),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("chain")
    digests(home, "ingest", str(evaldata.folder() / "seed" / "article.txt"))
    return home


@pytest.mark.parametrize(("holder", "stance", "issue"), SHOWN)
def test_the_article_shows_who_stands_where(home: Path, holder: str, stance: str, issue: str) -> None:
    found = [
        one
        for one in lines(digests(home, "positions", "--json"))
        if re.fullmatch(holder, one["actor"]) and one["stance"] == stance and re.search(issue, one["issue"])
    ]
    assert found
    if stance == "accuses":
        assert "Israel" in {one["target"] for one in found}


def test_every_position_shown_stands_in_the_article_to_the_letter(home: Path) -> None:
    raw = (evaldata.folder() / "seed" / "article.txt").read_text(encoding="utf-8")
    found = lines(digests(home, "positions", "--json"))
    assert all(one["evidence"]["text"] in raw for one in found)
    (title,) = {one["article"]["title"] for one in found}
    assert title == next(line for line in raw.splitlines() if "Blinken" in line)


def test_the_actors_are_there_once_each_with_role_and_state(home: Path) -> None:
    cards = lines(digests(home, "actors", "--json"))
    names = [card["name"] for card in cards]
    people = {card["name"]: card for card in cards if card["kind"] == "person"}
    for name, state in (
        ("Antony Blinken", "United States"),
        ("Hakan Fidan", "Turkey"),
        ("Recep Tayyip Erdogan", "Turkey"),
    ):
        assert sum(name.split()[-1] in other for other in people) == 1
        assert people[name]["state"] == state
        assert people[name]["role"]
    for state in ("Turkey", "United States", "Israel", "Hamas"):
        assert names.count(state) == 1


def test_no_page_furniture_is_left_in_the_article(home: Path) -> None:
    for furniture in ("Leave a Reply", "About Author", "Required fields", "email address"):
        hits = lines(digests(home, "search", furniture, "--json"))
        assert not any(furniture.lower() in hit["snippet"].lower() for hit in hits)
