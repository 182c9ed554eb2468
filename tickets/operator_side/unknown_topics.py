"""Topics of ours without a customer: a reply that is written there would go nowhere."""

from desk.alarm import Alarm
from desk.content import Content
from tickets.operator_side.inside import parted
from tickets.topics.topic import Topics


class UnknownTopics:
    """Finds the word for what is written where we know no customer, so that it is never met with silence."""

    def __init__(self, topics: Topics, alarm: Alarm) -> None:
        self._topics, self._alarm = topics, alarm

    def word_for(self, chat_id: int, thread_id: int, content: Content, *, ours: bool) -> str | None:
        """The key of the line to be said there; None for operators' own topics, and for notes.

        A topic that we made and that the database does not know (`ours`) is left from another database:
        managers hear of that as well.
        """
        topic = self._topics.at(chat_id, thread_id)
        if topic is not None:
            return "operator.nobodys_topic" if topic.customer_id is None else None
        if not ours or parted(content) is None:
            return None
        self._alarm.to_managers("alert.unknown_topics")
        return "operator.unknown_topic"
