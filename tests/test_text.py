"""Text is cleaned, folded and measured the same way everywhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.text import canonical_url, clean_text, fingerprint, fold, one_line, short_id, utf16_len

SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("first\r\nsecond", "first\nsecond"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("too   many\t spaces", "too many spaces"),
        ("pay\u202egpj.exe", "paygpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("e\u0301", "é"),
        ("z" + "\u0336" * 40, "z" + "\u0336" * 3),
        ("z" + "\u1dc4" * 40, "z" + "\u1dc4" * 3),
        ("line\u2028break", "line\nbreak"),
        ("in\u2060visible\u2063\u206a", "invisible"),
        ("fill\u3164ed\u115f\uffa0", "filled"),
        ("secret\U000e0073\U000e0061\U000e0079", "secret"),
        (f"{SCOTLAND} flag", f"{SCOTLAND} flag"),
        ("mi\u200cni\u200dster", "minister"),
        ("می\u200cشود", "می\u200cشود"),
        ("👩\u200d🚒 and क्\u200dष", "👩\u200d🚒 and क्\u200dष"),
        ("a\u200d b\u200d", "a b"),
        ("é\u200d\u200d\u200dé", "éé"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("x\ufe01\ufe02\U000e0110\ufe0f", "x\ufe01"),
        ("icon \ue805 here\ufffe", "icon here"),
    ],
)
def test_clean_text_keeps_words_and_drops_what_hides(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_clean_text_is_storable_stable_and_free_of_controls(raw: str) -> None:
    clean = clean_text(raw)
    clean.encode()
    assert clean_text(clean) == clean
    assert not any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in clean)


@given(st.text(), st.integers(1, 50))
def test_a_limit_is_never_passed(raw: str, limit: int) -> None:
    assert len(clean_text(raw, limit=limit)) <= limit
    assert "\n" not in one_line(raw, limit=limit)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Erdoğan", "ERDOGAN"),
        ("Türkiye", "turkiye"),
        ("U.S.", "us"),
        ("Turkey’s", "turkey"),
        ("Ban Ki-moon", "ban ki moon"),
        ("Yıldırım", "yildirim"),
        ("İstanbul", "istanbul"),
    ],
)
def test_names_that_people_mean_as_one_fold_to_one(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example/a/?utm_source=rss&id=7#top", "https://news.example/a/?id=7"),
        ("https://news.example/story?title=Talks fail", "https://news.example/story?title=Talks%20fail"),
        ("https://news.example/news.php?12345", "https://news.example/news.php?12345"),
        ("https://news.example/?t=M%FCller&ref=x&b", "https://news.example/?t=M%FCller&b"),
        ("http://news.example:80/a", "http://news.example/a"),
        ("https://news.example:8443/", "https://news.example:8443/"),
        ("https://news.example?at_medium=RSS", "https://news.example/"),
    ],
)
def test_an_article_has_one_address(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize("url", ["", "ftp://news.example/a", "/relative", "javascript:alert(1)", "https://"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not a web address"):
        canonical_url(url)


def test_a_fingerprint_sees_words_and_not_their_dress() -> None:
    assert fingerprint("Türkiye says no", "“No,” it said.") == fingerprint("turkiye SAYS no", "No it said")
    assert fingerprint("Turkey says no", "x") != fingerprint("Turkey says yes", "x")


def test_short_ids_do_not_run_together() -> None:
    assert short_id("ab", "c") != short_id("a", "bc")
    assert len(short_id("anything")) == 16


def test_length_is_counted_as_telegram_counts() -> None:
    assert utf16_len("abc") == 3
    assert utf16_len("🙂") == 2
