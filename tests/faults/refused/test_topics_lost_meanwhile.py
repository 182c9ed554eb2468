"""A group that loses its topics between reading a run and sending it: no words go without a name."""

from datetime import UTC, datetime

from bot.telegram.context import TelegramContext, TopicNow
from bot.telegram.lighter import SendOptions
from bot.telegram.steps import next_step
from desk.content import Content
from desk.placement import Placement
from desk.post import Carry, Parcel, TopicOf
from desk.profile import DeskPlaces
from storage.outbox import WaitingParcel
from tickets.ticket import Message
from tickets.topics.topic import Topic

GROUP, NOON = -5, datetime(2026, 11, 20, 12, tzinfo=UTC)


def read_with_topics() -> TelegramContext:
    """A customer's message as it is read where their topic and its card stand: no name is needed."""
    parcel = Parcel(to=TopicOf(1), body=Carry(kept_id=2))
    content = Content(text="где заказ?")
    message = Message(id=2, customer_id=1, ticket_id=3, author="customer", content=content, at=NOON)
    topic = TopicNow(
        customer_id=1,
        topic=Topic(chat_id=GROUP, thread_id=7, customer_id=1),
        ticket_id=3,
        card_at=Placement(GROUP, 8),
    )
    return TelegramContext(run=(WaitingParcel(9, parcel, GROUP),), messages=(message,), topic=topic)


def test_it_goes_into_the_topic_while_there_are_topics() -> None:
    step = next_step(read_with_topics(), DeskPlaces(GROUP, forum=True), SendOptions())
    assert step.call is not None
    assert (step.call["text"], step.call["message_thread_id"]) == ("где заказ?", 7)


def test_without_topics_it_is_read_anew_before_anything_is_sent() -> None:
    step = next_step(read_with_topics(), DeskPlaces(GROUP, forum=False), SendOptions())
    assert (step.call, step.last) == (None, False)
