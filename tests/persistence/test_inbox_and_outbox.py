"""The inbox and the outbox, timers and places: nothing twice, nothing lost, in order."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from desk.placement import Placement
from desk.post import Button, Carry, Chat, Lane, Mark, OperatorsGroup, Parcel, Say, ShowCard, TopicOf, say
from storage.outbox import WaitingParcel
from tests.persistence.conftest import LARGE, NOON, Archive
from tests.persistence.test_people_and_matters import says
from tickets.ticket import Place

HIGH = 2**40


def update(number: int, **more: Any) -> dict[str, Any]:
    """An update as Telegram sends it, with characters that hurt."""
    message = {"message_id": 1, "chat": {"id": LARGE}, "text": "Ы'\"\\ 👩‍👩‍👧", **more}
    return {"update_id": number, "message": message}


async def states(archive: Archive) -> list[int]:
    """Of every update in the inbox, in order: 0 waits, 1 is done, 2 stands in quarantine."""
    look = text("SELECT state FROM inbox ORDER BY update_id")
    return await archive.ledger.run(lambda conn: list(conn.execute(look).scalars()))


async def test_an_update_is_taken_in_once(archive: Archive) -> None:
    await archive.run(lambda stores: stores.inbox.take_in([update(HIGH + 1), update(HIGH)], NOON))
    await archive.run(lambda stores: stores.inbox.take_in([update(HIGH), update(HIGH + 2)], NOON))
    waiting = await archive.run(lambda stores: stores.inbox.waiting(10))
    assert [each.update_id for each in waiting] == [HIGH, HIGH + 1, HIGH + 2]
    assert waiting[0].raw == update(HIGH)
    assert [each.update_id for each in await archive.run(lambda stores: stores.inbox.waiting(1, HIGH))] == [
        HIGH + 1
    ]
    assert await archive.run(lambda stores: stores.inbox.waiting(10), bot=8) == []


async def test_an_update_is_finished_once_and_its_words_are_forgotten(archive: Archive) -> None:
    await archive.run(lambda stores: stores.inbox.take_in([update(1), update(2)], NOON))
    assert await archive.run(lambda stores: stores.inbox.finish(1, NOON))
    assert not await archive.run(lambda stores: stores.inbox.finish(1, NOON))
    await archive.run(lambda stores: stores.inbox.take_in([update(1)], NOON))
    assert await states(archive) == [1, 0]
    bodies = await archive.ledger.run(
        lambda conn: list(conn.execute(text("SELECT body FROM inbox ORDER BY update_id")).scalars())
    )
    assert bodies[0] == ""
    assert json.loads(bodies[1]) == update(2)


async def test_quarantine(archive: Archive) -> None:
    await archive.run(lambda stores: stores.inbox.take_in([update(1), update(2)], NOON))
    await archive.run(lambda stores: stores.inbox.fail(1, "ValueError at handler:1", NOON, for_good=False))
    [first, _] = await archive.run(lambda stores: stores.inbox.waiting(10))
    assert first.attempts == 1
    await archive.run(lambda stores: stores.inbox.fail(1, "ValueError at handler:1", NOON, for_good=True))
    assert [each.update_id for each in await archive.run(lambda stores: stores.inbox.waiting(10))] == [2]
    assert await archive.run(lambda stores: stores.inbox.counts()) == {"waiting": 1, "quarantine": 1}
    assert not await archive.run(lambda stores: stores.inbox.finish(1, NOON))
    await archive.run(lambda stores: stores.inbox.finish(2, NOON))
    await archive.run(lambda stores: stores.inbox.fail(2, "late", NOON, for_good=True))
    assert await archive.run(lambda stores: stores.inbox.counts()) == {"waiting": 0, "quarantine": 1}
    assert await states(archive) == [2, 1]


async def post(archive: Archive, *parcels: Parcel) -> None:
    for parcel in parcels:
        await archive.run(lambda stores, p=parcel: stores.outbox.post(p))


async def waiting(archive: Archive, *lanes: Lane, after: int = 0, desk: str = "main") -> list[WaitingParcel]:
    lanes = lanes or tuple(Lane)
    return list(await archive.run(lambda stores: stores.outbox.after(lanes, after, 100), desk=desk))


async def test_parcels_come_back_as_they_were_posted_and_in_order(archive: Archive) -> None:
    whole = Parcel(
        to=Chat(-LARGE, LARGE), body=Say(html="<b>Ы</b>", rows=[[Button("Да", "y:1")]], answers=LARGE),
        lane=Lane.INCIDENT, kind="relay.asked", ref={"message": 1, "номер": [1, 2]}, wait=timedelta(hours=1),
        lasts=timedelta(1),
    )  # fmt: skip
    await post(archive, whole, Parcel(to=Chat(1), body=say("2")), Parcel(to=Chat(1), body=say("3")))
    found = await waiting(archive)
    assert [each.id for each in found] == sorted(each.id for each in found)
    assert found[0].parcel == whole
    assert [each.chat_id for each in await waiting(archive, Lane.INCIDENT)] == [-LARGE]
    assert len(await waiting(archive, after=found[0].id)) == 2
    assert await waiting(archive, desk="second") == []


async def test_a_parcel_replaces_the_waiting_one_with_its_key(archive: Archive) -> None:
    card = Parcel(to=Chat(1), body=ShowCard(), dedupe="card:1")
    await post(archive, card)
    [old] = await waiting(archive)
    await post(archive, card)
    [new] = await waiting(archive)
    assert new.id > old.id
    assert await archive.run(lambda stores: stores.outbox.standing([old.id, new.id])) == {new.id}
    assert not await archive.run(lambda stores: stores.outbox.settle([old.id]))
    await archive.run(lambda stores: stores.outbox.post(card), desk="second")
    assert len(await waiting(archive)) == 1


async def test_what_is_posted_and_replaced_in_one_transaction_nobody_sends(
    archive: Archive,
) -> None:
    def unit(stores: Any) -> list[WaitingParcel]:
        for word in ("раз", "два", "три"):
            stores.outbox.post(Parcel(to=Chat(1), body=say(word), dedupe="word"))
        posted: list[WaitingParcel] = stores.outbox.posted
        return posted

    assert [each.parcel.body for each in await archive.run(unit)] == [say("три")]


async def test_a_number_is_never_given_twice(archive: Archive) -> None:
    await post(archive, Parcel(to=Chat(1), body=say("1")))
    [first] = await waiting(archive)
    assert await archive.run(lambda stores: stores.outbox.settle([first.id]))
    assert not await archive.run(lambda stores: stores.outbox.settle([first.id]))
    await post(archive, Parcel(to=Chat(1), body=say("2")))
    [second] = await waiting(archive, after=first.id)
    assert second.id > first.id


async def test_postponed_parked_and_interrupted(archive: Archive) -> None:
    await post(archive, *(Parcel(to=Chat(n), lane=Lane.BULK, body=say("!")) for n in range(3)))
    one, two, three = [each.id for each in await waiting(archive)]
    await archive.run(lambda stores: stores.outbox.start([one, two, three]))
    await archive.run(lambda stores: stores.outbox.postpone([one]))
    await archive.run(lambda stores: stores.outbox.park([two]))
    assert await archive.run(lambda stores: [each.id for each in stores.outbox.interrupted()]) == [three]
    assert await archive.run(lambda stores: stores.outbox.interrupted(), desk="second") == []
    first, third = await waiting(archive)
    assert (first.attempts, first.started_at) == (1, None)
    assert third.started_at == NOON
    assert await archive.run(lambda stores: stores.outbox.counts()) == {"waiting": 2, "uncertain": 1}


async def test_what_waits_for_a_group_moves_with_it(archive: Archive) -> None:
    old, new = -5, -LARGE
    anna = await archive.meets()
    here = [
        Parcel(to=TopicOf(anna.id), body=Carry(kept_id=1)),
        Parcel(to=OperatorsGroup(), body=say("General")),
        Parcel(to=Chat(old, 9), body=say("в теме")),
        Parcel(to=Chat(old), body=Mark(message_id=4, emoji="👌")),
        Parcel(to=Chat(7), body=say("а это не туда")),
    ]
    await post(archive, *here)
    await archive.run(lambda stores: stores.outbox.post(here[1]), desk="second")
    await archive.run(lambda stores: stores.outbox.move(old, new))
    moved = await waiting(archive)  # message 4 stays behind
    assert [(each.chat_id, each.parcel.to) for each in moved] == [
        (new, TopicOf(anna.id)),
        (new, Chat(new)),
        (new, Chat(new)),
        (7, Chat(7)),
    ]
    assert [each.stream for each in moved] == [f"{new}/{anna.id}", f"{new}", f"{new}", "7"]
    assert [each.chat_id for each in await waiting(archive, desk="second")] == [old]


async def test_places_are_remembered_and_migrate(archive: Archive) -> None:
    anna = await archive.meets()
    await archive.run(lambda stores: stores.topics.made(anna.id, -5, 5, "🔵 Анна"))
    await archive.run(lambda stores: stores.placements.put("card:1", Placement(-5, 6)))
    await archive.run(lambda stores: stores.placements.put("incident:1", Placement(-7, 6)))
    message = await archive.run(lambda stores: says(stores, anna.id, "?", Place(anna.chat_id, 1)))
    await archive.run(lambda stores: stores.messages.pair(message.id, Place(-5, 8)))
    assert await archive.run(lambda stores: stores.places.now(-5)) == (-5, None)
    await archive.run(lambda stores: stores.places.note(-5, -5, forum=False))
    await archive.run(lambda stores: stores.places.note(-5, -LARGE, forum=None))
    await archive.run(lambda stores: stores.places.migrate(-5, -LARGE))
    assert await archive.run(lambda stores: stores.places.now(-5)) == (-LARGE, None)
    assert await archive.run(lambda stores: stores.places.now(-5), desk="second") == (-5, None)
    assert await archive.run(lambda stores: stores.topics.of(anna.id)) is None
    assert await archive.run(lambda stores: stores.topics.at(-5, 5)) is None
    stands = await archive.run(lambda stores: stores.placements.among(["card:1", "incident:1"]))
    assert stands == {"incident:1": Placement(-7, 6)}
    assert await archive.run(lambda stores: stores.messages.places(message.id)) == [Place(anna.chat_id, 1)]


async def test_timers_are_due_in_order_and_done_once(archive: Archive) -> None:
    soon, later = NOON + timedelta(seconds=1), NOON + timedelta(hours=1)
    await archive.run(lambda stores: stores.timers.set("survey", LARGE, later))
    await archive.run(lambda stores: stores.timers.set("topics", 0, soon))
    await archive.run(lambda stores: stores.timers.set("survey", LARGE, NOON))
    assert await archive.run(lambda stores: stores.timers.due(NOON - timedelta(milliseconds=1))) == []
    due = await archive.run(lambda stores: stores.timers.due(later))
    assert [(each.kind, each.subject, each.due_at) for each in due] == [
        ("survey", LARGE, NOON),
        ("topics", 0, soon),
    ]
    assert await archive.run(lambda stores: stores.timers.due(later), desk="second") == []
    assert await archive.run(lambda stores: stores.timers.done(due[0].id))
    assert not await archive.run(lambda stores: stores.timers.done(due[0].id))
    await archive.run(lambda stores: stores.timers.clear("topics", 0))
    assert await archive.run(lambda stores: stores.timers.due(later)) == []
