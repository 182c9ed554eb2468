"""Replies: what an operator's words to a customer bring about, and what is said where they were written."""

from dataclasses import replace

from desk.content import Content
from desk.own_mark import marked
from desk.people import Customer
from desk.post import AT_ONCE, Chat, Outbox, Parcel, Say
from desk.profile import Profile
from tickets.handling import Handling
from tickets.operator_side.operator_message import OperatorMessage
from tickets.operator_side.orders import Orders
from tickets.suggestions import Suggestions


class Replies:
    """Hands replies over to be carried, and speaks with whoever wrote them."""

    def __init__(
        self,
        profile: Profile,
        *,
        outbox: Outbox,
        handling: Handling,
        orders: Orders,
        suggestions: Suggestions,
    ) -> None:
        self._profile, self._outbox, self._handling = profile, outbox, handling
        self._orders, self._suggestions = orders, suggestions

    def send(self, spoken: OperatorMessage, customer: Customer, leaving: Content) -> None:
        """Send the customer what of a message is for them."""
        incoming = replace(spoken.incoming, content=leaving)
        under = self._orders.closed_with(spoken.incoming)
        ticket = self._handling.reply(spoken.operator, customer, incoming, under=under)
        self.say_what_is_hidden(spoken)
        self._suggestions.noticed(customer, ticket, leaving.text)

    def say_what_is_hidden(self, spoken: OperatorMessage) -> None:
        """The customer got other words than the operator wrote: that is never left unsaid."""
        if spoken.incoming.content.masked:
            self.say_here(spoken, "operator.masked")

    def say_here(self, spoken: OperatorMessage, key: str, /, **params: object) -> None:
        """Answer a message where it was written; the pictures of an album are answered once."""
        html, place = self._profile.texts.say(key, self._profile.language, **params), spoken.incoming.place
        album = spoken.incoming.content.album
        self._outbox.post(
            Parcel(
                to=Chat(place.chat_id, spoken.thread_id),
                body=Say(html=marked(html), answers=place.telegram_id),
                dedupe=None if album is None else f"{key}:{place.chat_id}:{album}",
                wait=AT_ONCE if album is None else self._profile.album_wait,
            )
        )
