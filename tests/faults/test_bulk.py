"""Bulk is never sent twice: what may or may not have arrived is set aside, and managers hear of it."""

import pytest

from bot.desk_at_work import now
from desk.post import Address, Chat, Lane, Parcel, say
from sandbox import BotApiServer, Customer, Fault
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from storage.outbox import OutboxStore
from tests.faults.database import comes_to, outbox, sql
from tests.stories.conftest import Scene, SetUp

NOTICE = "Работаем в праздники"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hanging call is given up soon."""
    monkeypatch.setattr("bot.telegram.client.PATIENCE", 1)


def chat_of(address: Address) -> int:
    """Nothing is for operators here."""
    assert isinstance(address, Chat)
    return address.chat_id


async def post_bulk(scene: Scene, count: int) -> list[Customer]:
    """What a broadcast to so many people leaves in the outbox."""
    people = [scene.customer(f"Клиент {n}") for n in range(count)]
    ledger = Ledger(await open_engine(scene.settings().storage.url))
    await ensure(ledger)
    for person in people:
        person.chat.standing = "open"
        parcel = Parcel(to=Chat(person.id), lane=Lane.BULK, body=say(NOTICE))
        await ledger.run(lambda conn, each=parcel: OutboxStore(conn, "main", now(), chat_of).post(each))
    await ledger.close()
    return people


async def received(people: list[Customer]) -> list[int]:
    """How many copies each has."""
    return [len([each for each in await person.reads() if each.get("text") == NOTICE]) for person in people]


@pytest.mark.parametrize(
    "fault",
    [Fault.reset_before(), Fault.reset_after(), Fault.truncated_json(), Fault.bad_gateway(), Fault.hangs(5)],
    ids=lambda fault: fault.name,
)
async def test_what_may_have_arrived_is_not_sent_again_and_managers_hear(set_up: SetUp, fault: Fault) -> None:
    async with set_up() as scene:
        people, maria = await post_bulk(scene, 6), scene.manager()
        await maria.starts()
        scene.world.faults.add(fault, chat=people[2].id, times=1)
        async with scene.at_work():
            await maria.sees("про 1\u00a0сообщение рассылки неизвестно")
            await people[5].sees(NOTICE)
            await comes_to(scene, lambda: outbox(scene), {"uncertain": 1})
        async with scene.at_work():
            await people[2].sees_nothing()
        assert await received(people) == [1, 1, int(fault.applied), 1, 1, 1]


@pytest.mark.parametrize("fault", [Fault.internal_error(), Fault.too_many_requests(1)], ids=lambda f: f.name)
async def test_what_surely_did_not_arrive_is_sent_again(set_up: SetUp, fault: Fault) -> None:
    async with set_up() as scene:
        people = await post_bulk(scene, 4)
        scene.world.faults.add(fault, chat=people[1].id, times=1)
        async with scene.at_work():
            await people[1].sees(NOTICE)
            await comes_to(scene, lambda: outbox(scene), {})
        assert await received(people) == [1, 1, 1, 1]


async def test_what_a_crash_left_on_its_way_is_set_aside_and_the_rest_goes_out(set_up: SetUp) -> None:
    async with set_up() as scene:
        people, maria = await post_bulk(scene, 3), scene.manager()
        await maria.starts()
        sql(scene, "UPDATE outbox SET started_at = posted_at WHERE chat_id = ?", people[0].id)
        async with scene.at_work():
            await maria.sees("про 1\u00a0сообщение рассылки неизвестно")
            await people[2].sees(NOTICE)
            await comes_to(scene, lambda: outbox(scene), {"uncertain": 1})
        assert await received(people) == [0, 1, 1]


async def test_what_failed_for_sure_before_a_crash_is_no_riddle_after_it(set_up: SetUp) -> None:
    async with set_up() as scene:
        (anna,) = await post_bulk(scene, 1)
        rule = scene.world.faults.add(Fault.internal_error(), chat=anna.id)
        async with scene.at_work():
            await scene.world.changes.until(lambda _: rule.struck > 0, 15)
        scene.world.faults.clear()
        async with scene.at_work():
            await anna.sees(NOTICE)


async def test_an_outage_in_the_middle_of_a_broadcast_spoils_little_of_it(set_up: SetUp) -> None:
    async with set_up() as scene:
        people, maria = await post_bulk(scene, 60), scene.manager()
        await maria.starts()
        outage = scene.world.faults.add(Fault.reset_before(), method="sendMessage", after=20)
        async with scene.at_work():
            await scene.world.changes.until(lambda _: outage.struck > 0, 15)
            await people[0].sees_nothing(for_seconds=1)
            scene.world.faults.clear()
            await people[-1].sees(NOTICE)
            await maria.sees("рассылки неизвестно")
            told = [each for each in await maria.reads() if "рассылки неизвестно" in each.get("text", "")]
        assert len(told) == 1
        assert set(await received(people)) == {0, 1}
        assert sum(await received(people)) >= 60 - 15


async def test_bulk_that_meets_no_server_at_all_waits_for_it(set_up: SetUp) -> None:
    async with set_up() as scene:
        people = await post_bulk(scene, 3)
        await scene.server.stop()
        async with scene.at_work():
            await people[0].sees_nothing(for_seconds=0.5)
            assert outbox(scene) == {"waiting": 3}
            async with BotApiServer(scene.world, port=scene.server.port):
                await people[2].sees(NOTICE)
                await comes_to(scene, lambda: outbox(scene), {})
        assert await received(people) == [1, 1, 1]
