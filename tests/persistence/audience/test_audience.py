"""Who is told about incidents, as it is kept; and that 150,000 of them are read by an index, in portions."""

import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Connection, text

from bot.rooms.stores import Stores
from broadcasts.audience.follower import Asker, AskersFigures, Why
from broadcasts.audience.subscriber import ConsentSource, QuietHours
from broadcasts.incident import IncidentPlan, Notice, NoticeKind, Severity
from desk.formatted import Html
from tests.persistence.conftest import NOON, Archive

DAY = timedelta(days=1)
NEVER = (NOON, NOON)
"""A span in which nobody began to wish anything."""
OPENED = Notice(
    number=1, kind=NoticeKind.OPENED, severity=Severity.RED, text=Html("Нет"), author_id=5, at=NOON
)
PLAN = IncidentPlan(title="Не проходят оплаты", components=("payments",))


async def people(archive: Archive, many: int) -> list[int]:
    """Customers by our own ids."""
    return [(await archive.meets(1000 + number)).id for number in range(many)]


async def incident(archive: Archive) -> int:
    return await archive.run(lambda stores: stores.incidents.open(PLAN, OPENED, "a"))


async def test_a_consent_keeps_its_date_until_it_ends(archive: Archive) -> None:
    [anna] = await people(archive, 1)

    def subscribed(stores: Stores) -> None:
        stores.subscribers.subscribe(anna, {"payments", "login"}, ConsentSource.LINK, NOON)
        stores.subscribers.subscribe(anna, {"login", ""}, ConsentSource.BOT, NOON + DAY)
        stores.subscribers.hush(anna, QuietHours(22 * 60, 8 * 60))

    assert await archive.run(lambda stores: stores.subscribers.of(anna)) is None
    await archive.run(subscribed)
    found = await archive.run(lambda stores: stores.subscribers.of(anna))
    assert found is not None
    assert (found.components, found.wants_all) == ({"login", ""}, True)
    assert (found.consented_at, found.source, found.stopped_at) == (NOON, ConsentSource.LINK, None)
    assert found.quiet == QuietHours(22 * 60, 8 * 60)
    assert await archive.run(lambda stores: stores.subscribers.stop(anna, NOON + DAY))
    assert not await archive.run(lambda stores: stores.subscribers.stop(anna, NOON + DAY))
    gone = await archive.run(lambda stores: stores.subscribers.of(anna))
    assert gone is not None
    assert (gone.components, gone.stopped_at) == (frozenset(), NOON + DAY)
    again = NOON + 2 * DAY
    await archive.run(lambda s: s.subscribers.subscribe(anna, {""}, ConsentSource.BOT, again))
    back = await archive.run(lambda stores: stores.subscribers.of(anna))
    assert back is not None
    assert (back.consented_at, back.source, back.stopped_at) == (again, ConsentSource.BOT, None)


async def test_quiet_hours_go_over_midnight() -> None:
    night, lunch = QuietHours(22 * 60, 8 * 60), QuietHours(13 * 60, 14 * 60)
    at = [NOON.replace(hour=hour, minute=0) for hour in (22, 23, 0, 7, 8, 13, 14, 21)]
    assert [night.cover(each) for each in at] == [True, True, True, True, False, False, False, False]
    assert [each.hour for each in at if lunch.cover(each)] == [13]


async def test_concerned_are_subscribers_of_a_component_or_of_all_and_followers(archive: Archive) -> None:
    ids = await people(archive, 8)
    of_payments, of_login, of_all, stopped, blocked, banned, follows, nobody = ids
    number = await incident(archive)

    def settle(stores: Stores) -> None:
        for who, wanted in (
            (of_payments, {"payments"}),
            (of_login, {"login"}),
            (of_all, {""}),
            (stopped, {"payments"}),
            (blocked, {"payments", ""}),
            (banned, {"payments"}),
        ):
            stores.subscribers.subscribe(who, wanted, ConsentSource.BOT, NOON)
        stores.subscribers.hush(of_all, QuietHours(0, 60))
        stores.subscribers.stop(stopped, NOON)
        stores.customers.block(blocked, NOON)
        stores.bans.add(banned, "спам", by_id=5, by_name="Олег", at=NOON)
        stores.followers.follow(number, follows, Why.ASKED, NOON)
        stores.followers.follow(number, of_payments, Why.TICKET, NOON)

    await archive.run(settle)
    found = await archive.run(lambda s: s.concerned.concerned(number, ["payments"], 0, 100, not_within=NEVER))
    assert found == [of_payments, of_all, follows]
    assert await archive.run(lambda stores: stores.concerned.how_many(number, ["payments"])) == (3, 1)
    assert await archive.run(lambda stores: stores.concerned.how_many(None, ["payments"])) == (2, 1)
    everybody = await archive.run(lambda s: s.concerned.concerned(None, [], 0, 100, not_within=NEVER))
    assert everybody == [of_payments, of_login, of_all]
    assert await archive.run(lambda stores: stores.concerned.how_many(None, [])) == (3, 1)

    def elsewhere(stores: Stores) -> Sequence[int]:
        return stores.concerned.concerned(number, ["payments"], 0, 100, not_within=NEVER)

    assert await archive.run(elsewhere, desk="b") == []
    assert nobody not in found
    asleep = await archive.run(lambda stores: stores.concerned.quiet_hours(ids))
    assert asleep == {of_all: QuietHours(0, 60)}


