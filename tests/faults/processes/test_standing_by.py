"""Another process serves the bot: ours stands by, takes over, and lets go, as people and logs notice it."""

import asyncio
import time
from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.faults.database import inbox, outbox
from tests.faults.processes.elsewhere import elsewhere
from tests.faults.sights import QUESTION, called
from tests.faults.troubles import heard, until
from tests.faults.web.brought import Brought
from tests.faults.web.test_health_pages import at_work, free_port, of
from tests.stories.conftest import SetUp

STANDS_BY = "another process serves this bot; this one stands by"
TAKES_OVER = "this process takes over"
LETS_GO = "another process has taken over; this one sends nothing more"

WITHIN = 60.0

Lines = list[MutableMapping[str, Any]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    with capture_logs() as lines:
        yield lines


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stands by looks often."""
    monkeypatch.setattr("bot.engine.lease.LOOK_EVERY", 0.1)


def said(lines: Lines, event: str) -> int:
    """How often the log says so."""
    return sum(line["event"] == event for line in lines)


async def test_it_calls_nobody_while_another_serves_and_takes_over_when_that_one_stops(
    set_up: SetUp, lines: Lines, quick: None
) -> None:
    async with set_up() as scene, elsewhere(scene) as other:
        await other.takes()
        async with scene.at_work():
            await until(lambda: said(lines, STANDS_BY) > 0, within=WITHIN)
            anna = scene.customer()
            await anna.says("как вернуть деньги")
            await asyncio.sleep(0.5)
            assert scene.world.log.calls() == []
            await other.stops()
            await anna.sees("оформите возврат", within=WITHIN)
        (told,) = (line for line in lines if line["event"] == STANDS_BY)
        assert (told["at"], told["term"]) == ("shop-2, process 9", 1)
        assert said(lines, TAKES_OVER) == 1
        assert await other.takes() == 3, "our own term has ended well"


async def test_managers_hear_that_one_took_over_from_another_that_was_silent(
    set_up: SetUp, lines: Lines, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.engine.lease.TAKEN_AFTER", 1.0)
    async with set_up() as scene, elsewhere(scene) as other:
        await other.takes()
        maria = scene.manager()
        await maria.starts()
        async with scene.at_work():
            await until(lambda: said(lines, STANDS_BY) > 0, within=WITHIN)
            await other.falls_silent()
            await maria.sees("shop-2, process 9", within=WITHIN)


async def test_what_it_was_about_to_write_is_left_undone_once_another_serves(
    set_up: SetUp, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no time to find out by itself: the fence alone keeps the two apart."""
    monkeypatch.setattr("bot.engine.lease.BEAT_EVERY", 3600.0)
    monkeypatch.setattr("bot.engine.lease.LOST_AFTER", 3600.0)
    async with set_up() as scene, scene.at_work(), elsewhere(scene) as other:
        anna, oleg, topic = await called(scene)
        await until(lambda: outbox(scene) == {}, within=WITHIN)
        await other.takes()
        before = inbox(scene)
        await anna.says("это уже не наше")
        await oleg.replies(topic, "и это")
        await until(lambda: said(lines, LETS_GO) > 0, within=WITHIN)
        assert inbox(scene) == before
        await until(lambda: said(lines, STANDS_BY) > 0, within=WITHIN)
        assert "и это" not in heard(anna)
        await other.stops()
        await anna.sees("и это", within=WITHIN)
        await oleg.sees(topic, "это уже не наше", within=WITHIN)
        assert heard(anna).count("и это") == heard(oleg, topic).count("это уже не наше") == 1


async def test_what_waits_in_memory_is_not_sent_once_another_may_serve(
    set_up: SetUp, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its beats are not heard any more: the gate alone keeps the two apart."""
    monkeypatch.setattr("bot.engine.lease.BEAT_EVERY", 3600.0)
    async with set_up() as scene, scene.at_work():
        anna, oleg, topic = await called(scene)
        await until(lambda: outbox(scene) == {}, within=WITHIN)
        monkeypatch.setattr("bot.engine.lease.clock", lambda: time.monotonic() + 7200.0)
        before = inbox(scene)["handled"]
        await oleg.replies(topic, "это уже не наше")  # getUpdates was on its way already
        await until(lambda: inbox(scene)["handled"] > before, within=WITHIN)
        await asyncio.sleep(1)
        assert "это уже не наше" not in heard(anna)
    assert outbox(scene) != {}


async def test_one_that_stands_by_sends_updates_away_and_one_that_takes_over_tells_its_address(
    brought: Brought, lines: Lines, quick: None
) -> None:
    shop = brought.shop
    async with elsewhere(shop) as other:
        await other.takes()
        async with brought.at_work():
            await until(lambda: said(lines, STANDS_BY) > 0, within=WITHIN)
            assert await brought.brings("shop", {"update_id": 1}) == 503
            assert await brought.brings("florist", {"update_id": 1}) == 200, "its lease is its own"
            await until(lambda: len(shop.world.log.calls("setWebhook")) == 1, within=WITHIN)
            await other.stops()
            await until(lambda: len(shop.world.log.calls("setWebhook")) == 2, within=WITHIN)
            anna = shop.customer()
            await anna.says(QUESTION)
            await anna.sees("Передали вопрос людям", within=WITHIN)
            await other.takes()
            await until(lambda: said(lines, STANDS_BY) == 2, within=WITHIN)
            assert await brought.brings("shop", {"update_id": 2}) == 503


async def test_its_pages_say_so_and_nothing_else(set_up: SetUp, lines: Lines, quick: None) -> None:
    async with set_up() as scene, elsewhere(scene) as other:
        await other.takes()
        async with at_work(scene, free_port()) as pages:
            await until(lambda: said(lines, STANDS_BY) > 0, within=WITHIN)
            await pages.comes_to("standby")
            assert of(await pages.figures(), "otklik_lease_held", desk="main") == 0
            await other.stops()
            await pages.comes_to()
            assert of(await pages.figures(), "otklik_lease_held", desk="main") == 1
            assert of(await pages.figures(), "otklik_lease_term", desk="main") == 2
