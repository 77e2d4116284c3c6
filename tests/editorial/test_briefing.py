from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from digests.editorial.briefing import MOST, make_edition, tell
from digests.models import Article, Edition, FiledPosition, Interest, Source, SourceKind, Stance
from tests.editorial.builders import BLINKEN, FIDAN, ISRAEL, NOON, RUSSIA, TURKEY, article, filed, material

TALKS = (
    "Turkish Foreign Minister Hakan Fidan demanded a complete ceasefire in Gaza at talks in Ankara on Monday. "
    "Antony Blinken said that Washington supported humanitarian pauses in the fighting between Israel and Hamas."
)
GRAIN = (
    "Russia on Monday rejected a return to the Black Sea grain deal as long as its banks are under sanctions. "
    "Ukraine has opened a corridor of its own along the coast of Romania for ships with wheat and maize."
)
FLOODS = (
    "Heavy rain flooded the harbour of Genoa on Monday and closed two railway lines for several hours, firemen said."
)


def talks(hours: float, outlet: str = "Lamp", title: str = "Fidan and Blinken meet in Ankara on Gaza") -> Article:
    return article(title, TALKS, publisher=outlet, hours=hours)


def told(edition: Edition) -> list[str]:
    return [story.title for story in edition.stories]


def test_a_story_with_a_position_is_told_with_its_sentences_actors_and_coverage() -> None:
    one = talks(-2)
    edition = make_edition(material([one], [filed(TURKEY, Stance.DEMANDS, "ceasefire in Gaza", one)]))
    (story,) = edition.stories
    assert story.title == one.title == story.title_from.title
    assert [line.stance for line in story.positions] == [Stance.DEMANDS]
    assert all(one.text[s.start : s.end] == s.text for s in story.sentences)
    assert story.sentences
    assert story.actors == (TURKEY,)
    assert (edition.coverage.articles, edition.coverage.publishers, edition.coverage.newest) == (1, 1, one.published_at)


def test_what_nobody_takes_a_position_on_is_not_told_unless_two_outlets_report_it() -> None:
    one = article("Floods close harbour of Genoa", FLOODS, publisher="Lamp")
    two = article(
        "Genoa harbour closed by floods", FLOODS.replace("Heavy", "Strong") + " More is due.", publisher="Coast"
    )
    assert not make_edition(material([one])).stories
    reprint = replace(one, id="other", publisher="Coast")
    assert not make_edition(material([one, reprint])).stories, "a reprint is no second voice"
    apart = article(
        "Harbour of Genoa flooded", "Genoa closed its flooded harbour on Monday after rain.", publisher="Sea"
    )
    assert make_edition(material([one, two, apart])).stories


def test_a_quiet_day_tells_nothing_and_still_says_what_it_rests_on() -> None:
    failing = Source(kind=SourceKind.FEED, location="https://lamp.example/feed", failing_since=NOON, error="404")
    dropped = Source(kind=SourceKind.FEED, location="https://gone.example/feed", failing_since=NOON, enabled=False)
    quiet = make_edition(replace(material([]), sources=(failing, dropped)))
    assert not quiet.stories
    assert quiet.coverage.sources == 1
    assert [(one.title, one.reason) for one in quiet.coverage.failing] == [("https://lamp.example/feed", "404")]


def test_no_more_than_five_stories_and_those_with_more_voices_first() -> None:
    places = ["Oslo", "Quito", "Hanoi", "Lagos", "Lima", "Riga", "Doha"]
    articles = [
        article(f"{place} signs {place.lower()}pact", f"{place} {place.lower()}ra " * 20, publisher=place)
        for place in places
    ]
    positions = [filed(TURKEY, Stance.SUPPORTS, f"{one.publisher} pact", one) for one in articles]
    second = article("Doha signs dohapact again", "Doha dohara " * 10 + "new words by another", publisher="Second")
    edition = make_edition(material([*articles, second], positions))
    assert len(edition.stories) == MOST
    assert edition.stories[0].publishers == 2
    assert sorted((story.score for story in edition.stories), reverse=True) == [
        story.score for story in edition.stories
    ]


