import random
from dataclasses import replace
from datetime import UTC, datetime

from digests.editorial.copies import copies
from digests.editorial.families import publisher_key, voice_of
from digests.editorial.stories import Stories, group, place_all
from digests.models import Article
from digests.sources import samples
from tests.editorial.builders import BLINKEN, FIDAN, ISRAEL, RUSSIA, article
from tests.extract.reader import READER

ANKARA = (
    "U.S. Secretary of State Antony Blinken met Turkish Foreign Minister Hakan Fidan in Ankara on Monday. "
    "Fidan demanded a ceasefire in Gaza while Blinken spoke of humanitarian pauses. The talks lasted two hours."
)
ANKARA_TOO = (
    "Talks in Ankara between Antony Blinken and Hakan Fidan brought no agreement on Gaza. The Turkish foreign minister "
    "wanted a ceasefire; Blinken, the U.S. secretary of state, offered support for humanitarian pauses."
)
GRAIN = (
    "Russia will not return to the Black Sea grain deal, Foreign Minister Sergei Lavrov said in Moscow. Ukraine has "
    "opened a corridor of its own along the coast of Romania for ships with wheat and maize."
)


def strike(where: str, killed: str, hours: float) -> Article:
    text = (
        f"A strike on {where} killed {killed} people and wounded dozens, officials said. Rescuers searched the rubble."
    )
    return article(f"Strike on {where} kills {killed}", text, hours=hours, publisher=f"Outlet {where}")


def test_reports_of_one_event_are_one_story_and_another_event_is_another() -> None:
    one = article("Blinken and Fidan meet in Ankara", ANKARA, publisher="Lamp")
    two = article("No agreement on Gaza as Blinken visits Ankara", ANKARA_TOO, publisher="Coast", hours=2)
    other = article("Russia rules out grain deal", GRAIN, publisher="Gazette", hours=1)
    found = group([one, two, other], {one.id: [(FIDAN, 0.9, 3)], two.id: [(BLINKEN, 0.9, 3), (FIDAN, 0.9, 2)]})
    assert [sorted(a.publisher for a in story.articles) for story in found] == [["Coast", "Lamp"], ["Gazette"]]


def test_two_strikes_in_two_places_are_two_stories() -> None:
    found = group([strike("Kharkiv market", "six", 0), strike("Rafah hospital", "nine", 3)], {})
    assert len(found) == 2


def test_the_same_kind_of_event_a_week_later_is_another_story() -> None:
    assert len(group([strike("Kharkiv", "six", 0), strike("Kharkiv", "nine", 7 * 24)], {})) == 2


def test_what_is_told_of_different_actors_needs_more_in_common_to_be_one_story() -> None:
    one = article("Envoys quarrel over fishing", "Envoys quarrelled over fishing rights. Boats waited in port angrily.")
    two = article("Seal ban signed", "Envoys met on fishing rights in port. A seal ban was signed.", hours=1)
    others = [article(name, f"{name} {name}ish") for name in ("Apple", "Birch", "Cedar")]
    alone = {story.id for story in group([one, two, *others], {})}
    apart = {one.id: [(RUSSIA, 0.9, 3)], two.id: [(ISRAEL, 0.9, 3)]}
    assert len(group([one, two, *others], apart)) == len(alone) + 1


def test_a_story_keeps_its_id_while_it_grows_and_whatever_the_order() -> None:
    one = article("Blinken and Fidan meet in Ankara", ANKARA, publisher="Lamp")
    two = article("No agreement on Gaza as Blinken visits Ankara", ANKARA_TOO, publisher="Coast", hours=2)
    three = article("Russia rules out grain deal", GRAIN, publisher="Gazette", hours=1)
    first = group([one], {})[0].id
    for order in ([one, two, three], [three, two, one], [two, one, three]):
        assert [story.id for story in group(order, {})] == [story.id for story in group([one, two, three], {})]
        assert group(order, {})[0].id == first


def test_every_article_is_in_exactly_one_story() -> None:
    chance = random.Random(1)
    vocabulary = (ANKARA + GRAIN + ANKARA_TOO).split()
    articles = [
        article(f"Title {n}", " ".join(chance.choices(vocabulary, k=60)), publisher=f"P{n % 5}", hours=n % 40)
        for n in range(120)
    ]
    found = [one.id for story in group(articles, {}) for one in story.articles]
    assert sorted(found) == sorted(one.id for one in articles)


def test_a_reprint_joins_its_original_and_counts_as_one_voice() -> None:
    text = ANKARA + " " + GRAIN
    one = article("Blinken in Ankara", text, publisher="Lamp")
    two = article("Top diplomat visits Turkey", text + " Read more on our site.", publisher="Coast", hours=1)
    three = article("No agreement in Ankara", ANKARA_TOO, publisher="Gazette")
    assert copies([one, two, three]) == [tuple(sorted((one.id, two.id)))]
    placed = place_all([one, two, three], {})
    assert placed[one.id].voice == placed[two.id].voice != placed[three.id].voice
    assert [placed[each.id].copy_of for each in (one, two, three)] == [None, one.id, None]
    assert len(group([one, two], {})) == 1


def test_texts_credited_to_one_agency_are_one_voice() -> None:
    one = article("A", "ANKARA (Reuters) - " + ANKARA, publisher="Lamp")
    two = article("B", "MOSCOW, Nov 6 (Reuters) - " + GRAIN, publisher="Coast")
    assert voice_of(one) == voice_of(two) == "reuters"


def test_a_publisher_has_one_key_however_it_is_written() -> None:
    assert publisher_key("BBC News") == publisher_key("BBC") == publisher_key("www.bbc.co.uk".replace(".co.uk", ".com"))
    assert publisher_key("The Guardian") == publisher_key("Guardian")
    assert publisher_key("The Independent") != publisher_key("The Guardian")


def test_what_a_line_joins_depends_on_the_lines_before_it_alone() -> None:
    articles = [strike(where, "six", hours) for where, hours in (("Kharkiv", 0), ("Rafah", 1), ("Kharkiv", 5))]
    stream = Stories()
    told = [stream.add(one) for one in articles]
    for length in range(1, len(articles) + 1):
        again = Stories()
        assert [again.add(one) for one in articles[:length]] == told[:length]
    assert told[0] == told[2] != told[1]


def test_without_dates_reports_of_one_event_still_meet() -> None:
    stream = Stories()
    told = [
        stream.add(replace(article(title, text), published_at=None, seen_at=datetime(1970, 1, 1, tzinfo=UTC)))
        for title, text in (("Talks in Ankara", ANKARA), ("Grain deal", GRAIN), ("Blinken in Ankara", ANKARA_TOO))
    ]
    assert told[0] == told[2] != told[1]


def test_the_sample_reports_of_the_talks_in_ankara_are_one_story() -> None:
    loaded = samples.load(datetime(2026, 3, 10, 6, 0, tzinfo=UTC))
    reader = READER
    readings = {
        one.id: [(found.actor, found.salience, len(found.mentions)) for found in reader.extract(one).actors]
        for one in loaded
    }
    stories = group(loaded, readings)
    home = next(story for story in stories if any("blinken-ankara" in (one.url or "") for one in story.articles))
    assert sorted((one.url or "").rpartition("/")[2] for one in home.articles) == [
        "blinken-ankara-bridges",
        "blinken-ankara-courier",
        "blinken-ankara-lamp",
        "blinken-ankara-potomac",
    ]
