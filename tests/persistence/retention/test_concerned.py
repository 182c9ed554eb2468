"""Who asked about an incident or followed it is forgotten when it is long over; how many they were stays."""

from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select

from bot.rooms.stores import Stores
from broadcasts.audience.follower import AskersFigures, FollowersFigures, Why
from broadcasts.incident import IncidentPlan, Notice, NoticeKind, Severity
from desk.formatted import Html
from storage.retention import sweeps
from storage.tables import incident_askers, incident_followers
from tests.persistence.conftest import NOON, Archive

DAY = timedelta(days=1)
LONG_AGO = NOON - 100 * DAY
PLAN = IncidentPlan(title="Не проходят оплаты")


async def happens(archive: Archive, token: str, people: list[int], *, ended_ago: timedelta | None) -> int:
    """An incident of long ago that these people asked about and followed."""

    def unit(stores: Stores) -> int:
        opened = Notice(
            number=1,
            kind=NoticeKind.OPENED,
            severity=Severity.RED,
            text=Html("Нет"),
            author_id=5,
            at=LONG_AGO,
        )
        number = stores.incidents.open(PLAN, opened, token)
        for place, each in enumerate(people):
            stores.askers.add(number, each, 7, LONG_AGO)
            stores.followers.follow(number, each, Why.ASKED, LONG_AGO)
            if place < 2:
                stores.askers.pressed(number, each, "same")
                stores.followers.answered(number, each, NOON, works=place == 0)
        if ended_ago is not None:
            over = Notice(
                number=2,
                kind=NoticeKind.RESOLVED,
                severity=Severity.RED,
                text=Html("Да"),
                author_id=5,
                at=NOON - ended_ago,
            )
            stores.incidents.tell(number, PLAN, over, f"{token}!")
        return number

    return await archive.run(unit)


async def figures(archive: Archive, number: int) -> tuple[FollowersFigures, AskersFigures]:
    return await archive.run(lambda stores: (stores.followers.counts(number), stores.askers.counts(number)))


async def left(archive: Archive, table: Table) -> int:
    return await archive.ledger.run(
        lambda conn: conn.execute(select(func.count()).select_from(table)).scalar_one()
    )


async def test_the_people_go_and_the_figures_stay(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "BITE", 2)
    people = [(await archive.meets(1000 + number)).id for number in range(5)]
    over = await happens(archive, "a", people, ended_ago=95 * DAY)
    lately = await happens(archive, "b", people[:2], ended_ago=DAY)
    live = await happens(archive, "c", people[:2], ended_ago=None)
    before = [await figures(archive, each) for each in (over, lately, live)]
    assert before[0] == (FollowersFigures(5, 1, 1), AskersFigures(5, 2))

    for kind in ("followers", "askers"):
        came_to = after = NOON - 365 * DAY
        while came_to is not None:
            after = came_to
            came_to = await archive.run(
                lambda s, kind=kind, after=after: s.sweeps.bites[kind](NOON - 90 * DAY, after)
            )
    assert [await figures(archive, each) for each in (over, lately, live)] == before
    assert (await left(archive, incident_followers), await left(archive, incident_askers)) == (4, 4)
    assert await archive.run(lambda stores: stores.followers.of(over, people[0])) is None
    assert await figures(archive, 999) == (FollowersFigures(0, 0, 0), AskersFigures(0, 0))
