"""Updates that are bad, strange, doubled or missing, and works that fail: their neighbours go on."""

import asyncio

from tests.faults.database import comes_to, inbox, outbox, sql
from tests.faults.sights import called, carried_in
from tests.stories.conftest import Scene, SetUp

SPOIL = "UPDATE customers SET created_at = 'spoilt' WHERE telegram_id = ?"
REPAIR = "UPDATE customers SET created_at = (SELECT max(received_at) FROM inbox) WHERE telegram_id = ?"

FAILS_ONCE = """
CREATE TRIGGER fails_once BEFORE INSERT ON messages
WHEN NEW.content LIKE '%word 0%' AND (SELECT max(attempts) FROM inbox) = 0
BEGIN SELECT RAISE(ABORT, 'spoilt'); END
"""


async def test_of_500_updates_with_a_poison_in_the_middle_499_are_handled(set_up: SetUp) -> None:
    async with set_up() as scene:
        maria, anna = scene.manager(), scene.customer("Анна")
        people = [scene.customer(f"Клиент {n}") for n in range(6)]
        await maria.starts()
        while len(scene.world.log.updates()) < 499:
            await people[len(scene.world.log.updates()) % 6].says("/help")
            if len(scene.world.log.updates()) == 250:
                scene.world.poison(scene.bot)
        await anna.says("как вернуть деньги")
        async with scene.at_work():
            await anna.sees("оформите возврат", within=20)
            await maria.sees("не удалось разобрать")
            await comes_to(scene, lambda: outbox(scene), {})
        assert inbox(scene) == {"handled": 499, "quarantined": 1}
        for one in people:
            asked = len(scene.world.log.updates("message", chat=one.id))
            assert len([each for each in await one.reads() if each["_by"] == scene.bot.id]) == asked > 70
        (told,) = [each for each in await maria.reads() if "не удалось разобрать" in each.get("text", "")]
        assert str(poisoned(scene)) in told["text"]


def poisoned(scene: Scene) -> int:
    (row,) = sql(scene, "SELECT update_id FROM inbox WHERE state = 2")
    return int(row[0])


async def test_an_update_of_an_unknown_kind_is_passed_over(scene: Scene) -> None:
    anna, maria = scene.customer("Анна"), scene.manager()
    await maria.starts()
    await maria.sees("Здравствуйте")
    scene.world.unknown_update(scene.bot)
    await anna.says("как вернуть деньги")
    await anna.sees("оформите возврат")
    await comes_to(scene, lambda: inbox(scene).keys(), {"handled"})
    await maria.sees_nothing()


async def test_an_update_that_comes_twice_is_handled_once(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    await anna.says("скажу один раз")
    await oleg.sees(topic, "скажу один раз")
    scene.world.duplicate(scene.world.log.updates(chat=anna.id)[-1].update_id)
    await anna.says("и другое")
    await oleg.sees(topic, "и другое")
    assert (await carried_in(topic, scene, ["скажу один раз", "и другое"])).clean


async def test_numbers_that_begin_anew_after_a_quiet_week_are_followed(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    scene.world.gap(scene.bot, -1_000_000)
    for text in ("номера пошли заново", "и идут дальше"):
        await anna.says(text)
        await oleg.sees(topic, text)
    newest = scene.world.log.updates(chat=anna.id)[-1].update_id
    polls = scene.world.log.calls("getUpdates")
    await comes_to(scene, lambda: scene.world.log.calls("getUpdates")[-1].params["offset"], newest + 1)
    assert len(scene.world.log.calls("getUpdates")) - len(polls) < 5


async def test_a_gap_in_the_numbers_holds_nothing_up(scene: Scene) -> None:
    anna, oleg, topic = await called(scene)
    scene.world.gap(scene.bot, 1000)
    await anna.says("пропуск позади")
    await oleg.sees(topic, "пропуск позади")


async def test_a_work_that_fails_is_tried_again_and_its_chat_waits_in_order(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
            boris = scene.customer("Борис")
            await boris.starts()
            await boris.sees("Здравствуйте")
        sql(scene, SPOIL, anna.id)
        said = [f"слово {n}" for n in range(5)]
        for text in said:
            await anna.says(text)
        await boris.says("как вернуть деньги")
        async with scene.at_work():
            await boris.sees("оформите возврат")
            await asyncio.sleep(0.4)  # tries that did not rest would be over by now
            sql(scene, REPAIR, anna.id)
            await oleg.sees(topic, said[-1])
        assert (await carried_in(topic, scene, said)).clean
        assert "quarantined" not in inbox(scene)


async def test_what_comes_behind_a_work_that_fails_waits_for_it(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
        sql(scene, FAILS_ONCE)
        said = [f"word {n}" for n in range(5)]
        for text in said:
            await anna.says(text)
        async with scene.at_work():
            await oleg.sees(topic, said[-1])
        assert (await carried_in(topic, scene, said)).clean
        assert sql(scene, "SELECT max(attempts) FROM inbox") == [(1,)]


async def test_a_work_that_always_fails_is_set_aside_and_managers_hear(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            anna, oleg, topic = await called(scene)
            maria = scene.manager()
            await maria.starts()
            await maria.sees("Здравствуйте")
            sql(scene, SPOIL, anna.id)
            await anna.says("это слово сломано")
            await maria.sees("не удалось разобрать")
            ((attempts, error),) = sql(scene, "SELECT attempts, error FROM inbox WHERE state = 2")
            assert attempts == 3
            assert "TypeError" in error
            sql(scene, REPAIR, anna.id)
            await anna.says("а это цело")
            await oleg.sees(topic, "а это цело")
        assert (await carried_in(topic, scene, ["это слово сломано", "а это цело"])).lost == [
            "это слово сломано"
        ]


async def test_one_chat_that_cannot_be_handled_does_not_hold_the_others_up(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            anna, *_ = await called(scene)
        sql(scene, SPOIL, anna.id)
        for n in range(200):
            await anna.says(f"слово {n}")
        boris = scene.customer("Борис")
        await boris.says("как вернуть деньги")
        async with scene.at_work():
            await boris.sees("оформите возврат")
            assert inbox(scene)["waiting"] > 100
