import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import JOINER, bold, fill, is_web_address, italic, link, quote, row, text
from bot.sandbox.entities import formatted
from tests.bot.builders import TRICKY, words


def visible(shown: str) -> str:
    return "".join(char for char in shown if char not in f"{JOINER}\u2068\u2069\u0333\u033f\u030a")


@given(st.lists(words, min_size=1, max_size=5))
def test_any_words_in_any_tags_are_read_back_as_they_were(said: list[str]) -> None:
    wraps = [bold, italic, quote, row]
    body = row(*(wraps[place % 4](text(each), "\n") for place, each in enumerate(said)))
    shown, entities = formatted(body.html, "HTML") if body else ("", [])
    assert visible(shown).split() == visible(body.plain).split()
    assert {entity["type"] for entity in entities} <= {"bold", "italic", "blockquote"}


@pytest.mark.parametrize(
    "words", [*TRICKY, "see /stop now", "(/stop)", "a@b.example", "mail me@x.example or t.me/joinchat"]
)
def test_nothing_in_somebody_elses_words_can_be_tapped(words: str) -> None:
    shown, entities = formatted(f"x {text(words).html} x", "HTML")
    assert entities == []
    assert "x" in shown


def test_the_bots_own_commands_can_be_tapped_but_not_those_in_a_value() -> None:
    body = fill("Try /help, **{name}**", name="/stop")
    _, entities = formatted(body.html, "HTML")
    assert [entity["type"] for entity in entities] == ["bot_command", "bold"]


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://outlet.example/a?b=c&d", True),
        ("http://xn--bcher-kva.example/", True),
        ("javascript:alert(1)", False),
        ("tg://resolve?domain=x", False),
        ("ton://x.y", False),
        ("https://localhost/", False),
        ("https://user@outlet.example/", False),
        ("http://127.0.0.1\\@good.example", False),
        ("https://outlet.example/a b", False),
        ("https://[bad/", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, fine: bool) -> None:
    assert is_web_address(url) is fine
    assert ("<a " in link("x", url).html) is fine


def test_a_title_from_right_to_left_is_isolated_and_closed() -> None:
    assert text("שלום").plain == "\u2068שלום\u2069"
    assert text("evil \u202ecilbup").plain == "evil cilbup"
