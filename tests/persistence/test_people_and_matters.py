"""Customers, operators, tickets, messages, questions and surveys: what was written is what is read."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.rooms.stores import Stores
from desk.content import Content
from desk.people import Operator, Person
from desk.post import Carry, Chat, Erase, Parcel
from tests.persistence.conftest import LARGE, NOON, Archive
from tickets.ticket import Message, Place, Ticket

HOSTILE = "<b>Анна</b> 👩‍👩‍👧 '); DROP TABLE customers; --"
ELSEWHERE = "second"


def opens(stores: Stores, customer_id: int, **more: object) -> Ticket:
    payload = str(more["payload"]) if "payload" in more else None
    return stores.tickets.open(customer_id, at=NOON, payload=payload, complaint=bool(more.get("complaint")))


def says(stores: Stores, customer_id: int, text: str, place: Place | None = None, **more: object) -> Message:
    values = {"ticket_id": None, "author": "customer", "at": NOON, **more}
    content = Content(text=text, entities=({"type": "bold", "offset": 0, "length": 1},))
    return stores.messages.keep(customer_id=customer_id, content=content, original=place, **values)


async def test_a_customer_is_met_once_and_kept_up_to_date(archive: Archive) -> None:
    anna = await archive.meets()
    assert (await archive.meets()).id == anna.id
    await archive.run(lambda stores: stores.customers.speak(anna.id, "en"))
    await archive.run(lambda stores: stores.customers.block(anna.id, NOON))
    await archive.run(lambda stores: stores.topics.made(anna.id, -5, LARGE, "Анна"))
    married = Person(
        telegram_id=LARGE, first_name=HOSTILE, last_name="Ы", username="anna", language_code="ru"
    )
    met = await archive.run(lambda stores: stores.customers.meet(married))
    assert (met.id, met.person, met.language, met.blocked_at) == (anna.id, married, "en", None)
    assert await archive.run(lambda stores: stores.customers.in_topic(-5, LARGE)) == met
    assert await archive.run(lambda stores: stores.customers.known(LARGE)) == met
    assert await archive.run(lambda stores: stores.customers.get(anna.id)) == met


async def test_desks_do_not_know_each_other_s_people(archive: Archive) -> None:
    here, there = await archive.meets(), await archive.meets(desk=ELSEWHERE)
    assert here.id != there.id
    await archive.run(lambda stores: stores.topics.spare(-5, 5, here.id))
    assert await archive.run(lambda stores: stores.customers.in_topic(-5, 5)) == here
    assert await archive.run(lambda stores: stores.customers.in_topic(-5, 5), desk=ELSEWHERE) is None
    assert await archive.run(lambda stores: stores.customers.known(1), desk=ELSEWHERE) is None
    one, two = (
        await archive.run(lambda stores: opens(stores, here.id)),
        await archive.run(lambda stores: opens(stores, there.id), desk=ELSEWHERE),
    )
    assert (one.number, two.number) == (1, 1)
    assert await archive.run(lambda stores: stores.tickets.last_of(here.id), desk=ELSEWHERE) is None


async def test_operators_who_were_here(archive: Archive) -> None:
    oleg = Operator(telegram_id=-LARGE, name="Олег", username="Oleg_Sample")
    await archive.run(lambda stores: stores.operators.meet(oleg, NOON))
    await archive.run(lambda stores: stores.operators.meet(Operator(telegram_id=2, name="Иван"), NOON))
    assert await archive.run(lambda stores: stores.operators.here(NOON)) == 2
    later = NOON + timedelta(hours=1)
    await archive.run(lambda stores: stores.operators.meet(oleg, later))
    assert await archive.run(lambda stores: stores.operators.here(later)) == 1
    assert await archive.run(lambda stores: stores.operators.usernames()) == {"oleg_sample"}
    assert await archive.run(lambda stores: stores.operators.here(NOON), desk=ELSEWHERE) == 0


async def test_one_open_ticket_a_customer(archive: Archive) -> None:
    anna, boris = await archive.meets(), await archive.meets(2, "Борис")
    first = await archive.run(lambda stores: opens(stores, anna.id, payload="order_1", complaint=True))
    assert (first.number, first.payload, first.complaint, first.opened_at) == (1, "order_1", True, NOON)
    with pytest.raises(IntegrityError):
        await archive.run(lambda stores: opens(stores, anna.id))
    assert (await archive.run(lambda stores: opens(stores, boris.id))).number == 2
    await archive.run(lambda stores: stores.tickets.close(first.id, NOON))
    assert await archive.run(lambda stores: stores.tickets.open_of(anna.id)) is None
    third = await archive.run(lambda stores: opens(stores, anna.id))
    assert third.number == 3
    assert await archive.run(lambda stores: stores.tickets.count_of(anna.id)) == 2
    with pytest.raises(IntegrityError):
        await archive.run(lambda stores: stores.tickets.reopen(first.id))


async def test_ten_at_once_still_open_one_ticket(archive: Archive) -> None:
    anna = await archive.meets()
    runs = (archive.run(lambda stores: opens(stores, anna.id)) for _ in range(10))
    outcomes = await asyncio.gather(*runs, return_exceptions=True)
    assert sum(isinstance(each, Ticket) for each in outcomes) == 1
    assert sum(isinstance(each, IntegrityError) for each in outcomes) == 9


async def test_the_ticket_that_was_opened_again_is_the_last(archive: Archive) -> None:
    anna = await archive.meets()
    old = await archive.run(lambda stores: opens(stores, anna.id))
    await archive.run(lambda stores: stores.tickets.close(old.id, NOON))
    new = await archive.run(lambda stores: opens(stores, anna.id))
    await archive.run(lambda stores: stores.tickets.close(new.id, NOON))
    last = await archive.run(lambda stores: stores.tickets.last_of(anna.id))
    assert last is not None
    assert last.id == new.id
    await archive.run(lambda stores: stores.tickets.reopen(old.id))
    last = await archive.run(lambda stores: stores.tickets.last_of(anna.id))
    assert last is not None
    assert last.id == old.id


async def test_how_long_first_replies_took(archive: Archive) -> None:
    for number, minutes in enumerate((3, 12, 55), 1):
        customer = await archive.meets(number)
        ticket = await archive.run(lambda stores, who=customer: opens(stores, who.id))
        replied = NOON + timedelta(minutes=minutes)
        await archive.run(lambda stores, t=ticket, at=replied: stores.tickets.first_reply(t.id, at))
    assert await archive.run(lambda stores: stores.tickets.waits(NOON)) == [3300, 720, 180]
    assert await archive.run(lambda stores: stores.tickets.waits(NOON + timedelta(minutes=12))) == [3300, 720]
    assert await archive.run(lambda stores: stores.tickets.waits(NOON), desk=ELSEWHERE) == []


async def test_messages_and_the_places_where_they_stand(archive: Archive) -> None:
    anna = await archive.meets()
    hers, group = Place(LARGE, 1), -LARGE
    first = await archive.run(lambda stores: says(stores, anna.id, HOSTILE, hers))
    second = await archive.run(lambda stores: says(stores, anna.id, "и ещё", Place(LARGE, 2)))
    copy = Place(group, 77)
    for message in (first, second):  # a burst goes as one
        await archive.run(lambda stores, m=message: stores.messages.pair(m.id, copy))
    assert await archive.run(lambda stores: stores.messages.find(copy)) == [first, second]
    assert await archive.run(lambda stores: stores.messages.find(hers)) == [first]
    assert await archive.run(lambda stores: stores.messages.places(first.id)) == [hers, copy]
    assert await archive.run(lambda stores: stores.messages.get([second.id, first.id])) == [first, second]
    assert await archive.run(lambda stores: stores.messages.find(copy), desk=ELSEWHERE) == []
    await archive.run(lambda stores: stores.messages.unpair(first.id, group))
    assert await archive.run(lambda stores: stores.messages.places(first.id)) == [hers]
    await archive.run(lambda stores: stores.messages.rewrite(first.id, Content(text="иначе")))
    [changed] = await archive.run(lambda stores: stores.messages.find(hers))
    assert changed.content == Content(text="иначе")


async def test_what_nobody_has_heard_yet(archive: Archive) -> None:
    anna = await archive.meets()
    ticket = await archive.run(lambda stores: opens(stores, anna.id))
    long_ago = NOON - timedelta(hours=2)
    old, helped, asked, heard = [
        await archive.run(lambda stores, m=more: says(stores, anna.id, "?", None, **m))
        for more in ({"at": long_ago}, {}, {}, {"ticket_id": ticket.id})
    ]
    await archive.run(lambda stores: says(stores, anna.id, "мы", None, author="bot"))
    question = {"customer_id": anna.id, "text": "?", "zone": "answer", "offered": ["a"], "asked_at": NOON}
    for message, outcome in ((helped, "helped"), (asked, None)):
        number = await archive.run(
            lambda stores, m=message: stores.questions.keep(message_id=m.id, **question)
        )
        if outcome:
            await archive.run(lambda stores, n=number: stores.questions.settle(n, outcome="helped"))
    lately = NOON - timedelta(hours=1)
    assert await archive.run(lambda stores: stores.messages.unheard(anna.id, lately)) == [asked]
    assert old not in await archive.run(lambda stores: stores.messages.unheard(anna.id, lately))
    await archive.run(lambda stores: stores.messages.adopt([asked.id], ticket.id))
    assert await archive.run(lambda stores: stores.messages.unheard(anna.id, lately)) == []
    [about] = await archive.run(lambda stores: stores.questions.about(anna.id, ticket.id, 3))
    assert (about.message_id, about.offered) == (asked.id, ("a",))
    await archive.run(lambda stores: stores.messages.adopt([heard.id], None))
    assert [
        each.id for each in await archive.run(lambda stores: stores.messages.unheard(anna.id, lately))
    ] == [heard.id]


async def test_the_last_reply_that_can_be_taken_back(archive: Archive) -> None:
    anna = await archive.meets()
    delivered, waiting = [
        await archive.run(
            lambda stores, t=text: says(stores, anna.id, t, None, author="operator", operator_id=5)
        )
        for text in ("доставлен", "в пути")
    ]

    async def last() -> Message | None:
        return await archive.run(lambda stores: stores.messages.last_reply(anna.id, 5))

    assert await last() is None
    await archive.run(lambda stores: stores.messages.pair(delivered.id, Place(LARGE, 9)))
    assert await last() == delivered
    await archive.run(lambda stores: stores.outbox.post(Parcel(to=Chat(1), body=Carry(kept_id=waiting.id))))
    assert await last() == waiting
    await archive.run(lambda stores: stores.outbox.post(Parcel(to=Chat(1), body=Erase(kept_id=waiting.id))))
    assert await last() == delivered
    assert await archive.run(lambda stores: stores.messages.last_reply(anna.id, 6)) is None


async def test_questions_are_settled_once_known(archive: Archive) -> None:
    anna = await archive.meets()
    message = await archive.run(lambda stores: says(stores, anna.id, HOSTILE))
    number = await archive.run(
        lambda stores: stores.questions.keep(
            customer_id=anna.id,
            message_id=message.id,
            text=HOSTILE,
            zone="choice",
            offered=["b", "a"],
            asked_at=NOON,
            language="en",
            confidence=0.625,
        )
    )
    await archive.run(lambda stores: stores.questions.settle(number, chosen="a"))
    await archive.run(lambda stores: stores.questions.settle(number, outcome="escalated"))
    await archive.run(lambda stores: stores.questions.settle(number, replied="b"))
    kept = await archive.run(lambda stores: stores.questions.get(number))
    assert kept is not None
    assert (kept.text, kept.zone, kept.offered, kept.chosen, kept.outcome) == (
        HOSTILE,
        "choice",
        ("b", "a"),
        "a",
        "escalated",
    )
    assert (kept.replied, kept.language, kept.confidence) == ("b", "en", 0.625)
    assert await archive.run(lambda stores: stores.questions.get(number), desk=ELSEWHERE) is None


async def test_a_ticket_is_asked_about_once_and_rated_once(archive: Archive) -> None:
    anna = await archive.meets()
    ticket = await archive.run(lambda stores: opens(stores, anna.id))
    survey = await archive.run(lambda stores: stores.surveys.ask(ticket.id, anna.id, NOON))
    assert survey is not None
    assert await archive.run(lambda stores: stores.surveys.ask(ticket.id, anna.id, NOON)) == survey
    assert await archive.run(lambda stores: stores.surveys.newest_rated(anna.id)) is None
    presses = await asyncio.gather(
        *(archive.run(lambda stores, g=grade: stores.surveys.rate(survey, g, NOON)) for grade in (4, 1, 5))
    )
    assert presses == [True, False, False]
    assert await archive.run(lambda stores: stores.surveys.ask(ticket.id, anna.id, NOON)) is None
    message = await archive.run(lambda stores: says(stores, anna.id, HOSTILE))
    await archive.run(lambda stores: stores.surveys.comment(survey, HOSTILE, message.id, NOON))
    kept = await archive.run(lambda stores: stores.surveys.newest_rated(anna.id))
    assert kept is not None
    assert (kept.rating, kept.rated_at, kept.comment, kept.comment_message) == (4, NOON, HOSTILE, message.id)
    await archive.run(lambda stores: stores.surveys.withdraw_comment(survey))
    kept = await archive.run(lambda stores: stores.surveys.get(survey))
    assert kept is not None
    assert (kept.comment, kept.comment_message) == ("", None)
    assert await archive.run(lambda stores: stores.surveys.of_customer(anna.id)) == [4]
    assert await archive.run(lambda stores: stores.surveys.get(survey), desk=ELSEWHERE) is None


async def test_nothing_hangs_in_the_air(archive: Archive) -> None:
    with pytest.raises(IntegrityError):
        await archive.run(lambda stores: opens(stores, 4242))
    with pytest.raises(IntegrityError):
        await archive.run(lambda stores: stores.messages.pair(4242, Place(1, 1)))
