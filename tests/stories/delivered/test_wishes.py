"""Whoever wants no notices gets none, who sleeps is not woken, and nobody is told what is old."""

from datetime import UTC, datetime

import pytest

from bot.rooms.stores import Stores
from broadcasts.audience.subscriber import QuietHours
from sandbox import Customer, Fault
from sandbox.content.samples import photo
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.delivered.conftest import copies, in_database, subscribers
from tests.stories.managers.test_incidents import goes_on, publishes
from tests.stories.waiting import comes_true

OUTAGE = "Не проходит оплата картой"


def silent(scene: Scene, person: Customer, text: str) -> bool:
    """Whether the message made no sound."""
    calls = scene.world.log.calls("sendMessage", chat=person.id, applied=True)
    told = [each for each in calls if text in str(each.params["text"])]
    return bool(told[-1].params.get("disable_notification"))


def away(scene: Scene, people: list[Customer]) -> None:
    """From now on Telegram takes nothing for these."""
    ids = {each.id for each in people}
    fault = Fault.internal_error()
    scene.world.faults.add(fault, method="sendMessage", having=lambda params: params["chat_id"] in ids)


async def test_whoever_unsubscribes_before_it_is_sent_gets_nothing(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"bulk_per_second": 1}
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, *(f"Клиент {n}" for n in range(8)))
            await publishes(maria, f"red {OUTAGE}")
            assert await comes_true(scene.world, lambda: copies(people[0], OUTAGE) > 0)
            await people[-1].says("/unsubscribe")
            await maria.sees("Рассылка закончена", within=30)
        assert [copies(person, OUTAGE) for person in people] == [1] * 7 + [0]


async def test_only_red_rings_and_nobody_is_woken(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    Clock(monkeypatch, datetime(2026, 11, 20, 20, 30, tzinfo=UTC))  # 23:30 in Moscow
    async with set_up() as scene, scene.at_work():
        maria = scene.manager("Мария")
        anna, boris = await subscribers(scene, "Анна", "Борис")

        def sleeps(stores: Stores) -> None:
            customer = stores.customers.known(boris.id)
            assert customer is not None
            stores.subscribers.hush(customer.id, QuietHours(22 * 60, 7 * 60))

        await in_database(scene, sleeps)
        await publishes(maria, f"red {OUTAGE}")
        await anna.sees(OUTAGE)
        await boris.sees(OUTAGE)
        assert not silent(scene, anna, OUTAGE)
        assert silent(scene, boris, OUTAGE)
        await publishes(maria, "yellow Каталог открывается медленно")
        await anna.sees("Каталог открывается медленно")
        assert silent(scene, anna, "Каталог открывается медленно")


async def test_a_picture_goes_along_and_words_too_long_for_it_stand_below(scene: Scene) -> None:
    maria = scene.manager("Мария")
    (anna,) = await subscribers(scene, "Анна")
    await maria.sends(photo(scene.world), caption=f"/broadcast red {OUTAGE}")
    await maria.presses("Опубликовать")
    await anna.sees_photo(OUTAGE)


async def test_a_picture_that_is_refused_costs_nobody_the_words(scene: Scene) -> None:
    maria = scene.manager("Мария")
    (anna,) = await subscribers(scene, "Анна")
    await maria.sends(photo(scene.world), caption=f"/broadcast red {OUTAGE}")
    await maria.sees_photo(OUTAGE)
    scene.world.faults.add(
        Fault.saying("Bad Request: wrong file identifier"), method="sendPhoto", chat=anna.id
    )
    await maria.presses("Опубликовать")
    await anna.sees(OUTAGE)


async def test_after_a_day_without_telegram_only_the_newest_is_told_and_once(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene:
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, "Анна", "Борис")
            away(scene, people)
            await publishes(maria, f"red {OUTAGE}")
            clock.passes(hours=20)
            await goes_on(maria, OUTAGE, "Обновить", "Чиним, уже лучше")
            clock.passes(hours=5)
            scene.world.faults.clear()
            await people[0].sees("Чиним, уже лучше", within=45)
            await people[1].sees("Чиним, уже лучше", within=45)
        assert [(copies(each, "Сбой"), copies(each, "Чиним")) for each in people] == [(0, 1), (0, 1)]


async def test_what_is_older_than_a_day_is_not_sent(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene:
        maria = scene.manager("Мария")
        async with scene.at_work():
            people = await subscribers(scene, "Анна", "Борис")
            away(scene, people)
            await publishes(maria, f"red {OUTAGE}")
            shown = await maria.sees("Рассылка идёт")
        clock.passes(hours=25)
        scene.world.faults.clear()
        async with scene.at_work():
            assert await comes_true(scene.world, lambda: "Рассылка закончена" in shown["text"], 30)
            assert "Устарело, не отправили: 2" in shown["text"]
        assert [copies(each, OUTAGE) for each in people] == [0, 0]
