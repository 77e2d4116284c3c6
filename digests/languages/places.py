"""Cities, countries and zone names as people type them, to time zones. What to do about several is left to the caller.

The table lies beside this file in cities.tsv, largest first; its head says where it is from.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from digests.text import fold

LIMIT = 6  # as many buttons as fit under one question
CLOSE = 75.0  # of 100: one or two wrong letters in a name of eight
_COUNTRY_WORDS = {
    "usa": "united states",
    "us": "united states",
    "america": "united states",
    "uk": "united kingdom",
    "britain": "united kingdom",
    "great britain": "united kingdom",
    "england": "united kingdom",
    "uae": "united arab emirates",
    "turkiye": "turkey",
    "holland": "netherlands",
    "the netherlands": "netherlands",
    "ivory coast": "cote d ivoire",
    "palestine": "palestinian territories",
    "czech republic": "czechia",
    "burma": "myanmar",
    "drc": "dr congo",
}
_OFFSET = re.compile(r"(?:utc|gmt)\s*([+-])\s*(\d{1,2})(?::?00)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with its IANA time zone. `near` marks one whose name is only like what was asked for."""

    name: str
    country: str
    zone: str
    near: bool = False

    @property
    def label(self) -> str:
        """Name and country, enough to tell it from its namesakes: "Tripoli, Lebanon"."""
        return f"{self.name}, {self.country}" if self.country and self.country != self.name else self.name


def find(name: str) -> tuple[Place, ...]:
    """Places called `name`, the largest first: none, one, or several when it is ambiguous ("Tripoli").

    Takes cities in many spellings ("Kiev", "München", "Каир"), with a country ("Tripoli, Lebanon"), countries (one
    place a zone), zone names ("Europe/Istanbul", any case) and whole offsets ("UTC+3"). When nothing is called so,
    the nearest names, each marked `near`: a caller asks back before it takes one of those.
    """
    asked = fold(name)
    if not asked:
        return ()
    return (
        _by_key().get(asked)
        or _in_country(asked)
        or _of_country(asked)
        or _zone(name)
        or _offset(name)
        or _nearest(asked)
    )[:LIMIT]


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    raw = (resources.files("digests.languages") / "cities.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in raw.splitlines() if not line.startswith("#")]
    return tuple(
        (
            Place(name=name, country=country, zone=zone),
            tuple(dict.fromkeys(fold(word) for word in (name, *others.split("|")) if word)),
        )
        for name, country, zone, others in lines
    )


@lru_cache(maxsize=1)
def _by_key() -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for place, keys in _table():
        for key in keys:
            found[key] = (*found.get(key, ()), place)
    return found


@lru_cache(maxsize=1)
def _by_country() -> dict[str, tuple[Place, ...]]:
    """Folded country to its largest place in each of its zones."""
    found: dict[str, dict[str, Place]] = {}
    for place, _ in _table():
        found.setdefault(fold(place.country), {}).setdefault(place.zone, place)
    return {country: tuple(places.values()) for country, places in found.items()}


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    return {
        zone.lower(): zone
        for zone in available_timezones()
        if not zone.startswith(("posix", "right", "Factory", "local"))
    }


def _country(asked: str) -> str:
    return _COUNTRY_WORDS.get(asked, asked)


def _in_country(asked: str) -> tuple[Place, ...]:
    words = asked.split()
    for cut in range(len(words) - 1, 0, -1):
        country = _country(" ".join(words[cut:]))
        if country in _by_country():
            cities = _by_key().get(" ".join(words[:cut]), ())
            return tuple(place for place in cities if fold(place.country) == country)
    return ()


def _of_country(asked: str) -> tuple[Place, ...]:
    return _by_country().get(_country(asked), ())


def _zone(name: str) -> tuple[Place, ...]:
    zone = _zones().get(name.strip().replace(" ", "_").lower())
    if zone is None:
        return ()
    same = [place for place, _ in _table() if place.zone == zone]
    city = fold(zone.rsplit("/", 1)[-1])
    country = same[0].country if same else ""
    named = next((place for place in same if fold(place.name) == city), None)
    plain = zone if zone.startswith("Etc/") else zone.rsplit("/", 1)[-1].replace("_", " ")
    return (named or Place(name=plain, country=country, zone=zone),)


def _offset(name: str) -> tuple[Place, ...]:
    match = _OFFSET.fullmatch(name.strip().replace("\u2212", "-"))
    if match is None:
        return ()
    sign, hours = match[1], int(match[2])
    # POSIX signs: Etc/GMT-3 is three hours ahead of UTC.
    zone = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "Etc/UTC"
    return (Place(name=f"UTC{sign}{hours}", country="", zone=zone),) if zone in _zones().values() else ()


def _nearest(asked: str) -> tuple[Place, ...]:
    begin = [key for key in _by_key() if len(asked) > 2 and key.startswith(asked)]
    alike = process.extract(asked, list(_by_key()), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=2 * LIMIT)
    keys = dict.fromkeys([*begin[:LIMIT], *(key for key, _, _ in alike)])
    places = dict.fromkeys(place for key in keys for place in _by_key()[key])
    return tuple(replace(place, near=True) for place in places)
