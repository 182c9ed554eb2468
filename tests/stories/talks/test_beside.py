"""What stands beside the part that is recognised is used, passed on or named; it never vanishes."""

import pytest

from sandbox.people.looking import words
from tests.stories.conftest import Scene
from tests.stories.talk import Talk
from tests.stories.talks.test_ratings import closed


@pytest.mark.parametrize("said", ["/24", "/start_here", "/menu@support_bot", "/close"])
async def test_a_command_we_do_not_have_reaches_people_who_are_there(talk: Talk, said: str) -> None:
    await talk.anna.says(said)
    await talk.oleg.sees(talk.topic, said)
    await talk.settled()
    assert "/operator" not in "".join(words(each) for each in await talk.anna.reads())


async def test_words_behind_a_command_we_do_not_have_are_a_question(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("/price цена доставки")
    await anna.sees("Доставка стоит 300")
    await anna.says("/order зонтик поёт по ночам")
    await anna.sees("Передали вопрос людям")
    await oleg.sees(await oleg.topic("Анна"), "/order зонтик поёт по ночам")


async def test_words_behind_a_known_command_are_heard(scene: Scene) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.says("/help цена доставки")
    await anna.sees("Доставка стоит 300")
    await anna.says("/start цена доставки?")
    await anna.sees("Здравствуйте, Анна")
    await anna.sees("Доставка стоит 300")
    await anna.says("/language English")
    await anna.sees("English it is")
    await anna.says("/language зонтик поёт")
    await anna.sees("Which language")
    await anna.sees("with our people now")
    await oleg.sees(await oleg.topic("Анна"), "зонтик поёт")


@pytest.mark.parametrize("command", ["/operator", "/complaint", "/help", "/start order_1", "/language"])
async def test_a_picture_above_a_command_reaches_people(scene: Scene, command: str) -> None:
    anna, oleg = scene.customer("Анна"), scene.operator("Олег")
    await anna.sends_photo(caption=command)
    await oleg.sees_photo(await oleg.topic("Анна"), command)


@pytest.mark.parametrize(
    "said",
    [
        "опять не работает интернет, помогите!",
        "А когда вернут деньги?",
        "вы мне не помогли",
        "у меня вопрос",
        "бред, до сих пор ничего не пришло",
        "снова тормозит",
        "still not working",
    ],
)
async def test_a_comment_that_pleads_reaches_people(scene: Scene, said: str) -> None:
    anna, oleg, topic, _ = await closed(scene)
    await anna.presses("5 — Вау!")
    await anna.sees("Ваша оценка: 5")
    await anna.says(said)
    await oleg.sees(topic, "Заявка №\u00a01 снова открыта")
    await oleg.sees(topic, said)
    await anna.sees("заявка №\u00a01 снова открыта")
    await anna.says("и вот ещё что")
    await oleg.sees(topic, "и вот ещё что")


@pytest.mark.parametrize(
    "said", ["Спасибо, всё отлично!", "Быстро и вежливо", "👍👍", "Просто супер, Олег молодец."]
)
async def test_a_comment_that_asks_nothing_stays_a_comment(scene: Scene, said: str) -> None:
    anna, oleg, topic, _ = await closed(scene)
    await anna.presses("4 — Хорошо")
    await anna.sees("Ваша оценка: 4")
    await anna.says(said)
    await anna.sees("записали каждое слово")
    assert "снова открыта" not in "".join(words(each) for each in await oleg.reads(topic))


async def test_a_low_rating_that_pleads_is_told_to_managers_too(scene: Scene) -> None:
    maria = scene.manager()
    await maria.starts()
    anna, oleg, topic, _ = await closed(scene)
    await anna.presses("1 — Отвратительно")
    await anna.sees("Ваша оценка: 1")
    await anna.says("это безобразие")
    await maria.sees("Комментарий к оценке 1")
    await maria.sees("🔥 Жалоба")
    await oleg.sees(topic, "это безобразие")
    await anna.sees("Спасибо, что сказали об этом")


async def test_a_command_may_be_a_comment(scene: Scene) -> None:
    anna, _, _, _ = await closed(scene)
    await anna.presses("5 — Вау!")
    await anna.sees("Ваша оценка: 5")
    await anna.says("/5")
    await anna.sees("записали каждое слово")


async def test_what_is_not_published_with_a_broadcast_is_named_before_the_press(scene: Scene) -> None:
    maria, anna = scene.manager(), scene.customer("Анна")
    await maria.sends_voice(caption="/broadcast red Не работает вход")
    preview = await maria.sees("Не работает вход")
    assert "⚠️ Здесь есть голосовое сообщение, но опубликован будет только текст." in words(preview)
    await maria.presses("Опубликовать")
    assert "⚠️" not in words(await anna.sees_in(scene.channel, "Не работает вход"))
    await maria.says("/broadcast yellow")
    await maria.sends_audio(caption="Медленно грузится каталог")
    assert "⚠️ Здесь есть аудио" in words(await maria.sees("Медленно грузится каталог"))
