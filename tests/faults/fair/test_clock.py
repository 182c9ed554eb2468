"""The machine's clock is put back or forward while people talk: nothing stands still, nothing comes twice."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.engine.leaps import Leaps
from sandbox import Fault
from tests.faults.database import comes_to, outbox, sql
from tests.faults.sights import QUESTION, called, carried_in, carried_to
from tests.stories.clock import Clock, in_a_hurry
from tests.stories.conftest import Scene, SetUp

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
BEFORE_TEN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC) - timedelta(hours=3)
"""Half an hour before the weekly digest, in Moscow."""
PUT = [{"hours": -1}, {"days": 1}, {"days": -400}, {"days": 400}]
SURVEYS = "SELECT count(*) FROM timers WHERE kind = 'survey'"


def name(put: dict[str, float]) -> str:
    [(unit, many)] = put.items()
    return f"{many:+} {unit}"


@pytest.mark.parametrize("put", PUT, ids=name)
async def test_what_waits_to_be_sent_goes_on(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch, put: dict[str, float]
) -> None:
    clock = Clock(monkeypatch)
    in_a_hurry(monkeypatch)
    async with set_up() as scene, scene.at_work():
        anna, oleg, topic = await called(scene)
        away = scene.world.faults.add(Fault.internal_error(), method="sendMessage")
        asked, replied = [f"вопрос {n}" for n in range(3)], [f"ответ {n}" for n in range(3)]
        for mine, theirs in zip(asked, replied, strict=True):
            await anna.says(mine)
            await oleg.replies(topic, theirs)
        await comes_to(scene, lambda: len(waiting(scene)) >= 6, wanted=True)
        clock.is_put(**put)
        scene.world.faults.remove(away)
        await anna.says("вопрос после всего")
        await oleg.sees(topic, "вопрос после всего")
        await anna.sees(replied[-1])
        await comes_to(scene, lambda: outbox(scene), {})
        for verdict in (
            await carried_in(topic, scene, [*asked, "вопрос после всего"]),
            await carried_to(anna, scene, replied),
        ):
            assert verdict.clean


def waiting(scene: Scene) -> list[tuple[object, ...]]:
    return sql(scene, "SELECT id FROM outbox")


@pytest.mark.parametrize("put", PUT, ids=name)
async def test_a_rating_is_asked_for_after_its_delay_and_once(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch, put: dict[str, float]
) -> None:
    clock = Clock(monkeypatch)
    in_a_hurry(monkeypatch)
    async with set_up(desk={"rating_delay_seconds": 3600}) as scene, scene.at_work():
        anna, oleg, topic = await called(scene)
        await oleg.replies(topic, "/close")
        await comes_to(scene, lambda: sql(scene, SURVEYS), [(1,)])
        with capture_logs() as logged:
            clock.is_put(**put)
            await anna.sees_nothing(1.5)
        said = [each for each in logged if "clock was put" in each["event"]]
        assert len(said) == 1, "it is said once"
        clock.passes(minutes=59)
        await anna.sees_nothing(1)
        clock.passes(minutes=2)
        await anna.sees("Как мы справились?")
        clock.is_put(**{unit: -many for unit, many in put.items()})
        await anna.sees_nothing(1)


async def test_the_week_s_digest_comes_by_the_calendar_and_once(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, BEFORE_TEN)
    async with set_up() as scene, scene.at_work():
        maria, anna = scene.manager(), scene.customer("Анна")
        await maria.says("/start")
        await maria.sees("Здравствуйте")
        await anna.says("цена доставки")
        await anna.sees("Доставка стоит 300")
        clock.is_put(minutes=31)
        await maria.sees("База знаний за\u00a07\u00a0дней")
        clock.is_put(hours=-1)
        await maria.sees_nothing(1)
        clock.passes(hours=3)  # lessons are studied meanwhile, and the next digest is set anew each time
        await anna.says(QUESTION)
        await anna.sees("Передали вопрос людям")
        digests = [each for each in await maria.reads() if "База знаний за" in each.get("text", "")]
        assert len(digests) == 1


class TwoClocks:
    """One on the wall and one that nobody puts."""

    def __init__(self) -> None:
        self.ahead = self.gone = self.slow = 0.0

    def wall(self) -> datetime:
        self.gone += self.slow
        return NOON + timedelta(seconds=self.gone + self.ahead)

    def steady(self) -> float:
        return self.gone


def test_a_clock_is_put_when_it_parts_from_the_steady_one() -> None:
    clocks = TwoClocks()
    leaps = Leaps(clocks.wall, clocks.steady)
    nothing = timedelta(0)
    clocks.gone += 8 * 3600  # a sleep of the machine
    assert leaps.look() == nothing
    for _ in range(100):
        clocks.gone, clocks.ahead = clocks.gone + 0.5, clocks.ahead + 0.2
        assert leaps.look() == nothing, "it is brought into step little by little"
    clocks.ahead -= 3600
    assert leaps.look() == timedelta(hours=-1)
    assert leaps.look() == nothing
    assert leaps.within(timedelta(minutes=1))
    clocks.gone += 61
    assert leaps.look() == nothing
    assert not leaps.within(timedelta(minutes=1))


def test_a_process_that_stood_still_between_two_clocks_takes_it_for_no_leap() -> None:
    clocks = TwoClocks()
    leaps = Leaps(clocks.wall, clocks.steady)
    clocks.slow = 60.0
    assert leaps.look() == timedelta(0)
    clocks.slow = 0.0
    assert leaps.look() == timedelta(0)