async def test_whoever_stopped_is_unwilling_until_they_ask_again(archive: Archive) -> None:
    [anna, boris, clara] = ids = await people(archive, 3)
    number = await incident(archive)

    def settle(stores: Stores) -> None:
        stores.followers.follow(number, anna, Why.ASKED, NOON)
        stores.subscribers.subscribe(boris, {""}, ConsentSource.BOT, NOON)
        for who in (anna, boris):
            stores.subscribers.stop(who, NOON + DAY)

    await archive.run(settle)
    assert await archive.run(lambda stores: stores.concerned.unwilling(ids)) == {anna, boris}
    assert await archive.run(lambda stores: stores.concerned.unwilling([clara])) == frozenset()
    await archive.run(lambda stores: stores.subscribers.subscribe(boris, {""}, ConsentSource.BOT, NOON))
    other = await archive.run(lambda stores: stores.incidents.open(PLAN, OPENED, "b"))
    await archive.run(lambda stores: stores.followers.follow(other, anna, Why.ASKED, NOON + 2 * DAY))
    assert await archive.run(lambda stores: stores.concerned.unwilling(ids)) == frozenset()


async def test_portions_join_to_the_whole(archive: Archive) -> None:
    ids = await people(archive, 23)

    def subscribe(stores: Stores) -> None:
        for index, who in enumerate(ids):
            wanted = {("payments", "login", "")[index % 3]} | ({"payments"} if index % 2 else set())
            stores.subscribers.subscribe(who, wanted, ConsentSource.BOT, NOON)

    await archive.run(subscribe)

    def read(stores: Stores) -> list[int]:
        told: list[int] = []
        named = ["payments", "login"]
        while portion := stores.concerned.concerned(None, named, max(told, default=0), 5, not_within=NEVER):
            told += portion
        return told

    assert await archive.run(read) == ids


async def test_a_follower_answers_once(archive: Archive) -> None:
    [anna, boris] = await people(archive, 2)
    number = await incident(archive)
    for new in (True, False):
        follows = await archive.run(lambda s: s.followers.follow(number, anna, Why.SPIKE, NOON))
        assert follows is new
    for who, works, taken in ((anna, False, True), (anna, True, False), (boris, True, False)):

        def answer(stores: Stores, who: int = who, works: bool = works) -> bool:
            return stores.followers.answered(number, who, NOON, works=works)

        assert await archive.run(answer) is taken
    found = await archive.run(lambda stores: stores.followers.of(number, anna))
    assert found is not None
    assert (found.why, found.works) == (Why.SPIKE, False)
    await archive.run(lambda stores: stores.followers.leave(anna))
    assert await archive.run(lambda stores: stores.followers.of(number, anna)) is None


async def test_somebody_is_told_once_about_an_incident(archive: Archive) -> None:
    [anna, boris] = await people(archive, 2)
    number = await incident(archive)
    for who, new in ((anna, True), (anna, False), (boris, True)):
        added = await archive.run(lambda s, who=who: s.askers.add(number, who, 7, NOON))
        assert added is new
    assert await archive.run(lambda s: s.askers.pressed(number, anna, "same"))
    assert not await archive.run(lambda s: s.askers.pressed(number, anna, "same"))
    found = await archive.run(lambda s: s.askers.of(number, anna))
    assert found == Asker(incident_id=number, customer_id=anna, message_id=7, outcome="same")
    assert await archive.run(lambda s: s.askers.counts(number)) == AskersFigures(2, 1)


MANY = 150_000
FILL = {
    "customers (id, desk, telegram_id, first_name, blocked_at, created_at)": (
        "n, 'main', n, 'x', CASE WHEN n % 40 = 0 THEN 1 END, 1"
    ),
    "subscribers (desk, customer_id, consented_at, source)": "'main', n, 1, 'import'",
    "subscriptions (desk, customer_id, component)": (
        "'main', n, CASE n % 3 WHEN 0 THEN '' WHEN 1 THEN 'payments' ELSE 'login' END"
    ),
    "subscriptions (customer_id, desk, component)": "n, 'main', 'delivery'",
}
NUMBERS = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 150000)"


@pytest.mark.parametrize("components", [["payments", "delivery"], []])
async def test_a_portion_of_150_000_takes_no_longer_at_their_end(
    archive: Archive, components: list[str]
) -> None:
    def fill(conn: Connection) -> None:
        for table, values in FILL.items():
            conn.execute(text(f"INSERT INTO {table} {NUMBERS} SELECT {values} FROM n"))  # noqa: S608
        conn.execute(text("ANALYZE"))

    def read(stores: Stores) -> None:
        took = [time.perf_counter()]
        first = stores.concerned.concerned(None, components, 0, 500, not_within=NEVER)
        took.append(time.perf_counter())
        last = stores.concerned.concerned(None, components, MANY - 300, 500, not_within=NEVER)
        took.append(time.perf_counter())
        assert len(first) == 500
        assert last == [each for each in range(MANY - 299, MANY + 1) if each % 40]
        assert max(end - begin for begin, end in pairwise(took)) < 1
        assert stores.concerned.how_many(None, components) == (MANY - MANY // 40, MANY // 40)

    await archive.ledger.run(fill)
    await archive.run(read)
