"""Votes: what a customer chose in an operator's poll, told in the topic."""

from collections.abc import Sequence
from typing import Protocol

from desk.content import Content
from desk.people import Customers, Person
from desk.placement import Placement
from desk.post import Outbox, Parcel, Say, TopicOf
from desk.profile import Profile
from tickets.ticket import Messages, Place


class PollPlaces(Protocol):
    """Where polls that were carried to customers stand, by their names."""

    def of(self, subject: str) -> Placement | None:
        """The placement of a poll; None if it was never carried."""


class Votes:
    """Tells operators how customers vote."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        messages: Messages,
        polls: PollPlaces,
        outbox: Outbox,
    ) -> None:
        self._profile, self._customers, self._messages = profile, customers, messages
        self._polls, self._outbox = polls, outbox

    def voted(self, person: Person, poll: str, chosen: Sequence[int]) -> None:
        """Say under the operator's poll what the customer chose; nothing chosen takes the vote back."""
        customer, stands = self._customers.known(person.telegram_id), self._polls.of(poll_of(poll))
        if customer is None or stands is None or stands.message_id is None:
            return
        found = self._messages.find(Place(stands.chat_id, stands.message_id))
        asked = next((each for each in found if each.customer_id == customer.id), None)
        if asked is None:
            return
        said = options(asked.content)
        answers = "», «".join(said[index] for index in chosen if index < len(said))
        html = self._profile.texts.say(
            "operator.voted" if chosen else "operator.vote_taken_back",
            self._profile.language,
            question=asked.content.extra.get("question", ""),
            answers=answers,
        )
        places = [each for each in self._messages.places(asked.id) if each.chat_id != stands.chat_id]
        body = Say(html=html, answers=places[0].telegram_id if places else None)
        self._outbox.post(Parcel(to=TopicOf(customer.id), body=body))


def options(content: Content) -> list[str]:
    """The options of a poll, in order."""
    return [str(each["text"]) for each in content.extra.get("options", ())]


def poll_of(poll_id: str) -> str:
    """The name of a poll in the placements."""
    return f"poll:{poll_id}"
