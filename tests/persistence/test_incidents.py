"""Incidents, drafts and attempts on either database: what was written is what is read."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from broadcasts.composing.draft import NoticeDraft
from broadcasts.incident import IncidentPlan, IncidentState, Notice, NoticeKind, Severity
from desk.formatted import Html
from desk.post import Chat
from storage.audit import AuditStore
from storage.drafts import DraftStore
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from storage.incidents import IncidentStore
from storage.tables import audit

T = TypeVar("T")
NOON = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)
LARGE = 2**40
PLAN = IncidentPlan(title="Нет входа", components=("login",))
OPENED = Notice(
    number=1,
    kind=NoticeKind.OPENED,
    severity=Severity.RED,
    text=Html("<b>Нет</b> входа 🛠"),
    author_id=LARGE,
    at=NOON,
)


class Desk:
    """Two desks on one database, a transaction at a time."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def drafts(self, act: Callable[[DraftStore], T], desk: str = "main") -> T:
        return await self._ledger.run(lambda conn: act(DraftStore(conn, desk)))

    async def incidents(self, act: Callable[[IncidentStore], T], desk: str = "main") -> T:
        return await self._ledger.run(lambda conn: act(IncidentStore(conn, desk)))

    async def run(self, act: Callable[[Connection], T]) -> T:
        return await self._ledger.run(act)


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    ledger = Ledger(await open_engine(database_url))
    try:
        await ensure(ledger)
        yield Desk(ledger)
    finally:
        await ledger.close()


async def test_an_incident_goes_from_its_first_notice_to_its_last(desk: Desk) -> None:
    later = NOON + timedelta(minutes=80)
    resolved = replace(OPENED, number=2, kind=NoticeKind.RESOLVED, text=Html("Готово"), at=later)
    number = await desk.incidents(lambda store: store.open(PLAN, OPENED, "a"))
    [live] = await desk.incidents(lambda store: store.live())
    assert (live.id, live.severity, live.state, live.text) == (
        number,
        Severity.RED,
        IncidentState.LIVE,
        OPENED.text,
    )
    await desk.incidents(lambda store: store.tell(number, PLAN, resolved, "b"))
    ended = await desk.incidents(lambda store: store.get(number))
    assert ended is not None
    assert (ended.state, ended.text) == (IncidentState.RESOLVED, "Готово")
    assert ended.ended_at == ended.updated_at == later.replace(microsecond=123000)
    assert await desk.incidents(lambda store: store.live()) == []
    told = await desk.incidents(lambda store: store.notices(number))
    assert [(each.number, each.kind, each.text, each.author_id) for each in told] == [
        (1, NoticeKind.OPENED, "<b>Нет</b> входа 🛠", LARGE),
        (2, NoticeKind.RESOLVED, "Готово", LARGE),
    ]


async def test_a_token_publishes_once_a_desk(desk: Desk) -> None:
    await desk.incidents(lambda store: store.open(PLAN, OPENED, "once"))
    assert await desk.incidents(lambda store: store.told("once"))
    with pytest.raises(IntegrityError):
        await desk.incidents(lambda store: store.open(PLAN, OPENED, "once"))
    assert len(await desk.incidents(lambda store: store.live())) == 1
    assert not await desk.incidents(lambda store: store.told("once"), "other")
    await desk.incidents(lambda store: store.open(PLAN, OPENED, "once"), "other")


async def test_incidents_come_newest_first_and_only_the_desk_s_own(desk: Desk) -> None:
    for minute, token in enumerate(("a", "b", "c")):
        notice = replace(OPENED, text=Html(token), at=NOON + timedelta(minutes=minute))
        where = "other" if token == "c" else "main"
        await desk.incidents(lambda store, notice=notice: store.open(PLAN, notice, notice.text), where)
    assert [each.text for each in await desk.incidents(lambda store: store.live())] == ["b", "a"]
    [theirs] = await desk.incidents(lambda store: store.live(), "other")
    assert await desk.incidents(lambda store: store.get(theirs.id)) is None


async def test_a_manager_has_one_draft_in_each_chat(desk: Desk) -> None:
    draft = NoticeDraft(manager_id=LARGE, where=Chat(-1001111111111, 77), started_at=NOON).sealed(0)
    await desk.drafts(lambda store: store.keep(draft))
    chosen = replace(draft, severity=Severity.RED, text=Html("<i>да</i>")).sealed(0)
    await desk.drafts(lambda store: store.keep(chosen))
    await desk.drafts(lambda store: store.keep(replace(draft, where=Chat(LARGE)).sealed(0)))
    assert await desk.drafts(lambda store: store.find(draft.token)) is None
    kept = await desk.drafts(lambda store: store.of(LARGE, -1001111111111))
    assert kept is not None
    assert kept == replace(chosen, id=kept.id, started_at=NOON.replace(microsecond=123000))
    assert kept.sealed(0).token == chosen.token, "a token outlives the night in the database"
    assert await desk.drafts(lambda store: store.find(chosen.token), "other") is None
    await desk.drafts(lambda store: store.drop(kept))
    assert await desk.drafts(lambda store: store.of(LARGE, -1001111111111)) is None
    assert await desk.drafts(lambda store: store.of(LARGE, LARGE)) is not None


async def test_words_go_to_the_draft_that_was_touched_last(desk: Desk) -> None:
    def of() -> Callable[[DraftStore], str | None]:
        return lambda store: (found := store.of(LARGE, 5)) and found.text

    draft = NoticeDraft(manager_id=LARGE, where=Chat(5), text=Html("a"), started_at=NOON)
    others = [replace(draft, alert_id=number, text=Html(f"{number}")).sealed(0) for number in range(40)]
    await desk.drafts(lambda store: store.keep(draft.sealed(0)))
    await desk.drafts(lambda store: store.keep(others[1]))
    await desk.drafts(lambda store: store.leave(others[2]))
    assert await desk.drafts(of()) == "1"
    first = await desk.drafts(lambda store: store.like(draft))
    assert first is not None
    assert first.text == "a"
    await desk.drafts(lambda store: store.keep(replace(first, text=Html("b")).sealed(0)))
    assert await desk.drafts(of()) == "b"
    assert await desk.drafts(lambda store: store.find(others[1].token))
    assert await desk.drafts(lambda store: store.find(others[1].token), desk="other") is None
    second = await desk.drafts(lambda store: store.of(LARGE, 5))
    assert second is not None
    await desk.drafts(lambda store: store.drop(second), desk="other")
    await desk.drafts(lambda store: store.drop(second))
    assert await desk.drafts(of()) == "1"
    for each in others:
        await desk.drafts(lambda store, each=each: store.keep(each))
    kept = [each for each in others if await desk.drafts(lambda store, each=each: store.find(each.token))]
    assert kept == others[-10:], "so many at most"


async def test_every_attempt_is_kept_whatever_was_pressed(desk: Desk) -> None:
    def attempt(conn: Connection) -> None:
        store = AuditStore(conn, "main")
        store.note(LARGE, "publish", "t" * 32, allowed=True, at=NOON)
        store.note(-LARGE, "x" * 60, "y" * 100, allowed=False, at=NOON)

    await desk.run(attempt)
    rows = await desk.run(lambda conn: conn.execute(select(audit).order_by(audit.c.id)).all())
    assert [(row.actor_id, row.action, row.allowed) for row in rows] == [
        (LARGE, "publish", True),
        (-LARGE, "x" * 32, False),
    ]
