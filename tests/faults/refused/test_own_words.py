"""What we ourselves say has a plainer form, and managers hear when even that is refused."""

from collections.abc import Callable
from typing import Any

from sandbox import Fault
from sandbox.content import samples
from sandbox.people.looking import buttons
from tests.faults.sights import called
from tests.stories.conftest import FAQ, Scene, SetUp
from tests.stories.looks import pieces

NEW_LIMIT = Fault.saying("Bad Request: GREETINGS_ARE_OUT_OF_FASHION")
ANSWER = "оформите возврат"


def refuses(scene: Scene, having: Callable[[Any], bool], fault: Fault = NEW_LIMIT) -> None:
    """Telegram refuses what looks so."""
    scene.world.faults.add(fault, having=having)


async def test_a_keyboard_that_is_too_large_is_cut(set_up: SetUp) -> None:
    """The greeting and the help come with fewer sections, and the way to a person is still there."""
    async with set_up() as scene:
        entries = (
            f"- {{id: e{n}, category: Раздел {n:03}, question: 'Что в {n:03}?', answer: 'Ответ {n}.'}}\n"
            for n in range(101)
        )
        scene.faq.write_text(FAQ + "".join(entries), "utf-8")
        async with scene.at_work():
            refuses(scene, lambda params: str(params.get("reply_markup")).count("callback_data") > 10)
            anna = scene.customer("Анна")
            for said, answer in (("/start", "Здравствуйте"), ("/help", "")):
                await anna.says(said)
                shown = buttons(await anna.sees(answer))
                assert "Позвать оператора" in shown
                assert 3 < len(shown) <= 10


async def test_an_answer_whose_formatting_is_refused_comes_plain(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.faq.write_text(FAQ.replace("«Заказы»", "<b>Заказы</b>"), "utf-8")
        async with scene.at_work():
            refuses(scene, lambda params: "<b>" in str(params.get("text")))
            anna = scene.customer("Анна")
            await anna.says("как вернуть деньги")
            shown = await anna.sees("оформите возврат в разделе Заказы")
            assert pieces(shown, "bold") == []
            assert buttons(shown) == ["Помогло", "Позвать оператора"]


async def test_an_answer_whose_buttons_are_refused_comes_without(scene: Scene) -> None:
    refuses(scene, lambda params: "reply_markup" in params)
    boris = scene.customer("Борис")
    await boris.says("как вернуть деньги")
    await boris.sees(ANSWER)
    anna, oleg, topic = await called(scene)
    await oleg.replies(topic, "/close")
    await anna.sees("Как мы справились?")


async def test_an_answer_longer_than_telegram_takes_comes_in_parts(set_up: SetUp) -> None:
    """However short a text Telegram takes one day: formatting goes on over the seam, buttons stand below."""
    async with set_up() as scene:
        long = " ".join(f"шаг{number}" for number in range(400))
        scene.faq.write_text(FAQ.replace("Доставка стоит 300 ₽.", f"<b>{long}</b>"), "utf-8")
        async with scene.at_work():
            refuses(scene, lambda params: len(str(params.get("text", ""))) > 1200)
            anna = scene.customer("Анна")
            await anna.says("сколько стоит доставка")
            await anna.sees("шаг399")
            parts = [each for each in await anna.reads() if "шаг" in str(each)]
            assert " ".join(each["text"] for each in parts) == long
            assert [bool(buttons(each)) for each in parts] == [False, False, False]


async def test_what_cannot_be_said_at_all_is_apologised_for_and_managers_hear_once(scene: Scene) -> None:
    anna, boris, maria = scene.customer("Анна"), scene.customer("Борис"), scene.manager()
    await maria.starts()
    await maria.sees("Здравствуйте")
    refuses(scene, lambda params: ANSWER in str(params.get("text")))
    for person in (anna, boris):
        await person.says("как вернуть деньги")
        await person.sees("Напишите «оператор»")
    told = await maria.sees("Telegram не пропускает наши сообщения")
    assert "GREETINGS_ARE_OUT_OF_FASHION" in told["text"]
    await maria.sees_nothing(0.3)
    scene.world.faults.clear()
    await anna.says("оператор")
    await anna.sees("Передали")


async def test_a_card_that_cannot_be_put_up_does_not_hold_up_the_question(scene: Scene) -> None:
    maria, anna, oleg = scene.manager(), scene.customer("Анна"), scene.operator("Олег")
    await maria.starts()
    await maria.sees("Здравствуйте")
    refuses(scene, lambda params: "Ждёт ответа" in str(params.get("text")))
    await anna.says("почему мой зонтик поёт?")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "почему мой зонтик поёт?")
    await oleg.replies(topic, "разберёмся")
    await anna.sees("разберёмся")
    await maria.sees("Telegram не пропускает наши сообщения")


async def test_what_replaces_a_deleted_message_of_ours_comes_anew(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("возврат")
    choice = await anna.sees("Возможно, вы об этом")
    refuses(scene, lambda params: "message_id" in params)
    await anna.presses("Когда придут деньги за возврат?", on=choice)
    assert await anna.sees("Деньги приходят за три дня") is not choice


async def test_a_name_that_telegram_does_not_take_costs_one_title_and_not_all_topics(scene: Scene) -> None:
    refuses(scene, lambda params: "Анна" in str(params.get("name")))
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("почему мой зонтик поёт?")
    topic = await oleg.topic("№ 1")
    await oleg.sees(topic, "почему мой зонтик поёт?")
    await scene.customer("Борис").says("и мой")
    await oleg.topic("Борис")


MAP = """
- id: map
  category: Адреса
  question: Где вы находитесь?
  phrasings: [как вас найти, адрес магазина]
  answer: У реки.
  media: map.png
"""


async def test_a_picture_that_telegram_cannot_show_comes_as_a_file(set_up: SetUp) -> None:
    async with set_up() as scene:
        (scene.folder / "map.png").write_bytes(samples.picture(9, 9, 9))
        scene.faq.write_text(FAQ + MAP, "utf-8")
        async with scene.at_work():
            scene.world.faults.add(Fault.saying("Bad Request: PHOTO_INVALID_DIMENSIONS"), method="sendPhoto")
            anna = scene.customer("Анна")
            await anna.says("как вас найти")
            assert buttons(await anna.sees_kind("document", "У реки.")) == ["Помогло", "Позвать оператора"]


async def test_a_file_that_telegram_has_forgotten_goes_up_again(set_up: SetUp) -> None:
    async with set_up() as scene:
        (scene.folder / "map.png").write_bytes(samples.picture(9, 9, 9))
        scene.faq.write_text(FAQ + MAP, "utf-8")
        async with scene.at_work():
            anna = scene.customer("Анна")
            await anna.says("как вас найти")
            await anna.sees_photo("У реки.")
            forgotten = Fault.saying("Bad Request: wrong file identifier/HTTP URL specified")
            known = scene.world.faults.add(forgotten, method="sendPhoto", times=1)
            await anna.says("адрес магазина")
            await anna.sees_photo("У реки.")
            assert known.struck == 1
