"""What is kept together with its parcel is sent without being read again, as long as it must be the same."""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.rooms.stores import Stores
from bot.telegram.context import TelegramContext, with_message
from desk.content import Content
from desk.people import Person
from desk.post import Carry, Chat, Parcel, TopicOf
from desk.profile import DeskPlaces
from storage.engine.ledger import Ledger
from storage.engine.schema import ensure
from storage.outbox import WaitingParcel
from tickets.ticket import Message

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
Then = Callable[[Stores, Message], object]


async def posted(ledger: Ledger, then: Then) -> WaitingParcel:
    """The parcel of a reply that was kept in the same unit; `then` happens to the message in between."""

    def unit(stores: Stores) -> WaitingParcel:
        customer = stores.customers.meet(Person(telegram_id=77, first_name="Анна"))
        message = stores.messages.keep(
            customer_id=customer.id,
            ticket_id=None,
            author="operator",
            content=Content(text="Это ветер"),
            at=NOON,
        )
        then(stores, message)
        stores.outbox.post(Parcel(to=Chat(77), body=Carry(kept_id=message.id)))
        return stores.outbox.posted[-1]

    await ensure(ledger)
    return await ledger.run(lambda conn: unit(Stores(conn, "main", 5, NOON, DeskPlaces(-5))))


def nothing(stores: Stores, message: Message) -> None:
    """Nothing happens."""


def at(waiting: WaitingParcel, seconds: float) -> TelegramContext | None:
    """What is known of it so many seconds after it was posted, without a look at the database."""
    return with_message([waiting], waiting.due + seconds)


async def test_a_reply_that_was_just_kept_needs_no_reading(ledger: Ledger) -> None:
    context = at(await posted(ledger, nothing), 0.2)
    assert context is not None
    assert [each.content.text for each in context.messages] == ["Это ветер"]


async def test_one_that_has_waited_is_read_for_it_may_have_been_edited(ledger: Ledger) -> None:
    waiting = await posted(ledger, nothing)
    assert at(waiting, 1) is None


async def test_one_that_was_changed_after_it_was_kept_is_read(ledger: Ledger) -> None:
    for then in (
        lambda stores, message: stores.messages.rewrite(message.id, Content(text="Это сквозняк")),
        lambda stores, message: stores.messages.adopt([message.id], None),
    ):
        assert at(await posted(ledger, then), 0.2) is None


async def test_what_goes_into_a_topic_or_is_more_than_words_is_read(ledger: Ledger) -> None:
    waiting = await posted(ledger, nothing)
    answering = Parcel(to=Chat(77), body=Carry(kept_id=1, reply_to=2))
    assert with_message([WaitingParcel(9, answering, 77, message=waiting.message)], 0.5) is None
    topical = Parcel(to=TopicOf(1), body=Carry(kept_id=1))
    assert with_message([WaitingParcel(9, topical, -5, message=waiting.message)], 0.5) is None
    assert with_message([waiting, waiting], waiting.due) is None
