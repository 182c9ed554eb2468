"""Something is broken and a customer asks about it: they hear how it stands, mostly without a ticket."""

from typing import Any

from sandbox import Manager
from sandbox.people.looking import buttons, words
from tests.stories.conftest import Scene, SetUp
from tests.stories.forgery import forges
from tests.stories.waiting import comes_true

COMPONENTS: dict[str, Any] = {
    "payments": {
        "name": "Оплата",
        "names": {"en": "Payments"},
        "words": ["оплата", "платёж", "карта", "card"],
    },
    "login": {"name": "Вход", "words": ["вход", "войти"]},
}
BROKEN = "Не проходят оплаты. Разбираемся."


async def breaks(maria: Manager, said: str = f"red {BROKEN}", *, component: str | None = "Оплата") -> None:
    """A manager publishes what is broken."""
    await maria.says(f"/broadcast {said}")
    preview = await maria.sees("Так будет выглядеть новый пост")
    if component is not None:
        await maria.presses("Изменить", on=preview)
        await maria.presses("Что затронуто", on=preview)
        await maria.presses(component, on=preview)
        await maria.presses("Назад", on=preview)
    await maria.presses("Опубликовать", on=preview)
    await maria.sees("Опубликовано.")


async def is_over(maria: Manager, incident: str = "Не проходят оплаты") -> None:
    """A manager says that it is resolved."""
    await maria.says("/incidents")
    listed = await maria.sees("не закрыто")
    await maria.presses(incident, on=listed)
    await maria.presses("Решено", on=listed)
    preview = await maria.sees("Так станет выглядеть")
    await maria.presses("Опубликовать", on=preview)
    await maria.sees("Опубликовано.")


async def test_a_question_about_it_is_answered_without_a_ticket(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        await breaks(scene.manager())
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says("почему у меня не проходит платёж?")
        told = await anna.sees("Знаем об этом: Не проходят оплаты. Разбираемся.")
        assert "Обновлено сегодня в" in words(told)
        assert buttons(told) == ["Это оно, сообщите, когда почините", "У меня другое"]
        assert await anna.presses("Это оно", on=told) == "Записали"
        await anna.sees("Напишем вам, как только починим")
        assert await comes_true(scene.world, lambda: anna.buttons() == ["У меня другое"])
        assert oleg.topics() == []


async def test_whoever_means_something_else_gets_people_who_know_it(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        await breaks(scene.manager())
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says("оплата не проходит, пишет чужой город")
        told = await anna.sees("Знаем об этом")
        await anna.presses("У меня другое", on=told)
        await anna.sees("Передали вопрос людям")
        topic = await oleg.topic("Анна")
        await oleg.sees(topic, "пишет чужой город")
        hint = await oleg.sees(topic, "ответил, что у него другое")
        assert "«Не проходят оплаты»" in words(hint)


async def test_one_is_told_once(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        await breaks(scene.manager())
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says("не проходит оплата")
        await anna.sees("Знаем об этом")
        await anna.says("карта не работает, зонтик поёт")
        await anna.sees("Передали вопрос людям")
        topic = await oleg.topic("Анна")
        hint = await oleg.sees(topic, "Возможно, это 🔴 «Не проходят оплаты»")
        assert await oleg.presses(topic, "Связать с инцидентом", on=hint) == (
            "Связали: клиенту напишем, когда починят"
        )
        assert await comes_true(scene.world, lambda: buttons(hint) == [])


async def test_words_for_an_open_ticket_go_there(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await anna.says("почему мой зонтик поёт по ночам?")
        topic = await oleg.topic("Анна")
        await anna.sees("Передали вопрос людям")
        await breaks(scene.manager())
        await anna.says("и ещё не проходит оплата")
        await oleg.sees(topic, "и ещё не проходит оплата")
        await anna.sees_nothing()


async def test_the_other_question_of_a_message_is_answered_too(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        await breaks(scene.manager())
        anna = scene.customer("Анна")
        await anna.says("Почему не проходит оплата картой? Сколько стоит доставка?")
        await anna.sees("Знаем об этом")
        await anna.sees("Доставка стоит 300 ₽")


HEARD = {
    "как вернуть деньги?": "оформите возврат",
    "сколько стоит доставка?": "Доставка стоит 300 ₽",
    "у вас не работает?": "Знаем об этом",
    "что с оплатой?": "Знаем об этом",
    "оплта не проходит": "Знаем об этом",
    "как оплатить картой зонтик?": "Передали вопрос людям",
}


async def test_only_what_sounds_like_it_is_taken_for_it(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        await breaks(scene.manager())
        for number, (asks, hears) in enumerate(HEARD.items()):
            someone = scene.customer(f"Гость {number}")
            await someone.says(asks)
            await someone.sees(hears)


async def test_without_components_the_title_tells(scene: Scene) -> None:
    await breaks(scene.manager(), "yellow Заказы теряются в приложении", component=None)
    anna, boris = scene.customer("Анна"), scene.customer("Борис", language="en")
    await anna.says("теряются заказы в приложении")
    await anna.sees("Знаем об этом: Заказы теряются")
    await boris.says("is the app down?")
    await boris.sees("We know of this: Заказы теряются")


async def test_once_it_is_over_nobody_hears_of_it(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        maria, anna, boris = scene.manager(), scene.customer("Анна"), scene.customer("Борис")
        await breaks(maria)
        await boris.says("не проходит оплата")
        told = await boris.sees("Знаем об этом")
        await is_over(maria)
        await anna.says("не проходит оплата")
        await anna.sees("Передали вопрос людям")
        await boris.presses("Это оно", on=told)
        await boris.sees("инцидент закрыли")
        await boris.presses("У меня другое")
        await boris.sees("Передали вопрос людям")


async def test_presses_of_others_find_nothing(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        await breaks(scene.manager())
        anna, boris, oleg = scene.customer("Анна"), scene.customer("Борис"), scene.operator("Олег")
        await anna.says("не проходит оплата")
        told = await anna.sees("Знаем об этом")
        await boris.starts()
        greeting = await boris.sees("Здравствуйте")
        for says in (
            "known:same:1",
            "known:other:1",
            "known:link:1:1",
            "again:yes:1",
            "again:no:1",
            "known:x",
        ):
            assert await forges(boris, says, greeting) in {None, ""}
        for says in ("known:same:99", "known:other", "again:no:1", "known:link:1:1"):
            assert await forges(anna, says, told) in {None, ""}
        await boris.sees_nothing()
        assert oleg.topics() == []
