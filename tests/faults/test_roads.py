"""Roads to Telegram: whatever way works is taken, a better one is returned to, nothing is lost on the way."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from structlog.testing import capture_logs

from bot.config import Telegram
from bot.engine.verdicts import CallAccepted, CallFailed, FrontUnreachable
from bot.telegram.client import BotSession, Client
from bot.telegram.routes import RouteLimits, TelegramRoutes
from sandbox import BotApiServer, Fault
from tests.faults.database import comes_to, outbox
from tests.faults.roads import HALF_OPEN, HTTP, REFUSED, RELAY, SOCKS5, TROUBLES, WELL, Road
from tests.faults.sights import called, carried_in, carried_to
from tests.faults.test_bulk import post_bulk, received
from tests.faults.troubles import until
from tests.stories.clock import in_a_hurry
from tests.stories.conftest import Scene, SetUp

USER, WRITTEN = "anna:pa55 word", "anna:pa55%20word"
QUICK = RouteLimits(every=0.5, patience=1.0, again=0.05, strikes=2, steady=1.0, linger=0.5)
WITHIN = 20.0
"""Seconds within which everything flows again; thirty in life, where all limits are longer."""
IN_FLIGHT = 8
BETTER = "a better way to Telegram is well again"
NOWHERE = "http://telegram.invalid"
"""An address that only the roads can reach."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is waited for in life is waited for shortly."""
    in_a_hurry(monkeypatch)
    monkeypatch.setattr("bot.telegram.routes.LIMITS", QUICK)
    monkeypatch.setattr("bot.telegram.client.PATIENCE", 3)
    monkeypatch.setattr("bot.telegram.route.CONNECTING", 1.0)
    monkeypatch.setattr("bot.engine.backoff.LONGEST", 1.0)
    monkeypatch.setattr("bot.desk_at_work.LONG_GAP", 0.0)


@asynccontextmanager
async def roads(scene: Scene, *kinds: str) -> AsyncIterator[list[Road]]:
    """The bot at work, with these roads in order of preference."""
    async with AsyncExitStack() as stack:
        made = [Road(kind, to=scene.server.url, delay=2.5) for kind in kinds]
        for each in made:
            await stack.enter_async_context(each)
        scene.telegram = {"api_url": NOWHERE, "routes": [each.route for each in made]}
        async with scene.at_work():
            yield made


@pytest.mark.parametrize("kind", [SOCKS5, HTTP, RELAY])
async def test_everything_goes_by_the_road_that_is_configured(set_up: SetUp, kind: str) -> None:
    """Updates, replies, and a manager's file."""
    async with set_up() as scene, roads(scene, kind) as [only]:
        anna, oleg, topic = await called(scene)
        await oleg.replies(topic, "Уже смотрим")
        await anna.sees("Уже смотрим")
        maria = scene.manager()
        await maria.starts()
        await maria.sends_document(name="faq.yaml", data=scene.faq.read_bytes(), caption="/faq import")
        await maria.sees("Без изменений")
        assert only.used >= 1


@pytest.mark.parametrize("kind", [SOCKS5, HTTP])
async def test_a_proxy_may_ask_for_a_password_which_is_never_shown(set_up: SetUp, kind: str) -> None:
    async with set_up() as scene, Road(kind, to=scene.server.url, user=USER) as guarded:
        right = guarded.route.replace(USER, WRITTEN)
        for route, expected in ((right, CallAccepted), (right.replace("pa55", "pa66"), FrontUnreachable)):
            telegram = Telegram.model_validate({"api_url": NOWHERE, "routes": [route]})
            with capture_logs() as lines:
                verdict = await ask(telegram, scene)
            assert isinstance(verdict, expected)
            assert "pa55" not in repr((telegram, verdict, lines))


