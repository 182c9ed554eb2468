"""Thanks after closing are thanks in any form: answered kindly, shown to operators, and no new ticket."""

from collections.abc import Awaitable, Callable

import pytest

from sandbox import Customer
from sandbox.chats import Message
from sandbox.people.looking import words
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.talks.test_ratings import closed

Thanking = Callable[[Customer], Awaitable[Message]]
KINDLY: dict[str, Thanking] = {
    "sticker": lambda anna: anna.sends_sticker(emoji="🙏"),
    "animation": lambda anna: anna.sends_animation(),
    "photo": lambda anna: anna.sends_photo(caption="Спасибо!"),
    "video": lambda anna: anna.sends_video(caption="спасибо большое, выручили"),
    "dice": lambda anna: anna.sends_dice(),
}


@pytest.mark.parametrize("kind", KINDLY)
async def test_thanks_by_media_open_no_ticket(scene: Scene, kind: str) -> None:
    anna, oleg, topic, _ = await closed(scene)
    await KINDLY[kind](anna)
    await anna.sees("Пожалуйста!")
    await oleg.sees_kind(topic, kind)
    await oleg.replies(topic, "/close")
    await oleg.sees(topic, "Заявка №\u00a01 уже закрыта.")


async def test_thanks_in_words_are_shown_too(scene: Scene) -> None:
    anna, oleg, topic, _ = await closed(scene)
    await anna.says("Спасибо!")
    await anna.sees("Пожалуйста!")
    await oleg.sees(topic, "Спасибо!")


async def test_thanks_again_get_a_heart(scene: Scene) -> None:
    anna, _, _, _ = await closed(scene)
    await anna.sends_sticker(emoji="🙏")
    await anna.sees("Пожалуйста!")
    again = await anna.sends_sticker(emoji="🌹")
    if anna.reaction_on(again) is None:
        await scene.world.changes.until(lambda _: anna.reaction_on(again) is not None, 15)
    assert anna.reaction_on(again) == "❤"
    assert sum("Пожалуйста!" in words(each) for each in await anna.reads()) == 1


async def test_an_album_of_thanks_is_one_thank_you(scene: Scene) -> None:
    anna, oleg, topic, _ = await closed(scene)
    await anna.sends_album(["photo", "photo", "photo"], caption="Спасибо!")
    await anna.sees("Пожалуйста!")
    await oleg.sees_photo(topic, "Спасибо!")
    await anna.says("оператор")
    await anna.sees("Передали вопрос людям, заявка №\u00a02")


@pytest.mark.parametrize("kind", ["angry sticker", "bare photo", "voice", "another matter"])
async def test_what_may_be_more_than_thanks_goes_to_people(scene: Scene, kind: str) -> None:
    anna, _, _, _ = await closed(scene)
    match kind:
        case "angry sticker":
            await anna.sends_sticker(emoji="😡")
        case "bare photo":
            await anna.sends_photo()
        case "voice":
            await anna.sends_voice(caption="спасибо")
        case _:
            await anna.sends_photo(caption="спасибо, но снова сломалось")
    await anna.sees("Передали вопрос людям, заявка №\u00a02")


async def test_long_after_closing_a_sticker_is_a_message(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene, scene.at_work():
        anna, _, _, _ = await closed(scene)
        clock.passes(minutes=61)
        await anna.sends_sticker()
        await anna.sees("Передали вопрос людям, заявка №\u00a02")
