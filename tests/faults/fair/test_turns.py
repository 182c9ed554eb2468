"""People are served in turn: who writes far too much waits behind everybody else, and nothing is lost."""

from itertools import groupby

from bot.config import Limits
from bot.engine.backlog import MOST_OF_ONE, Backlog
from bot.engine.pacing.allowance import Allowance
from storage.inbox import WaitingUpdate
from tests.faults.sights import carried_in
from tests.stories.conftest import SetUp

ANNA, BELLA, CLARA, MARIA, GROUP = "1", "2", "3", "1001", "-100/7"


class Rush:
    """A backlog with a clock of its own, and what it handed out."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.backlog = Backlog(Allowance(limits or Limits(), {MARIA}))
        self._number = 0
        self.now = 1000.0
        self.inbox: list[WaitingUpdate] = []

    def sends(self, stream: str, many: int = 1) -> None:
        new = [WaitingUpdate(self._number + n, stream, {}) for n in range(1, many + 1)]
        self._number += many
        self.inbox += new
        self.backlog.add(new)

    def takes(self, most: int = 64) -> list[str]:
        """Whose updates are handed out next; all of them are handled."""
        while (wanted := self.backlog.wanted()) is not None:
            stream, after = wanted
            found = [each for each in self.inbox if each.stream == stream and each.update_id > after]
            self.backlog.read_on(stream, found[:250], all_of_it=len(found) <= 250)
        taken = self.backlog.take(most, self.now)
        for each in taken:
            self.inbox.remove(each)
            self.backlog.done(each)
        return [each.stream for each in taken]


def test_a_burst_has_its_turn_and_so_has_everybody_else() -> None:
    rush = Rush()
    rush.sends(ANNA, 30)
    rush.sends(BELLA, 30)
    rush.sends(CLARA)
    first = rush.takes(8)
    assert first.count(CLARA) == 1
    assert first.count(ANNA) == first.count(BELLA) > 1


def test_whoever_is_beyond_their_rate_waits_behind_everybody_else() -> None:
    rush = Rush()
    rush.sends(ANNA, 100)
    while rush.takes(8).count(ANNA) > 1:
        pass  # what she may send at once is handled
    rush.sends(BELLA, 5)
    assert rush.takes(8) + rush.takes(8) == [BELLA] * 5
    assert rush.takes(8) == [ANNA], "one at a time, so that nobody who comes now waits for more"
    rush.now += 3
    rush.sends(BELLA)
    assert sorted(rush.takes(8)) == [ANNA] * 3 + [BELLA], "one more every second goes like others'"


def test_managers_operators_and_machines_without_a_chat_are_at_work() -> None:
    rush = Rush()
    for stream in (MARIA, GROUP, ""):
        rush.sends(stream, 200)
        taken = [rush.takes(8) for _ in range(25)]
        assert all(each == [stream] * 8 for each in taken)


def test_without_a_rate_nobody_is_slow() -> None:
    rush = Rush(Limits(person_per_second=0))
    rush.sends(ANNA, 200)
    assert all(rush.takes(8) == [ANNA] * 8 for _ in range(25))


def test_of_a_flood_little_is_held_and_all_is_handled_in_its_order() -> None:
    rush = Rush(Limits(person_per_second=0))
    rush.sends(ANNA, 3 * MOST_OF_ONE)
    rush.sends(BELLA, 3)
    rush.sends(ANNA, 5)
    assert len(rush.backlog) == MOST_OF_ONE + 3
    expected = [each.update_id for each in rush.inbox if each.stream == ANNA]
    before, handled = list(rush.inbox), 0
    while taken := rush.takes():
        handled += len(taken)
        assert len(rush.backlog) <= MOST_OF_ONE + 3
    assert handled == len(before)
    assert len(expected) == 3 * MOST_OF_ONE + 5
    assert rush.inbox == []


def test_what_is_put_back_comes_first_and_costs_nothing_twice() -> None:
    rush = Rush(Limits(person_burst=3))
    rush.sends(ANNA, 3)
    taken = rush.backlog.take(8, rush.now)
    rush.backlog.put_back(taken[1:])
    rush.sends(BELLA)
    again = rush.backlog.take(8, rush.now)
    assert [each.update_id for each in again if each.stream == ANNA] == [2, 3]
    assert [stream for stream, _ in groupby(again, key=lambda each: each.stream)] == [ANNA, BELLA]


async def test_a_flood_of_one_delays_nobody_and_arrives_whole(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"person_burst": 3, "person_per_second": 1}
        anna, bella, oleg = scene.customer("Анна"), scene.customer("Белла"), scene.operator("Олег")
        said = [f"слово {n}." for n in range(60)]
        for word in said:
            await anna.says(word)
        await bella.says("цена доставки")
        async with scene.at_work():
            await bella.sees("Доставка стоит 300")
            topic = await oleg.topic("Анна")
            await oleg.sees(topic, said[-1])
            verdict = await carried_in(topic, scene, said)
            assert verdict.lost == verdict.doubled == verdict.disordered == []
        answered = scene.world.log.calls("sendMessage", chat=bella.id)[0].at
        last = max(each.at for each in scene.world.log.calls("sendMessage", chat=scene.group.id))
        assert answered < last