def test_two_stories_with_much_the_same_headline_do_not_both_lead() -> None:
    one = article(
        "Overnight strike on Kharkiv market kills six people", "Police in Kharkiv counted the dead.", hours=-1
    )
    again = article("Overnight strike on Rafah market kills six people", FLOODS, hours=-2)
    other = article("Russia rules out return to grain deal", GRAIN, publisher="Gazette", hours=-20)
    positions = [filed(TURKEY, Stance.ACCUSES, "strike", one), filed(ISRAEL, Stance.DENIES, "strike", again)]
    positions.append(filed(RUSSIA, Stance.REJECTS, "grain deal", other))
    edition = make_edition(material([one, again, other], positions))
    assert told(edition) == [one.title, other.title, again.title]


def test_a_story_that_goes_on_returns_only_with_news_and_is_marked() -> None:
    first, reprint = talks(-30), talks(-2, "Coast")
    demand = filed(TURKEY, Stance.DEMANDS, "ceasefire in Gaza", first)
    again = filed(TURKEY, Stance.DEMANDS, "cease-fire in Gaza", reprint)
    assert not make_edition(material([first, reprint], [demand, again])).stories

    refusal = filed(ISRAEL, Stance.REJECTS, "ceasefire in Gaza", reprint)
    edition = make_edition(material([first, reprint], [demand, again, refusal]))
    (story,) = tell(edition, NOON - timedelta(hours=24)).stories
    assert story.is_update
    assert {line.stance for line in story.positions} == {Stance.DEMANDS, Stance.REJECTS}
    assert not tell(edition, NOON).stories


def test_a_change_of_position_is_news() -> None:
    before = filed(ISRAEL, Stance.REJECTS, "humanitarian pause in Gaza", hours=-80)
    one = talks(-3)
    after = filed(ISRAEL, Stance.COMMITS, "daily pauses in Gaza", one)
    (story,) = make_edition(material([one], [before, after])).stories
    assert [(change.before.id, change.after.id) for change in story.changes] == [(before.id, after.id)]


def test_a_new_actor_is_news_and_an_old_one_is_not() -> None:
    second_day = (
        "At talks in Ankara on Gaza, Foreign Minister Fidan once more demanded a complete ceasefire. Blinken wants "
        "pauses in the fighting between Hamas and Israel, as Washington does, and Antony Blinken left Ankara on Monday."
    )
    first, later = talks(-30), article("Blinken and Fidan meet on Gaza in Ankara", second_day, hours=-1)
    with_new = replace(material([first, later]), readings={first.id: [(FIDAN, 0.9, 3)], later.id: [(BLINKEN, 0.9, 3)]})
    positions = (filed(TURKEY, Stance.DEMANDS, "ceasefire", first), filed(TURKEY, Stance.DEMANDS, "ceasefire", later))
    assert make_edition(replace(with_new, positions=positions)).stories
    same = {one.id: [(FIDAN, 0.9, 3)] for one in (first, later)}
    assert not make_edition(replace(with_new, positions=positions, readings=same)).stories


def test_an_article_seen_late_is_news_although_it_was_printed_before_the_mark() -> None:
    late = article("Fidan and Blinken meet in Ankara on Gaza", TALKS, hours=-3, seen=-1)
    edition = make_edition(material([late], [filed(TURKEY, Stance.DEMANDS, "ceasefire", late)]))
    assert tell(edition, NOON - timedelta(hours=2)).stories


def test_interests_choose_and_the_silent_ones_are_named() -> None:
    one, other = talks(-2), article("Russia rules out return to grain deal", GRAIN, publisher="Gazette", hours=-3)
    positions = [
        filed(FIDAN, Stance.DEMANDS, "ceasefire in Gaza", one),
        filed(RUSSIA, Stance.REJECTS, "grain deal", other),
        filed(TURKEY, Stance.DEMANDS, "F-16 sale", hours=-100),
    ]
    follows = [
        Interest(kind="actor", name="Turkey", actor_id=TURKEY.id),
        Interest(kind="words", name="F-16 sale"),
        Interest(kind="words", name="sudan"),
    ]
    readings = {one.id: [(FIDAN, 0.9, 3)], other.id: [(RUSSIA, 0.9, 3)]}
    edition = make_edition(replace(material([one, other], positions, interests=follows), readings=readings))
    assert told(edition) == [one.title], "a minister of the state that is followed is what is followed"
    assert edition.also == ("F-16 sale (no new positions since 2 Nov)", "sudan (no positions in the last 30 days)")


