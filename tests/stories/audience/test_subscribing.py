"""A customer chooses what to be told about, when quietly, and ends it at any moment."""

from typing import Any

import pytest

from sandbox import Customer
from sandbox.people.looking import words
from tests.stories.conftest import Scene, SetUp
from tests.stories.forgery import forges
from tests.stories.waiting import comes_true

COMPONENTS: dict[str, Any] = {
    "payments": {"name": "Оплата", "names": {"en": "Payments"}, "group": "Деньги", "groups": {"en": "Money"}},
    "payouts": {"name": "Выплаты", "names": {"en": "Payouts"}, "group": "Деньги", "groups": {"en": "Money"}},
    "login": {"name": "Вход", "names": {"en": "Login"}},
}


async def shows(customer: Customer, *captions: str) -> bool:
    """Whether the newest buttons that the customer sees are these, now or soon."""
    return await comes_true(customer.world, lambda: customer.buttons() == list(captions))


async def test_one_chooses_by_component(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        anna = scene.customer("Анна")
        await anna.says("/subscribe")
        asked = await anna.sees("О чём сообщать?")
        assert anna.buttons() == ["Всё", "Деньги:", "Оплата", "Выплаты", "Вход", "Тихие часы", "Готово"]
        await anna.presses("Оплата", on=asked)
        assert await shows(anna, "Всё", "Деньги:", "✓ Оплата", "Выплаты", "Вход", "Тихие часы", "Готово")
        await anna.presses("Деньги:", on=asked)
        await anna.presses("Вход", on=asked)
        assert await shows(anna, "Всё", "Деньги:", "✓ Оплата", "✓ Выплаты", "✓ Вход", "Тихие часы", "Готово")
        await anna.presses("Деньги:", on=asked)
        await anna.presses("Тихие часы", on=asked)
        await anna.sees("без звука, даже срочное")
        await anna.presses("22:00–8:00", on=asked)
        await anna.sees("В тихие часы, 22:00–8:00, без звука всё")
        await anna.presses("Готово", on=asked)
        await anna.sees("Вы подписаны: Вход")
        assert await shows(anna, "Выбрать заново", "Тихие часы", "Отписаться")


async def test_everything_is_one_press_and_all_but_one_another(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        anna = scene.customer("Anna", language="en")
        await anna.says("/subscribe")
        asked = await anna.sees("What should we tell you about?")
        await anna.presses("Everything", on=asked)
        ticked = ["✓ Payments", "✓ Payouts", "✓ Login"]
        assert await shows(anna, "✓ Everything", "Money:", *ticked, "Quiet hours", "Done")
        await anna.presses("✓ Login", on=asked)
        assert await shows(anna, "Everything", "Money:", *ticked[:2], "Login", "Quiet hours", "Done")
        await anna.presses("Done", on=asked)
        await anna.sees("You are subscribed to: Payments, Payouts.")
        await anna.presses("Choose again")
        again = await anna.sees("What should we tell you about?")
        await anna.presses("Money:", on=again)
        await anna.presses("Done", on=again)
        await anna.sees("we won’t write about outages")


async def test_without_components_the_command_is_enough(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("/subscribe")
    told = await anna.sees("Вы подписаны на всё")
    assert anna.buttons() == ["Тихие часы", "Отписаться"]
    await anna.presses("Тихие часы", on=told)
    await anna.sees("В какие часы присылать всё без звука")
    assert await shows(anna, "22:00–8:00", "23:00–7:00", "21:00–9:00", "✓ Без тихих часов")
    await anna.presses("23:00–7:00", on=told)
    await anna.sees("В тихие часы, 23:00–7:00")
    await anna.presses("Отписаться", on=told)
    await anna.sees("Отписали")
    await anna.presses("Подписаться снова")
    await anna.sees("Вы подписаны на всё")
    await anna.says("/unsubscribe")
    await anna.sees("Отписали")
    await anna.says("/unsubscribe")
    await anna.sees("и так ни на что не подписаны")


@pytest.mark.parametrize(
    ("payload", "hears"),
    [
        ("sub", "О чём сообщать?"),
        ("sub_payments", "Вы подписаны: Оплата."),
        ("sub_gone", "Раздела из ссылки больше нет"),
        ("subway", "Здравствуйте"),
        ("order_1", "Здравствуйте"),
    ],
)
async def test_a_link_of_the_site_subscribes(set_up: SetUp, payload: str, hears: str) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        anna = scene.customer("Анна")
        await anna.starts(payload)
        await anna.sees(hears)


async def test_a_link_adds_to_what_was_chosen(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        anna = scene.customer("Анна")
        await anna.starts("sub_login")
        await anna.sees("Вы подписаны: Вход.")
        await anna.starts("sub_payouts")
        await anna.sees("Вы подписаны: Выплаты, Вход.")


async def test_forty_presses_end_with_what_was_pressed_last(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}, limits=True) as scene, scene.at_work():
        anna = scene.customer("Анна")
        await anna.says("/subscribe")
        asked = await anna.sees("О чём сообщать?")
        for _ in range(41):
            await forges(anna, "sub:on:payments", asked)
        await anna.presses("Готово", on=asked)
        told = await anna.sees("Вы подписаны: Оплата.")
        assert told["message_id"] == asked["message_id"]


async def test_a_component_that_is_gone_is_said_and_the_list_made_anew(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene:
        anna = scene.customer("Анна")
        async with scene.at_work():
            await anna.says("/subscribe")
            asked = await anna.sees("О чём сообщать?")
            await anna.presses("Вход", on=asked)
            assert await shows(anna, "Всё", "Деньги:", "Оплата", "Выплаты", "✓ Вход", "Тихие часы", "Готово")
        scene.desk["components"] = {"payments": {"name": "Оплата"}, "site": {"name": "Сайт"}}
        async with scene.at_work():
            toast = await anna.presses("✓ Вход", on=asked)
            assert "больше нет" in (toast or "")
            assert await shows(anna, "Всё", "Оплата", "Сайт", "Тихие часы", "Готово")


async def test_forged_presses_find_nothing(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        anna = scene.customer("Анна")
        await anna.says("/subscribe")
        asked = await anna.sees("О чём сообщать?")
        for says in ("on:nothing", "group:nothing", "hush:5-6", "hush", "on", "page:x", "", "stop:7", "x:y"):
            await forges(anna, f"sub:{says}", asked)
        await anna.presses("Готово", on=asked)
        await anna.sees("об авариях писать не будем")


async def test_in_a_group_it_is_said_where_to_subscribe(scene: Scene) -> None:
    oleg, anna = scene.operator("Олег"), scene.customer("Анна")
    await oleg.says_in_general("/subscribe")
    await oleg.sees(None, "напишите мне /subscribe в личные сообщения")
    await anna.says("почему мой зонтик поёт по ночам?")
    topic = await oleg.topic("Анна")
    await anna.sees("Передали вопрос людям")
    await oleg.replies(topic, "/unsubscribe")
    await oleg.sees(topic, "в личные сообщения")
    await anna.sees_nothing()


async def test_words_beside_the_command_are_words(scene: Scene) -> None:
    anna = scene.customer("Анна")
    await anna.says("/subscribe сколько стоит доставка?")
    told = await anna.sees("Доставка стоит 300 ₽")
    assert "подписаны" not in words(told)