async def ask(telegram: Telegram, scene: Scene) -> object:
    """Make one call by these routes."""
    session = BotSession(TelegramRoutes.of(telegram, scene.bot.token))
    async with Bot(scene.bot.token, session=session) as bot:
        return await Client(bot, session).call({"method": "getMe"})


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("second", [HTTP, RELAY])
async def test_a_broken_road_is_left_for_the_next_and_returned_to_when_well(
    set_up: SetUp, trouble: str, second: str
) -> None:
    with capture_logs() as lines:
        await left_and_returned_to(set_up, trouble, second, lines)
    failing = [line for line in lines if line["event"] == "a way to Telegram fails"]
    assert failing[0]["route"].startswith("socks5://127.0.0.1:")


async def left_and_returned_to(set_up: SetUp, trouble: str, second: str, lines: Sequence[Any]) -> None:
    async with set_up() as scene, roads(scene, SOCKS5, second) as [first, other]:
        anna, oleg, topic = await called(scene)
        await first.breaks(trouble)
        await anna.says("меня слышно?")
        await oleg.replies(topic, "и меня?")
        await anna.sees("и меня?", within=WITHIN)
        await oleg.sees(topic, "меня слышно?", within=WITHIN)
        await first.breaks(WELL)
        await until(lambda: BETTER in [line["event"] for line in lines])
        await other.breaks(REFUSED)
        await anna.says("а теперь?")
        await oleg.sees(topic, "а теперь?", within=WITHIN)
        await comes_to(scene, lambda: outbox(scene), {})
        for verdict in (
            await carried_in(topic, scene, ["меня слышно?", "а теперь?"]),
            await carried_to(anna, scene, ["и меня?"]),
        ):
            assert verdict.lost == verdict.disordered == []


async def test_when_the_last_road_is_lost_everything_waits_and_managers_hear_afterwards(
    set_up: SetUp,
) -> None:
    with capture_logs() as lines:
        async with set_up() as scene, roads(scene, SOCKS5, HTTP) as both:
            maria = scene.manager()
            await maria.starts()
            anna, oleg, topic = await called(scene)
            for each in both:
                await each.breaks(REFUSED)
            await anna.says("кто-нибудь?")
            await oleg.replies(topic, "я здесь")
            await until(lambda: "there is no way to Telegram" in [line["event"] for line in lines])
            await both[1].breaks(WELL)
            await oleg.sees(topic, "кто-нибудь?", within=WITHIN)
            await anna.sees("я здесь", within=WITHIN)
            await maria.sees("Связи с Telegram не было", within=WITHIN)
    events = [line["event"] for line in lines]
    assert events.count("there is no way to Telegram") == 1
    assert events.count("Telegram can be reached again") == 1


async def test_a_single_road_that_was_lost_is_told_of_too(set_up: SetUp) -> None:
    with capture_logs() as lines:
        async with set_up() as scene, scene.at_work():
            maria = scene.manager()
            await maria.starts()
            await maria.sees("", within=WITHIN)
            await scene.server.stop()
            await until(lambda: "there is no way to Telegram" in [line["event"] for line in lines])
            async with BotApiServer(scene.world, port=scene.server.port):
                await maria.sees("Связи с Telegram не было", within=WITHIN)


async def test_a_connection_that_never_stood_leaves_nothing_uncertain(set_up: SetUp) -> None:
    """Bulk that timed out while connecting is sent again: it cannot have arrived."""
    async with set_up() as scene:
        people = await post_bulk(scene, 4)
        async with Road(SOCKS5, to=scene.server.url) as road:
            await road.breaks(HALF_OPEN)
            scene.telegram["routes"] = [road.route]
            with capture_logs() as lines:
                async with scene.at_work():
                    await until(lambda: "Telegram cannot be reached" in [line["event"] for line in lines])
                    await road.breaks(WELL)
                    await comes_to(scene, lambda: outbox(scene), {})
        assert await received(people) == [1, 1, 1, 1]


