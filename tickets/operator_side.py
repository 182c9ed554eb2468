"""The operators' side: which messages in the group are replies, notes or commands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from desk.authority import Right, may
from desk.content import Content
from desk.own_mark import marked
from desk.people import Customer, Customers, Operator
from desk.post import Chat, Outbox, Parcel, Say
from desk.profile import Profile
from tickets.bans.banning import Banning
from tickets.handling import Handling, TicketChanged
from tickets.inside import is_command, mentioned, parted
from tickets.lines import Lines
from tickets.marks import NOTED
from tickets.orders import Order, Orders
from tickets.relay import IncomingMessage, Relay
from tickets.suggestions import Suggestions
from tickets.ticket import Message, Messages, Operators, Place, Tickets
from tickets.topics.unknown_topics import UnknownTopics


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorMessage:
    """What somebody wrote in the operators' group.

    `thread_id` is the topic, None in General and in plain groups; `answers` says whose message it replies to,
    `members` who of those it mentions is in the group, by username in small letters or by id; `below_us`: the
    bot made the topic.
    """

    operator: Operator
    incoming: IncomingMessage
    thread_id: int | None = None
    answers: Literal["nobody", "us", "self", "colleague"] = "nobody"
    members: frozenset[str | int] = frozenset()
    below_us: bool = False


class OperatorSide:
    """Takes what operators write, and lets only replies leave the group."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        operators: Operators,
        tickets: Tickets,
        unknown_topics: UnknownTopics,
        messages: Messages,
        outbox: Outbox,
        relay: Relay,
        handling: Handling,
        orders: Orders,
        banning: Banning,
        lines: Lines,
        suggestions: Suggestions,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._operators = profile, customers, operators
        self._tickets, self._unknown_topics = tickets, unknown_topics
        self._messages, self._outbox, self._relay = messages, outbox, relay
        self._handling, self._suggestions = handling, suggestions
        self._orders, self._banning = orders, banning
        self._lines, self._now = lines, now

    def hear(self, spoken: OperatorMessage) -> None:
        """Take a message that is no command: a reply to the customer, or talk among operators."""
        self._operators.meet(spoken.operator, self._now)
        spoken, customer = self._concealed(spoken), self._customer(spoken)
        if customer is None:  # General, or a reply to nobody's message: the operators' own talk
            if spoken.answers == "us" and self._profile.places.forum is False:
                self._say_here(spoken, "operator.whom")  # perhaps meant for a customer, so it is said
            self._say_who_is_unknown(spoken)
            return
        before = self._album_before(spoken.incoming)
        leaving = self._leaving(spoken, customer, before)
        if leaving is None or any(_keeps_album(each) for each in before):
            self._handling.note(spoken.operator, customer, _kept(spoken.incoming, before))
            if leaving is None:  # what only goes with a note shows the mark of the album's first
                self._relay.mark(spoken.incoming.place, NOTED)
            return
        refused = self._orders.refused(customer)
        if refused is not None:
            self._handling.note(spoken.operator, customer, spoken.incoming)  # the rest of an album follows it
            self._say_here(spoken, refused.key, **refused.params)
            return
        self._reply(spoken, customer, leaving)

    def edited(self, spoken: OperatorMessage) -> None:
        """Amend the customer's copy of an edited reply, or say why the customer does not get the edit."""
        spoken = self._concealed(spoken)
        found = self._messages.find(spoken.incoming.place)
        replies = [each for each in found if each.author == "operator"]
        for message in replies or [each for each in found if each.author == "note"]:
            customer = self._customers.get(message.customer_id)
            said = spoken if message.author == "note" else self._as_sent(spoken)
            leaving = self._leaving(said, customer, self._album_before(spoken.incoming))
            if message.author == "note":
                self._note_edited(spoken, customer, message, leaving)
            elif leaving is None or leaving == Content():
                self._lines.to_topic(customer, "operator.edited_into_note")
            else:
                partly = (message.content.inside is None) is not (leaving.inside is None)
                self._relay.amend(message, leaving, mark=spoken.incoming.place if partly else None)
                self._say_what_is_hidden(spoken)

    def command(self, spoken: OperatorMessage, name: str, argument: str) -> None:
        """Carry out a command; the message itself never reaches the customer, what stands beside it may."""
        self._operators.meet(spoken.operator, self._now)
        if name == "help":
            self._say_here(spoken, "operator.help", manager=self._is_manager(spoken))
            return
        spoken, customer = self._concealed(spoken), self._customer(spoken)
        if customer is None:
            self._say_here(spoken, "operator.where")
            return
        order = Order(
            operator=spoken.operator,
            customer=customer,
            incoming=spoken.incoming,
            name=name,
            argument=self._profile.secrets.hide(argument, codes=False),
        )
        said = replace(spoken, incoming=replace(spoken.incoming, content=order.words))
        order = replace(order, inside=self._leaving(said, customer, ()) is None)
        for line in self._orders.carry_out(order):
            self._say_here(spoken, line.key, **line.params)
        self._say_what_is_hidden(spoken)

    def card_pressed(self, operator: Operator, action: str, customer_id: int) -> str | None:
        """Carry out a press under a card; returns the toast to show."""
        self._operators.meet(operator, self._now)
        if self._tickets.last_of(customer_id) is None:
            return None  # no card of this desk
        customer = self._customers.get(customer_id)
        banned = self._orders.refused(customer) is not None
        match action:
            case "unban":
                done = self._banning.lift(operator, customer) is None
                return self._toast("unban" if done else "already")
            case "take" | "reopen" if banned:
                return self._toast("banned")
            case "take":
                outcome = self._handling.take(operator, customer)
            case "close":
                outcome = self._handling.close(customer)
            case "reopen":
                outcome = self._handling.reopen(customer)
            case _:
                return None
        return self._toast(action if isinstance(outcome, TicketChanged) else "already")

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

    def _say_who_is_unknown(self, spoken: OperatorMessage) -> None:
        """Say that the topic is one of ours and nobody's."""
        incoming, ours = spoken.incoming, spoken.below_us or spoken.answers == "us"
        if spoken.thread_id is not None:
            word = self._unknown_topics.word_for(
                incoming.place.chat_id, spoken.thread_id, incoming.content, ours=ours
            )
            if word is not None:
                self._say_here(spoken, word)

    def _leaving(
        self, spoken: OperatorMessage, customer: Customer, before: Sequence[Message]
    ) -> Content | None:
        """What of a message is for the customer; None if all of it stays inside."""
        left = parted(spoken.incoming.content)
        if left is None or is_command(left) or spoken.answers == "colleague":
            return None
        if self._calls_colleague(left, customer, spoken.members):
            return None
        if left.inside is None and any(each.content.inside is not None for each in before):
            return replace(left, inside="")  # an album bears one mark
        return left

    def _calls_colleague(self, content: Content, customer: Customer, members: frozenset[str | int]) -> bool:
        """Whether it mentions somebody who answers here; the customer's own name is for the customer."""
        names, people = mentioned(content)
        names -= {(customer.person.username or "").lower()}
        people -= {customer.person.telegram_id}
        if (names | people) & members or people & self._profile.managers:
            return True
        if people and self._operators.knows(people):
            return True
        return bool(names) and bool(names & (self._operators.usernames() | self._managers_usernames()))

    def _managers_usernames(self) -> frozenset[str]:
        """The usernames of managers who have written to the bot."""
        known = map(self._customers.known, self._profile.managers)
        return frozenset(each.person.username.lower() for each in known if each and each.person.username)

    def _album_before(self, incoming: IncomingMessage) -> Sequence[Message]:
        """The message before it, if both belong to one album."""
        album, place = incoming.content.album, incoming.place
        if album is None:
            return ()
        before = self._messages.find(Place(place.chat_id, place.telegram_id - 1))
        return [each for each in before if each.content.album == album]

    def _reply(self, spoken: OperatorMessage, customer: Customer, leaving: Content) -> None:
        incoming = replace(spoken.incoming, content=leaving)
        under = self._orders.closed_with(spoken.incoming)
        ticket = self._handling.reply(spoken.operator, customer, incoming, under=under)
        self._say_what_is_hidden(spoken)
        self._suggestions.noticed(customer, ticket, leaving.text)

    def _note_edited(
        self, spoken: OperatorMessage, customer: Customer, note: Message, leaving: Content | None
    ) -> None:
        """Take the edit of what stayed inside.

        Lines that now stand beside a note go to the customer; without a note, slashes may have been lost by a
        slip, and it stays.
        """
        content = spoken.incoming.content
        if leaving is not None and leaving.inside and content.album is None:
            self._reply(spoken, customer, leaving)
            return
        if leaving is not None and content.text != note.content.text:
            self._lines.to_topic(customer, "operator.edited_note_stays")
        if not is_command(content):
            self._messages.rewrite(note.id, content)

    def _as_sent(self, spoken: OperatorMessage) -> OperatorMessage:
        """The message without a command whose words the customer got."""
        content = self._orders.as_sent(spoken.incoming.content)
        return replace(spoken, incoming=replace(spoken.incoming, content=content))

    def _concealed(self, spoken: OperatorMessage) -> OperatorMessage:
        """The message without card numbers; one-time codes are left, because operators may hand them out."""
        content = self._profile.secrets.content(spoken.incoming.content, codes=False)
        if content is spoken.incoming.content:
            return spoken
        return replace(spoken, incoming=replace(spoken.incoming, content=content))

    def _say_what_is_hidden(self, spoken: OperatorMessage) -> None:
        """The customer got other words than the operator wrote: that is never left unsaid."""
        if spoken.incoming.content.masked:
            self._say_here(spoken, "operator.masked")

    def _is_manager(self, spoken: OperatorMessage) -> bool:
        return may(self._profile, spoken.operator.telegram_id, Right.DRAFT)

    def _toast(self, name: str) -> str:
        return self._profile.texts.plain(f"operator.toast.{name}", self._profile.language)

    def _say_here(self, spoken: OperatorMessage, key: str, /, **params: object) -> None:
        """Answer a command where it was written."""
        html, place = self._profile.texts.say(key, self._profile.language, **params), spoken.incoming.place
        self._outbox.post(
            Parcel(
                to=Chat(place.chat_id, spoken.thread_id),
                body=Say(html=marked(html), answers=place.telegram_id),
            )
        )


def _keeps_album(message: Message) -> bool:
    """Whether the pictures behind it stay inside with it: a note does, unless some before it went."""
    return message.author == "note" and message.content.inside is None


def _kept(incoming: IncomingMessage, before: Sequence[Message]) -> IncomingMessage:
    """What is kept as a note; of an album that goes otherwise it is only a part that stays."""
    if not before or any(_keeps_album(each) for each in before):
        return incoming
    return replace(incoming, content=replace(incoming.content, inside=incoming.content.text))
