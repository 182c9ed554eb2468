"""A term from its beginning to its end: who may begin one, when its holder is sure of it, and the fence."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from bot.engine import liveness
from bot.engine.lease import Lease, LeaseGoneError, TakenFrom, TermGone
from bot.engine.liveness import has_ended, here, mark_of
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.upsert import put
from storage.leases import LeaseHolder, LeaseStore
from storage.tables import counters
from tests.persistence.conftest import NOON

ELSEWHERE = LeaseHolder("other", "shop-2, process 9", "another-boot pid:[1] 9 100")
BOT = 7


class Time:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr("bot.engine.lease.clock", time)
    monkeypatch.setattr("bot.engine.lease.LOOK_EVERY", 0.01)
    monkeypatch.setattr("bot.engine.lease.BEAT_EVERY", 0.01)
    return time


@pytest.fixture
async def ledger(migrated_url: str) -> AsyncIterator[Ledger]:
    ledger = Ledger(await open_engine(migrated_url))
    try:
        yield ledger
    finally:
        await ledger.close()


def lease(ledger: Ledger) -> Lease:
    return Lease(BOT, "main", ledger, lambda: NOON)


async def taken_by(ledger: Ledger, holder: LeaseHolder) -> None:
    """Another process takes it, whoever has it."""

    def take(conn: Connection) -> None:
        store = LeaseStore(conn, BOT)
        assert store.take(store.now(), holder, "main", NOON)

    await ledger.run(take)


async def test_it_is_taken_over_only_from_whoever_was_silent_while_we_listened(
    ledger: Ledger, time: Time
) -> None:
    await taken_by(ledger, ELSEWHERE)
    ours = lease(ledger)
    taking = asyncio.create_task(ours.take())
    for _ in range(10):  # it beats, for much longer than anybody may be silent
        time.now += 4
        await ledger.run(lambda conn: LeaseStore(conn, BOT).beat(ELSEWHERE.word))
        await asyncio.sleep(0.05)
    time.now += 600  # we were not looking: nobody knows whether it beat
    await asyncio.sleep(0.1)
    assert not taking.done()
    looks = 0
    while not taking.done():  # on a busy machine it may look only after we have gone on
        looks += 1
        assert looks < 100
        time.now += 4.5
        await asyncio.sleep(0.1)
    assert looks >= 3, "it was not silent for long enough"
    taken = await taking
    assert taken is not None
    assert taken.before is not None
    assert (taken.why, taken.term, taken.before.holder) == (TakenFrom.SILENT, 2, ELSEWHERE)
    await ours.release()


async def test_what_was_given_back_waits_for_nobody(ledger: Ledger, time: Time) -> None:
    first = lease(ledger)
    taken = await first.take()
    assert taken is not None
    assert (taken.why, taken.term) == (TakenFrom.NOBODY, 1)
    second = lease(ledger)
    taking = asyncio.create_task(second.take())
    await asyncio.sleep(0.1)
    assert not taking.done()
    assert second.standing_by
    await first.release()
    assert first.standing_by
    taken = await asyncio.wait_for(taking, 30)
    assert taken is not None
    assert (taken.why, taken.term) == (TakenFrom.NOBODY, 2)
    await second.release()


async def test_a_process_of_this_machine_that_was_killed_is_not_waited_for(
    ledger: Ledger, time: Time
) -> None:
    process = await asyncio.create_subprocess_exec("sleep", "60")
    there = LeaseHolder("other", "here", mark_of(process.pid))
    assert not has_ended(there.process)
    await taken_by(ledger, there)
    ours = lease(ledger)
    taking = asyncio.create_task(ours.take())
    await asyncio.sleep(0.1)
    assert not taking.done()
    process.kill()
    taken = await asyncio.wait_for(taking, 30)
    await process.wait()
    assert taken is not None
    assert taken.why is TakenFrom.ENDED
    assert has_ended(there.process)
    await ours.release()


def test_of_another_machine_s_processes_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not has_ended("")
    assert not has_ended("nonsense")
    assert not has_ended(ELSEWHERE.process)
    ours = here()
    assert not has_ended(ours.process)
    assert has_ended(ours.process.rpartition(" ")[0] + " 1"), "the number was given to another"
    monkeypatch.setattr(liveness, "_machine", lambda: "")
    assert not has_ended(ours.process)
    assert here().process == ""


async def test_a_holder_that_nobody_has_heard_sends_nothing(
    ledger: Ledger, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = lease(ledger)
    await ours.take()
    assert ours.held
    assert ours.surely()
    held_up = asyncio.Event()
    run = ledger.run

    async def mute(unit: Any) -> Any:
        await held_up.wait()
        return await run(unit)

    monkeypatch.setattr(ledger, "run", mute)
    await asyncio.sleep(0.05)
    time.now += 10.1
    assert not ours.surely()
    assert not ours.standing_by, "nobody has taken it: it is the database that is in trouble"
    waiting = asyncio.create_task(ours.passage())
    await asyncio.sleep(0.05)
    assert not waiting.done()
    held_up.set()
    await asyncio.wait_for(waiting, 30)
    assert ours.surely()
    await ours.release()


async def test_the_fence_stops_a_term_that_is_over_and_leaves_nothing_of_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.engine.lease.BEAT_EVERY", 3600)  # it does not find out by itself
    ours = lease(ledger)
    await ours.take()

    def counted(conn: Connection) -> None:
        put(conn, counters, ("desk", "name"), {"desk": "main", "name": "ticket", "value": 1})
        ours.check(conn)

    await ledger.run(counted)
    await taken_by(ledger, ELSEWHERE)
    for _ in range(2):
        with pytest.raises(LeaseGoneError):
            await ledger.run(lambda conn: (conn.execute(counters.delete()), ours.check(conn)))
    assert await ledger.run(lambda conn: conn.scalar(select(func.count()).select_from(counters))) == 1
    ours.lose()
    with pytest.raises(TermGone):
        await ours.passage()
    assert ours.lost
    assert not ours.surely()
