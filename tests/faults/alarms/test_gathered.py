"""However many faults there are, managers have one message that grows, and no answer waits for it."""

from datetime import timedelta

import pytest

from bot.app import desks_of
from bot.health.backup_health import BackupHealth
from bot.health.watch import Watch
from bot.rooms.desk_rooms import DeskRooms
from bot.web.opening import WebDoor
from sandbox import Manager
from sandbox.chats import Message
from sandbox.people.looking import words
from tests.faults.database import comes_to, inbox
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp

BAD = 200
FAULT = "не удалось разобрать"
WITHIN = 60.0


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is brought up to date now and then is so at once."""
    monkeypatch.setattr("desk.alarm.GROWS_EVERY", timedelta(0))


async def faults(maria: Manager) -> list[Message]:
    """The messages about faults in the manager's chat."""
    return [each for each in await maria.reads() if FAULT in words(each)]


async def spoilt(scene: Scene, times: int, *, before: int = 0) -> None:
    """So many updates come that cannot be handled."""
    for _ in range(times):
        scene.world.poison(scene.bot)
    await comes_to(scene, lambda: inbox(scene).get("quarantined"), before + times, within=WITHIN)


async def test_hundreds_of_bad_updates_are_one_message_that_grows(set_up: SetUp) -> None:
    async with set_up(desk={"managers": [1001, 1002]}) as scene, scene.at_work():
        maria, pavel = scene.manager(), scene.manager("Павел", id=1002)
        for each in (maria, pavel):
            await each.starts()
            await each.sees("Здравствуйте")
        await spoilt(scene, BAD)
        for each in (maria, pavel):
            await each.sees(f"и ещё {BAD - 1}\u00a0таких случаев", within=WITHIN)
            assert len(await faults(each)) == 1
        sounded = scene.world.log.calls("sendMessage", chat=maria.id)
        assert sum(FAULT in call.params["text"] for call in sounded) == 1


async def test_it_is_a_new_message_with_its_sound_after_some_quiet(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up() as scene, scene.at_work():
        maria = scene.manager()
        await maria.starts()
        await spoilt(scene, 3)
        await maria.sees("и ещё 2\u00a0таких случая", within=WITHIN)
        clock.passes(hours=3)
        await spoilt(scene, 2, before=3)
        await maria.sees("и ещё 1\u00a0такой случай", within=WITHIN)
        first, _ = await faults(maria)
        assert "и ещё 2" in words(first)


async def test_the_count_goes_on_after_a_restart(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            maria = scene.manager()
            await maria.starts()
            await spoilt(scene, 2)
            await maria.sees("и ещё 1\u00a0такой случай", within=WITHIN)
        async with scene.at_work():
            await spoilt(scene, 1, before=2)
            await maria.sees("и ещё 2\u00a0таких случая", within=WITHIN)
            assert len(await faults(maria)) == 1


async def test_where_nobody_has_opened_a_chat_the_group_has_one_message(set_up: SetUp) -> None:
    async with set_up(desk={"managers": [1001, 1002]}) as scene, scene.at_work():
        oleg = scene.operator("Олег")
        await spoilt(scene, 30)
        await oleg.sees(None, "и ещё 29\u00a0таких случаев", within=WITHIN)
        assert sum(FAULT in words(each) for each in await oleg.reads(None)) == 1


def forty_kinds(rooms: DeskRooms) -> None:
    """Forty faults, none of which is told by another's message."""
    for number in range(40):
        rooms.shared.alarm.to_managers("alert.media_failed", cause=f"{number}", media=number, reason="?")


async def test_a_manager_s_question_is_answered_before_alarms_that_waited_longer(set_up: SetUp) -> None:
    """Forty of different kinds wait for the manager's own chat; the answer is the next thing sent there."""
    async with set_up(limits=True) as scene:
        maria = scene.manager()
        await maria.starts()
        async with scene.at_work():
            await maria.sees("Здравствуйте", within=WITHIN)
        settings = scene.settings()
        watch = Watch(settings.desk)
        door, backups = WebDoor(settings, watch), BackupHealth.of(settings)
        async with desks_of(settings, door, watch, backups) as [terms]:
            await terms.desk.lease.take()
            await terms.desk.units.write(forty_kinds)
            await terms.desk.lease.release()
        await maria.says("Как вернуть деньги?")
        async with scene.at_work():
            await maria.sees("оформите возврат", within=WITHIN)
        said = [call.params["text"] for call in scene.world.log.calls("sendMessage", chat=maria.id)]
        before = said[: next(place for place, each in enumerate(said) if "оформите возврат" in each)]
        assert sum("Вложение" in each for each in before) < 15, before
