"""Answers with a picture, a voice, a file: uploaded once, and never in the way of the words."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sandbox.content import samples
from sandbox.people.looking import buttons
from tests.stories.conftest import FAQ, Scene, SetUp
from tests.stories.looks import essence

ENTRY = """
- id: map
  category: Адреса
  question: Где вы находитесь?
  phrasings: [как вас найти, адрес магазина]
  answer: "{answer}"
  media: "{media}"
"""
PLACE = "Мы у реки, вход со двора."
BUTTONS = ["Помогло", "Позвать оператора"]


@asynccontextmanager
async def desk(set_up: SetUp, media: str = "map.png", answer: str = PLACE) -> AsyncIterator[Scene]:
    """A desk whose answer to one question has something attached."""
    async with set_up() as scene:
        (scene.folder / "map.png").write_bytes(samples.picture(9, 9, 9))
        (scene.folder / "hello.ogg").write_bytes(b"OggS")
        scene.faq.write_text(FAQ + ENTRY.format(answer=answer, media=media), "utf-8")
        async with scene.at_work():
            yield scene


def uploads(scene: Scene) -> int:
    """How many files the world has been given, and knows by an id of their own."""
    return len(scene.world.files._by_key)


async def test_a_picture_with_the_answer_under_it_goes_up_once(set_up: SetUp) -> None:
    async with desk(set_up) as scene:
        anna = scene.customer("Анна")
        await anna.says("где вы находитесь")
        first = await anna.sees_photo(PLACE)
        assert buttons(first) == BUTTONS
        (scene.folder / "map.png").rename(scene.folder / "other.png")
        (scene.folder / "map.png").write_bytes((scene.folder / "other.png").read_bytes())
        before = uploads(scene)
        await anna.says("как вас найти")
        second = await anna.sees_photo(PLACE)
        assert (essence(second), uploads(scene)) == (essence(first), before)
        await anna.presses("Помогло")
        await scene.customer("Борис").says("как вас найти")


async def test_an_answer_too_long_for_a_caption_stands_below(set_up: SetUp) -> None:
    async with desk(set_up, answer="Мы у реки. " * 100) as scene:
        anna = scene.customer("Анна")
        await anna.says("где вы находитесь")
        picture, text = await anna.sees_photo(), await anna.sees("Мы у реки.")
        assert picture["message_id"] < text["message_id"]
        assert (buttons(picture), buttons(text)) == ([], BUTTONS)


async def test_a_choice_becomes_the_picture(set_up: SetUp) -> None:
    async with desk(set_up) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says("адрес")
        choice = await anna.sees("Вы об этом?")
        await anna.presses("Где вы находитесь?")
        assert await anna.sees_photo(PLACE) is choice
        assert buttons(choice) == BUTTONS
        await anna.presses("Позвать оператора")
        await oleg.topic("Анна")


async def test_a_voice_message_cannot_stand_in_a_choice_s_place(set_up: SetUp) -> None:
    async with desk(set_up, media="hello.ogg") as scene:
        anna = scene.customer("Анна")
        await anna.says("адрес")
        choice = await anna.sees("Вы об этом?")
        await anna.presses("Где вы находитесь?")
        assert buttons(await anna.sees_kind("voice", PLACE)) == BUTTONS
        assert buttons(choice) == []


async def test_what_was_sent_in_telegram_is_sent_by_its_id(set_up: SetUp) -> None:
    async with set_up() as scene:
        kept = scene.world.files
        sample = samples.document(scene.world)["document"]["file_id"]
        media = f"telegram:document:{sample}-{scene.bot.id}"
        scene.faq.write_text(FAQ + ENTRY.format(answer=PLACE, media=media), "utf-8")
        async with scene.at_work():
            anna = scene.customer("Анна")
            await anna.says("где вы находитесь")
            shown = await anna.sees_kind("document", PLACE)
            assert shown["document"]["file_id"] == sample
            assert kept.get(sample) is not None


async def test_a_file_that_is_gone_leaves_the_words_and_is_said_once(set_up: SetUp) -> None:
    async with desk(set_up) as scene:
        anna, maria = scene.customer("Анна"), scene.manager()
        await maria.starts()
        await maria.sees("Здравствуйте")
        (scene.folder / "map.png").unlink()
        for asked in ("где вы находитесь", "как вас найти"):
            await anna.says(asked)
            assert buttons(await anna.sees(PLACE)) == BUTTONS
        await maria.sees("map.png")
        await maria.sees_nothing(0.2)


async def test_an_address_that_telegram_cannot_reach_leaves_the_words(set_up: SetUp) -> None:
    async with desk(set_up, media="https://example.com/map.png") as scene:
        anna, maria = scene.customer("Анна"), scene.manager()
        await maria.starts()
        await anna.says("адрес")
        choice = await anna.sees("Вы об этом?")
        await anna.presses("Где вы находитесь?")
        assert await anna.sees(PLACE) is choice
        await maria.sees("https://example.com/map.png")
