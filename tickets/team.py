"""Teams: the operators' groups of a desk, and which of them sees a customer."""

from desk.post import Address, Chat, TopicOf
from desk.profile import DeskPlaces
from tickets.topic import Topics


class Teams:
    """Finds the group for one desk."""

    def __init__(self, places: DeskPlaces, topics: Topics) -> None:
        self._places, self._topics = places, topics

    def chat_of(self, address: Address) -> int:
        """The chat in which an address is now."""
        match address:
            case Chat(chat_id):
                return chat_id
            case TopicOf(customer_id):
                return self.group_of(customer_id)
        return self._places.group

    def group_of(self, customer_id: int) -> int:
        """The one place that says where a customer's matter stands.

        A customer who is seen in one of the desk's groups stays there; anybody else is seen in the first.
        """
        groups = self._places.groups
        if len(groups) == 1:
            return groups[0]
        topic = self._topics.of(customer_id)
        return topic.chat_id if topic is not None and topic.chat_id in groups else groups[0]
