"""Managers hear of the database's outage while it lasts, by a road that needs no database, and of its end."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from bot.engine.outages import Outages
from sandbox import Fault, Manager
from sandbox.people.looking import words
from storage.engine.trouble import StorageTrouble
from tests.faults.alarms.conftest import Shaky
from tests.faults.outages.test_sqlite import no_file_may_grow
from tests.stories.conftest import Scene, SetUp

FullDisk = Callable[[Path], AbstractContextManager[None]]
WITHIN = 30.0
DOWN, UP = "База данных не работает", "База данных снова работает"


async def introduced(scene: Scene) -> Manager:
    """A manager with an open chat who has had an answer."""
    maria = scene.manager()
    await maria.starts()
    await maria.says("Как вернуть деньги?")
    await maria.sees("оформите возврат", within=WITHIN)
    return maria


async def about_the_database(maria: Manager) -> list[str]:
    """What the chat shows of it now."""
    return [words(each) for each in await maria.reads() if "База данных" in words(each)]


async def test_managers_hear_of_it_while_it_lasts_and_of_its_end_in_the_same_message(shaky: Shaky) -> None:
    async with shaky.scene.at_work():
        maria, anna = await introduced(shaky.scene), shaky.scene.customer("Анна")
        await shaky.goes()
        await anna.says("Как вернуть деньги?")
        began = await maria.sees(DOWN, within=WITHIN)
        await shaky.returns()
        ended = await maria.sees(UP, within=WITHIN)
        assert ended["message_id"] == began["message_id"]
        assert len(await about_the_database(maria)) == 1
        await anna.sees("оформите возврат", within=WITHIN)


async def test_who_has_not_opened_a_chat_hears_it_in_the_group(shaky: Shaky) -> None:
    async with shaky.scene.at_work():
        anna, oleg = shaky.scene.customer("Анна"), shaky.scene.operator("Олег")
        await anna.says("Как вернуть деньги?")
        await anna.sees("оформите возврат", within=WITHIN)
        await shaky.goes()
        await anna.says("Сколько стоит доставка?")
        await oleg.sees(None, DOWN, within=WITHIN)
        await shaky.returns()
        await oleg.sees(None, UP, within=WITHIN)


async def test_a_database_that_is_away_at_the_start_is_told_too(shaky: Shaky) -> None:
    async with shaky.scene.at_work():
        maria = await introduced(shaky.scene)
    await shaky.goes()
    async with shaky.scene.at_work():
        await maria.sees(DOWN, within=WITHIN)
        await shaky.returns()
        await maria.sees(UP, within=WITHIN)


@pytest.mark.parametrize(
    "fault",
    [Fault.bad_gateway(), Fault.too_many_requests(1), Fault.reset_before()],
    ids=lambda each: each.name,
)
async def test_it_is_tried_again_while_telegram_is_in_trouble_too(shaky: Shaky, fault: Fault) -> None:
    async with shaky.scene.at_work():
        maria, anna = await introduced(shaky.scene), shaky.scene.customer("Анна")
        for method in ("sendMessage", "editMessageText"):
            shaky.scene.world.faults.add(fault, method=method, chat=maria.id, times=2)
        await shaky.goes()
        await anna.says("Как вернуть деньги?")
        await maria.sees(DOWN, within=WITHIN)
        await shaky.returns()
        await maria.sees(UP, within=WITHIN)
        assert len(await about_the_database(maria)) == 1


async def test_one_that_comes_again_and_again_is_one_message(shaky: Shaky) -> None:
    async with shaky.scene.at_work():
        maria, anna = await introduced(shaky.scene), shaky.scene.customer("Анна")
        for _ in range(3):
            await shaky.goes()
            await anna.says("Как вернуть деньги?")
            await maria.sees(DOWN, within=WITHIN)
            await shaky.returns()
            await maria.sees(UP, within=WITHIN)
        assert len(await about_the_database(maria)) == 1


@pytest.fixture(params=["no room", "no file may grow"])
def full_disk(request: pytest.FixtureRequest) -> Iterator[FullDisk]:
    """SQLite finds no room for another page, as on a full disk; or the system lets no file grow."""
    if request.param == "no file may grow":
        yield no_file_may_grow
        return
    most = [2**30]

    def limit(connection: Connection) -> None:
        connection.connection.execute(f"PRAGMA max_page_count = {most[0]}")  # type: ignore[attr-defined]

    @contextmanager
    def no_room(path: Path) -> Iterator[None]:
        most[0] = 1  # it never takes less than there are
        yield
        most[0] = 2**30

    event.listen(Engine, "begin", limit)
    yield no_room
    event.remove(Engine, "begin", limit)


async def test_managers_hear_of_a_disk_that_takes_no_more_and_of_room_on_it(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch, full_disk: FullDisk
) -> None:
    monkeypatch.setattr("bot.engine.outages.TELL_AFTER", 0.1)
    why = DOWN if full_disk is no_file_may_grow else "на её диске кончилось место"
    async with set_up() as scene, scene.at_work():
        maria, anna = await introduced(scene), scene.customer("Анна")
        with full_disk(scene.folder / "otklik.db-wal"):
            await anna.says(f"оператор! {'почему зонтик поёт? ' * 150}")
            began = await maria.sees(why, within=WITHIN)
        ended = await maria.sees(UP, within=WITHIN)
        assert ended["message_id"] == began["message_id"]
        await anna.sees("Передали вопрос людям", within=WITHIN)


class Notebook:
    """Writes down what managers would hear."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def tell(self, key: str, /) -> None:
        self.heard.append(key)

    def over(self, key: str, said: str, seconds: float) -> None:
        self.heard.append(said)


async def test_a_short_one_wakes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engine.outages.TELL_AFTER", 0.01)
    outages, managers = Outages(), Notebook()
    outages.alarms.append(managers)
    outages.begun(StorageTrouble.AWAY)
    outages.over(StorageTrouble.AWAY, 0.001)
    await asyncio.sleep(0.05)
    assert managers.heard == []
    outages.begun(StorageTrouble.AWAY)
    await asyncio.sleep(0.05)
    outages.over(StorageTrouble.AWAY, 0.05)
    assert managers.heard == ["alert.database.away", "alert.database_over"]
