"""The operators' side: which messages in the group are replies, notes or commands."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from desk.people import Customer, Customers, Operator
from desk.post import Chat, Outbox, Parcel, Say
from desk.profile import Profile
from tickets.handling import Handling, TicketChanged, TicketUnchanged
from tickets.lines import Lines
from tickets.relay import OBEYED, IncomingMessage, Relay
from tickets.suggestions import Suggestions
from tickets.ticket import Messages, Operators, Place, Tickets
from tickets.topic import Topics

NOTE = "//"
NOTED = "✍"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorMessage:
    """What somebody wrote in the operators' group.

    `thread_id` is the topic, None in General and in plain groups; `answers` says whose message it replies to;
    `mentions` are usernames in small letters, `addressed` that it begins with a mention or mentions a person
    without a username.
    """

    operator: Operator
    incoming: IncomingMessage
    thread_id: int | None = None
    answers: Literal["nobody", "us", "self", "colleague"] = "nobody"
    mentions: frozenset[str] = frozenset()
    addressed: bool = False


class OperatorSide:
    """Takes what operators write, and lets only replies leave the group."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        operators: Operators,
        tickets: Tickets,
        topics: Topics,
        messages: Messages,
        outbox: Outbox,
        relay: Relay,
        handling: Handling,
        lines: Lines,
        suggestions: Suggestions,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._operators = profile, customers, operators
        self._tickets, self._topics = tickets, topics
        self._messages, self._outbox, self._relay = messages, outbox, relay
        self._handling, self._suggestions = handling, suggestions
        self._lines, self._now = lines, now

    def hear(self, spoken: OperatorMessage) -> None:
        """Take a message that is no command: a reply to the customer, or talk among operators."""
        self._operators.meet(spoken.operator, self._now)
        customer = self._customer(spoken)
        if customer is None:  # General, or a reply to nobody's message: the operators' own talk
            if spoken.answers == "us" and self._profile.places.forum is False:
                self._say_here(spoken, "operator.whom")  # perhaps meant for a customer, so it is said
            if self._is_nobodys(spoken):
                self._say_here(spoken, "operator.nobodys_topic")
            return
        if self._stays_inside(spoken) or self._goes_with_a_note(spoken.incoming):
            self._handling.note(spoken.operator, customer, spoken.incoming)
            if spoken.incoming.content.text.startswith(NOTE):
                self._relay.mark(spoken.incoming.place, NOTED)
            return
        ticket = self._handling.reply(spoken.operator, customer, spoken.incoming)
        self._suggestions.noticed(customer, ticket, spoken.incoming.content.text)

    def edited(self, spoken: OperatorMessage) -> None:
        """Amend the customer's copy of an edited reply; say so if it has become a note."""
        internal = spoken.incoming.content.text.startswith((NOTE, "/"))
        for message in self._messages.find(spoken.incoming.place):
            if message.author == "operator" and internal:
                self._lines.to_topic(self._customers.get(message.customer_id), "operator.edited_into_note")
            elif message.author == "operator":
                self._relay.amend(message, spoken.incoming.content)

    def command(self, spoken: OperatorMessage, name: str, argument: str) -> None:
        """Carry out a command; the message itself never reaches the customer."""
        self._operators.meet(spoken.operator, self._now)
        customer = self._customer(spoken)
        if customer is None:
            self._say_here(spoken, "operator.where")
            return
        if spoken.incoming.content.album is not None and name != "note":  # the rest stays with it
            self._handling.note(spoken.operator, customer, spoken.incoming)
        match name:
            case "take":
                self._settle(spoken, self._handling.take(spoken.operator, customer))
            case "close":
                self._settle(spoken, self._handling.close(customer))
            case "reopen":
                self._settle(spoken, self._handling.reopen(customer))
            case "note":
                self._note(spoken, customer, argument)
            case "undo":
                if not self._handling.undo(spoken.operator, customer, spoken.incoming):
                    self._say_here(spoken, "operator.nothing_to_undo")
            case _:
                self._say_here(spoken, "operator.unknown_command", command=name)

    def card_pressed(self, operator: Operator, action: str, customer_id: int) -> str | None:
        """Carry out a press under a card; returns the toast to show."""
        self._operators.meet(operator, self._now)
        if self._tickets.last_of(customer_id) is None:
            return None  # no card of this desk
        customer = self._customers.get(customer_id)
        match action:
            case "take":
                outcome = self._handling.take(operator, customer)
            case "close":
                outcome = self._handling.close(customer)
            case "reopen":
                outcome = self._handling.reopen(customer)
            case _:
                return None
        key = f"operator.toast.{action}" if isinstance(outcome, TicketChanged) else "operator.toast.already"
        return self._profile.texts.plain(key, self._profile.language)

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

    def _customer(self, spoken: OperatorMessage) -> Customer | None:
        """The customer of the topic; without topics, of the message that is replied to."""
        if spoken.thread_id is not None:
            return self._customers.in_topic(spoken.incoming.place.chat_id, spoken.thread_id)
        if spoken.incoming.reply_to is None:
            return None
        found = self._messages.find(spoken.incoming.reply_to)
        return self._customers.get(found[-1].customer_id) if found else None

    def _is_nobodys(self, spoken: OperatorMessage) -> bool:
        """Whether it is a topic of ours without a customer."""
        if spoken.thread_id is None:
            return False
        topic = self._topics.at(spoken.incoming.place.chat_id, spoken.thread_id)
        return topic is not None and topic.customer_id is None

    def _stays_inside(self, spoken: OperatorMessage) -> bool:
        if spoken.incoming.content.text.startswith((NOTE, "/")):
            return True
        if spoken.answers == "colleague" or spoken.addressed:
            return True
        return bool(spoken.mentions) and not spoken.mentions.isdisjoint(self._operators.usernames())

    def _goes_with_a_note(self, incoming: IncomingMessage) -> bool:
        """Whether it belongs to an album whose first picture was a note."""
        if incoming.content.album is None:
            return False
        place = incoming.place
        before = self._messages.find(Place(place.chat_id, place.telegram_id - 1))
        return any(each.author == "note" and each.content.album == incoming.content.album for each in before)

    def _settle(self, spoken: OperatorMessage, outcome: TicketChanged | TicketUnchanged) -> None:
        match outcome:
            case TicketChanged(_):
                self._relay.mark(spoken.incoming.place, OBEYED)
            case TicketUnchanged(ticket) if ticket is not None:
                self._say_here(spoken, f"operator.already.{ticket.state.value}", number=ticket.number)
            case TicketUnchanged():
                self._say_here(spoken, "operator.no_ticket")

    def _note(self, spoken: OperatorMessage, customer: Customer, text: str) -> None:
        content = replace(spoken.incoming.content, text=text, entities=())
        self._handling.note(spoken.operator, customer, replace(spoken.incoming, content=content))
        self._relay.mark(spoken.incoming.place, NOTED)

    def _say_here(self, spoken: OperatorMessage, key: str, /, **params: object) -> None:
        """Answer a command where it was written."""
        html, place = self._profile.texts.say(key, self._profile.language, **params), spoken.incoming.place
        self._outbox.post(
            Parcel(to=Chat(place.chat_id, spoken.thread_id), body=Say(html=html, answers=place.telegram_id))
        )
