"""Gathered alarms as they are kept, and the way to their schema and back."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, text

from desk.alarm import GatheredAlarm
from storage.engine.ledger import Ledger
from storage.engine.schema import move
from tests.persistence.conftest import NOON, Archive
from tests.persistence.test_migrations import contents, populate, torn

ALARM = GatheredAlarm(key="alert.quarantine", text="<b>Раз</b>", first_at=NOON, last_at=NOON)


async def test_one_of_a_kind_and_cause_is_kept_for_each_desk(archive: Archive) -> None:
    number = await archive.run(lambda stores: stores.alarms.keep(ALARM))
    grown = replace(ALARM, id=number, n=2, text="Два", last_at=NOON + timedelta(minutes=1), over=True)
    assert await archive.run(lambda stores: stores.alarms.keep(grown)) == number
    assert await archive.run(lambda stores: stores.alarms.of(ALARM.key)) == grown
    assert await archive.run(lambda stores: stores.alarms.get(number)) == grown
    assert await archive.run(lambda stores: stores.alarms.get(number), desk="second") is None
    assert await archive.run(lambda stores: stores.alarms.of(ALARM.key), desk="second") is None
    assert await archive.run(lambda stores: stores.alarms.keep(ALARM), desk="second") != number
    assert await archive.run(lambda stores: stores.alarms.of(ALARM.key)) == grown


async def test_forward_and_back_leaves_all_else_as_it_was(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0005"))
    await ledger.run(populate)
    before = await ledger.run(contents)
    await ledger.run(lambda conn: move(conn, "0006"))

    def alarmed(conn: Connection) -> None:
        conn.execute(text("INSERT INTO alarms VALUES (9, 'main', 'alert.x', '!', 2, 1, 2, false)"))
        conn.execute(text("INSERT INTO placements VALUES ('main', 'alarm:9:1001', 1001, 5)"))
        conn.execute(
            text("INSERT INTO timers (id, desk, kind, subject, due_at) VALUES (99, 'main', 'alarm', 9, 5)")
        )
        conn.execute(text("UPDATE outbox SET lane = 4"))

    await ledger.run(alarmed)
    await ledger.run(lambda conn: move(conn, "0005"))
    after = await ledger.run(contents)
    assert {row["lane"] for row in after["outbox"]} == {2}, "an older release knows no lane of alarms"
    for rows in (before, after):
        for row in rows["outbox"]:
            del row["lane"]
    assert after == before
    assert await ledger.run(torn) == []
