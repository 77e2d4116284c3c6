"""What was told and no longer stands is taken back in the next briefing of those who were told, and only there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digests.editorial.corrections import corrections
from digests.extract.reader import EncoderReader
from digests.flows.filing import file_articles
from digests.models import Article, DeliveryState
from digests.text import fingerprint
from tests.delivery.office import Office

MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
TITLE = "Turkey on the truce"
SAYS = "Turkey demanded an unconditional ceasefire in Gaza on Monday.\n\nIsrael rejected the plan for a pause in Gaza."
NOW_SAYS = (
    "Turkey welcomed a humanitarian corridor to Egypt on Monday.\n\nIsrael rejected the plan for a pause in Gaza."
)


def article(text: str, at: datetime, name: str = "a", publisher: str = "The Lamp") -> Article:
    return Article(
        id=name,
        title=TITLE,
        text=text,
        url=f"https://{name}.example/{name}",
        publisher=publisher,
        published_at=at,
        seen_at=at,
        fingerprint=fingerprint(TITLE, text),
    )


async def file(office: Office, one: Article) -> None:
    await file_articles([one], store=office.store, extractor=EncoderReader(), now=office.sandbox.now())


async def briefed(office: Office) -> list[str]:
    """The messages that a day's briefings come to."""
    before = len(office.sandbox.ledger)
    assert (await office.compose())["failed"] == 0
    await office.deliver()
    return [accepted.text.replace("\u2060", "") for accepted in office.sandbox.ledger[before:]]


async def test_a_position_that_its_article_takes_back_is_corrected_once_for_those_who_were_told(office: Office) -> None:
    office.sandbox.set(MORNING)
    told, *_ = await office.enrol(501, 502)
    await file(office, article(SAYS, MORNING - timedelta(hours=2)))
    office.later(minutes=31)
    first = await briefed(office)
    assert all("Turkey demands unconditional ceasefire in Gaza" in text for text in first)
    (late,) = await office.enrol(503)
    office.later(hours=1)
    await file(office, article(NOW_SAYS, MORNING - timedelta(hours=2)))
    office.later(hours=23)
    second = await briefed(office)
    assert len(second) == 3
    taken_back = [text for text in second if "Correction to the briefing of 2 Mar" in text]
    assert len(taken_back) == 2
    assert "“Turkey demands unconditional ceasefire in Gaza” is no longer in the article" in taken_back[0]
    assert "Israel" not in taken_back[0].split("Correction", 1)[1].split("\n")[0]
    row = await office.row(late)
    async with office.store.read() as books:
        edition = await books.editions.get(row.edition_id)
    assert edition is not None
    assert edition.corrections == ()
    office.later(hours=24)
    assert all("Correction" not in text for text in await briefed(office))
    assert (await office.row(told)).state is DeliveryState.SENT


@pytest.mark.parametrize(
    "text",
    [
        SAYS + "\n\nThis was added later, and takes nothing back.",
        SAYS.replace("on Monday", "on Monday morning"),
        "Turkey has demanded an immediate ceasefire in Gaza.\n\nIsrael rejected the plan for a pause in Gaza.",
    ],
    ids=["added to", "reworded beside it", "reworded"],
)
async def test_what_still_stands_in_other_words_is_not_corrected(office: Office, text: str) -> None:
    office.sandbox.set(MORNING)
    await office.enrol(501)
    await file(office, article(SAYS, MORNING - timedelta(hours=2)))
    office.later(minutes=31)
    assert "Turkey demands" in (await briefed(office))[0]
    office.later(hours=1)
    await file(office, article(text, MORNING - timedelta(hours=2)))
    office.later(hours=23)
    assert all("Correction" not in said for said in await briefed(office))


async def test_an_updated_article_announces_nothing_twice(office: Office) -> None:
    office.sandbox.set(MORNING)
    await office.enrol(501)
    await file(office, article(SAYS, MORNING - timedelta(hours=2)))
    office.later(minutes=31)
    await briefed(office)
    office.later(hours=1)
    more = SAYS + "\n\nAll of this was said before noon."
    await file(office, article(more, MORNING - timedelta(hours=2)))
    goes_on = SAYS.replace("demanded", "spoke of").replace("rejected", "looked at") + " Talks on it go on in Cairo."
    await file(office, article(goes_on, office.sandbox.now(), "c", "Bridge"))
    office.later(hours=23)
    (said,) = await briefed(office)
    assert "Turkey demands" not in said
    assert "Israel rejects" not in said


async def test_a_line_that_another_article_still_gives_stands(office: Office) -> None:
    office.sandbox.set(MORNING)
    await office.enrol(501)
    await file(office, article(SAYS, MORNING - timedelta(hours=2)))
    again = article(SAYS + "\n\nSo it was told.", MORNING - timedelta(hours=3), "b", "Bridge")
    await file(office, again)
    office.later(minutes=31)
    await briefed(office)
    office.later(hours=1)
    await file(office, article(NOW_SAYS, MORNING - timedelta(hours=2)))
    office.later(hours=23)
    assert all("Correction" not in said for said in await briefed(office))


def test_nothing_was_told_so_nothing_is_taken_back() -> None:
    assert corrections((), {"a": replace(article(NOW_SAYS, MORNING))}, ()) == ()
