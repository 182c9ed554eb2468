"""A notice told faster for Stars: chosen anew each time, with its price; nobody is lost when they run out."""

from bot.desk_at_work import now
from bot.rooms.stores import Stores
from broadcasts.audience.subscriber import EVERYTHING, ConsentSource
from desk.people import Person
from sandbox import Customer, Manager
from sandbox.chats import Message
from sandbox.people.looking import buttons
from tests.stories.conftest import Scene, SetUp
from tests.stories.delivered.conftest import copies, in_database
from tests.stories.forgery import forges, says_of
from tests.stories.waiting import comes_true

PAYS = {"paid_broadcast": True, "paid_per_second": 300}
NOTICE, PEOPLE = "Не проходит оплата", 240
STAR, ENOUGH = 10, 10_000 * 10
"""Tenths of a Star, and of the ten thousand that Telegram asks for."""


async def crowd(scene: Scene, many: int = PEOPLE) -> list[Customer]:
    """People who have subscribed to everything, long ago."""
    people = [scene.customer(f"Клиент {n}") for n in range(many)]

    def subscribe(stores: Stores) -> None:
        for person in people:
            customer = stores.customers.meet(Person(telegram_id=person.id, first_name="Клиент"))
            stores.subscribers.subscribe(customer.id, {EVERYTHING}, ConsentSource.BOT, now())

    await in_database(scene, subscribe)
    for person in people:
        person.chat.standing = "open"
    return people


def paying(scene: Scene, *, tenths: int = ENOUGH + 100 * STAR, pays: bool = True) -> Manager:
    """A desk whose managers may spend Stars; what is free goes slowly enough for them to matter."""
    scene.desk |= PAYS
    scene.limits |= {"bulk_per_second": 20}
    scene.bot.pays, scene.bot.star_tenths = pays, tenths
    return scene.manager("Мария")


async def chosen(maria: Manager) -> Message:
    """A preview whose manager wants it faster."""
    await maria.says(f"/broadcast red {NOTICE}")
    preview = await maria.sees("Так будет выглядеть новый пост")
    assert "звёзд" not in preview["text"], "never by itself"
    await maria.presses("Изменить…")
    assert await maria.presses("Быстрее за звёзды") is None
    return await maria.sees("спишется до\u00a024\u00a0звёзд с баланса бота")


def told(people: list[Customer]) -> int:
    return sum(copies(person, NOTICE) for person in people)


def once_each(people: list[Customer]) -> bool:
    return [copies(person, NOTICE) for person in people] == [1] * len(people)


async def test_it_goes_faster_for_no_more_than_was_agreed(set_up: SetUp) -> None:
    async with set_up(limits=True) as scene:
        maria = paying(scene)
        async with scene.at_work():
            anna, oleg, people = scene.customer("Анна"), scene.operator("Олег"), await crowd(scene)
            await anna.says("Где мой заказ?")
            topic = await oleg.topic("Анна")
            preview = await chosen(maria)
            dear = says_of(preview, "Опубликовать")
            assert "примерно 5\u00a0с вместо 15\u00a0с" in preview["text"]
            await maria.presses("Без звёзд", on=preview)
            free = await maria.sees("примерно 1\u00a0минута")
            toast = await forges(maria, dear, free)
            assert toast is not None
            assert "Опубликовано" not in toast, "a price that was taken back is not paid"
            preview = await chosen(maria)
            await maria.presses("Опубликовать", on=preview)
            assert await comes_true(scene.world, lambda: told(people) > 20, 10)
            await oleg.replies(topic, "Уже в пути")
            await anna.sees("Уже в пути")
            done = await maria.sees("Рассылка закончена", within=60)
            assert once_each(people)
            calls = scene.world.log.calls("sendMessage", applied=True)
            notices = [call for call in calls if NOTICE in call.params["text"] and call.chat != maria.id]
            replied = next(call for call in calls if call.chat == anna.id and "в пути" in call.params["text"])
            assert replied.n < notices[-1].n, "a reply does not wait for its end"
            asked = [call for call in notices if call.params.get("allow_paid_broadcast")]
            assert len(asked) == PEOPLE
            assert "ушло не\u00a0больше\u00a024\u00a0звёзд из\u00a024" in done["text"]
            assert 0 < ENOUGH + 100 * STAR - scene.bot.star_tenths <= PEOPLE
            await maria.says("/incidents audit")
            assert "stars 24" in (await maria.sees("Кто что делал"))["text"]


async def test_too_few_stars_are_said_before_the_press(set_up: SetUp) -> None:
    async with set_up(limits=True) as scene:
        maria = paying(scene, tenths=9_000 * STAR)
        async with scene.at_work():
            await crowd(scene)
            await maria.says(f"/broadcast red {NOTICE}")
            preview = await maria.sees("Так будет выглядеть новый пост")
            await maria.presses("Изменить…", on=preview)
            toast = await maria.presses("Быстрее за звёзды", on=preview)
            assert toast == (
                "Звёзд на балансе бота: 9\u00a0000, а нужно не\u00a0меньше\u00a010\u00a0000\u00a0звёзд. "
                "Пополните его или отправляйте как обычно"
            )
            assert "Быстрее за звёзды" in buttons(preview)


async def test_nobody_is_lost_when_the_stars_run_out(set_up: SetUp) -> None:
    async with set_up(limits=True) as scene:
        maria = paying(scene, tenths=ENOUGH + 3)
        async with scene.at_work():
            people = await crowd(scene)
            preview = await chosen(maria)
            await maria.presses("Опубликовать", on=preview)
            done = await maria.sees("Рассылка закончена", within=60)
            assert "Telegram больше их не принимает: остальное уходит бесплатно" in done["text"]
            assert f"Отправлено {PEOPLE} из\u00a0{PEOPLE}" in done["text"]
            assert once_each(people)


async def test_a_bot_that_may_not_pay_tells_everybody_all_the_same(set_up: SetUp) -> None:
    async with set_up(limits=True) as scene:
        maria = paying(scene, pays=False)
        async with scene.at_work():
            people = await crowd(scene)
            preview = await chosen(maria)
            await maria.presses("Опубликовать", on=preview)
            assert await comes_true(scene.world, lambda: once_each(people), 120)
            done = await maria.sees("Рассылка закончена", within=60)
            assert "Telegram больше их не принимает" in done["text"]
            assert scene.bot.star_tenths == ENOUGH + 100 * STAR
