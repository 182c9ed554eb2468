"""What stands aside is listed, goes back once, goes out once, and is tried again by a start three times."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from desk.post import Chat, Parcel, say
from storage.engine.ledger import Ledger
from storage.engine.schema import move
from tests.persistence.conftest import NOON, Archive, archive, ledger
from tests.persistence.test_migrations import contents, populate

__all__ = ["archive", "ledger"]

MINUTE = timedelta(minutes=1)


def update(number: int, chat: int = 7) -> dict[str, Any]:
    """An update as Telegram sends it."""
    return {"update_id": number, "message": {"message_id": 1, "chat": {"id": chat}, "text": "?"}}


async def fail(archive: Archive, *numbers: int) -> None:
    """Updates that come and go into quarantine, a minute apart."""
    await archive.run(lambda stores: stores.inbox.take_in([update(each) for each in numbers], NOON))
    for place, number in enumerate(numbers):
        at = NOON + place * MINUTE
        await archive.run(
            lambda stores, n=number, at=at: stores.inbox.fail(n, "TypeError at meet:1", at, for_good=True)
        )


async def set_aside(archive: Archive, error: str | None, at: Any = NOON) -> str:
    """A parcel that stands aside."""

    def unit(stores: Any) -> str:
        stores.outbox.post(Parcel(to=Chat(7), body=say("привет"), dedupe=f"a key {error} {at}"))
        number = stores.outbox.posted[-1].id
        stores.outbox.park([number], error)
        return f"p{number}"

    return await archive.run(unit, at=at)


async def names(archive: Archive, limit: int = 10, skip: int = 0, **where: Any) -> list[str]:
    found = await archive.run(lambda stores: stores.stuck.newest(limit, skip), **where)
    return [each.name for each in found]


async def test_both_kinds_stand_in_one_list_newest_first(archive: Archive) -> None:
    await fail(archive, 1, 2, 3)
    failed = await set_aside(archive, "KeyError at x:1", NOON + 1.5 * MINUTE)
    uncertain = await set_aside(archive, None, NOON + 9 * MINUTE)
    assert await names(archive) == [uncertain, "u3", failed, "u2", "u1"]
    assert await names(archive, 2, 1) == ["u3", failed]
    assert await archive.run(lambda stores: stores.stuck.count()) == 5
    assert await names(archive, bot=8, desk="second") == []
    assert list(await archive.run(lambda stores: stores.stuck.failed(10))) == ["u1", "u2", "u3", failed]
    shown = await archive.run(lambda stores: stores.stuck.get("u2"))
    assert shown is not None
    assert (shown.raw, shown.error) == (update(2), "TypeError at meet:1")
    for forged in ("u99", "p99", "x1", "u", "", "u-1", "u" + "9" * 30):
        assert await archive.run(lambda stores, name=forged: stores.stuck.get(name)) is None
        assert not await archive.run(lambda stores, name=forged: stores.stuck.retry(name))
        assert not await archive.run(lambda stores, name=forged: stores.stuck.drop(name))


async def test_an_update_goes_back_once_with_all_its_tries(archive: Archive) -> None:
    await fail(archive, 1)
    assert not await archive.run(lambda stores: stores.stuck.retry("u1"), bot=8)
    assert await archive.run(lambda stores: stores.stuck.retry("u1"))
    assert not await archive.run(lambda stores: stores.stuck.retry("u1"))
    [back] = await archive.run(lambda stores: stores.inbox.waiting(10))
    assert (back.attempts, back.retried, back.raw) == (0, 0, update(1))


async def test_a_parcel_goes_back_under_a_number_that_the_sender_has_not_read(archive: Archive) -> None:
    name = await set_aside(archive, "KeyError")
    assert not await archive.run(lambda stores: stores.stuck.retry(name), desk="second")
    assert await archive.run(lambda stores: stores.stuck.retry(name))
    assert not await archive.run(lambda stores: stores.stuck.retry(name))
    [posted] = await archive.run(lambda stores: stores.stuck.post_released())
    assert posted.id > int(name[1:])
    assert posted.parcel.body == say("привет")
    assert list(await archive.run(lambda stores: stores.stuck.post_released())) == []
    assert await archive.run(lambda stores: stores.outbox.counts()) == {"waiting": 1, "uncertain": 0}


async def test_what_is_dropped_is_gone_and_does_not_come_again(archive: Archive) -> None:
    await fail(archive, 1)
    name = await set_aside(archive, None)
    for each in ("u1", name):
        assert await archive.run(lambda stores, name=each: stores.stuck.drop(name))
        assert not await archive.run(lambda stores, name=each: stores.stuck.drop(name))
    assert list(await archive.run(lambda stores: stores.inbox.take_in([update(1)], NOON))) == []
    assert await names(archive) == []


async def test_a_release_tries_three_times_and_another_as_often(archive: Archive) -> None:
    await fail(archive, 1)
    for release in ("1.0", "1.1"):
        for start in range(5):
            await archive.run(lambda stores, r=release: stores.stuck.begin_again(r))
            waiting = await archive.run(lambda stores: stores.inbox.waiting(10))
            assert [each.retried for each in waiting] == ([start + 1] if start < 3 else [])
            if waiting:
                await archive.run(lambda stores: stores.inbox.fail(1, "TypeError", NOON, for_good=True))
    assert await names(archive) == ["u1"]


async def test_what_ends_the_process_ends_three_starts_and_no_more(archive: Archive) -> None:
    await fail(archive, 1)
    name = await set_aside(archive, "KeyError")
    found = []
    for _ in range(5):
        await archive.run(lambda stores: stores.stuck.begin_again("1.0"))
        found.append(len(await archive.run(lambda stores: stores.inbox.waiting(10))))
    assert found == [1, 1, 1, 0, 0]
    assert await names(archive) == ["u1", name]


async def test_what_may_have_arrived_is_tried_by_no_start(archive: Archive) -> None:
    name = await set_aside(archive, None)
    await archive.run(lambda stores: stores.stuck.begin_again("1.0"))
    assert await names(archive) == [name]


async def test_others_of_the_same_chat_are_known(archive: Archive) -> None:
    await archive.run(lambda stores: stores.inbox.take_in([update(9, chat=8)], NOON))
    await fail(archive, 1, 2)
    assert await archive.run(lambda stores: stores.stuck.others_of("7", 1))
    assert not await archive.run(lambda stores: stores.stuck.others_of("8", 9))
    assert not await archive.run(lambda stores: stores.stuck.others_of("7", 1), bot=8)


async def test_forward_and_back_with_rows_in_both_tables(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0008"))
    await ledger.run(populate)
    await ledger.run(lambda conn: conn.execute(text("UPDATE inbox SET state = 2")).rowcount)
    await ledger.run(lambda conn: conn.execute(text("UPDATE outbox SET state = 1")).rowcount)
    before = await ledger.run(contents)
    await ledger.run(lambda conn: move(conn, "0009"))
    forward = await ledger.run(contents)
    for row in forward["inbox"]:
        assert (row["failed_at"], row["retried"], row["retried_by"]) == (row["received_at"], 0, None)
    for row in forward["outbox"]:
        assert (row["failed_at"], row["retried"], row["error"]) == (row["posted_at"], 0, None)
    await ledger.run(lambda conn: conn.execute(text("UPDATE outbox SET state = 2")).rowcount)
    await ledger.run(lambda conn: move(conn, "0008"))
    assert await ledger.run(contents) == before


@pytest.mark.parametrize("many", [1200])
async def test_the_list_has_an_end_and_is_quick_to_turn(archive: Archive, many: int) -> None:
    rows = [update(number) for number in range(1, many + 1)]
    await archive.run(lambda stores: stores.inbox.take_in(rows, NOON))
    aside = text("UPDATE inbox SET state = 2, error = 'TypeError', failed_at = received_at + update_id")
    await archive.ledger.run(lambda conn: conn.execute(aside).rowcount)
    assert await archive.run(lambda stores: stores.stuck.count()) == 1000
    assert await names(archive, 2, 998) == [f"u{many - 998}", f"u{many - 999}"]
    assert len(await archive.run(lambda stores: stores.stuck.failed(500))) == 500
