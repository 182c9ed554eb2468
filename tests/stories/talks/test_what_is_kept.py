"""What people wrote goes when the desk says so; the talk goes on as if it had been long ago, which it was."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from sandbox.chats import Message
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp

KEEPS = {"messages_days": 30, "questions_days": 30}
SINGS = "почему мой зонтик поёт по ночам?"


def kept(scene: Scene, what: str) -> int:
    """How much of it there is in the database."""
    with closing(sqlite3.connect(scene.folder / "otklik.db", timeout=10)) as connection:
        found: int = connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]  # noqa: S608 - our words
    return found


def answered(message: Message) -> str | None:
    """The words it is shown as a reply to."""
    words: str | None = message.get("reply_to_message", {}).get("text")
    return words


async def gone(scene: Scene) -> None:
    """The old messages are swept."""
    async with asyncio.timeout(30):
        while kept(scene, "messages"):  # noqa: ASYNC110 - a database rings no bell
            await asyncio.sleep(0.05)


async def test_replies_to_what_is_kept_no_longer_arrive_without_it(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up(retention=KEEPS) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        async with scene.at_work():
            await anna.says(SINGS)
            topic = await oleg.topic("Анна")
            await oleg.sees(topic, SINGS)
            await anna.says("и светится")
            hers = await oleg.sees(topic, "и светится")
            await oleg.replies(topic, "снимите чехол")
            his = await anna.sees("снимите чехол")
            await oleg.replies(topic, "/close")
            await anna.sees("Как мы справились?")
        clock.passes(days=40)
        async with scene.at_work():
            await gone(scene)
            await anna.says("снова поёт", reply_to=his)
            assert answered(await oleg.sees(topic, "снова поёт")) is None
            await oleg.replies(topic, "а теперь?", to=hers)
            assert answered(await anna.sees("а теперь?")) is None
        assert kept(scene, "questions WHERE text LIKE '%зонтик%'") == 0
        assert kept(scene, "questions WHERE zone = 'person'") == 2


async def test_what_an_open_ticket_says_stays(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    async with set_up(retention=KEEPS) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        boris = scene.customer("Борис")
        async with scene.at_work():
            await boris.says("как вернуть деньги")
            await boris.sees("оформите возврат")
            await anna.says(SINGS)
            topic = await oleg.topic("Анна")
            await oleg.sees(topic, SINGS)
            await anna.says("и светится")
            hers = await oleg.sees(topic, "и светится")
        clock.passes(days=40)
        async with scene.at_work():
            async with asyncio.timeout(30):
                while kept(scene, "messages") > 2:  # noqa: ASYNC110 - a database rings no bell
                    await asyncio.sleep(0.05)
            await oleg.replies(topic, "он умеет", to=hers)
            assert answered(await anna.sees("он умеет")) == "и светится"


async def test_a_button_under_an_old_answer_still_calls_people(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    async with set_up(retention=KEEPS) as scene:
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        async with scene.at_work():
            await anna.says("как вернуть деньги")
            await anna.sees("оформите возврат")
        clock.passes(days=40)
        async with scene.at_work():
            await gone(scene)
            await anna.presses("Позвать оператора")
            await anna.sees("Напишите сюда, что случилось")
            await oleg.sees(await oleg.topic("Анна"), "№\u00a01 · Анна")
