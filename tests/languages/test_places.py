from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.languages.places import LIMIT, _table, find
from digests.languages.world import states


def zones(name: str) -> list[str]:
    return [place.zone for place in find(name)]


@pytest.mark.parametrize(
    ("asked", "zone"),
    [
        ("Istanbul", "Europe/Istanbul"),
        ("  ISTANBUL ", "Europe/Istanbul"),
        ("İstanbul", "Europe/Istanbul"),
        ("ankara", "Europe/Istanbul"),
        ("Kiev", "Europe/Kyiv"),
        ("München", "Europe/Berlin"),
        ("Genève", "Europe/Zurich"),
        ("Каир", "Africa/Cairo"),
        ("القاهرة", "Africa/Cairo"),
        ("東京", "Asia/Tokyo"),
        ("tel-aviv", "Asia/Jerusalem"),
        ("Washington, D.C.", "America/New_York"),
        ("st petersburg", "Europe/Moscow"),
        ("Gaza City", "Asia/Gaza"),
        ("Kathmandu", "Asia/Kathmandu"),
        ("Tripoli, Lebanon", "Asia/Beirut"),
        ("tripoli libya", "Africa/Tripoli"),
        ("San José, Costa Rica", "America/Costa_Rica"),
        ("Turkey", "Europe/Istanbul"),
        ("Türkiye", "Europe/Istanbul"),
        ("UAE", "Asia/Dubai"),
        ("Europe/Istanbul", "Europe/Istanbul"),
        ("america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("UTC+3", "Etc/GMT-3"),
        ("gmt -5", "Etc/GMT+5"),
        ("UTC+0", "Etc/UTC"),
    ],
)
def test_a_place_is_found_as_people_write_it(asked: str, zone: str):
    assert zones(asked) == [zone]
    assert not find(asked)[0].near


def test_an_ambiguous_name_gives_every_place_of_that_name():
    assert zones("Tripoli") == ["Africa/Tripoli", "Asia/Beirut"]
    assert set(zones("San José")) == {"America/Costa_Rica", "America/Los_Angeles"}
    assert [place.label for place in find("Tripoli")] == ["Tripoli, Libya", "Tripoli, Lebanon"]


def test_a_country_with_several_zones_offers_a_place_in_each():
    offered = zones("United States")
    assert len(offered) == len(set(offered)) == LIMIT
    assert {"America/New_York", "America/Chicago", "America/Los_Angeles"} <= set(offered)


@pytest.mark.parametrize(
    ("asked", "meant"), [("Ankra", "Ankara"), ("Jerusalm", "Jerusalem"), ("san fran", "San Francisco")]
)
def test_a_near_miss_is_offered_and_marked_as_near(asked: str, meant: str):
    assert find(asked)[0].name == meant
    assert all(place.near for place in find(asked))


@pytest.mark.parametrize("asked", ["", "  ", "?", "xqzzyv", "UTC+99", "Mars/Olympus", "../../etc/passwd"])
def test_what_is_no_place_gives_nothing(asked: str):
    assert find(asked) == ()


def test_every_zone_of_the_table_exists():
    for place, keys in _table():
        assert ZoneInfo(place.zone).key == place.zone
        assert all(keys), place.name
        assert place.name
        assert place.country


def test_every_capital_is_a_place():
    capitals = [
        (state.name, city) for state in states() for city in state.capitals if state.name != "Nauru"
    ]  # it has none
    lacking = [(state, city) for state, city in capitals if all(place.near for place in find(city))]
    assert lacking == []


@given(st.text(max_size=40))
def test_whatever_is_typed_the_answer_is_a_few_places_with_zones(asked: str):
    found = find(asked)
    assert len(found) <= LIMIT
    assert len({(place.name, place.zone) for place in found}) == len(found)
