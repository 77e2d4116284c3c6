"""What a stance is about, in sentences written for the purpose: whole phrases that read after their stance."""

import pytest

from tests.extract.reading import read_text, shown


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Israel agreed to daily four-hour pauses in its operations in northern Gaza for the sake of aid.",
         "daily four-hour pauses in its operations in northern Gaza"),
        ("Turkey accused Israel of having sent most of the grain to rich countries.",
         "having sent most of the grain to rich countries"),
        ("Egypt supports the new agreement.", "new agreement"),
        ("Turkey called for an end to the siege, and left.", "end to the siege"),
        ("The Red Cross voiced concern about attacks near hospitals.", "attacks near hospitals"),
        ("France stressed the need for restraint in the strait.", "restraint in the strait"),
        ("Erdogan declined to attend the meeting.", "attending the meeting"),
        ("Ukraine pledged to extend naval escorts.", "extending naval escorts"),
        ("Algeria proposed to cut off oil to its allies.", "cutting off oil to its allies"),
        ("Turkey agreed to talks in Geneva.", "talks in Geneva"),
        ("The United Nations urged Russia to come back to the table.", "come back to the table"),
        ("Cairo demanded that Israel open the crossing.", "open the crossing"),
        ("Russia demanded that its bank be connected to the network.", "its bank to be connected to the network"),
        ("Qatar called on both sides to respect the truce.", "both sides to respect the truce"),
        ("Greece urged its allies to consult it before any decision.", "its allies to consult it"),
        ("Iran denied that it gives the group any orders.", "giving the group any orders"),
        ("Israel denied that it was holding up aid.", "holding up aid"),
        ("Hamas denied that it had been consulted.", "having been consulted"),
        ("Germany doubted that Turkey should receive new jets.", "that Turkey should receive new jets"),
        ("The European Union imposed sanctions on three banks.", "imposing sanctions on three banks"),
        ("Iran condemned the war.", "the war"),
        ("Iran and Israel blamed each other for the delay.", "the delay"),
        ("Egypt joined the efforts to halt the violence in the strip.", "halting the violence in the strip"),
        ("Ahsan Iqbal proposed a Pakistan–Bangladesh knowledge corridor.", "Pakistan–Bangladesh knowledge corridor"),
        ("Hungary backed Orban 's bid for another term.", "Orban's bid for another term"),
        ("Turkey urged Israel not to attack the port.", "not attack the port"),
        ("Washington pressed Iran over its missiles and recently dispatched a carrier.", "its missiles"),
        ("Iran rejected the idea of talks before sanctions are lifted.", "talks before sanctions are lifted"),
        ("Hamas rejected a truce unless Israel withdraws.", "truce unless Israel withdraws"),
        ("Slovakia said it would not send weapons to Ukraine.", "sending weapons to Ukraine"),
        ("Germany said on Monday that it will send four fighter jets to Ukraine.",
         "sending four fighter jets to Ukraine"),
        ("Israel said it would halt strikes in return for the release of the hostages.",
         "halting strikes in return for the release of the hostages"),
        ("Poland closed its border with Belarus and said it would remain shut.", "closing its border with Belarus"),
        ("President Donald Trump declared a national emergency on Friday.", "declaring a national emergency"),
        ("Human Rights Watch accused Israel of failing to protect civilians in Gaza.",
         "failing to protect civilians in Gaza"),
        ("India and Pakistan accused each other of violating the ceasefire hours after it was agreed.",
         "violating the ceasefire"),
        ("Armenia and Azerbaijan signed a peace agreement at the White House on Friday.",
         "signing a peace agreement at the White House"),
        ("China agreed to reduce and remove tariffs on cars.", "reducing and removing tariffs on cars"),
        ("The United States vetoed a Security Council resolution that demanded an immediate ceasefire in Gaza.",
         "resolution that demanded an immediate ceasefire in Gaza"),
        ("Iran condemned US strikes on its nuclear sites.", "US strikes on its nuclear sites"),
        ("Lula opposed any US military action in Venezuela.", "US military action in Venezuela"),
        ("Cuba backed the US campaign against drug cartels.", "US campaign against drug cartels"),
        ("Australian families should be returned to Australia, according to special rapporteur Ben Saul.",
         "Australian families to be returned to Australia"),
        ("Vinicius Jr accused an opponent of racially insulting him.", "opponent of racially insulting him"),
        ("Turkey vowed not to arm or train the militia.", "not arming or training the militia"),
        ("Iran agreed to free the arrested British sailors.", "freeing the arrested British sailors"),
        ("Armenia signed a revised agreement with Baku.", "signing a revised agreement with Baku"),
        ("China imposed export controls on rare earths.", "imposing export controls on rare earths"),
        ("Amnesty condemned Israel's refusal to allow aid into Gaza.", "Israel's refusal to allow aid into Gaza"),
        ("Iran accused NATO forces of killing civilians in Kabul.", "killing civilians in Kabul"),
        ("Israel denied US claims that it bombed the port.", "US claims that it bombed the port"),
        ("On Monday a ceasefire proposal was rejected by Israel.", "ceasefire proposal"),
        ("Kemi Badenoch spent the week criticising Starmer's handling of the scandal.",
         "Starmer's handling of the scandal"),
        ("Mohammed bin Salman called for an end to the siege and for the release of captives.", "end to the siege"),
        ("Germany backs Ukraine's bid to join the European Union.", "Ukraine's bid to join the European Union"),
        ("Arab leaders expressed their frustration with the U.S.’s unwavering support for Israel.",
         "U.S.’s unwavering support for Israel"),
        ("Hamas insisted on guarantees that the war will not resume.", "guarantees that the war will not resume"),
    ],
)  # fmt: skip
def test_an_issue_is_a_whole_phrase(text: str, issue: str) -> None:
    found = {position.issue.removeprefix("its ") for position in read_text(text).positions}
    assert issue.removeprefix("its ") in found


