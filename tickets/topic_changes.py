"""What Telegram tells about topics: one was made, closed or reopened by hand, renamed."""

from desk.people import Customers
from desk.post import Chat, CloseTopic, Outbox, Parcel
from desk.profile import Profile
from tickets.handling import Handling
from tickets.topics.title import TITLE_LIMIT, by_hand, kept_as, renamed, shown
from tickets.topics.topic import Topic, Topics


class TopicChanges:
    """Keeps what happened to the topics of one desk."""

    def __init__(
        self, profile: Profile, *, customers: Customers, topics: Topics, outbox: Outbox, handling: Handling
    ) -> None:
        self._profile, self._customers, self._topics = profile, customers, topics
        self._outbox, self._handling = outbox, handling

    def made(self, chat_id: int, thread_id: int, title: str) -> None:
        """The bot made a topic: find its customer if a crash kept us from noting it.

        A second topic of the same customer is closed; what is written in it is carried all the same.
        """
        named = [topic for kept in kept_as(title) for topic in self._topics.titled(chat_id, kept)]
        waiting = [each for each in named if each.thread_id is None]
        mine = waiting[0] if len(waiting) == 1 else named[0] if len(named) == 1 else None
        owner = None if mine is None else mine.customer_id
        self._topics.spare(chat_id, thread_id, owner)
        if mine is None or owner is None or mine.thread_id == thread_id:
            return
        if mine.thread_id is None:
            self._topics.made(owner, chat_id, thread_id, mine.title or title)
        else:
            self._outbox.post(Parcel(to=Chat(chat_id, thread_id), body=CloseTopic()))

    def shut(self, chat_id: int, thread_id: int, *, closed: bool) -> None:
        """Somebody closed or reopened a topic by hand."""
        self._topics.shut(chat_id, thread_id, closed=closed)

    def renamed(self, chat_id: int, thread_id: int, name: str) -> None:
        """A person renamed a topic: their words stand behind our sign from the next change of state on."""
        topic = self._current(chat_id, thread_id)
        if topic is None or topic.customer_id is None:
            return
        customer = self._customers.get(topic.customer_id)
        words = renamed(self._profile, customer.name, name, topic.title)
        title = " ".join(name.split())[:TITLE_LIMIT] if words is None else words
        self._topics.rename(customer.id, title, stood=topic.title)

    def renamed_by_us(self, chat_id: int, thread_id: int, name: str) -> None:
        """A rename of ours has come through: if it crossed a person's, their words are shown again."""
        topic = self._current(chat_id, thread_id)
        if topic is None or topic.customer_id is None or topic.title is None:
            return
        if by_hand(topic.title) and name != shown(topic.title):
            self._handling.retitle(self._customers.get(topic.customer_id))

    def _current(self, chat_id: int, thread_id: int) -> Topic | None:
        """The topic, if it is the one its customer is seen in now."""
        topic = self._topics.at(chat_id, thread_id)
        current = None if topic is None or topic.customer_id is None else self._topics.of(topic.customer_id)
        return topic if current is not None and current.thread_id == thread_id else None
