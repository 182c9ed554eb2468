"""Reactions of customers and operators, shown on the other side."""

from desk.people import Customers
from tickets.lines import Lines
from tickets.relay import Relay
from tickets.ticket import Messages, Place


class Reactions:
    """Shows reactions on the other side, or says that they cannot be shown."""

    def __init__(self, *, customers: Customers, messages: Messages, relay: Relay, lines: Lines) -> None:
        self._customers, self._messages = customers, messages
        self._relay, self._lines = relay, lines

    def reacted(self, place: Place, emoji: str | None, *, by_customer: bool) -> None:
        """Show a reaction on the other side."""
        found = [each for each in self._messages.find(place) if each.author in {"customer", "operator"}]
        if found and (found[-1].author == "operator") is by_customer:
            self._relay.react(found[-1], emoji)

    def cannot_react(self, place: Place, *, by_customer: bool) -> None:
        """Say that somebody reacted with a custom emoji, which a bot cannot repeat."""
        author = "operator" if by_customer else "customer"
        found = [each for each in self._messages.find(place) if each.author == author]
        if found:
            key = "operator.reaction_custom" if by_customer else "operator.reaction_unseen"
            self._lines.to_topic(self._customers.get(found[-1].customer_id), key)
