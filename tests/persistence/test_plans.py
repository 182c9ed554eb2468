"""Every statement is served by an index however long the history is, and says whose desk it is about."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.rooms.stores import Stores
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from storage.tables import metadata
from tests import postgres
from tests.persistence.busy_day import desk_at_work, pass_by
from tests.persistence.calls import CALLS, NOW, methods
from tests.persistence.conftest import PLACES
from tests.persistence.history import analyze, fill, rows
from tests.persistence.plans import Recorder, refusals, unscoped

WHOLE = {
    "places.migrate": "once in a group's life, when all that stands in it moves",
    "outbox.move": "the same",
    "outbox.counts": "what waits is counted, and little else is there",
    "census.parcels": "the same, and at most a hundred of a lane are looked at",
    "timers.shift": "every timer is moved when the machine's clock is put; only what waits has one",
    "concerned.how_many": "all whom a notice would tell are counted for its preview",
    "proposals.every": "what is learnt is compared with everything that was ever proposed, once a day",
    "proposals.forget": "the same, when somebody is forgotten",
}
"""Calls that may read a table whole, and why."""


class UndoneError(Exception):
    """Leaves nothing of a call behind."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def long_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with years of history."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('long') / 'otklik.db'}"
        postgres.apart(lambda: live_through(url))
        yield url
        return
    with postgres.fresh_database(request.getfixturevalue("postgres_server")) as url:
        postgres.apart(lambda: live_through(url))
        yield url


async def live_through(url: str) -> None:
    ledger = Ledger(await open_engine(url))
    try:
        await ensure(ledger)
        await ledger.run_alone(lambda conn: fill(conn, NOW))
        await ledger.run_alone(number_on)
    finally:
        await ledger.close()


def number_on(conn: Connection) -> None:
    """New rows come after those that are there; PostgreSQL looks at what it has, as it does by itself."""
    if conn.dialect.name == "postgresql":
        for table in metadata.tables.values():
            if "id" in table.columns:
                conn.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                    {"name": table.name, "last": rows(table)},
                )
        analyze(conn)


async def statements_of(history: Ledger, call: Callable[[Stores], object]) -> Recorder:
    """What a call says to the database; nothing stays of it."""
    recorder = Recorder()

    def unit(conn: Connection) -> None:
        with recorder.listening():
            call(Stores(conn, "main", 7, NOW, PLACES))
        raise UndoneError

    with pytest.raises(UndoneError):
        await history.run_alone(unit)
    return recorder


@pytest.fixture(scope="module")
def heard(long_url: str) -> dict[str, Recorder]:
    """What every call says to the database."""

    async def call() -> dict[str, Recorder]:
        history = Ledger(await open_engine(long_url))
        try:
            return {name: await statements_of(history, CALLS[name]) for name in CALLS}
        finally:
            await history.close()

    return postgres.apart(call)


@contextmanager
def another_like(url: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """An empty database of the same kind."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{folder / 'day.db'}"
        return
    with postgres.fresh_database(request.getfixturevalue("postgres_server")) as fresh:
        yield fresh


async def prepare(url: str) -> None:
    """The schema is there before anybody listens: a migration reads what it must."""
    ledger = Ledger(await open_engine(url))
    try:
        await ensure(ledger)
    finally:
        await ledger.close()


@pytest.fixture
async def history(long_url: str) -> AsyncIterator[Ledger]:
    ledger = Ledger(await open_engine(long_url))
    try:
        yield ledger
    finally:
        await ledger.close()


async def refused(history: Ledger, recorder: Recorder) -> list[str]:
    def unit(conn: Connection) -> list[str]:
        return [
            f"{problem}\n    {statement}"
            for statement, given in recorder.heard.items()
            for problem in refusals(conn, statement, given)
        ]

    return await history.run_alone(unit)


def test_every_method_of_every_store_is_called() -> None:
    assert set(CALLS) == set(methods())
    assert set(WHOLE) <= set(CALLS)


async def test_every_call_is_served_by_an_index(history: Ledger, heard: dict[str, Recorder]) -> None:
    found = {}
    for call, recorder in heard.items():
        assert recorder.heard, call
        if call not in WHOLE and (problems := await refused(history, recorder)):
            found[call] = problems
    assert found == {}, "\n".join(f"{call}: {each}" for call, those in found.items() for each in those)


def test_every_statement_says_whose_desk_it_is_about(heard: dict[str, Recorder]) -> None:
    found = [statement for recorder in heard.values() for statement in recorder.heard if unscoped(statement)]
    assert found == []


def test_one_without_its_desk_is_noticed() -> None:
    assert unscoped("SELECT tickets.id FROM tickets WHERE tickets.id = ?")
    assert unscoped("DELETE FROM timers WHERE timers.id = $1::BIGINT")
    assert unscoped("UPDATE messages SET content=? WHERE messages.id = ?")
    assert unscoped("INSERT INTO surveys (ticket_id) VALUES (?)")
    assert not unscoped("DELETE FROM timers WHERE timers.desk = $1::VARCHAR AND timers.id = $2::BIGINT")
    assert not unscoped("SELECT inbox.state FROM inbox WHERE inbox.bot_id = ?")


async def test_a_busy_day_is_served_by_indexes(
    long_url: str, history: Ledger, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with another_like(long_url, request, tmp_path) as url:
        await prepare(url)
        recorder = Recorder()
        with recorder.listening():
            async with desk_at_work(url, tmp_path) as scene:
                await pass_by(scene)
    assert len(recorder.heard) > 60
    counted = await statements_of(history, lambda stores: stores.concerned.how_many(None, ()))
    recorder.heard = {said: given for said, given in recorder.heard.items() if said not in counted.heard}
    assert await refused(history, recorder) == []
    assert [statement for statement in recorder.heard if unscoped(statement)] == []


@pytest.mark.parametrize(
    ("index", "call"),
    [
        ("ix_questions_customer", "questions.about"),
        ("ix_questions_message", "questions.of"),
        ("ix_outbox_waiting", "outbox.after"),
        ("ix_inbox_done", "sweeps.updates"),
        ("ix_messages_at", "sweeps.messages"),
        ("ix_surveys_comment", "sweeps.messages"),
        ("ix_audit_at", "sweeps.audit"),
        ("uq_faq_versions_newest", "versions.standing"),
    ],
)
async def test_a_missing_index_is_noticed(
    history: Ledger, heard: dict[str, Recorder], index: str, call: str
) -> None:
    found = []

    def unit(conn: Connection) -> None:
        conn.execute(text(f"DROP INDEX {index}"))
        for statement, given in heard[call].heard.items():
            found.extend(refusals(conn, statement, given))
        raise UndoneError

    with pytest.raises(UndoneError):
        await history.run_alone(unit)
    assert found
