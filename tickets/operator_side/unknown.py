"""What is written for nobody we know: it goes nowhere, so whoever meant a customer hears it."""

from desk.alarm import Alarm
from desk.profile import DeskPlaces
from tickets.operator_side.inside import parted
from tickets.operator_side.operator_message import OperatorMessage
from tickets.topics.topic import Topics


class Unknown:
    """Finds the word for what reaches no customer, so that it is never met with silence."""

    def __init__(self, places: DeskPlaces, topics: Topics, alarm: Alarm) -> None:
        self._places, self._topics, self._alarm = places, topics, alarm

    def word_for(self, spoken: OperatorMessage) -> str | None:
        """The key of the line to be said there; None for what operators tell each other."""
        if spoken.thread_id is not None:
            return self._in_topic(spoken, spoken.thread_id)
        # In a forum the group itself is for talk; elsewhere customers are answered there, by replies to us.
        here = not spoken.forum or self._places.forum is False
        return "operator.whom" if here and spoken.answers == "us" and _speaks(spoken) else None

    def _in_topic(self, spoken: OperatorMessage, thread_id: int) -> str | None:
        """For operators' own topics there is none.

        A topic that we made and that the database does not know is left from another database: managers hear
        of that as well.
        """
        topic = self._topics.at(spoken.incoming.place.chat_id, thread_id)
        if topic is not None:
            return "operator.nobodys_topic" if topic.customer_id is None else None
        if not (spoken.below_us or spoken.answers == "us") or not _speaks(spoken):
            return None
        self._alarm.to_managers("alert.unknown_topics")
        return "operator.unknown_topic"


def _speaks(spoken: OperatorMessage) -> bool:
    """Whether it is more than a note."""
    return parted(spoken.incoming.content) is not None
