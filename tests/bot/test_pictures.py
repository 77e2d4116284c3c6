"""Pictures and sentences in the chat: /matrix, /timeline and /said, with their buttons, in the sandbox."""

import io

from PIL import Image

from bot.message import CAPTION
from bot.sandbox.nouns import Message
from bot.sandbox.server import Person
from digests.text import utf16_len
from tests.bot.stage import Stage, answer_to


def picture(stage: Stage, message: Message) -> Image.Image:
    """The picture of a message, as Telegram would have kept it."""
    (photo,) = message.more["photo"]
    content = stage.sandbox.world.files[photo["file_id"]]
    assert len(content) < 150_000
    assert utf16_len(message.text) <= CAPTION
    return Image.open(io.BytesIO(content))


async def test_the_matrix_comes_as_a_photo_with_a_caption_from_the_briefings_button_and_by_command(
    stage: Stage, ada: Person
) -> None:
    briefing = await stage.ask(ada, "/brief")
    shown = await stage.tap(ada, briefing, "Matrix")
    assert picture(stage, shown).format == "PNG"
    assert "Who stands where" in shown.text
    assert "actors" in shown.text
    turkey = await stage.ask(ada, "/matrix turkey")
    assert "Who stands where: Turkey" in turkey.text
    assert picture(stage, turkey).size != picture(stage, shown).size
    none = await stage.ask(ada, "/matrix turkey zeppelins")
    assert "photo" not in none.more


async def test_a_matrix_button_of_a_forgotten_briefing_says_so(stage: Stage, ada: Person) -> None:
    briefing = await stage.ask(ada, "/brief")
    for button in briefing.buttons:
        button["callback_data"] = button["callback_data"].replace("matrix:e:1", "matrix:e:999")
    assert "expired" in await answer_to(stage, ada, briefing, "Matrix")


async def test_a_storys_timeline_comes_as_a_photo_by_number_and_by_button(stage: Stage, ada: Person) -> None:
    assert "no story to open yet" in (await stage.ask(ada, "/timeline 1")).text
    await stage.ask(ada, "/brief")
    shown = await stage.ask(ada, "/timeline 1")
    assert picture(stage, shown).format == "PNG"
    assert "oldest first" in shown.text
    story = await stage.ask(ada, "/story 1")
    again = await stage.tap(ada, story, "Timeline")
    assert again.text == shown.text
    assert "no story 9" in (await stage.ask(ada, "/timeline 9")).text


async def test_what_somebody_said_is_told_in_whole_sentences_of_their_articles(stage: Stage, ada: Person) -> None:
    assert "Who, and about what?" in (await stage.ask(ada, "/said")).text
    said = await stage.ask(ada, "/said Fidan about ceasefire")
    assert "What Hakan Fidan said about ceasefire" in said.text
    assert "↗" in said.text
    async with stage.newsroom.store.read() as books:
        known = [
            one.text for one in await books.articles.window(stage.sandbox.now().replace(year=2000), stage.sandbox.now())
        ]
    for line in said.text.split("\n"):
        if line.startswith("• "):
            words = line.removeprefix("• ").rstrip("…")
            assert any(words in " ".join(text.split()) for text in known), words
            assert "ceasefire" in line.lower() or "truce" in line.lower()
    assert "Nothing that Hakan Fidan said about “zeppelins”" in (await stage.ask(ada, "/said Fidan on zeppelins")).text


async def test_a_state_speaks_through_its_people_and_a_name_nobody_has_is_asked_back(stage: Stage, ada: Person) -> None:
    said = await stage.ask(ada, "/said turkey")
    assert "What Turkey said" in said.text
    assert "Recep Tayyip Erdogan (Turkey) ↗" in said.text
    near = await stage.ask(ada, "/said Hakan Fidn about ceasefire")
    assert "Did you mean" in near.text
    chosen = await stage.tap(ada, near, "Hakan Fidan")
    assert "What Hakan Fidan said about ceasefire" in chosen.text


async def test_families_are_for_administrators(stage: Stage, ada: Person) -> None:
    assert "administrators" in (await stage.ask(ada, "/families add Global: Lamp, Courier")).text
