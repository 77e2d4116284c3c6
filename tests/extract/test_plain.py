"""What cues show by themselves: whose stance, and when a cue shows none."""

import pytest

from digests.extract.actors import build_roster
from digests.extract.encoder import Encoder
from digests.extract.heads import Heads
from digests.extract.marks import Marks
from digests.extract.names import find_names
from digests.extract.plain import plain_positions
from digests.extract.positions import ALONE
from digests.extract.sentences import open_page

FLOOR = 0.5
ENCODER, HEADS = Encoder(), Heads()


def shown(text: str) -> list[str]:
    """What a cue alone would show of a text."""
    page, marks = open_page(text), Marks(ENCODER.encode([text])[0], HEADS)
    roster = build_roster(page, find_names(page, marks.names()), marks.agency)
    return [
        f"{one.holder.name} {one.stance} {one.issue}"
        for one in plain_positions(roster, 0)
        if one.confidence * ALONE >= FLOOR
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Russia, accused of war crimes in Bucha, denied targeting civilians.", ["Russia denies targeting civilians"]),
        (
            "After talks with Israel, Turkey and Egypt condemned the strike.",
            ["Turkey accuses the strike", "Egypt accuses the strike"],
        ),
        ("Israel bombed Syria and Turkey condemned the strike.", ["Turkey accuses the strike"]),
        (
            "Britain, France and Germany condemned the attack.",
            ["United Kingdom accuses the attack", "France accuses the attack", "Germany accuses the attack"],
        ),
        ("Hungary refuses to condemn Russia.", ["Hungary rejects condemning Russia"]),
        (
            "Germany backed the arms sale while Italy opposed any new shipments.",
            ["Germany supports arms sale", "Italy opposes new shipments"],
        ),
        ("Italy condemned the attack.", ["Italy accuses the attack"]),
        ("The Houthis pledged to halt attacks on ships.", ["Houthis commits halting attacks on ships"]),
        ("China criticised U.S. curbs on chip exports.", ["China opposes U.S. curbs on chip exports"]),
        ("Turkey welcomed the U.S. ban on arms sales.", ["Turkey supports ban on arms sales"]),
        ("Turkey criticised Israel for the strikes on Gaza.", ["Turkey opposes strikes on Gaza"]),
        ("Turkey called on Israel to lift the siege.", ["Turkey demands lift the siege"]),
        ("Germany pledged $1 billion in aid for Ukraine.", ["Germany commits $1 billion in aid for Ukraine"]),
        ("France condemned the Oct. 7 attack on Israel.", ["France accuses Oct. 7 attack on Israel"]),
        (
            "Iran denied Tuesday that it had supplied drones to Russia.",
            ["Iran denies having supplied drones to Russia"],
        ),
        ("Israel blamed the blast on Hamas.", ["Israel accuses the blast"]),
        ("Iran accused the United States and Israel of plotting the attack.", ["Iran accuses plotting the attack"]),
        (
            "The United States pledged to defend Taiwan against attack.",
            ["United States commits defending Taiwan against attack"],
        ),
        (
            "The United States urged China to press North Korea over its missiles.",
            ["United States demands press North Korea over its missiles"],
        ),
        (
            "Donald Trump said Iran had rejected the offer and threatened to strike its oil fields.",
            ["Donald Trump threatens strike its oil fields"],
        ),
        (
            "French President Emmanuel Macron met Ukrainian President Volodymyr Zelensky. The Ukrainian president "
            "urged allies to send jets.",
            ["Volodymyr Zelensky demands allies to send jets"],
        ),
        (
            "“Putin does not want peace,” Zelensky said. He urged allies to send missiles.",
            ["Zelensky demands allies to send missiles"],
        ),
        (
            "The United States vetoed a resolution condemning Israel and demanding a ceasefire.",
            ["United States rejects resolution condemning Israel and demanding a ceasefire"],
        ),
        (
            "The United States withdrew from the Paris climate agreement.",
            ["United States rejects Paris climate agreement"],
        ),
    ],
)
def test_a_cue_shows_the_stance_of_its_own_subject(text: str, wanted: list[str]) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The minister, speaking in Ankara, urged Israel to lift the siege.",
        "The prime minister of Israel, Benjamin Netanyahu, urged Hamas to free the hostages.",
        "Russia called the sanctions a threat to peace.",
        "Israel called off a visit to Turkey.",
        "Blinken pressed Israel on civilian deaths.",
        "The Khashoggi family rejected the verdict.",
        "Neither Hamas nor Israel welcomed the ceasefire proposal.",
        "Nor did the United States condemn the coup.",
        "There is no sign that Hamas rejected the ceasefire plan.",
        "Talks will not resume until Hamas condemns the attack.",
        "Saudi Arabia must condemn the killing, Blinken said.",
        "Israel backed out of the ceasefire talks.",
        "Ukraine defended against a Russian drone attack.",
        "Moscow expressed no concern about the drills.",
        "Protesters in Israel who oppose the judicial overhaul marched on Friday.",
        "Iran demanded to see the evidence.",
        "Iran was accused of a strike claimed by Hamas.",
        "The government rejected what it called",
        "Justin Trudeau insisted on Monday he would not resign.",
        "Israel withdrew from southern Lebanon in 2000.",
        "Israel pressed its offensive in Gaza.",
        "Vladimir Putin dismissed his defence minister on Sunday.",
        "Donald Trump welcomed Benjamin Netanyahu to the White House.",
        "Mediators revived a proposal rejected by Israel in May.",
        "The strikes are too minor to justify a response and are denied by Russia.",
        "Hamas thanked Turkey.",
        "The Council adopted a resolution on Ukraine that calls for a ceasefire.",
        "Turkey accused the West of having sent most of the grain to rich countries.",  # of whom, it would not say
    ],
)
def test_words_that_are_asked_denied_awaited_or_somebody_elses_show_nothing(text: str) -> None:
    assert shown(text) == []


def test_china_does_not_condemn_what_it_called_for_talks_without_condemning() -> None:
    text = "China called for talks without condemning Russia's invasion of Ukraine."
    assert not any("accuses" in one for one in shown(text))


@pytest.mark.parametrize(
    ("text", "is_conditional"),
    [
        ("Israel rejected any truce that left the captives behind.", True),
        ("Hamas proposed a release of captives in return for a pause.", True),
        ("Israel rejected a truce on Monday.", False),
    ],
)
def test_a_limit_in_the_sentence_is_a_condition(text: str, is_conditional: bool) -> None:
    page, marks = open_page(text), Marks(ENCODER.encode([text])[0], HEADS)
    roster = build_roster(page, find_names(page, marks.names()), marks.agency)
    assert [one.conditional for one in plain_positions(roster, 0)] == [is_conditional]


def test_a_former_leader_keeps_the_former_of_the_office() -> None:
    text = "Former Israeli prime minister Ehud Olmert backed a Palestinian state."
    page, marks = open_page(text), Marks(ENCODER.encode([text])[0], HEADS)
    roster = build_roster(page, find_names(page, marks.names()), marks.agency)
    (olmert,) = [draft for draft in roster.drafts if "Olmert" in draft.name]
    assert any("former" in role.lower() for role in olmert.roles)


def test_a_stance_that_was_held_before_is_background() -> None:
    text = "Turkey previously opposed Sweden's bid."
    page, marks = open_page(text), Marks(ENCODER.encode([text])[0], HEADS)
    roster = build_roster(page, find_names(page, marks.names()), marks.agency)
    assert [one.background for one in plain_positions(roster, 0)] == [True]
