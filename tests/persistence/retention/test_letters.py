"""Words stand in the database as they were written: no escape makes them three times as long."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from desk.content import Content
from storage.engine.json_text import json_text
from tests.persistence.conftest import Archive

NOON = datetime(2026, 7, 20, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
WORDS = "Здравствуйте! Почему мой зонтик поёт по ночам? ☂️🙂"
ODD = ["half a letter \ud83d, and on", "\udc00", "a\0b", "line\nand\ttab\u2028", 'quote " and \\ slash', ""]


async def kept(archive: Archive, words: str) -> tuple[int, str]:
    """A message with these words: its id, and how its row has them."""
    anna = await archive.meets()
    message = await archive.run(
        lambda stores: stores.messages.keep(
            customer_id=anna.id, ticket_id=None, author="customer", content=Content(text=words), at=NOON
        )
    )
    raw = "SELECT CAST(content AS TEXT) FROM messages ORDER BY id DESC LIMIT 1"
    row: str = await archive.ledger.run(lambda conn: conn.execute(text(raw)).scalar_one())
    return message.id, row


async def test_words_are_kept_as_they_are_and_a_third_as_long(archive: Archive) -> None:
    _, row = await kept(archive, WORDS)
    assert WORDS in row
    before = len(json.dumps({"text": WORDS}))
    assert before > 2 * len(json_text({"text": WORDS}).encode())


@pytest.mark.parametrize("words", ODD, ids=ascii)
async def test_odd_words_come_back_as_they_were(words: str, archive: Archive) -> None:
    message_id, _ = await kept(archive, words)
    (message,) = await archive.run(lambda stores: stores.messages.get([message_id]))
    assert message.content.text == words


async def test_what_was_kept_with_escapes_before_is_read_as_well(archive: Archive) -> None:
    anna = await archive.meets()
    escaped = json.dumps({"text": WORDS})
    assert "\\u" in escaped
    await archive.ledger.run(
        lambda conn: conn.exec_driver_sql(
            "INSERT INTO messages (desk, customer_id, author, content, at) "  # noqa: S608 - our own words
            f"VALUES ('main', {anna.id}, 'customer', '{escaped}', 0)"
        )
    )
    (message,) = await archive.run(lambda stores: stores.messages.lately(anna.id, NOON - 100 * YEAR, 1))
    assert message.content.text == WORDS


@pytest.mark.parametrize("words", ODD, ids=ascii)
async def test_raw_updates_too(words: str, archive: Archive) -> None:
    raw = {"update_id": 1, "message": {"chat": {"id": 5}, "text": WORDS + words}}
    await archive.run(lambda stores: stores.inbox.take_in([raw], NOON))
    body: str = await archive.ledger.run(
        lambda conn: conn.execute(text("SELECT body FROM inbox")).scalar_one()
    )
    assert WORDS in body
    (waiting,) = await archive.run(lambda stores: stores.inbox.waiting(10))
    assert waiting.raw == raw