async def test_waiting_for_a_free_connection_is_no_ambiguity(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.route.CONNECTIONS", 1)
    async with set_up() as scene:
        hanging = scene.world.faults.add(Fault.hangs(20), method="getMe")
        routes = TelegramRoutes.of(Telegram(api_url=scene.server.url), scene.bot.token)
        session = BotSession(routes)
        async with Bot(scene.bot.token, session=session) as bot:
            client = Client(bot, session)
            slow = asyncio.create_task(client.call({"method": "getMe"}, patience=8))
            await until(lambda: hanging.struck > 0)
            verdict = await client.call({"method": "getWebhookInfo"}, patience=1)
            slow.cancel()
        assert verdict == CallFailed("TimeoutError", ambiguous=False)


class Watched:
    """TelegramRoutes on a clock of their own, whose probes find what the test says."""

    def __init__(self) -> None:
        self.now = 0.0
        addresses = ["http://127.0.0.1:1", "socks5://127.0.0.1:2", "direct"]
        telegram = Telegram.model_validate({"routes": addresses})
        limits = RouteLimits()
        self.routes = TelegramRoutes.of(telegram, "123456:ABC", limits, clock=lambda: self.now)
        self.ill: set[int] = set()
        self.routes.probe = self._probe  # type: ignore[method-assign, assignment]

    async def _probe(self, route: object) -> str | None:
        return "TimeoutError" if self.routes.all.index(route) in self.ill else None  # type: ignore[arg-type]

    async def passes(self, seconds: float) -> int:
        """So long they are watched; the number of the route that is taken then."""
        end = self.now + seconds
        while self.now < end:
            await self.routes.look()
            self.now += RouteLimits().every
        return self.routes.all.index(self.routes.current)


async def test_a_road_is_left_after_two_probes_and_returned_to_after_it_was_well_for_long() -> None:
    watched = Watched()
    assert await watched.passes(30) == 0
    watched.ill = {0}
    assert await watched.passes(10) == 1
    watched.ill = set()
    assert await watched.passes(15) == 1, "it might break again"
    assert await watched.passes(15) == 0
    watched.ill = {0, 1}
    assert await watched.passes(10) == 2


async def test_a_road_that_comes_and_goes_is_not_returned_to() -> None:
    watched = Watched()
    watched.ill = {0}
    await watched.passes(10)
    for _ in range(10):
        watched.ill = set()
        assert await watched.passes(15) == 1
        watched.ill = {0}
        assert await watched.passes(5) == 1


async def test_one_late_answer_is_no_reason_to_leave() -> None:
    watched = Watched()
    await watched.passes(10)
    for _ in range(5):
        watched.ill = {0}
        assert await watched.passes(5) == 0
        watched.ill = set()
        assert await watched.passes(5) == 0


async def flips(scene: Scene, times: int) -> None:
    """Roads break and are mended in turn, under load."""
    async with roads(scene, SOCKS5, HTTP, RELAY) as all_roads:
        anna, oleg, topic = await called(scene)
        asked, replied = [], []
        for number in range(times):
            broken = all_roads[number % 2]
            await broken.breaks(TROUBLES[number % len(TROUBLES)])
            for part in "аб":
                asked.append(f"вопрос {number}{part}.")
                replied.append(f"ответ {number}{part}.")
                await anna.says(asked[-1])
                await oleg.replies(topic, replied[-1])
            await anna.sees(replied[-1], within=20)
            await broken.breaks(WELL)
        await oleg.sees(topic, asked[-1], within=20)
        await comes_to(scene, lambda: outbox(scene), {})
    for verdict in (await carried_in(topic, scene, asked), await carried_to(anna, scene, replied)):
        assert verdict.lost == verdict.disordered == []
        assert len(verdict.doubled) <= IN_FLIGHT * times


async def test_flipping_roads_lose_nothing(set_up: SetUp) -> None:
    async with set_up() as scene:
        await flips(scene, 5)


@pytest.mark.proof
async def test_roads_flipped_a_hundred_times_lose_nothing(set_up: SetUp) -> None:
    async with set_up() as scene:
        await flips(scene, 100)
