"""The operators' side: which messages in the group are replies, notes or commands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desk.authority import Right, may
from desk.people import Customer, Customers
from desk.profile import Profile
from tickets.handling import Handling
from tickets.marks import NOTED
from tickets.operator_side.leaving import Leaving, keeps_album
from tickets.operator_side.operator_message import OperatorMessage
from tickets.operator_side.orders import Order, Orders
from tickets.operator_side.replies import Replies
from tickets.operator_side.unknown import Unknown
from tickets.relay import IncomingMessage, Relay
from tickets.ticket import Message, Messages, Operators


class OperatorSide:
    """Takes what operators write, and lets only replies leave the group."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        operators: Operators,
        unknown: Unknown,
        messages: Messages,
        relay: Relay,
        handling: Handling,
        orders: Orders,
        leaving: Leaving,
        replies: Replies,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._operators = profile, customers, operators
        self._unknown, self._messages, self._relay = unknown, messages, relay
        self._handling, self._orders, self._now = handling, orders, now
        self._leaving, self._replies = leaving, replies

    def hear(self, spoken: OperatorMessage) -> None:
        """Take a message that is no command: a reply to the customer, or talk among operators."""
        self._operators.meet(spoken.operator, self._now)
        spoken = spoken.concealed(self._profile.secrets)
        customer = self._customer(spoken)
        if customer is None:  # the operators' own talk, or words that would reach nobody
            if (word := self._unknown.word_for(spoken)) is not None:
                self._replies.say_here(spoken, word)
            return
        before = self._leaving.album_before(spoken.incoming)
        leaving = self._leaving.of(spoken, customer, before)
        if leaving is None or any(keeps_album(each) for each in before):
            self._handling.note(spoken.operator, customer, _kept(spoken.incoming, before))
            if leaving is None:  # what only goes with a note shows the mark of the album's first
                self._relay.mark(spoken.incoming.place, NOTED)
            return
        refused = self._orders.refused(customer)
        if refused is not None:
            self._handling.note(spoken.operator, customer, spoken.incoming)  # the rest of an album follows it
            self._replies.say_here(spoken, refused.key, **refused.params)
            return
        self._replies.send(spoken, customer, leaving)

    def command(self, spoken: OperatorMessage, name: str, argument: str) -> None:
        """Carry out a command; the message itself never reaches the customer, what stands beside it may."""
        self._operators.meet(spoken.operator, self._now)
        if name == "help":
            manages, publishes = self._may(spoken, Right.MANAGE), self._may(spoken, Right.DRAFT)
            self._replies.say_here(spoken, "operator.help", manager=manages, publisher=publishes)
            return
        spoken = spoken.concealed(self._profile.secrets)
        customer = self._customer(spoken)
        if customer is None:
            self._replies.say_here(spoken, "operator.where")
            return
        order = Order(
            operator=spoken.operator,
            customer=customer,
            incoming=spoken.incoming,
            name=name,
            argument=self._profile.secrets.hide(argument, codes=False),
        )
        said = replace(spoken, incoming=replace(spoken.incoming, content=order.words))
        order = replace(order, inside=self._leaving.of(said, customer, ()) is None)
        for line in self._orders.carry_out(order):
            self._replies.say_here(spoken, line.key, **line.params)
        self._replies.say_what_is_hidden(spoken)

    def _customer(self, spoken: OperatorMessage) -> Customer | None:
        """The customer of the topic; without topics, of the message that is replied to."""
        if spoken.thread_id is not None:
            return self._customers.in_topic(spoken.incoming.place.chat_id, spoken.thread_id)
        if spoken.incoming.reply_to is None:
            return None
        found = self._messages.find(spoken.incoming.reply_to)
        return self._customers.get(found[-1].customer_id) if found else None

    def _may(self, spoken: OperatorMessage, right: Right) -> bool:
        return may(self._profile, spoken.operator.telegram_id, right)


def _kept(incoming: IncomingMessage, before: Sequence[Message]) -> IncomingMessage:
    """What is kept as a note; of an album that goes otherwise it is only a part that stays."""
    if not before or any(keeps_album(each) for each in before):
        return incoming
    return replace(incoming, content=replace(incoming.content, inside=incoming.content.text))
