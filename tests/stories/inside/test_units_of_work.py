"""How much work a message costs: units of work counted from the update to the last thing it caused."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from sandbox import Customer
from sandbox.changes import Change
from storage.engine.ledger import Ledger
from tests.stories.conftest import Scene

OURS = ("Dispatch.", "Sender.", "Poller.", "Intake.")
"""Whoever works on messages; the ticks of the clock and the look at the FAQ's files are nobody's message."""


class Tally:
    """Counts the units that the engine runs, by whoever runs them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.counts: Counter[str] = Counter()
        run = Ledger.run

        async def counted(ledger: Ledger, unit: Callable[[Any], Any]) -> Any:
            task = asyncio.current_task()
            name = "" if task is None else getattr(task.get_coro(), "__qualname__", "")
            if name.startswith(OURS):
                self.counts[name] += 1
            return await run(ledger, unit)

        monkeypatch.setattr(Ledger, "run", counted)

    @property
    def units(self) -> int:
        """How many since the count began."""
        return self.counts.total()


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch) -> Tally:
    return Tally(monkeypatch)


async def settled(tally: Tally) -> None:
    """Until nothing more follows by itself within what one call and its settling take."""
    before = -1
    while before != tally.units:
        before = tally.units
        await asyncio.sleep(0.5)


async def known(scene: Scene) -> Customer:
    """A customer whom the bot has greeted."""
    anna = scene.customer("Анна")
    await anna.says("/start")
    await anna.sees("Здравствуйте, Анна")
    return anna


async def test_a_new_customer_s_message_reaches_its_topic(tally: Tally, scene: Scene) -> None:
    anna, oleg = await known(scene), scene.operator("Олег")
    await settled(tally)
    tally.counts.clear()
    await anna.says("почему мой зонтик поёт по ночам?")
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "зонтик")
    await anna.sees("Передали вопрос людям")
    await settled(tally)
    assert tally.units <= 12, tally.counts


async def test_an_operator_s_reply_reaches_the_customer(tally: Tally, scene: Scene) -> None:
    anna, oleg = await known(scene), scene.operator("Олег")
    await anna.says("почему мой зонтик поёт по ночам?")
    topic = await oleg.topic("Анна")
    await oleg.replies(topic, "Сейчас посмотрим")
    await anna.sees("Сейчас посмотрим")
    titled = scene.world.changes.until(lambda change: is_taken(change), 15)  # the card follows a little later
    await titled
    await settled(tally)
    tally.counts.clear()
    await oleg.replies(topic, "Это ветер")
    await anna.sees("Это ветер")
    await settled(tally)
    assert tally.units <= 6, tally.counts


def is_taken(change: Change) -> bool:
    """The topic's title says that somebody has taken the ticket."""
    edited = (change.message or {}).get("forum_topic_edited") or {}
    return "Анна" in str(edited.get("name", ""))


async def test_the_faq_answers(tally: Tally, scene: Scene) -> None:
    anna = await known(scene)
    await settled(tally)
    tally.counts.clear()
    await anna.says("как вернуть деньги")
    await anna.sees("оформите возврат")
    await settled(tally)
    assert tally.units <= 5, tally.counts
