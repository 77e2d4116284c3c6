"""What editions are made of."""

from digests.flows.material import load_material
from digests.flows.placing import place_new
from digests.store.base import Store
from tests.store.make import DAY, HOUR, NOW, article, extraction, position, state


async def test_articles_in_languages_that_are_not_read_are_kept_and_told_of_in_no_briefing(store: Store) -> None:
    async with store.write() as books:
        english = article("english", text="Talks went on in the valley.")
        spoken = extraction("english", state("Turkey"), positions=(position("Turkey"),))
        await books.articles.file(english, spoken, NOW)
        await books.articles.file(article("french", text="Les pourparlers continuent.", language="fr"), None, NOW)
    assert await place_new(store) == 2
    async with store.read() as books:
        material = await load_material(books, since=NOW - DAY, until=NOW + HOUR)
        assert await books.articles.count() == 2
    assert [one.id for one in material.articles] == ["english"]
