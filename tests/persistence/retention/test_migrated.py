"""To the schema whose rows are found by their time, and back, with everything that people have written."""

from sqlalchemy import text

from storage.engine.ledger import Ledger
from storage.engine.schema import move
from tests.persistence.test_migrations import contents, populate, torn


async def test_forward_and_back_nothing_is_lost(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0007"))
    await ledger.run(populate)
    before = await ledger.run(contents)
    await ledger.run(lambda conn: move(conn, "0008"))
    assert await ledger.run(contents) == {**before, "sweeps": []}
    assert await ledger.run(torn) == []
    await ledger.run(lambda conn: move(conn, "0007"))
    assert await ledger.run(contents) == before


async def test_back_a_question_without_its_message_goes(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0008"))
    await ledger.run(populate)
    await ledger.run(lambda conn: conn.execute(text("UPDATE questions SET message_id = NULL WHERE id = 1")))
    await ledger.run(lambda conn: move(conn, "0007"))
    assert [row["id"] for row in (await ledger.run(contents))["questions"]] == [2]
    assert await ledger.run(torn) == []
