"""Whose position it is, in sentences that were once misread: rather nobody than the wrong actor."""

import pytest

from tests.extract.reading import shown, stances


@pytest.mark.parametrize(
    ("text", "holder", "stance"),
    [
        ("Europe met. Israel was there. Its foreign policy chief, Josep Borrell, urged Israel to open the crossing.",
         "Josep Borrell", "demands"),
        ("Iran on Thursday rejected the proposal for talks.", "Iran", "rejects"),
        ("Turkish minister Hakan Fidan asked Antony Blinken to press Israel, which has rejected a pause in the war.",
         "Israel", "rejects"),
        ("Israel's Foreign Ministry condemned the strike on the port. Israel waits.", "Israel", "accuses"),
        ("Tehran rejected the offer of talks in Oman.", "Iran", "rejects"),
    ],
)  # fmt: skip
def test_the_holder_is_found(text: str, holder: str, stance: str) -> None:
    assert (holder, stance) in stances(text)


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Europe met. Israel was there. Its foreign policy chief, Josep Borrell, urged Israel to open it.", "Israel"),
        ("Germany knew that Turkey wanted new jets while it accuses Israel of crimes.", "Germany"),
        ("Turkey accused Israel of refusing calls for a ceasefire. Israel said nothing.", "Israel"),
        ("Hakan Fidan asked Antony Blinken to press Israel, which has turned down a pause. Blinken left.",
         "Antony Blinken"),
        ("Iran denied that Washington had offered a deal on oil. Washington said nothing.", "United States"),
        ("Antony Blinken landed. He asked for assurances in Tel Aviv. Israel waits.", "Israel"),
        ("Washington pushed for other topics, including Iran's missiles and support for armed groups. Iran waits.",
         "Iran"),
        ("Spain has faced US pressure to spend more. The US waits.", "United States"),
        ("Egypt urged Israel to accept a truce of five days. Israel waits.", "Israel"),
        ("Donald Trump has said India had committed to halting the purchases. India has not confirmed it.",
         "Donald Trump"),
        ("The bombs are always denied by Russia.", "bombs"),
    ],
)  # fmt: skip
def test_nobody_holds_what_others_say_of_him(text: str, holder: str) -> None:
    assert not any(position.actor == holder for position in shown(text))


def test_the_evidence_of_joined_holders_names_them_all() -> None:
    text = "On Monday France, Germany and Britain condemned the launch."
    assert {position.evidence.text[:6] for position in shown(text)} <= {"France", "On Mon"}


def test_a_foreign_minister_is_no_target_because_he_stands_nearby() -> None:
    (position,) = shown("Iran threatened military action against Israel. Israel waits.")
    assert position.target == "Israel"
