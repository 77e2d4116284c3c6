"""Pictures: small, soon drawn, readable without colour, and in the letters of the names that news is full of."""

import io
import time
from datetime import UTC

import pytest
from PIL import Image

from digests.charts import COLOURS, matrix_png, timeline_png, visual
from digests.editorial.matrix import LETTERS, MOST, Matrix, matrix
from digests.editorial.positions import by_issue, lines
from digests.editorial.timeline import timeline
from digests.models import Actor, Change, Kind, Stance, StoryBrief
from tests.editorial.builders import BLINKEN, FIDAN, ISRAEL, TURKEY, article, cite, filed

NAMES = "Türkiye|Recep Tayyip Erdoğan|İbrahim Kalın|Владимир Путин|محمود عباس|United States|Hamas|European Union"


def actor(number: int, name: str) -> Actor:
    return Actor(id=number, name=name, kind=Kind.STATE)


def crowd(actors: int, issues: int) -> Matrix:
    stances = list(Stance)
    cells = {
        (i, a): (stances[(i + a) % 10], stances[(i * a) % 10])[: 1 + a % 2]
        for i in range(issues)
        for a in range(actors)
    }
    names = [*NAMES.split("|"), *(f"Committee number {n} of the Red Cross" for n in range(20))][:actors]
    phrases = tuple(f"humanitarian pauses number {n} in the fighting around the city" for n in range(issues))
    return Matrix(issues=phrases, actors=tuple(actor(n + 1, name) for n, name in enumerate(names)), cells=cells)


def test_the_largest_matrix_is_drawn_soon_and_small() -> None:
    matrix_png(crowd(1, 1), title="warm", note="")
    began = time.process_time()
    png = matrix_png(crowd(MOST, MOST), title="Who stands where", note="7 days to Mon 6 Nov, 07:30 Istanbul")
    assert time.process_time() - began < 0.3
    assert len(png) < 150_000
    picture = Image.open(io.BytesIO(png))
    assert picture.format == "PNG"
    assert sum(picture.size) < 10_000, "Telegram takes no larger photos"


def test_every_stance_has_a_letter_and_a_colour_of_its_own() -> None:
    assert set(LETTERS) == set(COLOURS) == set(Stance)
    assert len(set(LETTERS.values())) == len(set(COLOURS.values())) == len(Stance)


@pytest.mark.parametrize("name", NAMES.split("|"))
def test_the_font_has_the_letters_of_names(name: str) -> None:
    missing = matrix_png(crowd(1, 1), title="\U0001f9ff", note="")
    drawn = matrix_png(crowd(1, 1), title=name, note="")
    assert missing != drawn
    from digests.charts import _font

    box = _font(20).getmask("\U0010fffd").getbbox()
    for letter in visual(name).replace(" ", ""):
        mask = _font(20).getmask(letter)
        assert mask.getbbox() != box or bytes(mask) != bytes(_font(20).getmask("\U0010fffd")), letter


def test_arabic_is_joined_and_runs_from_right_to_left_within_a_line_that_begins_on_the_left() -> None:
    assert visual("عباس") == "ﺱﺎﺒﻋ"
    assert visual("عباس demands") == "ﺱﺎﺒﻋ demands"
    assert visual("Erdoğan") == "Erdoğan"


def test_no_position_and_one_position_make_pictures_too() -> None:
    for count in (0, 1):
        assert matrix_png(crowd(count, count), title="", note="")[:4] == b"\x89PNG"
    assert timeline_png((), title="Nothing", zone=UTC)[:4] == b"\x89PNG"


def test_the_matrix_has_the_issues_and_actors_with_most_in_common_and_the_newest_stance_first() -> None:
    said = [
        filed(TURKEY, Stance.DEMANDS, "ceasefire in Gaza", hours=-3),
        filed(ISRAEL, Stance.REJECTS, "a ceasefire in Gaza", hours=-2),
        filed(ISRAEL, Stance.COMMITS, "ceasefire in Gaza", hours=-1),
        filed(BLINKEN, Stance.SUPPORTS, "F-16 sale", hours=-1),
    ]
    found = matrix(by_issue(lines(said)))
    assert found.issues == ("ceasefire in Gaza", "F-16 sale")
    assert found.actors[0] in (TURKEY, ISRAEL)
    assert found.cells[0, found.actors.index(ISRAEL)] == (Stance.COMMITS, Stance.REJECTS)
    assert (1, found.actors.index(TURKEY)) not in found.cells


def test_a_matrix_never_outgrows_what_can_be_read() -> None:
    said = [
        filed(actor(a, f"Actor {a}"), Stance.DEMANDS, f"{'xyzuvw'[i % 6] * 6} {chr(97 + i) * 5}", hours=-i)
        for a in range(1, 30)
        for i in range(20)
    ]
    found = matrix(by_issue(lines(said)))
    assert len(found.issues) <= MOST
    assert len(found.actors) <= MOST
    assert {row for row, _ in found.cells} == set(range(len(found.issues)))
    assert {column for _, column in found.cells} == set(range(len(found.actors)))


def test_a_timeline_tells_reports_stances_and_turns_in_order_of_time_and_fits_its_picture() -> None:
    reports = [article(f"Report {n} on the talks", hours=n, publisher=f"Outlet {n}") for n in range(30)]
    demand = filed(FIDAN, Stance.DEMANDS, "ceasefire", reports[2])
    before, after = (
        filed(ISRAEL, Stance.REJECTS, "pauses", reports[1]),
        filed(ISRAEL, Stance.COMMITS, "pauses", reports[20]),
    )
    told = StoryBrief(
        id="s",
        title="Talks",
        title_from=cite(reports[0]),
        positions=lines([demand, before, after]),
        changes=(Change(actor=ISRAEL, issue="pauses", before=before, after=after),),
        citations=tuple(cite(one) for one in reports),
    )
    whole = timeline(told)
    assert [one.at for one in whole] == sorted(one.at for one in whole)
    assert len(whole) == 30 + 2 + 1, "a turn stands for its second stance"
    short = timeline(told, most=8)
    assert len(short) == 8
    assert any(isinstance(one.what, Change) for one in short)
    assert short[0].what == cite(reports[0])
    began = time.process_time()
    png = timeline_png(timeline(told, most=14), title="Talks " * 40, zone=UTC, note="7 publishers")
    assert time.process_time() - began < 0.3
    assert len(png) < 150_000
