"""What is kept no longer, kind by kind: what goes, and what stays however old it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, func, select

from bot.rooms.stores import Stores
from broadcasts.alerts.alert import AlertSource
from broadcasts.alerts.kept import KeptAlert
from broadcasts.incident import Severity
from broadcasts.polls.poll import Poll, PollState
from desk.content import Content
from desk.people import Person
from desk.placement import Placement
from desk.post import Carry, Chat, Parcel
from storage.retention import sweeps as retention
from storage.tables import alerts, audit, ballots, inbox, messages, outbox, pairs, placements, polls
from tests.persistence.conftest import Archive
from tickets.ticket import Place

NOON = datetime(2026, 7, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OLD, EVER = NOON - 400 * DAY, datetime(1970, 1, 1, tzinfo=UTC)
YEAR_AGO = NOON - 365 * DAY
HI = Content(text="Почему мой зонтик поёт?")


async def sweep(archive: Archive, kind: str, before: datetime = YEAR_AGO, **whose: Any) -> datetime | None:
    return await archive.run(lambda stores: stores.sweeps.bites[kind](before, EVER), **whose)


async def count(archive: Archive, table: Table) -> int:
    return await archive.ledger.run(
        lambda conn: conn.execute(select(func.count()).select_from(table)).scalar_one()
    )


def update(number: int) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": 5}}}


async def test_updates_go_once_they_are_handled_and_old(archive: Archive) -> None:
    await archive.run(lambda stores: stores.inbox.take_in([update(n) for n in range(4)], OLD))
    await archive.run(lambda stores: stores.inbox.finish(0, OLD))
    await archive.run(lambda stores: stores.inbox.finish(1, NOON))
    await archive.run(lambda stores: stores.inbox.fail(2, "bad", NOON, for_good=True))
    await sweep(archive, "updates", bot=8)
    assert await count(archive, inbox) == 4
    await sweep(archive, "updates")
    assert await count(archive, inbox) == 3
    assert await archive.run(lambda stores: stores.inbox.counts()) == {"waiting": 1, "quarantine": 1}


async def test_of_what_was_set_aside_the_old_goes_and_what_waits_stays(archive: Archive) -> None:
    await archive.run(lambda stores: stores.inbox.take_in([update(0), update(1)], OLD))
    await archive.run(lambda stores: stores.inbox.take_in([update(2)], NOON))
    for number in (0, 2):
        await archive.run(lambda stores, n=number: stores.inbox.fail(n, "bad", NOON, for_good=True))
    for at in (OLD, OLD, NOON):
        await archive.run(lambda stores: stores.outbox.post(Parcel(to=Chat(1), body=Carry(kept_id=1))), at=at)
    await archive.run(lambda stores: stores.outbox.park([1, 3]))
    await sweep(archive, "quarantine")
    assert await archive.run(lambda stores: stores.inbox.counts()) == {"waiting": 1, "quarantine": 1}
    assert await archive.run(lambda stores: stores.outbox.counts()) == {"waiting": 1, "uncertain": 1}


async def test_old_attempts_go_desk_by_desk(archive: Archive) -> None:
    for desk in ("main", "second"):
        for at in (OLD, NOON):
            await archive.run(
                lambda stores, at=at: stores.audit.note(5, "broadcast", None, allowed=False, at=at), desk=desk
            )
    await sweep(archive, "audit")
    assert await count(archive, audit) == 3


@dataclass
class Asked:
    """A question in a message of a ticket, with the comment that came after it."""

    message: int
    question: int
    ticket: int
    survey: int


async def asks(archive: Archive, at: datetime, *, closed: bool = True, number: int = 7) -> Asked:
    anna = await archive.meets(number)

    def tell(stores: Any) -> Asked:
        ticket = stores.tickets.open(anna.id, at=at, payload=None, complaint=False)
        said = {"customer_id": anna.id, "ticket_id": ticket.id, "content": HI, "at": at}
        message = stores.messages.keep(**said, author="customer", original=Place(number, 1))
        comment = stores.messages.keep(**said, author="customer", original=Place(number, 2))
        stores.messages.pair(message.id, Place(-100, number))
        asked = {"customer_id": anna.id, "message_id": message.id, "text": HI.text, "asked_at": at}
        question = stores.questions.keep(**asked, zone="person", offered=["refund"])
        survey = stores.surveys.ask(ticket.id, anna.id, at)
        stores.surveys.rate(survey, 2, at)
        stores.surveys.comment(survey, HI.text, comment.id, at)
        if closed:
            stores.tickets.close(ticket.id, at)
        return Asked(message.id, question, ticket.id, survey)

    return await archive.run(tell)


async def test_of_an_old_question_the_words_go_and_the_figures_stay(archive: Archive) -> None:
    old, young = await asks(archive, OLD), await asks(archive, NOON, number=8)
    still_open = await asks(archive, OLD, closed=False, number=9)
    before = await archive.run(lambda stores: stores.evidence.figures(EVER, NOON + DAY))
    await sweep(archive, "questions")
    texts = [
        (await archive.run(lambda stores, q=each.question: stores.questions.get(q))).text  # type: ignore[union-attr]
        for each in (old, young, still_open)
    ]
    assert texts == ["", HI.text, HI.text]
    assert await archive.run(lambda stores: stores.evidence.figures(EVER, NOON + DAY)) == before
    learnt = await archive.run(lambda stores: stores.evidence.unanswered(EVER, 100))
    assert {each.id for each in learnt} == {young.question, still_open.question}
    known = await archive.run(lambda stores: stores.evidence.asked([old.question, young.question]))
    assert [each.id for each in known] == [young.question]


async def test_old_messages_go_with_their_places_and_what_came_of_them_stays(archive: Archive) -> None:
    old, young = await asks(archive, OLD), await asks(archive, NOON, number=8)
    await sweep(archive, "messages")
    kept = await archive.run(lambda stores: stores.messages.get([old.message, young.message]))
    assert [each.id for each in kept] == [young.message]
    assert (await count(archive, messages), await count(archive, pairs)) == (2, 3)
    question = await archive.run(lambda stores: stores.questions.get(old.question))
    assert question is not None
    assert (question.message_id, question.asked_in, question.zone) == (None, (), "person")
    survey = await archive.run(lambda stores: stores.surveys.get(old.survey))
    assert survey is not None
    assert (survey.rating, survey.comment, survey.comment_message) == (2, None, None)
    other = await archive.run(lambda stores: stores.surveys.get(young.survey))
    assert other is not None
    assert other.comment == HI.text


async def test_messages_of_an_open_ticket_stay_however_old_they_are(archive: Archive) -> None:
    still_open = await asks(archive, OLD, closed=False)
    await sweep(archive, "messages")
    assert len(await archive.run(lambda stores: stores.messages.get([still_open.message]))) == 1
    await archive.run(lambda stores: stores.tickets.close(still_open.ticket, NOON))
    await sweep(archive, "messages")
    assert len(await archive.run(lambda stores: stores.messages.get([still_open.message]))) == 0


async def test_a_message_that_is_on_its_way_stays(archive: Archive) -> None:
    old = await asks(archive, OLD)
    parcel = Parcel(to=Chat(1), body=Carry(kept_id=old.message))
    await archive.run(lambda stores: stores.outbox.post(parcel), at=OLD)
    await sweep(archive, "messages")
    assert len(await archive.run(lambda stores: stores.messages.get([old.message]))) == 1


async def test_another_desk_s_messages_are_another_s(archive: Archive) -> None:
    await asks(archive, OLD)
    await sweep(archive, "messages", desk="second")
    assert await count(archive, messages) == 2


async def test_alerts_go_with_where_managers_saw_them(archive: Archive) -> None:
    for key, at in (("old", OLD), ("young", NOON)):
        alert = KeptAlert(
            source=AlertSource.KUMA,
            key=key,
            first_at=OLD,
            last_at=at,
            severity=Severity.RED,
            title="!",
            shown=("1001", "group"),
        )
        number = await archive.run(lambda stores, alert=alert: stores.alerts.keep(alert))
        for place in alert.shown:
            await archive.run(
                lambda stores, name=f"alert:{number}:{place}": stores.placements.put(name, Placement(1, 2))
            )
    await sweep(archive, "alerts", desk="second")
    assert await count(archive, alerts) == 2
    await sweep(archive, "alerts")
    assert (await count(archive, alerts), await count(archive, placements)) == (1, 2)


KEPT: Mapping[str, Table] = {"audit": audit, "messages": messages, "updates": inbox, "quarantine": outbox}


@pytest.mark.parametrize("kind", KEPT)
async def test_a_bite_is_small_and_says_whether_it_was_the_last(
    kind: str, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OLD_AUDIT", "OLD_MESSAGES", "HANDLED"):
        monkeypatch.setattr(retention, name, getattr(retention, name).limit(2))
    monkeypatch.setattr(retention, "BITE", 2)
    anna = await archive.meets()
    for number in range(3):
        at = OLD + timedelta(minutes=number)
        await archive.run(lambda stores, at=at: stores.audit.note(5, "x", None, allowed=False, at=at))
        await archive.run(lambda stores, n=number: stores.inbox.take_in([update(n)], OLD))
        await archive.run(lambda stores, n=number, at=at: stores.inbox.finish(n, at))
        await archive.run(lambda stores: stores.outbox.post(Parcel(to=Chat(1), body=Carry(kept_id=9))), at=at)
        await archive.run(lambda stores, n=number: stores.outbox.park([n + 1]))
        await archive.run(
            lambda stores, at=at: stores.messages.keep(
                customer_id=anna.id, ticket_id=None, author="customer", content=HI, at=at
            )
        )
    assert await sweep(archive, kind) == OLD + timedelta(minutes=1)
    assert await count(archive, KEPT[kind]) == 1
    assert await sweep(archive, kind) is None
    assert await count(archive, KEPT[kind]) == 0


async def test_ballots_go_once_their_poll_is_over_and_old(archive: Archive) -> None:
    ids = []
    for state in (PollState.OPEN, PollState.ENDED):

        def asked(stores: Stores, state: PollState = state) -> int:
            customer = stores.customers.meet(Person(telegram_id=5, first_name="Анна"))
            poll = Poll(author_id=5, where=Chat(5), language="ru", touched_at=OLD, question="?")
            poll = replace(stores.polls.add(poll), state=state)
            stores.polls.keep(poll)
            stores.ballots.add(poll.id, [customer.id])
            return poll.id

        ids.append(await archive.run(asked, at=OLD))
    await sweep(archive, "ballots", desk="second")
    assert await count(archive, ballots) == 2
    await sweep(archive, "ballots")
    kept = [await archive.run(lambda stores, n=each: stores.ballots.of(n, 1)) for each in ids]
    assert [each is None for each in kept] == [False, True]
    assert await count(archive, polls) == 2
