"""The pages that say how we are: ready or not and why, what waits, and figures that name nobody."""

import asyncio
import json
import socket
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, ClientTimeout
from prometheus_client.parser import text_string_to_metric_families

from bot.app import serve
from bot.config import Web
from bot.health import database_pulse, watch
from sandbox import BotApiServer
from tests.faults.sights import QUESTION, called
from tests.faults.troubles import until
from tests.faults.web.brought import Brought
from tests.stories.conftest import Scene, SetUp

Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


@dataclass
class Pages:
    """Somebody who looks at the pages of a bot."""

    port: int

    async def get(self, path: str, language: str = "ru") -> tuple[int, str]:
        url, timeout = f"http://127.0.0.1:{self.port}{path}", ClientTimeout(total=5)
        asking = ClientSession(headers={"Accept-Language": language}, timeout=timeout)
        async with asking as session, session.get(url) as answer:
            return answer.status, await answer.text()

    async def ready(self, path: str = "/readyz", language: str = "ru") -> tuple[int, dict[str, Any]]:
        status, said = await self.get(path, language)
        return status, json.loads(said)

    async def comes_to(self, *names: str, within: float = 30) -> dict[str, Any]:
        """Look until exactly these troubles are told; what is told then."""
        end = time.monotonic() + within
        while True:
            status, told = await self.ready()
            if {each["name"] for each in told["reasons"]} == set(names):
                assert status == (503 if names else 200)
                return told
            assert time.monotonic() < end, told
            await asyncio.sleep(0.05)

    async def figures(self, path: str = "/metrics") -> Figures:
        status, said = await self.get(path)
        assert status == 200
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(said)
            for sample in family.samples
        }


def of(figures: Figures, name: str, **labels: str) -> float:
    return figures[name, frozenset(labels.items())]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def at_work(scene: Scene, port: int | None) -> AsyncIterator[Pages]:
    """The bot runs with its pages, updates by polling."""
    plain, pages = scene.settings(), Pages(port or 0)
    web = Web() if port is None else Web.model_validate({"listen": f"127.0.0.1:{port}"})
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(plain.model_copy(update={"web": web}), stop))
    try:
        yield pages
    finally:
        stop.set()
        await asyncio.wait_for(serving, 30)


@pytest.fixture
async def desk(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Scene, Pages]]:
    """A desk at work with its pages, looked at more often than usual."""
    monkeypatch.setattr(watch, "EVERY", 0.1)
    monkeypatch.setattr(database_pulse, "SILENT", 0.5)
    async with set_up() as scene, at_work(scene, free_port()) as pages:
        await until(lambda: listens(pages.port))
        await pages.comes_to()
        yield scene, pages


def listens(port: int) -> bool:
    with socket.socket() as visitor:
        return visitor.connect_ex(("127.0.0.1", port)) == 0


async def test_a_desk_that_is_well_says_so_and_counts_what_it_does(desk: tuple[Scene, Pages]) -> None:
    scene, pages = desk
    assert await pages.get("/healthz") == (200, '{"alive": true}')
    anna, oleg, topic = await called(scene)
    await oleg.replies(topic, "сейчас посмотрю")
    await anna.sees("сейчас посмотрю")
    await oleg.replies(topic, "/close")
    await anna.presses("5 — Вау!")
    await anna.sees("Спасибо")
    figures = await pages.figures()
    while not of(figures, "otklik_ratings_total", desk="main", rating="5"):
        figures = await pages.figures()
    assert of(figures, "otklik_questions_total", desk="main", zone="person") == 1
    assert of(figures, "otklik_updates_total", desk="main", what="handled") >= 3
    assert of(figures, "otklik_parcels_settled_total", desk="main", lane="reply", outcome="sent") >= 3
    assert of(figures, "otklik_parcel_seconds_count", desk="main", lane="reply") >= 3
    assert of(figures, "otklik_update_seconds_count", desk="main") >= 3
    assert of(figures, "otklik_budget_used", desk="main", budget="group_minute") >= 2
    assert of(figures, "otklik_ready", desk="main") == 1


async def test_figures_tell_no_words_no_token_and_nobody_s_number(desk: tuple[Scene, Pages]) -> None:
    scene, pages = desk
    anna, _, _ = await called(scene)
    private = [scene.bot.token.partition(":")[2], str(anna.id), str(scene.group.id), QUESTION, "Анна"]
    for path in ("/metrics", "/readyz", "/healthz"):
        _, said = await pages.get(path)
        assert [each for each in private if each in said] == []


