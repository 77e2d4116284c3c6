"""HTML as Telegram parses it: the vectors, byte for byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.entities import formatted
from bot.sandbox.errors import ApiError
from bot.sandbox.html import parse_html

PREFIX = "Bad Request: can't parse entities: "
UNICODE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<", "Unclosed start tag at byte offset 0"),
        ("<a href=http://x.y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<span class="other">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("&#xd800;", UNICODE),
        ("&#57311;", UNICODE),
        ("é€😀<p>", 'Unsupported start tag "p" at byte offset 9'),
        ("<i   =x>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<i    x  =  ", 'Unclosed start tag "i" at byte offset 0'),
        ('<i x="&lt;>', "Unclosed start tag at byte offset 0"),
        ("</", "Unexpected end tag at byte offset 0"),
        ("<b>a</b></", "Unexpected end tag at byte offset 8"),
        ("<i>a</i   ", "Unclosed end tag at byte offset 4"),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(raw: str, problem: str) -> None:
    with pytest.raises(ApiError) as caught:
        formatted(raw, "HTML")
    assert caught.value.description == PREFIX + problem
    assert caught.value.code == 400


@pytest.mark.parametrize(
    ("raw", "text", "entities"),
    [
        ("<b>x</b>", "x", [("bold", 0, 1)]),
        ("<STRONG>x</Strong>", "x", [("bold", 0, 1)]),
        ("<em>x</em><del>y</del><ins>z</ins>", "xyz", [("italic", 0, 1), ("strikethrough", 1, 1), ("underline", 2, 1)]),
        ("<b>x</>y", "xy", [("bold", 0, 1)]),
        ("😀<b>é</b>", "😀é", [("bold", 2, 1)]),
        ("&lt;&gt;&amp;&quot;&#65;&#x42;&#67", '<>&"ABC', []),
        ("&nbsp;&apos;&copy;&Lt;", "&nbsp;&apos;&copy;&Lt;", []),
        ("&#12345678;", "&#12345678;", []),
        ("&#0;&#" + "9" * 3000 + ";", "&#0;&#" + "9" * 3000 + ";", []),
        ("<pre>x</pre>", "x", [("pre", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ('<code class="language-py">x</code>', "x", [("code", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<blockquote cite='y'>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b>a<b>b</b></b>", "ab", [("bold", 0, 2)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [("blockquote", 0, 2)]),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ("<b>a<code>b</code>c</b>", "abc", [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)]),
        ("<blockquote>a<code>b</code></blockquote>", "ab", [("blockquote", 0, 2), ("code", 1, 1)]),
        ('<a href="https://a.org">a<code>b</code></a>', "ab", [("code", 1, 1)]),
        ("<b>  </b>x", "x", []),
    ],
)
def test_good_html_becomes_text_and_entities(raw: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    words, found = formatted(raw, "HTML")
    assert words == text
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


@pytest.mark.parametrize(
    ("raw", "link"),
    [
        ('<a href="https://example.org/a?b=1&amp;c=2">x</a>', "https://example.org/a?b=1&c=2"),
        ("<a href='http://example.org'>x</a>", "http://example.org/"),
        ('<a href="example.org">x</a>', "http://example.org/"),
        ('<a href="tg://resolve?domain=x">x</a>', "tg://resolve?domain=x"),
        ('<a href="ton://transfer/x">x</a>', "ton://transfer/x"),
        ('<a href="tonsite://x.ton">x</a>', "tonsite://x.ton"),
        ('<a href="javascript:alert(1)">x</a>', None),
        ('<a href="data:text/html,x">x</a>', None),
        ('<a href="file:///etc/passwd">x</a>', None),
        ('<a href="ftp://example.org/">x</a>', None),
        ('<a href="nothing">x</a>', None),
        ("<a>x</a>", None),
    ],
)
def test_only_links_that_telegram_trusts_are_kept(raw: str, link: str | None) -> None:
    text, entities = formatted(raw, "HTML")
    assert text == "x"
    assert [entity.get("url") for entity in entities] == ([link] if link else [])


def test_link_to_a_user_is_a_mention() -> None:
    _, entities = formatted('<a href="tg://user?id=5">x</a>', "HTML")
    assert entities == [{"type": "text_mention", "offset": 0, "length": 1, "user_id": 5}]


@pytest.mark.parametrize(
    ("raw", "mode", "problem"),
    [
        ("<b></b>", "HTML", "text must be non-empty"),
        ("  \n ", "HTML", "text must be non-empty"),
        ("", "HTML", "message text is empty"),
        ("x", "foo", "unsupported parse_mode"),
        ("x" * 4097, "", "message is too long"),
        ("😀" * 4097, "", "message is too long"),
        ("x" * 32_769, "HTML", "text is too long"),
        ("<b></b>" * 4682, "HTML", "text is too long"),
    ],
)
def test_empty_long_and_oddly_marked_texts_are_refused(raw: str, mode: str, problem: str) -> None:
    with pytest.raises(ApiError) as caught:
        formatted(raw, mode)
    assert caught.value.description == f"Bad Request: {problem}"


def test_length_counts_code_points_after_parsing() -> None:
    text, _ = formatted("<b>" + "😀" * 4096 + "</b>", "HTML")
    assert len(text) == 4096


def test_cleaning_drops_and_keeps_what_telegram_does() -> None:
    dropped = "a\r\x01b\u2028c\u202ed\u0333e"
    kept = "\u200b\u200e\u2060\u2066\u061c\ufeff"
    assert formatted(f"  {dropped}{kept}f \n", None)[0] == f"a bcde{kept}f"


def test_leading_space_stays_inside_an_entity_and_offsets_follow_the_cleaning() -> None:
    assert formatted("\r\r <b>x</b>\r<i>y</i>", "HTML") == (
        "xy",
        [{"type": "bold", "offset": 0, "length": 1}, {"type": "italic", "offset": 1, "length": 1}],
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.org/a, ok", [("url", "https://example.org/a")]),
        ("(https://example.org/a_(b))", [("url", "https://example.org/a_(b)")]),
        ("read example.org. Now", [("url", "example.org")]),
        ("a.b and e.g. this", []),
        ("write to ada@example.org", [("email", "ada@example.org")]),
        ("ask @ada_l or x@y", [("mention", "@ada_l")]),
        ("#peace #2026 #2026talks", [("hashtag", "#peace"), ("hashtag", "#2026talks")]),
        ("$EUR and $eur", [("cashtag", "$EUR")]),
        ("/stop", [("bot_command", "/stop")]),
        ("try /brief@some_bot now", [("bot_command", "/brief@some_bot")]),
        ("and/or 1/2 //x /x/ \u2060/stop", [("bot_command", "/stop")]),
        ("his words: “/stop”", [("bot_command", "/stop")]),
    ],
)
def test_links_and_commands_are_found_in_plain_text(text: str, found: list[tuple[str, str]]) -> None:
    words, entities = formatted(text, None)
    units = words.encode("utf-16-le")
    cut = [units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le") for one in entities]
    assert list(zip([one["type"] for one in entities], cut, strict=True)) == found


def test_nothing_is_found_inside_links_and_code() -> None:
    _, entities = formatted('<a href="https://a.org">/stop @name</a> <code>/stop</code> <b>/go</b>', "HTML")
    assert [one["type"] for one in entities] == ["text_link", "code", "bot_command", "bold"]


def test_entities_are_split_where_a_found_link_crosses_them() -> None:
    _, entities = formatted("https://example<b>.org/x and</b>", "HTML")
    assert [(one["type"], one["offset"], one["length"]) for one in entities] == [
        ("url", 0, 21),
        ("bold", 15, 6),
        ("bold", 21, 4),
    ]


def test_at_most_a_hundred_entities_are_kept() -> None:
    assert len(formatted("<b>x</b> " * 150, "HTML")[1]) == 100


PIECES = st.sampled_from(
    ["<", ">", "</", "<b>", "</b>", "<a href=", '"', "'", "=", " ", "&", "&lt;", "&#", "&#x41;", "<pre>", "</pre>",
     "<code class='language-x'>", "</code>", "</>", "/stop", "@name", "https://a.org", "😀", "é", "\0", "\r", "\n", "x"]
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_is_parsed_or_refused_and_entities_lie_inside_it(raw: str) -> None:
    for mode in ("HTML", None):
        try:
            text, entities = formatted(raw, mode)
        except ApiError as refusal:
            assert refusal.code == 400
            continue
        length = len(text.encode("utf-16-le")) // 2
        spans = [(one["offset"], one["offset"] + one["length"]) for one in entities]
        assert all(0 <= start < end <= length for start, end in spans)
        assert not any(a[0] < b[0] < a[1] < b[1] for a in spans for b in spans)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="<&\0")))
def test_text_without_markup_stays_as_it_is(raw: str) -> None:
    assert parse_html(raw) == (raw, [])