def test_outlets_that_disagree_stand_side_by_side() -> None:
    one, two = talks(-2), talks(-1, "Coast", "Blinken and Fidan disagree on Gaza in Ankara")
    positions = [
        filed(ISRAEL, Stance.REJECTS, "humanitarian pause", one, confidence=0.9),
        filed(TURKEY, Stance.DEMANDS, "ceasefire", one, confidence=0.8),
        filed(BLINKEN, Stance.DEMANDS, "release of hostages", one, confidence=0.7),
        filed(ISRAEL, Stance.SUPPORTS, "humanitarian pause", two, confidence=0.6),
    ]
    story = make_edition(material([one, two], positions)).stories[0]
    places = [place for place, line in enumerate(story.positions) if line.actor == ISRAEL]
    assert places[1] - places[0] == 1
    assert not story.changes


def test_an_issue_that_several_actors_take_a_stance_on_comes_before_one_of_a_single_actor() -> None:
    one = talks(-2)
    positions = [
        filed(TURKEY, Stance.SUPPORTS, "restraint of shipping", one),
        filed(TURKEY, Stance.DEMANDS, "unconditional ceasefire", one),
        filed(ISRAEL, Stance.REJECTS, "truce", one),
    ]
    story = make_edition(material([one], positions)).stories[0]
    assert [line.issue for line in story.positions] == ["unconditional ceasefire", "truce", "restraint of shipping"]


OUTLETS = ["Lamp", "Coast", "Courier", "Gazette"]
SUBJECTS = [TALKS, GRAIN, FLOODS]


@st.composite
def windows(draw: st.DrawFn) -> tuple[list[Article], list[FiledPosition]]:
    articles = [
        article(
            f"{draw(st.sampled_from(['Talks in Ankara', 'Grain deal', 'Floods in Genoa']))} {number}",
            draw(st.sampled_from(SUBJECTS)) + f" Part {number}.",
            publisher=draw(st.sampled_from(OUTLETS)),
            hours=draw(st.integers(-60, 0)),
        )
        for number in range(draw(st.integers(0, 7)))
    ]
    positions = [
        filed(
            draw(st.sampled_from([TURKEY, ISRAEL, RUSSIA])),
            draw(st.sampled_from([Stance.DEMANDS, Stance.REJECTS, Stance.COMMITS])),
            draw(st.sampled_from(["ceasefire in Gaza", "humanitarian pause", "grain deal"])),
            draw(st.sampled_from(articles)),
        )
        for _ in range(draw(st.integers(0, 6)) if articles else 0)
    ]
    return articles, positions


@given(windows(), st.integers(-30, 1))
def test_telling_is_safe_to_repeat_and_nothing_is_news_to_who_has_it_all(
    window: tuple[list[Article], list[FiledPosition]], hours: int
) -> None:
    edition = make_edition(material(*window))
    mark = NOON + timedelta(hours=hours)
    once = tell(edition, mark)
    assert tell(once, mark) == once
    assert tell(edition, None) == edition
    assert not tell(edition, edition.until).stories
    assert [story.id for story in once.stories] == [
        s.id for s in edition.stories if s.id in {o.id for o in once.stories}
    ]


@given(windows())
def test_the_order_of_loading_does_not_change_the_edition(window: tuple[list[Article], list[FiledPosition]]) -> None:
    articles, positions = window
    assert make_edition(material(articles[::-1], positions[::-1])) == make_edition(material(articles, positions))


@given(windows())
def test_every_line_and_sentence_of_an_edition_is_cited(window: tuple[list[Article], list[FiledPosition]]) -> None:
    texts = {one.id: one.text for one in window[0]}
    for story in make_edition(material(*window)).stories:
        cited = {citation.article_id for citation in story.citations}
        assert {sentence.citation.article_id for sentence in story.sentences} <= cited
        assert {line.best.citation.article_id for line in story.positions} <= cited
        assert all(texts[s.citation.article_id][s.start : s.end] == s.text for s in story.sentences)
