"""Teams: which operators' group a customer is seen in."""

from desk.post import Address, Chat, TopicOf
from desk.profile import DeskPlaces
from tickets.topics.topic import Topics


class Teams:
    """Finds the group of a customer, and the chat of an address."""

    def __init__(self, places: DeskPlaces, topics: Topics) -> None:
        self._places, self._topics = places, topics

    def chat_of(self, address: Address) -> int:
        """The id of the chat that an address means now."""
        match address:
            case Chat(chat_id):
                return chat_id
            case TopicOf(customer_id):
                return self.group_of(customer_id)
        return self._places.group

    def group_of(self, customer_id: int) -> int:
        """The id of the group in which the customer is seen.

        It stays the group where the customer has a topic; without one it is the desk's first group.
        """
        groups = self._places.groups
        if len(groups) == 1:
            return groups[0]
        topic = self._topics.of(customer_id)
        return topic.chat_id if topic is not None and topic.chat_id in groups else groups[0]