@pytest.mark.parametrize(
    "text",
    [
        "Israel rejected the idea.",
        "The White House has been pressuring Iran over its nuclear program.",
        "Britain offered a rare, public rebuke of the plan.",
        "Turkey will decline in influence.",
        "The United States welcomed the step.",
        "Erdogan accused Israel of nothing.",
        "The White House offered no signs of compromise.",
        "Erdogan demanded that it be held to account.",
    ],
)
def test_an_issue_that_says_nothing_is_not_shown(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Russia accused the United States of blocking a stronger decision in the Security Council.", "United States"),
        ("Washington urged Hamas to release the captives.", "Hamas"),
        ("Egypt demanded that Israel open the crossing.", "Israel"),
        ("Iran threatened to attack Israel.", "Israel"),
        ("Turkey condemned Israel's strike on the port.", "Israel"),
        ("Turkey condemned the attack on Israel.", None),
        ("Turkey insisted on a release of captives, with Hamas taking part.", None),
        ("Egypt opposes any plan to settle people in Sinai, and Jordan agrees.", None),
        ("Israel is late. Ireland demanded an apology from Israel.", "Israel"),
        ("France demanded Israel's withdrawal from the valley.", None),
    ],
)
def test_the_target_is_whom_the_stance_is_directed_at(text: str, target: str | None) -> None:
    holders = [p for p in read_text(text).positions if p.confidence >= 0.5]
    assert holders[0].target == target


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Iran rejected the idea of talks before sanctions are lifted.", "sanctions"),
        ("Israel said it would halt strikes in return for the release of the hostages.", "release of the hostages"),
        ("Egypt welcomed the plan while Jordan opposed it.", "Jordan"),
        ("Saudi Arabia only supports talks in which Palestinians take part.", "Palestinians take part"),
        ("Mexico's foreign ministry rejected the accusation, calling it slander.", "rejected the accusation"),
        ("Mexico's foreign ministry rejected the accusation, calling it slander.", "Mexico's foreign"),
        ("Poland closed its border with Belarus and said it would remain shut.", "border with Belarus"),
        ("Trump fired FBI Director James Comey in May 2017.", "FBI Director James Comey"),
        ("Turkey's Erdogan told Putin that attacks on shipping in the Black Sea were unacceptable.",
         "shipping in the Black Sea"),
        ("Democrats say the administration is playing with fire by refusing to defend the health care law.",
         "defending the health care law"),
        ("Hamas said it would not disarm.", "disarm"),
        ("A helmet honoring athletes killed in the war with Russia has been rejected by the Olympic Committee.",
         "war with Russia"),
        ("War against the Strip is still ongoing, Hamas says, warning the board not to act as 'cover'.", "cover"),
        ("Negotiators held peace talks in Geneva on Tuesday, with Donald Trump pressing Kyiv to act.", "peace talks"),
        ("Israel has approved numerous measures on the occupied West Bank.", "West Bank"),
        ("Australia said it would spend a billion on construction of a shipyard that will help deliver submarines.",
         "delivering submarines"),
        ("Emmanuel Macron invited Prime Minister Narendra Modi to the summit.", "Narendra Modi to the summit"),
        ("The artist Kanye West blamed his behavior on bipolar disorder.", "behavior on bipolar disorder"),
        ("Arab American advocates eulogise Jackson as a giant.", "eulogise Jackson"),
        ("Iran pledged not to develop or deploy nuclear weapons.", "developing or deploying"),
        ("Iran pledged not to develop or deploy nuclear weapons.", "deploying nuclear weapons"),
        ("Egypt promised that it would not close the border crossing.", "closing the border crossing"),
        ("Turkey will no longer close its southern airspace.", "closing its southern airspace"),
        ("Zelensky said Kyiv would have signed the minerals deal.", "signing the minerals deal"),
        ("Trump signed a travel ban on seven states.", "traveling ban on seven states"),
        ("HRW accused Israel of failing to protect civilians in Gaza.", "protecting civilians in Gaza"),
        ("Greece said it does not oppose the sale as such.", "the sale"),
        ("The tariffs that Trump imposed on Canada and Mexico in February remain.", "Canada and Mexico"),
        ("The UN asked how foreign fighters should be tried.", "foreign fighters to be tried"),
    ],
)  # fmt: skip
def test_words_of_another_clause_or_without_their_verb_are_no_issue_that_is_shown(text: str, never: str) -> None:
    assert never not in {position.issue for position in shown(text)}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Iran said it will never build a bomb.", "commits"),
        ("Germany promised it won't send tanks to Ukraine.", "commits"),
        ("Turkey cannot send troops.", "commits"),
        ("Iran warned it would never attack the base.", "threatens"),
    ],
)
def test_who_will_not_does_not_promise_or_threaten_it(text: str, holds: str) -> None:
    assert holds not in {str(position.stance) for position in shown(text)}


def test_who_accuse_each_other_are_each_others_accused() -> None:
    found = {
        (one.actor, one.target) for one in shown("India and Pakistan accused each other of violating the ceasefire.")
    }
    assert found == {("India", "Pakistan"), ("Pakistan", "India")}
