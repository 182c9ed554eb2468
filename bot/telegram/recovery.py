"""What Telegram's refusals mean, and what mends them: a lost topic, a closed one, no topics at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.rooms import DeskRooms
from bot.telegram.client import Refused
from bot.telegram.context import Load, Topic
from bot.telegram.render import answering
from bot.telegram.steps import Manner, Step
from desk.post import Parcel
from tickets.ticket import Place

Remedy = Callable[[DeskRooms], None]

NO_RIGHTS_FOR = timedelta(minutes=10)
NO_FORUM_FOR = timedelta(hours=1)
"""How long messages go to the group itself before topics are tried again."""


def remedy(load: Load, step: Step, refused: Refused) -> Remedy | None:
    """What to do before trying the run once more; None if there is nothing of that kind."""
    method = "" if step.call is None else step.call["method"]
    if method == "createForumTopic" or (method == "reopenForumTopic" and refused.says("rights")):
        return partial(_without_topics, refused.description)
    if load.topic is None:
        return None
    topic = load.topic
    if refused.says("thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID"):
        return lambda rooms: _forget(topic, rooms)
    if refused.says("TOPIC_CLOSED"):
        return lambda rooms: rooms.stores.customers.update(topic.customer.id, topic_closed=True)
    return None


def learn(manner: Manner, refused: Refused) -> Manner:
    """Another manner of sending the same: without the quote, or copied instead of sent anew."""
    if refused.says("QUOTE_TEXT_INVALID"):
        return replace(manner, unquoted=True)
    if refused.says("wrong file identifier", "wrong remote file", "wrong type of file"):
        return replace(manner, copied=True)
    return manner


def _forget(topic: Topic, rooms: DeskRooms) -> None:
    """The topic is gone: the next step makes a new one, with a card, and the same message goes there."""
    standing = rooms.stores.customers.get(topic.customer.id)
    if standing.thread_id == topic.customer.thread_id:
        rooms.stores.customers.update(standing.id, thread_id=None, title=None, topic_closed=False)
        if topic.ticket is not None:
            rooms.stores.tickets.update(topic.ticket.id, card_id=None)


def unthreaded(load: Load, step: Step, result: object) -> Remedy | None:
    """A message that landed outside its topic says that there are no topics any more."""
    if not isinstance(result, dict) or "message_thread_id" not in (step.call or {}) or load.topic is None:
        return None
    if result.get("is_topic_message") or "chat" not in result:
        return None
    topic, place = load.topic, Place(load.parcel.chat_id, int(result["message_id"]))

    def mend(rooms: DeskRooms) -> None:
        _without_topics("the chat is not a forum", rooms)
        line = {"method": "sendMessage", "text": topic.header}
        rooms.stores.outbox.post(Parcel(chat_id=place.chat_id, call=answering(line, place, None)))

    return mend


def _without_topics(reason: str, rooms: DeskRooms) -> None:
    """No topics can be made: messages go to the group itself, headed; managers hear what is missing."""
    rights = "rights" in reason
    _, known = rooms.stores.places.now(rooms.profile.configured_group)
    rooms.forum(yes=False)
    rooms.stores.timers.set("topics", 0, rooms.now + (NO_RIGHTS_FOR if rights else NO_FORUM_FOR))
    if known or (rights and known is None):
        rooms.alarm.to_managers("alert.no_topics", reason=reason)
