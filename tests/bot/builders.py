"""Editions made by hypothesis: any words where outlets' words stand."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from digests.models import (
    Actor,
    Change,
    Citation,
    Coverage,
    Edition,
    Evidence,
    FailingSource,
    FiledPosition,
    Interest,
    Kind,
    Position,
    PositionLine,
    Sentence,
    Stance,
    StoryBrief,
    Subscriber,
)

NOW = datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
TRICKY = [
    "</b>",
    "<a href='x'>",
    "&amp;",
    "/stop",
    "@admin",
    "#tag",
    "$ABC",
    "https://evil.example/x",
    "a.b.com",
    "שלום",
    "tg://user?id=5",
    "👩‍👩‍👧",
    "\u202e",
    "\x00",
    "\ud800",
    "“",
    "”",
    "…",
    "**",
    "{name}",
    "[1]",
]
words = st.lists(st.one_of(st.sampled_from(TRICKY), st.text(min_size=1, max_size=30)), min_size=1, max_size=12).map(
    " ".join
)
long_words = st.one_of(words, words.map(lambda one: one * 9))
urls = st.sampled_from(
    [
        None,
        "https://outlet.example/a",
        "https://outlet.example/?q=<b>&x='\"",
        "javascript:alert(1)",
        "tg://user?id=5",
        "http://localhost/",
        "https://u:p@h.example/",
        "https://" + "x" * 2000 + ".example/",
    ]
)
moments = st.integers(0, 10_000).map(lambda minutes: NOW - timedelta(minutes=minutes))


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """An article as a line cites it."""
    at = draw(moments)
    return Citation(
        article_id=draw(st.sampled_from("abcdefgh")),
        title=draw(long_words),
        url=draw(urls),
        publisher=draw(words),
        published_at=at,
        seen_at=at,
        is_teaser=draw(st.booleans()),
    )


actors = st.builds(
    Actor,
    id=st.integers(1, 99),
    name=long_words,
    kind=st.sampled_from(Kind),
    role=st.none() | words,
    state=st.none() | words,
)


@st.composite
def filed(draw: st.DrawFn) -> FiledPosition:
    """A position with evidence."""
    text = draw(long_words)
    position = Position(
        actor="x",
        stance=draw(st.sampled_from(Stance)),
        issue=draw(long_words),
        conditional=draw(st.booleans()),
        evidence=Evidence(start=0, end=len(text), text=text),
    )
    return FiledPosition(
        id=draw(st.integers(1, 10**9)), actor=draw(actors), position=position, citation=draw(citations())
    )


@st.composite
def lines(draw: st.DrawFn) -> PositionLine:
    """A line of a briefing."""
    best = draw(filed())
    return PositionLine(
        actor=best.actor,
        stance=best.position.stance,
        issue=best.position.issue,
        target=draw(st.none() | words),
        conditional=best.position.conditional,
        best=best,
        publishers=draw(st.integers(1, 9)),
    )


changes = st.builds(Change, actor=actors, issue=words, before=filed(), after=filed())
sentences = st.builds(Sentence, text=long_words, citation=citations(), start=st.just(0), end=st.just(1))
stories = st.builds(
    StoryBrief,
    id=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    title=long_words,
    title_from=citations(),
    sentences=st.lists(sentences, max_size=3).map(tuple),
    publishers=st.integers(1, 40),
    positions=st.lists(lines(), max_size=6).map(tuple),
    changes=st.lists(changes, max_size=3).map(tuple),
    citations=st.lists(citations(), min_size=1, max_size=3).map(tuple),
    is_update=st.booleans(),
)
failing = st.builds(FailingSource, title=long_words, since=moments, reason=words)
coverages = st.builds(
    Coverage,
    articles=st.integers(0, 10**6),
    publishers=st.integers(0, 99),
    teasers=st.integers(0, 9),
    newest=st.none() | moments,
    sources=st.integers(0, 40),
    failing=st.lists(failing, max_size=3).map(tuple),
)
interests = st.builds(Interest, kind=st.just("words"), name=long_words)
editions = st.builds(
    Edition,
    id=st.integers(1, 10**9),
    since=moments,
    until=st.just(NOW),
    interests=st.lists(interests, max_size=5).map(tuple),
    stories=st.lists(stories, max_size=5).map(tuple),
    also=st.lists(long_words, max_size=5).map(tuple),
    coverage=coverages,
    is_sample=st.booleans(),
)


def subscriber(**more: object) -> Subscriber:
    """Somebody in Istanbul."""
    given = {"address": "1", "zone": "Europe/Istanbul", "city": "Istanbul", "created_at": NOW} | more
    return Subscriber(**given)  # type: ignore[arg-type]
