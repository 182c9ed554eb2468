"""Handling: a ticket opened, taken, answered, closed, reopened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.alarm import Alarm
from desk.content import Content
from desk.formatted import cut
from desk.people import Customer, Customers, Operator
from desk.post import Outbox, Parcel, ShowCard, ShowTitle, TopicOf
from desk.profile import Profile
from tickets.expectation import Expectation
from tickets.known import Known
from tickets.lines import Lines
from tickets.relay import IncomingMessage, Relay
from tickets.ticket import FollowUp, Message, Messages, Place, Ticket, Tickets, TicketState
from tickets.topics.topic import Topics, shown_anew

RECENTLY = timedelta(hours=1)
"""What a customer wrote before asking for a person comes along if it is not older than this."""
QUOTED = 500
"""How many characters of a question are quoted back to the customer."""


@dataclass(frozen=True, slots=True)
class TicketChanged:
    """The ticket was changed as the command or press asked."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class TicketUnchanged:
    """There was nothing to change: the ticket is so already, or there is none."""

    ticket: Ticket | None


class Handling:
    """Changes tickets, and tells customers, operators and managers what follows."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        tickets: Tickets,
        topics: Topics,
        messages: Messages,
        outbox: Outbox,
        relay: Relay,
        lines: Lines,
        expectation: Expectation,
        follow_up: FollowUp,
        known: Known,
        alarm: Alarm,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._tickets, self._messages = profile, customers, tickets, messages
        self._topics, self._outbox, self._relay, self._lines = topics, outbox, relay, lines
        self._expectation, self._known = expectation, known
        self._follow_up, self._alarm, self._now = follow_up, alarm, now

    def escalate(
        self,
        customer: Customer,
        *,
        complaint: bool = False,
        asked: int | None = None,
        rest: Sequence[str] = (),
    ) -> bool:
        """Open a ticket for the customer, with what they wrote lately and the message they asked in.

        What to expect is said once a ticket; `rest` names the unanswered ones of several questions.
        False if people had been called already.
        """
        ticket = self._tickets.open_of(customer.id)
        if ticket is None:
            ticket = self._open(customer, complaint=complaint)
            handed = self._hand_over(customer, ticket, asked)
            if not handed:
                self._call_by_card(customer)
            self._known.hint(customer, [each.content.asked for each in handed])
            if complaint:
                self._hear_complaint(customer, ticket)
            else:
                self._say_who_comes(customer, ticket, rest, handed=bool(handed))
            return True
        self._hand_over(customer, ticket, asked)
        if not complaint or ticket.complaint:
            return False
        self._tickets.complain(ticket.id)
        self.refresh(customer)
        self._lines.to_topic(customer, "operator.complaint", number=ticket.number)
        self._hear_complaint(customer, ticket)
        return True

    def reply(
        self,
        operator: Operator,
        customer: Customer,
        incoming: IncomingMessage,
        *,
        under: Ticket | None = None,
    ) -> Ticket:
        """Carry an operator's reply to the customer; it takes a free ticket and reopens a closed one.

        Words that go with a closing stand `under` the closed ticket and leave it so.
        """
        ticket, message = self._replied(operator, customer, incoming.content, incoming.place, under)
        answered = self._relay.answered(customer, incoming)
        self._relay.to_customer(customer, message, answered, mark=incoming.place)
        return ticket

    def send(
        self, operator: Operator, customer: Customer, content: Content, *, reply_to: int | None, mark: Place
    ) -> None:
        """The same for an answer that the operator sent by a button; `mark` is where delivery is shown."""
        _, message = self._replied(operator, customer, content, None)
        self._relay.to_customer(customer, message, reply_to, mark=mark)

    def _replied(
        self,
        operator: Operator,
        customer: Customer,
        content: Content,
        place: Place | None,
        under: Ticket | None = None,
    ) -> tuple[Ticket, Message]:
        ticket = under or self._standing(customer, operator)
        if ticket.first_reply_at is None:
            self._tickets.first_reply(ticket.id, self._now)
            self.refresh(customer)
        message = self._messages.keep(
            customer_id=customer.id,
            ticket_id=ticket.id,
            author="operator",
            operator_id=operator.telegram_id,
            content=content,
            at=self._now,
            original=place,
        )
        return ticket, message

    def note(self, operator: Operator, customer: Customer, incoming: IncomingMessage) -> None:
        """Keep a message among operators; it is never carried."""
        ticket = self._tickets.last_of(customer.id)
        self._messages.keep(
            customer_id=customer.id,
            ticket_id=None if ticket is None else ticket.id,
            author="note",
            operator_id=operator.telegram_id,
            content=incoming.content,
            at=self._now,
            original=incoming.place,
        )

    def take(self, operator: Operator, customer: Customer) -> TicketChanged | TicketUnchanged:
        """Make the operator the one who answers for the ticket."""
        ticket = self._tickets.last_of(customer.id)
        if ticket is None or ticket.state is TicketState.CLOSED or ticket.operator_id == operator.telegram_id:
            return TicketUnchanged(ticket)
        self._take(ticket, operator)
        self.refresh(customer)
        return TicketChanged(ticket)

    def close(
        self, customer: Customer, *, silent: bool = False, after: timedelta = timedelta(0)
    ) -> TicketChanged | TicketUnchanged:
        """Close the open ticket and begin its follow-up, `after` a while; `silent`: there is none."""
        ticket = self._tickets.open_of(customer.id)
        if ticket is None:
            return TicketUnchanged(self._tickets.last_of(customer.id))
        self._tickets.close(ticket.id, self._now)
        self.refresh(customer)
        if silent:
            self._follow_up.call_off(ticket)
        else:
            self._follow_up.closed(ticket, customer, after=after)
        return TicketChanged(ticket)

    def reopen(self, customer: Customer) -> TicketChanged | TicketUnchanged:
        """Reopen the customer's newest ticket."""
        ticket = self._tickets.last_of(customer.id)
        if ticket is None or ticket.state is not TicketState.CLOSED:
            return TicketUnchanged(ticket)
        self._reopen(customer, ticket)
        return TicketChanged(ticket)

    def opened(self, customer: Customer) -> Ticket:
        """The customer's open ticket, or a new one."""
        return self._tickets.open_of(customer.id) or self._open(customer, complaint=False)

    def came_back(self, customer: Customer, ticket: Ticket) -> TicketChanged | TicketUnchanged:
        """Reopen the ticket because the customer says that it is not settled; the topic is told."""
        standing = self._tickets.open_of(customer.id)
        if standing is not None:
            return TicketUnchanged(standing)
        self._reopen(customer, ticket)
        self._lines.to_topic(customer, "operator.came_back", number=ticket.number)
        return TicketChanged(ticket)

    def undo(self, operator: Operator, customer: Customer, command: IncomingMessage) -> bool:
        """Erase the reply that the command answers, else the operator's last; False if there is none."""
        replied = self._messages.find(command.reply_to) if command.reply_to else ()
        mine = [message for message in replied if message.author == "operator"]
        message = mine[-1] if mine else self._messages.last_reply(customer.id, operator.telegram_id)
        if message is None or message.customer_id != customer.id:
            return False
        self._relay.erase(customer, message, command.place)
        return True

    def refresh(self, customer: Customer) -> None:
        """Bring the card and the topic's title up to date, once for several changes."""
        self._outbox.post(shown_anew(customer, ShowCard()))
        self.retitle(customer)

    def retitle(self, customer: Customer) -> None:
        """Bring the topic's title up to date, once for several changes."""
        self._outbox.post(shown_anew(customer, ShowTitle()))

    def _open(self, customer: Customer, *, complaint: bool) -> Ticket:
        ticket = self._tickets.open(customer.id, at=self._now, payload=customer.payload, complaint=complaint)
        if customer.payload is not None:  # the link belongs to this matter only
            self._customers.came_by(customer.id, None)
        topic = self._topics.of(customer.id)
        if topic is not None and topic.thread_id is not None:
            self.refresh(customer)
        return ticket

    def _reopen(self, customer: Customer, ticket: Ticket) -> None:
        self._tickets.reopen(ticket.id)
        self.refresh(customer)

    def _hand_over(self, customer: Customer, ticket: Ticket, asked: int | None) -> Sequence[Message]:
        """Carry the messages that no operator has seen into the ticket, and give them back."""
        waiting = list(self._messages.unheard(customer.id, self._now - RECENTLY))
        if asked is not None and asked not in {message.id for message in waiting}:
            older = self._messages.get([asked])
            waiting[:0] = [message for message in older if message.ticket_id != ticket.id]
        if waiting:
            self._messages.adopt([message.id for message in waiting], ticket.id)
        for message in waiting:
            self._relay.to_operators(customer, message, asks=True)
        return waiting

    def _call_by_card(self, customer: Customer) -> None:
        """Show the card at once, because there is no message that would call operators."""
        self._outbox.post(Parcel(to=TopicOf(customer.id), body=ShowCard(), dedupe=f"card:{customer.id}"))

    def _say_what_to_expect(self, key: str, customer: Customer, ticket: Ticket) -> None:
        wait = self._expectation.say(self._profile.language_of(customer))
        self._lines.to_customer(customer, key, clears=True, number=ticket.number, wait=wait)

    def _say_who_comes(
        self, customer: Customer, ticket: Ticket, rest: Sequence[str], *, handed: bool
    ) -> None:
        if rest:
            language = self._profile.language_of(customer)
            self._lines.to_customer(
                customer,
                "customer.rest_handed_over",
                clears=True,
                n=len(rest),
                number=ticket.number,
                wait=self._expectation.say(language),
                questions="\n".join(cut(each, QUOTED) for each in rest),
            )
        else:
            key = "customer.handed_over" if handed else "customer.called"
            self._say_what_to_expect(key, customer, ticket)

    def _hear_complaint(self, customer: Customer, ticket: Ticket) -> None:
        """Tell the customer what to expect and managers about the complaint."""
        self._say_what_to_expect("customer.complaint", customer, ticket)
        self._alarm.news("alert.complaint", number=ticket.number, name=customer.name)

    def _standing(self, customer: Customer, operator: Operator) -> Ticket:
        ticket = self._tickets.open_of(customer.id)
        if ticket is None:
            match self.reopen(customer):
                case TicketChanged(ticket):
                    self._lines.to_topic(customer, "operator.reopened_by_reply", number=ticket.number)
                case TicketUnchanged(_):
                    ticket = self._open(customer, complaint=False)
        if ticket.operator_id is None:
            self._take(ticket, operator)
            self.refresh(customer)
        return ticket

    def _take(self, ticket: Ticket, operator: Operator) -> None:
        self._tickets.take(ticket.id, operator)
