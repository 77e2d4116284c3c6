"""Hosts in the world's letters: asked for in ASCII, shown only where they fool nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.sources.parse.drafts import Draft, finish, host, web_address
from digests.sources.parse.hosts import shown_host
from tests.sources.test_hostile import NOW


@pytest.mark.parametrize(
    ("host_", "shown"),
    [
        ("harbour.example", "harbour.example"),
        ("HARBOUR.example.", "harbour.example"),
        ("xn--bcher-kva.example", "bücher.example"),
        ("bücher.example", "bücher.example"),
        ("günaydın.example", "xn--gnaydn-3ya24b.example"),  # a dotless i passes for an i or an l
        ("почта.рф", "почта.рф"),
        ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
        ("新聞.香港", "新聞.香港"),
        ("аpple.example", "xn--pple-43d.example"),  # Cyrillic а
        ("аррӏе.example", "xn--80ak6aa92e.example"),  # all Cyrillic
        ("bbс.example", "xn--bb-pmc.example"),  # Cyrillic с
        ("gοοgle.example", "xn--ggle-0nda.example"),  # Greek ο
        ("почта.example", "xn--80a1acny.example"),
        ("ａpple.example", "apple.example"),  # full width
        ("-bad-.example", "-bad-.example"),
    ],
)
def test_a_host_is_shown_in_its_own_letters_only_where_nothing_else_looks_like_it(host_, shown):
    assert shown_host(host_) == shown


@given(st.text(max_size=40))
def test_any_host_is_shown_somehow_and_a_mixed_one_never_as_it_looks(name):
    shown = shown_host(name)
    scripts = {"c" if "\u0400" <= char <= "\u04ff" else "l" for char in shown.partition(".")[0] if char.isalpha()}
    assert len(scripts) < 2


def test_an_articles_address_and_publisher_name_the_host_that_is_opened():
    article, _ = finish(Draft(title="A", text="B", url="https://www.bbс.example/news?utm_source=x"), NOW)
    assert article.url == "https://www.xn--bb-pmc.example/news"
    assert article.publisher == "xn--bb-pmc.example"
    article, _ = finish(Draft(title="A", text="B", publisher="bbс.example"), NOW)
    assert article.publisher == "xn--bb-pmc.example"
    article, _ = finish(Draft(title="A", text="B", publisher="Эхо Москвы"), NOW)
    assert article.publisher == "Эхо Москвы"


@pytest.mark.parametrize("host_", ["\u0301.example", "a\u200b..b\u00e9.example", "ß" + "é" * 80 + ".example"])
def test_a_host_that_is_none_is_no_address(host_):
    found = web_address(f"https://{host_}/")
    assert found is None or found.isascii()


def test_the_host_of_what_is_no_address_is_nothing():
    assert host("https://[") == ""
