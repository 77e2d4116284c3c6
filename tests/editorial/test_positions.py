from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from digests.editorial.positions import APART, CONTRARY, by_issue, changes, contrary, lines, of_today
from digests.editorial.telling import led_by
from digests.models import FiledPosition, Stance
from tests.editorial.builders import BLINKEN, EVERYBODY, ISRAEL, TURKEY, article, filed

ISSUES = ["ceasefire in Gaza", "unconditional cease-fire", "humanitarian pause", "Sweden's NATO bid", "F-16 sale"]


def anything() -> st.SearchStrategy[FiledPosition]:
    return st.builds(
        filed,
        st.sampled_from(EVERYBODY),
        st.sampled_from(Stance),
        st.sampled_from(ISSUES),
        hours=st.integers(-200, 0),
        publisher=st.sampled_from(["The Lamp", "Coast Times", "Courier"]),
        confidence=st.floats(0, 1),
        background=st.booleans(),
        conditional=st.booleans(),
    )


def test_what_an_article_tells_as_held_before_is_no_line_of_today() -> None:
    words = "Israel, which initially rejected the ceasefire in Gaza"
    before = filed(ISRAEL, Stance.REJECTS, "ceasefire in Gaza", evidence=words, background=True)
    since = filed(
        ISRAEL, Stance.REJECTS, "Sweden's NATO bid", evidence="Israel has rejected it since 2022", background=True
    )
    assert of_today([before, since]) == [since]


def test_a_line_is_led_by_whose_words_are_shown_where_only_other_articles_held_its_phrases_together() -> None:
    pause = filed(BLINKEN, Stance.DEMANDS, "humanitarian pause in Gaza", evidence="Blinken called for a pause")
    release = filed(TURKEY, Stance.DEMANDS, "release of hostages", evidence="Turkey called for their release")
    older = filed(TURKEY, Stance.DEMANDS, "humanitarian pause in Gaza and release of hostages", hours=-90)
    led = led_by([pause, release], (older,), {})
    assert (led.actor, led.issue, led.best) == (BLINKEN, "humanitarian pause in Gaza", pause)
    assert led.others == (release, older)


def test_one_actor_stance_and_issue_make_one_line_with_its_publishers_counted() -> None:
    found = lines(
        [
            filed(TURKEY, Stance.DEMANDS, "ceasefire in Gaza", publisher="The Lamp"),
            filed(TURKEY, Stance.DEMANDS, "unconditional cease-fire in Gaza", publisher="Coast Times", confidence=0.9),
            filed(ISRAEL, Stance.REJECTS, "ceasefire in Gaza"),
        ]
    )
    assert [(line.actor.name, line.publishers, len(line.others)) for line in found] == [
        ("Turkey", 2, 1),
        ("Israel", 1, 0),
    ]
    assert found[0].issue == "unconditional cease-fire in Gaza", "the surest evidence names the issue"


def test_one_text_printed_by_three_outlets_is_one_voice() -> None:
    same = [
        filed(TURKEY, Stance.DEMANDS, "ceasefire", publisher=outlet, evidence="Turkey demanded a ceasefire on Sunday")
        for outlet in ("Lamp", "Coast", "Courier")
    ]
    assert lines(same)[0].publishers == 1
    families = {one.citation.article_id: "agency" for one in same}
    other = filed(TURKEY, Stance.DEMANDS, "ceasefire", publisher="Gazette")
    assert lines([*same, other], families)[0].publishers == 2


def test_full_articles_give_better_evidence_than_teasers_and_headlines() -> None:
    teaser = article("teaser", publisher="Coast", is_teaser=True)
    full = article("full", publisher="Lamp")
    words = "Turkey on Sunday once more demanded a ceasefire in Gaza"
    found = lines(
        [
            filed(TURKEY, Stance.DEMANDS, "ceasefire", teaser, evidence=words + " now"),
            filed(TURKEY, Stance.DEMANDS, "ceasefire", full, evidence=words),
        ]
    )
    assert found[0].best.citation.article_id == full.id


def test_a_conditional_stance_is_a_line_of_its_own() -> None:
    found = lines(
        [
            filed(TURKEY, Stance.SUPPORTS, "Sweden's NATO bid"),
            filed(TURKEY, Stance.SUPPORTS, "Sweden's NATO bid", conditional=True),
        ]
    )
    assert sorted(line.conditional for line in found) == [False, True]


@given(st.lists(anything(), max_size=15))
def test_lines_lose_no_position_and_invent_none(many: list[FiledPosition]) -> None:
    found = lines(many)
    held = [one.id for line in found for one in (line.best, *line.others)]
    assert sorted(held) == sorted(one.id for one in many)
    gathered = [line for issue in by_issue(found) for line in issue.lines]
    assert sorted(line.best.id for line in gathered) == sorted(line.best.id for line in found)


@given(st.lists(anything(), max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_change_the_lines(many: list[FiledPosition], chance: object) -> None:
    shuffled = sorted(many, key=lambda one: hash((one.id, 7)))
    assert lines(shuffled) == lines(many)
    assert changes(shuffled) == changes(many)


def test_a_change_is_the_newest_pair_of_contrary_stances() -> None:
    was = filed(ISRAEL, Stance.REJECTS, "humanitarian pause in Gaza", hours=-72)
    still = filed(ISRAEL, Stance.REJECTS, "pause in Gaza", hours=-60)
    now = filed(ISRAEL, Stance.COMMITS, "daily four-hour pauses in Gaza", hours=-10)
    again = filed(ISRAEL, Stance.COMMITS, "pauses in Gaza", hours=-2)
    (change,) = changes([again, was, now, still])
    assert (change.before.id, change.after.id) == (still.id, now.id), "dated by the first report of the new stance"


def test_no_change_from_background_doubt_or_disagreement_of_outlets() -> None:
    rejects = filed(ISRAEL, Stance.REJECTS, "humanitarian pause", hours=-72)
    assert not changes([rejects, filed(ISRAEL, Stance.COMMITS, "humanitarian pause", background=True)])
    assert not changes([rejects, filed(ISRAEL, Stance.COMMITS, "humanitarian pause", confidence=0.3)])
    assert not changes([rejects, filed(ISRAEL, Stance.COMMITS, "humanitarian pause", hours=-70)])
    assert not changes([rejects, filed(BLINKEN, Stance.COMMITS, "humanitarian pause")])
    assert not changes([rejects, filed(ISRAEL, Stance.COMMITS, "ceasefire")])
    assert not changes([rejects, filed(ISRAEL, Stance.ACCUSES, "humanitarian pause")])
    assert timedelta(hours=2) < APART


def test_outlets_that_disagree_on_what_was_said_both_stand() -> None:
    found = lines(
        [
            filed(ISRAEL, Stance.REJECTS, "humanitarian pause", publisher="Lamp"),
            filed(ISRAEL, Stance.SUPPORTS, "humanitarian pause", publisher="Coast"),
        ]
    )
    assert {line.stance for line in found} == {Stance.REJECTS, Stance.SUPPORTS}


def test_contrary_is_one_asking_what_the_other_refuses() -> None:
    assert contrary(Stance.DEMANDS, Stance.REJECTS)
    assert contrary(Stance.DENIES, Stance.COMMITS)
    assert not contrary(Stance.DEMANDS, Stance.SUPPORTS)
    assert not contrary(Stance.ACCUSES, Stance.SUPPORTS)
    assert all(len(pair) == 2 for pair in CONTRARY)
