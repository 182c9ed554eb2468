"""PostgreSQL is away, mute, restarted or locked: the desk holds, says it once, and goes on by itself."""

import asyncio
import random
import re
from collections.abc import Callable
from functools import partial

import asyncpg
import pytest
from sqlalchemy import Connection, text

from bot.engine.outages import Outages
from sandbox import Customer, Operator
from sandbox.people.looking import words
from storage.engine import postgres as engine
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.patience import PatientEngine
from tests.faults.outages.conftest import Said, Shaken, over_road
from tests.faults.roads import HALF_OPEN, REFUSED, RESET, STALE, WELL, Road
from tests.stories.conftest import SetUp

People = tuple[Customer, Operator]
END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
WITHIN = 30.0
"""Seconds after the last trouble in which everything is as it was."""


@pytest.fixture(autouse=True)
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """To wait for a server that has gone for as long as a busy one may need is no test."""
    monkeypatch.setattr(engine, "WHOLE", 1.5)


async def met(shaken: Shaken) -> People:
    """A customer with a ticket, and an operator who has seen it."""
    anna, oleg = shaken.scene.customer("Анна"), shaken.scene.operator("Олег")
    await anna.says("почему мой зонтик поёт по ночам?")
    await oleg.sees(await oleg.topic("Анна"), "зонтик", within=WITHIN)
    return anna, oleg


async def talk_goes_on(people: People) -> None:
    """What was said during the outage has arrived once, in order, and so does what is said after it."""
    anna, oleg = people
    topic = await oleg.topic("Анна")
    await oleg.sees(topic, "перебой 3", within=WITHIN)
    await oleg.replies(topic, "теперь слышно")
    await anna.sees("теперь слышно", within=WITHIN)
    shown = "\n".join(words(message) for message in await oleg.reads(topic))
    assert re.findall(r"перебой \d", shown) == ["перебой 1", "перебой 2", "перебой 3"]


async def is_so(claim: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN):
        while not claim():  # noqa: ASYNC110 - a log and a server ring no bell
            await asyncio.sleep(0.05)


async def ask(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.mark.parametrize("how", [REFUSED, RESET, HALF_OPEN])
async def test_while_it_is_away_messages_wait_and_nothing_is_lost_or_said_twice(
    how: str, shaken: Shaken, said: Said
) -> None:
    people = await met(shaken)
    await shaken.road.breaks(how)
    for number in (1, 2, 3):
        await people[0].says(f"перебой {number}")
    await is_so(lambda: len(said.lines) == 1)
    await shaken.road.breaks(WELL)
    await talk_goes_on(people)
    await is_so(lambda: said.lines[-1:] == ["the database works again"])
    assert len(said.lines) == 2, said.lines


async def test_a_connection_that_carries_nothing_any_more_is_given_up_for_a_new_one(shaken: Shaken) -> None:
    people = await met(shaken)
    await shaken.road.breaks(STALE)
    for number in (1, 2, 3):
        await people[0].says(f"перебой {number}")
    await talk_goes_on(people)


async def test_connections_that_are_ended_again_and_again_cost_nothing(shaken: Shaken) -> None:
    people = await met(shaken)
    for number in (1, 2, 3):
        await ask(shaken.url, END_OTHERS)
        await people[0].says(f"перебой {number}")
    await talk_goes_on(people)


async def test_ended_at_any_moment_each_unit_is_done_once_and_none_fails(postgres_url: str) -> None:
    ending, numbers = random.Random(3), list(range(40))
    ledger = Ledger(PatientEngine(partial(open_engine, postgres_url), Outages()))
    await ledger.run(lambda conn: conn.execute(text("CREATE TABLE said (n INTEGER)")))

    async def end_others() -> None:
        other = await asyncpg.connect(postgres_url)
        try:
            while not done.is_set():
                await asyncio.sleep(ending.uniform(0, 0.1))
                await other.execute(END_OTHERS)
        finally:
            await other.close()

    done = asyncio.Event()
    endings = asyncio.create_task(end_others())
    for number in numbers:
        await ledger.run(partial(_say, number))
    done.set()
    await endings
    found = await ledger.run(lambda conn: conn.execute(text("SELECT n FROM said ORDER BY n")).scalars().all())
    await ledger.close()
    assert found == numbers


def _say(number: int, conn: Connection) -> None:
    for _ in range(3):  # a unit has several statements, and may be cut between any two of them
        conn.execute(text("SELECT 1"))
    conn.execute(text("INSERT INTO said VALUES (:n)"), {"n": number})


async def test_a_locked_table_quarantines_nothing(
    shaken: Shaken, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await met(shaken)
    other = await asyncpg.connect(shaken.url)
    async with other.transaction():
        await other.execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE")
        for number in (1, 2, 3):
            await people[0].says(f"перебой {number}")
        await is_so(lambda: len(said.lines) == 1)
    await other.close()
    await talk_goes_on(people)
    connection = await asyncpg.connect(shaken.url)
    assert await connection.fetchval("SELECT count(*) FROM inbox WHERE state = 2") == 0
    assert await connection.fetchval("SELECT count(*) FROM outbox WHERE state = 1") == 0
    await connection.close()


class Forgetful(Road):
    """Lets every other COMMIT through and hangs up before it is answered, so many times."""

    forgets, _again, _deaf = 0, False, False

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: Callable[[], float]
    ) -> None:
        while data := await reader.read(65536):
            ending = self.forgets > 0 and b"COMMIT;" in data
            self._again ^= ending
            if self._deaf:
                continue
            self._deaf = ending and self._again
            writer.write(data)
            await writer.drain()
            if self._deaf:
                await asyncio.sleep(0.1)  # the server commits, and its answer finds nobody
                self.forgets, self._deaf = self.forgets - 1, False
                self._drop()
        raise EOFError


async def test_a_commit_that_nobody_confirmed_is_not_made_twice(
    set_up: SetUp, postgres_server: str, postgres_template: str
) -> None:
    where = over_road(set_up, postgres_server, postgres_template, Forgetful)
    async with where as shaken, shaken.scene.at_work():
        people, road = await met(shaken), shaken.road
        assert isinstance(road, Forgetful)
        for number in (1, 2, 3):
            road.forgets = 8
            await people[0].says(f"перебой {number}")
            await is_so(lambda: road.forgets == 0)
        await talk_goes_on(people)


async def test_it_is_waited_for_at_the_start_and_stopping_does_not_wait_for_it(
    set_up: SetUp, postgres_server: str, postgres_template: str, said: Said
) -> None:
    async with over_road(set_up, postgres_server, postgres_template) as shaken:
        await shaken.road.breaks(REFUSED)
        async with shaken.scene.at_work():
            await is_so(lambda: len(said.lines) == 1)
        await shaken.road.breaks(HALF_OPEN)
        async with shaken.scene.at_work():
            await is_so(lambda: len(said.lines) == 2)
            await shaken.road.breaks(WELL)
            await met(shaken)


async def test_stopping_while_it_is_mute_loses_nothing(
    set_up: SetUp, postgres_server: str, postgres_template: str
) -> None:
    async with over_road(set_up, postgres_server, postgres_template) as shaken:
        async with shaken.scene.at_work():
            people = await met(shaken)
            await shaken.road.breaks(HALF_OPEN)
            for number in (1, 2, 3):
                await people[0].says(f"перебой {number}")
        await shaken.road.breaks(WELL)
        async with shaken.scene.at_work():
            await talk_goes_on(people)
