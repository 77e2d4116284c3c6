"""Who stands where, in sentences written for the purpose: negation, nesting, conditions, joined holders, nobody."""

import pytest

from tests.extract.reading import read_text, shown, stances


@pytest.mark.parametrize(
    ("text", "holder", "stance"),
    [
        ("Turkey condemned the strike on the port.", "Turkey", "accuses"),
        ("Ankara called for an end to the siege.", "Turkey", "demands"),
        ("The Kremlin rejected the plan for a buffer zone.", "Russia", "rejects"),
        ("Egypt welcomed the agreement on prisoners.", "Egypt", "supports"),
        ("Iran denied any role in the attack on the tanker.", "Iran", "denies"),
        ("France expelled two Russian diplomats on Monday.", "France", "commits"),
        ("The European Union imposed sanctions on three banks.", "European Union", "commits"),
        ("Hezbollah threatened to strike the airfield.", "Hezbollah", "threatens"),
        ("China vetoed the resolution on the strait.", "China", "rejects"),
        ("The plan was condemned by Jordan.", "Jordan", "accuses"),
        ("Jordan opposed the resettlement of refugees.", "Jordan", "opposes"),
        ("The Taliban pledged to reopen the schools.", "Taliban", "commits"),
        ("India expressed concern over the naval drills.", "India", "doubts"),
    ],
)
def test_a_plain_sentence_gives_its_stance(text: str, holder: str, stance: str) -> None:
    found = {(position.actor, str(position.stance)) for position in read_text(text).positions}
    assert (holder, stance) in found


@pytest.mark.parametrize(
    "text",
    [
        "Turkey did not rule out a ground operation.",
        "Israel declined to comment on the report.",
        "Officials demanded an immediate ceasefire.",
        "A senior U.S. official accused Iran of arming the rebels.",
        "Analysts said Israel would reject the plan.",
        "Critics condemned the decision.",
        "He asked whether Israel rejected the plan.",
        "The talks in Turkey lasted two hours.",
        "Iran was threatened by the Taliban for years.",
        "Hezbollah, expelled from the valley, kept its arms.",
        "Turkey agreed that the talks were hard.",
        "Turkey supported it, but later changed course.",
    ],
)
def test_what_is_no_position_is_not_shown(text: str) -> None:
    assert shown(text) == []


def test_a_denied_refusal_is_never_turned_into_a_refusal() -> None:
    assert ("Turkey", "rejects") not in {
        (position.actor, str(position.stance)) for position in read_text("Turkey did not reject the offer.").positions
    }


def test_unnamed_sources_are_no_actors() -> None:
    extraction = read_text("Officials said the talks failed. Analysts warned of war. A senior official urged calm.")
    assert extraction.actors == ()
    assert extraction.positions == ()


def test_nested_speech_belongs_to_the_inner_holder() -> None:
    found = stances("Secretary of State Antony Blinken said that Israel rejected the proposal for a longer pause.")
    assert ("Israel", "rejects") in found
    assert not any(holder == "Antony Blinken" for holder, _ in found)


def test_two_stances_in_one_sentence_are_two_positions() -> None:
    found = stances("Israel rejected a pause in the fighting, while Arab nations demanded an immediate ceasefire.")
    assert {("Israel", "rejects"), ("Arab nations", "demands")} <= found


def test_joined_holders_each_hold_the_position() -> None:
    found = stances("France, Germany and Britain condemned the missile launch.")
    assert {("France", "accuses"), ("Germany", "accuses"), ("United Kingdom", "accuses")} <= found


def test_a_second_verb_keeps_the_subject_of_the_first() -> None:
    found = stances("Egypt condemned the shelling and urged both sides to return to the table.")
    assert {("Egypt", "accuses"), ("Egypt", "demands")} <= found


def test_a_pronoun_leads_to_the_person_named_before() -> None:
    text = "Foreign Minister Hakan Fidan met his guest in Ankara. He urged Israel to lift the siege."
    (position,) = shown(text)
    assert (position.actor, position.target) == ("Hakan Fidan", "Israel")


def test_she_is_never_a_man_named_before() -> None:
    text = "Prime Minister Theresa May met President Donald Trump. She urged Mr. Trump to keep the treaty."
    (position,) = shown(text)
    assert (position.actor, position.target) == ("Theresa May", "Donald Trump")


def test_a_condition_is_marked() -> None:
    (position,) = shown("Israel rejected a truce unless all captives are released.")
    assert position.conditional


def test_what_was_said_years_ago_is_background() -> None:
    (position,) = shown("In 2019 Turkey condemned the strikes on the city.")
    assert position.background


def test_the_target_is_the_accused() -> None:
    (position,) = shown("Turkey accused Israel of shelling a hospital.")
    assert (position.target, position.issue) == ("Israel", "shelling a hospital")


def test_a_denounced_plan_is_opposed_and_a_denounced_actor_accused() -> None:
    assert ("Turkey", "opposes") in stances("Turkey denounced the plan for new settlements.")
    assert ("Turkey", "accuses") in stances("Turkey denounced Israel for the strike.")


def test_a_vow_to_strike_is_a_threat() -> None:
    assert ("Iran", "threatens") in stances("Iran vowed to retaliate for the killing of its general.")


def test_the_quotation_is_one_span_in_quotation_marks() -> None:
    text = "Turkey accused Israel of a “massacre of the innocent” on Monday."
    (position,) = shown(text)
    assert position.quote is not None
    assert text[position.quote.start : position.quote.end] == "“massacre of the innocent”"


def test_one_issue_keeps_one_phrase_across_an_article() -> None:
    text = "Turkey demanded an immediate ceasefire in Gaza.\n\nEgypt demanded an immediate ceasefire in Gaza too."
    assert len({position.issue for position in shown(text)}) == 1


@pytest.mark.parametrize("text", ["Turkey condemned " + "the very long strike " * 60, "Israel rejected " + "x" * 900])
def test_evidence_is_cut_to_three_hundred_characters_at_whole_words(text: str) -> None:
    for position in read_text(text).positions:
        assert len(position.evidence.text) <= 300 or " " not in position.evidence.text[250:]
