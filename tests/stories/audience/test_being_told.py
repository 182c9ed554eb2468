"""Whoever wants to know hears of it, can end that with each notice, and is asked whether it works again."""

from sandbox.people.looking import buttons
from tests.stories.audience.test_known_incidents import COMPONENTS, breaks, is_over
from tests.stories.conftest import SetUp
from tests.stories.waiting import comes_true


async def test_each_notice_has_the_way_out(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        maria, anna, boris = scene.manager(), scene.customer("Анна"), scene.customer("Борис")
        await anna.starts("sub_payments")
        await anna.sees("Вы подписаны: Оплата.")
        await boris.starts("sub_login")
        await boris.sees("Вы подписаны: Вход.")
        await breaks(maria)
        told = await anna.sees("Не проходят оплаты")
        assert buttons(told) == ["Отписаться"]
        await anna.presses("Отписаться", on=told)
        await anna.sees("Отписали")
        assert await comes_true(scene.world, lambda: buttons(told) == [])
        await is_over(maria)
        await anna.sees_nothing()
        await boris.sees_nothing()


async def test_who_asked_hears_the_end_and_says_that_it_works(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        maria, anna, oleg = scene.manager(), scene.customer("Анна"), scene.operator("Олег")
        await breaks(maria)
        await anna.says("не проходит оплата")
        await anna.presses("Это оно", on=await anna.sees("Знаем об этом"))
        await anna.sees("Напишем вам")
        await is_over(maria)
        asked = await anna.sees("У вас заработало?")
        assert buttons(asked) == ["Да", "Нет", "Отписаться"]
        assert await anna.presses("Да", on=asked) == "Отлично, спасибо, что сказали!"
        assert await comes_true(scene.world, lambda: buttons(asked) == [])
        assert oleg.topics() == []


async def test_what_it_saved_is_shown_on_the_incident(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        maria, anna, boris = scene.manager(), scene.customer("Анна"), scene.customer("Борис")
        await breaks(maria)
        for someone in (anna, boris):
            await someone.says("не проходит оплата")
            told = await someone.sees("Знаем об этом")
        await boris.presses("Это оно", on=told)
        await boris.sees("Напишем вам")
        await maria.says("/incidents")
        await maria.presses("Не проходят оплаты", on=await maria.sees("не закрыто"))
        await maria.sees("Узнали из ответа бота: 2, из них без заявки: 1.")


async def test_for_whom_it_does_not_work_people_come_first(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        maria, anna, oleg = scene.manager(), scene.customer("Анна"), scene.operator("Олег")
        await breaks(maria)
        await anna.says("не проходит оплата, зонтик ждёт")
        await anna.presses("Это оно", on=await anna.sees("Знаем об этом"))
        await anna.sees("Напишем вам")
        await is_over(maria)
        asked = await anna.sees("У вас заработало?")
        await anna.presses("Нет", on=asked)
        await anna.sees("Передали вопрос людям")
        topic = await oleg.topic("⚡ Анна")
        await oleg.sees(topic, "Срочно: у клиента не заработало после инцидента")
        await oleg.sees(topic, "зонтик ждёт")
        await oleg.sees(topic, "Инцидент «Не проходят оплаты» закрыли")
        await oleg.replies(topic, "/close тихо")
        assert await comes_true(scene.world, lambda: topic.name == "✅ Анна")


async def test_a_linked_ticket_is_opened_again_for_whom_it_does_not_work(set_up: SetUp) -> None:
    async with set_up(desk={"components": COMPONENTS}) as scene, scene.at_work():
        maria, anna, oleg = scene.manager(), scene.customer("Анна"), scene.operator("Олег")
        await breaks(maria)
        await anna.says("/operator не проходит оплата")
        topic = await oleg.topic("Анна")
        hint = await oleg.sees(topic, "Возможно, это 🔴 «Не проходят оплаты»")
        await oleg.presses(topic, "Связать с инцидентом", on=hint)
        await oleg.replies(topic, "/close тихо")
        assert await comes_true(scene.world, lambda: topic.name == "✅ Анна")
        await is_over(maria)
        await anna.presses("Нет", on=await anna.sees("У вас заработало?"))
        await anna.sees("Снова открыли заявку")
        await oleg.sees(topic, "Ответьте, пожалуйста, в первую очередь")
        assert await comes_true(scene.world, lambda: topic.name == "⚡ Анна")
