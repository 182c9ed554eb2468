"""Bans and what is written during them, as they are kept; and the way to their schema and back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from bot.rooms.stores import Stores
from desk.content import Content
from desk.post import Carry, Chat, Parcel, TopicOf
from storage.engine.ledger import Ledger
from storage.engine.schema import move
from storage.tables import pairs
from tests.persistence.conftest import NOON, Archive
from tests.persistence.test_migrations import contents, populate, torn
from tickets.ticket import Message, Place

BY = {"by_id": 5, "by_name": "Олег"}
DAY = timedelta(days=1)


async def test_at_most_one_ban_of_a_customer_stands(archive: Archive) -> None:
    anna = await archive.meets()
    first = await archive.run(lambda stores: stores.bans.add(anna.id, "спам", **BY, at=NOON))
    assert await archive.run(lambda stores: stores.bans.of(anna.id)) == first
    with pytest.raises(IntegrityError):
        await archive.run(lambda stores: stores.bans.add(anna.id, "снова", **BY, at=NOON))
    await archive.run(lambda stores: stores.bans.lift(first.id, by_id=6, by_name="Мария", at=NOON + DAY))
    assert await archive.run(lambda stores: stores.bans.of(anna.id)) is None
    kept = await archive.run(lambda stores: stores.bans.get(first.id))
    assert kept is not None
    assert (kept.reason, kept.by_name, kept.lifted_at) == ("спам", "Олег", NOON + DAY)
    second = await archive.run(lambda stores: stores.bans.add(anna.id, "снова", **BY, at=NOON))
    assert await archive.run(lambda stores: stores.bans.of(anna.id)) == second


async def test_a_customer_is_known_as_banned_wherever_they_are_read(archive: Archive) -> None:
    anna, boris = [await archive.meets(number) for number in (1, 2)]
    await archive.run(lambda stores: stores.topics.made(anna.id, -5, 7, "Anna"))

    def read(stores: Stores) -> list[bool]:
        customers, renamed = stores.customers, replace(anna.person, first_name="Аня")
        known, topic = customers.known(anna.chat_id), customers.in_topic(-5, 7)
        assert known is not None
        assert topic is not None
        ways = [known, topic, customers.get(anna.id), customers.meet(anna.person), customers.meet(renamed)]
        assert not customers.get(boris.id).banned
        return [each.banned for each in ways]

    assert not any(await archive.run(read))
    ban = await archive.run(lambda stores: stores.bans.add(anna.id, "спам", **BY, at=NOON))
    assert all(await archive.run(read))
    await archive.run(lambda stores: stores.bans.lift(ban.id, by_id=6, by_name="Мария", at=NOON + DAY))
    assert not any(await archive.run(read))


async def test_bans_are_listed_by_desk_and_newest_first(archive: Archive) -> None:
    people = [await archive.meets(number) for number in (1, 2, 3)]
    elsewhere = await archive.meets(1, desk="two")
    for person in people:
        await archive.run(lambda stores, c=person.id: stores.bans.add(c, f"{c}", **BY, at=NOON))
    assert await archive.run(lambda stores: stores.bans.count()) == 3
    shown = await archive.run(lambda stores: stores.bans.standing(2))
    assert [each.customer_id for each in shown] == [people[2].id, people[1].id]
    rest = await archive.run(lambda stores: stores.bans.standing(2, 2))
    assert [each.customer_id for each in rest] == [people[0].id]
    assert await archive.run(lambda stores: stores.bans.count(), desk="two") == 0
    assert await archive.run(lambda stores: stores.bans.of(elsewhere.id), desk="two") is None
    assert await archive.run(lambda stores: stores.bans.get(shown[0].id), desk="two") is None


def held(stores: Stores, customer_id: int, words: str, *, ago: timedelta = timedelta(0)) -> Message:
    return stores.messages.keep(
        customer_id=customer_id,
        ticket_id=None,
        author="held",
        content=Content(text=words),
        at=NOON - ago,
        original=Place(7, len(words)),
    )


async def test_what_is_held_is_swept_with_its_places(archive: Archive) -> None:
    anna, boris = await archive.meets(1), await archive.meets(2)
    for words, ago in (("первое", 30), ("второе слово", 26), ("третье", 2)):
        await archive.run(lambda stores, w=words, a=ago: held(stores, anna.id, w, ago=timedelta(hours=a)))
    await archive.run(lambda stores: held(stores, boris.id, "чужое", ago=timedelta(hours=50)))
    assert await archive.run(lambda stores: stores.held.count(anna.id)) == 3
    oldest = await archive.run(lambda stores: stores.held.sweep(anna.id, NOON - DAY))
    assert oldest == NOON - timedelta(hours=2)
    left = await archive.run(lambda stores: stores.held.of(anna.id))
    assert [each.content.text for each in left] == ["третье"]
    assert len(await archive.ledger.run(lambda conn: list(conn.execute(select(pairs))))) == 2
    assert await archive.run(lambda stores: stores.held.sweep(anna.id, NOON)) is None
    assert await archive.run(lambda stores: stores.held.count(boris.id)) == 1


async def test_a_held_message_is_nobody_else_s_until_it_is_released(archive: Archive) -> None:
    anna = await archive.meets()

    def unit(stores: Stores) -> list[int]:
        ticket = stores.tickets.open(anna.id, at=NOON, payload=None, complaint=False)
        message = held(stores, anna.id, "пусти")
        found = [len(stores.messages.unheard(anna.id, NOON - DAY))]
        stores.held.release([message.id], ticket.id)
        return [*found, stores.held.count(anna.id), len(stores.messages.under(anna.id, ticket.id))]

    assert await archive.run(unit) == [0, 0, 1]


async def test_what_waits_of_a_ticket_is_withdrawn_and_nothing_else(archive: Archive) -> None:
    anna = await archive.meets()

    def unit(stores: Stores) -> tuple[Any, ...]:
        ticket = stores.tickets.open(anna.id, at=NOON, payload=None, complaint=False)
        key = {"customer_id": anna.id, "ticket_id": ticket.id, "content": Content(text="?"), "at": NOON}
        hers = stores.messages.keep(**key, author="customer")
        his = stores.messages.keep(**key, author="operator")
        stores.outbox.post(Parcel(to=TopicOf(anna.id), body=Carry(kept_id=hers.id)))
        stores.outbox.post(Parcel(to=Chat(1), body=Carry(kept_id=his.id)))
        gone = stores.outbox.withdraw(anna.id, ticket.id)
        return gone, [("carry", hers.id)], stores.outbox.counts()["waiting"], len(stores.outbox.replaced)

    gone, expected, waiting, replaced = await archive.run(unit)
    assert (gone, waiting, replaced) == (expected, 1, 1)


def hold_one(conn: Connection) -> None:
    conn.execute(text("UPDATE messages SET author = 'held' WHERE id = 1"))


@pytest.mark.parametrize("start", ["0001", "0002", "0003", "0004"])
async def test_from_every_released_schema_and_back(ledger: Ledger, start: str) -> None:
    await ledger.run(lambda conn: move(conn, start))
    await ledger.run(populate)
    await ledger.run(lambda conn: move(conn, "0004"))
    before = await ledger.run(contents)
    await ledger.run(lambda conn: move(conn, "0005"))
    forward = await ledger.run(contents)
    assert forward.pop("bans") == []
    assert forward == before
    assert await ledger.run(torn) == []
    await ledger.run(lambda conn: move(conn, "0004"))
    assert await ledger.run(contents) == before
    await ledger.run(lambda conn: move(conn, start))
    assert await ledger.run(torn) == []


async def test_back_from_bans_in_use_what_was_held_is_a_message(ledger: Ledger) -> None:
    await ledger.run(lambda conn: move(conn, "0005"))
    await ledger.run(populate)
    await ledger.run(hold_one)
    await ledger.run(lambda conn: move(conn, "0004"))
    authors = text("SELECT author FROM messages WHERE id = 1")
    assert await ledger.run(lambda conn: conn.execute(authors).scalar_one()) == "customer"
    assert await ledger.run(torn) == []
