"""A short campaign of kills and faults in every run of the tests; campaign.py runs longer ones."""

from bot.sandbox.server import Sandbox
from tests.delivery.campaign import Campaign, report
from tests.delivery.place import Place


async def test_under_kills_and_faults_nothing_is_lost_and_nothing_comes_three_times(
    place: Place, sandbox: Sandbox
) -> None:
    campaign = Campaign(place=place, sandbox=sandbox, slots=160, seed=7, a_day=80, a_second=200.0, kill_after=0.8)
    figures = await campaign.run()
    assert figures.account.wrong == [], report(campaign, "")
    assert figures.account.due == 160
    assert figures.account.lost == 0
    assert figures.account.most_copies <= 2
    assert figures.kills >= 6
    assert figures.faults > 5