async def test_a_telegram_that_is_away_is_told_and_its_return_too(desk: tuple[Scene, Pages]) -> None:
    scene, pages = desk
    await scene.server.stop()
    anna = scene.customer("Анна")
    await anna.says(QUESTION)
    told = await pages.comes_to("telegram_lost")
    assert "До Telegram не достучаться" in told["reasons"][0]["text"]
    _, english = await pages.ready(language="en")
    assert "out of reach" in english["reasons"][0]["text"]
    assert of(await pages.figures(), "otklik_check", desk="main", check="telegram") == 0
    async with BotApiServer(scene.world, port=scene.server.port):
        await pages.comes_to()
        await anna.sees("Передали вопрос людям")


async def test_a_database_that_does_not_answer_is_told_and_nobody_waits_for_it(
    desk: tuple[Scene, Pages],
) -> None:
    scene, pages = desk
    with closing(sqlite3.connect(scene.folder / "otklik.db", isolation_level=None, timeout=10)) as other:
        other.execute("BEGIN IMMEDIATE")
        await pages.comes_to("database_silent", within=20)
        for path, status in (("/healthz", 200), ("/readyz", 503), ("/metrics", 200)):
            begun = time.monotonic()
            assert (await pages.get(path))[0] == status
            assert time.monotonic() - begun < 1
        other.execute("ROLLBACK")
        await pages.comes_to()


async def test_what_waits_is_told_with_its_age(desk: tuple[Scene, Pages]) -> None:
    scene, pages = desk
    await called(scene)
    with closing(sqlite3.connect(scene.folder / "otklik.db", timeout=10)) as other, other:
        old = int((time.time() - 90) * 1000)
        other.execute(
            "INSERT INTO outbox (desk, lane, chat_id, act, kind, due_at, posted_at)"
            " VALUES ('main', 2, 5, 'say', '', ?, ?)",
            (old, old),
        )
    while True:
        _, told = await pages.ready()
        survey = told["desks"]["main"]["outbox"]["survey"]
        if survey["waiting"]:
            break
    assert 85 < survey["oldest_seconds"] < 120
    figures = await pages.figures()
    assert of(figures, "otklik_outbox_waiting", desk="main", lane="survey") == 1


async def test_a_bot_that_polls_opens_no_port_unless_one_is_named(set_up: SetUp) -> None:
    usual = 8080
    before = listens(usual)
    async with set_up() as scene, at_work(scene, None):
        await called(scene)
        assert listens(usual) == before


async def test_a_port_that_is_taken_does_not_keep_a_polling_bot_from_its_work(set_up: SetUp) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        async with set_up() as scene, at_work(scene, int(taken.getsockname()[1])):
            await called(scene)


async def test_each_of_several_desks_has_pages_of_its_own(brought: Brought) -> None:
    pages = Pages(brought.port)
    async with brought.at_work():
        await called(brought.florist)
        await pages.comes_to()
        whole, shop = await pages.figures(), await pages.figures("/d/shop/metrics")
        assert {dict(labels).get("desk") for _, labels in whole} == {"shop", "florist", None}
        assert {dict(labels).get("desk") for _, labels in shop} == {"shop", None}
        assert set((await pages.ready("/d/florist/readyz"))[1]["desks"]) == {"florist"}
        assert (await pages.get("/d/florist/healthz"))[0] == 200
        for name in ("healthz", "readyz", "metrics"):
            assert (await pages.get(f"/d/bakery/{name}"))[0] == 404


async def test_systemd_hears_how_we_are(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    door = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(door))
        systemd.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(door))
        monkeypatch.setenv("WATCHDOG_USEC", "400000")
        monkeypatch.setenv("LANG", "ru_RU.UTF-8")
        heard: list[str] = []

        def has(said: str) -> bool:
            with suppress(BlockingIOError):
                while True:
                    heard.append(systemd.recv(4096).decode())
            return any(said in each for each in heard)

        async with set_up() as scene, at_work(scene, None):
            await until(lambda: has("READY=1"))
            assert heard[0].startswith("READY=1\nSTATUS=1 desk at work")
            heard.clear()
            await until(lambda: has("WATCHDOG=1") and len(heard) > 2)
            assert not has("STOPPING=1")
        assert has("STOPPING=1")
