"""Two desks in one process over one database: each has its own bot, group, FAQ and managers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.app import serve
from sandbox import Customer, Manager
from sandbox.people.looking import buttons, words
from tests.stories.conftest import MANAGER, Scene, SetUp
from tests.stories.forgery import forges, says_of

QUESTION = "почему мой зонтик поёт по ночам?"
FLOWERS = """
- id: refund
  category: Цветы
  question: Как вернуть деньги?
  phrasings: [хочу возврат]
  answer: Цветы возврату не подлежат.
"""


@asynccontextmanager
async def both_at_work(shop: Scene, florist: Scene) -> AsyncIterator[None]:
    """One process serves both."""
    desks = {"shop": shop.settings().desk["main"], "florist": florist.settings().desk["main"]}
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(shop.settings().model_copy(update={"desk": desks}), stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(serving, 30)


@pytest.fixture
async def desks(set_up: SetUp) -> AsyncIterator[tuple[Scene, Scene]]:
    """A shop and a florist."""
    async with set_up() as shop:
        home = shop.folder / "florist"
        home.mkdir()
        more = {"managers": [2002], "name": "Букет", "rating_delay_seconds": 0}
        florist = Scene(shop.world, shop.server, home, limits=shop.limits, desk=more)
        florist.faq.write_text(FLOWERS, "utf-8")
        async with both_at_work(shop, florist):
            yield shop, florist


async def test_each_answers_from_its_own_faq_and_calls_its_own_people(desks: tuple[Scene, Scene]) -> None:
    shop, florist = desks
    buyer = shop.customer("Анна")
    guest = florist.customer("Анна", id=buyer.id)
    oleg, irina = shop.operator("Олег"), florist.operator("Ирина")
    await buyer.says("хочу возврат")
    await guest.says("хочу возврат")
    await buyer.sees("оформите возврат в разделе «Заказы»")
    await guest.sees("Цветы возврату не подлежат.")
    await guest.starts()
    assert buttons(await guest.sees("«Букет»"))[0] == "Цветы"
    await buyer.says(QUESTION)
    await buyer.sees("заявка №\u00a01")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "хочу возврат\n\n" + QUESTION)
    assert irina.topics() == []
    await guest.says("/operator где букет")
    await guest.sees("заявка №\u00a01")
    bouquet = await irina.topic("Анна")
    await irina.sees(bouquet, "где букет")
    await irina.replies(bouquet, "Курьер у двери")
    await oleg.replies(topic, "Зонтик в ремонте")
    await guest.sees("Курьер у двери")
    await buyer.sees("Зонтик в ремонте")
    assert "Курьер" not in "".join(words(each) for each in await buyer.reads())
    assert "Зонтик" not in "".join(words(each) for each in await guest.reads())


async def test_closing_rating_and_alarms_stay_on_their_side(desks: tuple[Scene, Scene]) -> None:
    shop, florist = desks
    buyer = shop.customer("Анна")
    guest = florist.customer("Анна", id=buyer.id)
    maria, vera = shop.manager("Мария"), Manager(florist.world, florist.bot, "Вера", id=2002)
    for manager in (maria, vera):
        await manager.starts()
        await manager.sees("Здравствуйте")
    irina, oleg = florist.operator("Ирина"), shop.operator("Олег")
    await buyer.says(QUESTION)
    await guest.says(QUESTION)
    topic, bouquet = await oleg.topic("Анна"), await irina.topic("Анна")
    await irina.replies(bouquet, "/close")
    request = await guest.sees("Как мы справились?")
    await buyer.says("ещё вопрос")
    await oleg.sees(topic, "ещё вопрос")
    mine = (await buyer.reads())[-2]
    for data in (says_of(request, "1 —"), says_of(request, "Проблема вернулась")):
        assert not await forges(buyer, data, mine)
    await guest.presses("2 — Плохо")
    await guest.sees("Ваша оценка: 2")
    await vera.sees("Оценка 2 по заявке №\u00a01: Анна")
    await maria.sees_nothing(0.2)
    assert len(await maria.reads()) == 2
    await buyer.sees_nothing(0)


async def test_operators_of_one_desk_cannot_press_the_other_s_cards(desks: tuple[Scene, Scene]) -> None:
    shop, florist = desks
    buyer, guest = shop.customer("Анна"), florist.customer("Борис")
    oleg, irina = shop.operator("Олег"), florist.operator("Ирина")
    await buyer.says(QUESTION)
    topic = await oleg.topic("Анна")
    card = await oleg.sees(topic, "Ждёт ответа")
    await guest.says(QUESTION)
    bouquet = await irina.topic("Борис")
    theirs = await irina.sees(bouquet, "Ждёт ответа")
    theirs["reply_markup"]["inline_keyboard"][0][1]["callback_data"] = says_of(card, "Закрыть")
    assert not await irina.presses(bouquet, "Закрыть", on=theirs)
    await buyer.says("ну что?")
    await oleg.sees(topic, "ну что?")
    assert "закрыта" not in "".join(words(each) for each in await buyer.reads())


async def test_a_manager_of_one_desk_is_nobody_at_the_other(desks: tuple[Scene, Scene]) -> None:
    shop, florist = desks
    maria = Manager(florist.world, florist.bot, "Мария", id=MANAGER)
    await maria.says("/broadcast red Обман")
    await maria.sees("Публиковать могут только менеджеры")
    anna = Customer(shop.world, florist.bot, "Анна")
    chief = shop.manager("Мария")
    await chief.says("/broadcast red Не работает вход")
    await chief.presses("Опубликовать")
    await anna.sees_in(shop.channel, "Не работает вход")
    assert florist.world.history(florist.channel.id) == []
    await anna.starts()
    assert "Не работает вход" not in words(await anna.sees("«Букет»"))
