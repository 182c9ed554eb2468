"""Remedies for what Telegram refuses: a lost topic, a closed one, a group without topics."""

from datetime import timedelta
from functools import partial
from html import escape

from bot.engine.front import Remedy, Step
from bot.engine.verdicts import CallRefused
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram.context import TelegramContext, TopicNow
from desk.post import Chat, Parcel, Say
from tickets.card import card_of
from tickets.topics.title import by_hand

NO_RIGHTS_FOR = timedelta(minutes=10)
NO_FORUM_FOR = timedelta(hours=1)
"""How long messages go to the group itself before topics are tried again."""
NO_TOPICS = ("rights", "forum", "ADMIN_REQUIRED", "TOPICS_")
"""Whatever its title, a topic cannot be made."""


def remedy(context: TelegramContext, step: Step, refused: CallRefused) -> Remedy | None:
    """What to put right before the run is tried once more; None if nothing helps."""
    method = "" if step.call is None else step.call["method"]
    no_topics = method == "createForumTopic" and refused.says(*NO_TOPICS)
    if no_topics or (method == "reopenForumTopic" and refused.says("rights")):
        return partial(without_topics, refused.description)
    topic = context.topic
    if topic is None or topic.topic is None:
        return None
    if refused.says("thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID"):
        return partial(_forget, topic)
    if refused.says("TOPIC_CLOSED"):
        return partial(_closed, topic)
    return None


def _forget(topic: TopicNow, rooms: DeskRooms) -> None:
    """Forget a deleted topic: the next step makes another with a card, and the message goes there."""
    standing = rooms.stores.topics.of(topic.customer_id)
    if standing is not None and standing.thread_id == topic.thread_id:
        rooms.stores.topics.lose(topic.customer_id)
        if standing.title is not None and by_hand(standing.title):  # the new one bears a person's words too
            rooms.stores.topics.ask_for(topic.customer_id, standing.chat_id, standing.title)
        if topic.ticket_id is not None:
            rooms.stores.placements.forget(card_of(topic.ticket_id))


def _closed(topic: TopicNow, rooms: DeskRooms) -> None:
    stands = topic.topic
    if stands is not None and stands.thread_id is not None:
        rooms.stores.topics.shut(stands.chat_id, stands.thread_id, closed=True)


def unthreaded(context: TelegramContext, step: Step, result: object) -> Remedy | None:
    """The remedy after a message landed outside its topic: the group has no topics any more."""
    topic, chat = context.topic, Chat(context.chat_id)
    if not isinstance(result, dict) or "message_thread_id" not in (step.call or {}) or topic is None:
        return None
    if result.get("is_topic_message") or "chat" not in result:
        return None
    customer_id, ticket_id, message_id = topic.customer_id, topic.ticket_id, int(result["message_id"])

    def mend(rooms: DeskRooms) -> None:
        without_topics("the chat is not a forum", rooms)
        customer = rooms.stores.customers.get(customer_id)
        ticket = None if ticket_id is None else rooms.stores.tickets.get(ticket_id)
        header = escape(rooms.matters.cards.header(customer, ticket))
        rooms.stores.outbox.post(Parcel(to=chat, body=Say(html=header, answers=message_id)))

    return mend


def without_topics(reason: str, rooms: DeskRooms) -> None:
    """Send messages to the group itself, with a header each, and tell managers what is missing."""
    rights = "rights" in reason
    known = rooms.shared.group.had_topics
    rooms.shared.group.forum(yes=False)
    rooms.stores.timers.set("topics", 0, rooms.now + (NO_RIGHTS_FOR if rights else NO_FORUM_FOR))
    if known or (rights and known is None):
        rooms.shared.alarm.to_managers("alert.no_topics", reason=reason)
