"""Triage: what is done with a customer's message: an answer, a choice, or people."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from desk.content import Content
from desk.conversation import Listener, taken
from desk.people import Customer, Customers, Person
from desk.post import rebutton
from desk.profile import Profile
from faq.understanding.pleas import pleads
from faq.understanding.small_talk import SmallTalk, small_talk
from faq.understanding.wishes import wants_person
from tickets.answers import Answers, Faq
from tickets.asking import Asking
from tickets.customer_side.concealing import Concealing
from tickets.customer_side.thanks import Thanks
from tickets.handling import RECENTLY, Handling, TicketChanged, TicketUnchanged
from tickets.lines import Lines
from tickets.questions import Question, Questions
from tickets.relay import IncomingMessage, Relay
from tickets.ticket import Message, Messages, Tickets

UPSET = frozenset({SmallTalk.COMPLAINT, SmallTalk.ANGER})
POLITE = frozenset(
    {SmallTalk.THANKS, SmallTalk.PRAISE, SmallTalk.FAREWELL, SmallTalk.NOTHING, SmallTalk.AGREEMENT}
)
"""Answered as small talk, whoever is named in them: «спасибо, оператор»."""
SMALL = frozenset({SmallTalk.GREETING, SmallTalk.OPENER, SmallTalk.CALL, SmallTalk.SWEARING, SmallTalk.WHO})


class Triage:
    """Decides what is done with customers' messages and presses."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        tickets: Tickets,
        messages: Messages,
        questions: Questions,
        answers: Answers,
        asking: Asking,
        concealing: Concealing,
        relay: Relay,
        handling: Handling,
        lines: Lines,
        thanks: Thanks,
        listeners: Sequence[Listener[Customer, IncomingMessage]],
        unmistaken: Sequence[Listener[Customer, IncomingMessage]],
        faq: Faq,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._tickets = profile, customers, tickets
        self._messages, self._questions, self._answers = messages, questions, answers
        self._asking, self._relay, self._handling, self._listeners = asking, relay, handling, listeners
        self._lines, self._faq, self._now, self._concealing = lines, faq, now, concealing
        self._thanks, self._unmistaken = thanks, unmistaken

    def hear(self, person: Person, incoming: IncomingMessage) -> None:
        """Take a customer's message: for the open ticket, for a room that asked for it, or for the FAQ.

        A room that takes only what can be nothing else is asked beside an open ticket too.
        """
        customer = self._customers.meet(person)
        incoming = self._concealing.received(customer, incoming)
        if taken([(each, customer) for each in self._unmistaken], incoming):
            return
        ticket = self._tickets.open_of(customer.id)
        if ticket is None and (
            self._was_asked_for(customer, incoming) or self._thanks.hear(customer, incoming)
        ):
            return
        if ticket is not None:
            message = self._keep(customer, incoming, ticket.id)
            self._relay.to_operators(customer, message, self._relay.answered(customer, incoming))
            if not ticket.complaint and _talk(incoming.content) in UPSET:
                self._handling.escalate(customer, complaint=True)
        else:
            self._listen(customer, incoming.content, lambda: self._keep(customer, incoming, None))

    def commanded(self, person: Person, incoming: IncomingMessage) -> bool:
        """Take a command that we do not have as a message, if anybody waits for one; else False."""
        customer = self._customers.meet(person)
        if self._tickets.open_of(customer.id) is None:
            return self._was_asked_for(customer, incoming)
        self.hear(person, incoming)
        return True

    def _was_asked_for(self, customer: Customer, incoming: IncomingMessage) -> bool:
        """Whether a room had asked for these words; if they plead, people get them as well."""
        if not taken([(each, customer) for each in self._listeners], incoming):
            return False
        if pleads(incoming.content.text):
            for message in self._messages.find(incoming.place):
                self._bring_back(customer, message)
        return True

    def _bring_back(self, customer: Customer, message: Message) -> None:
        """Open the ticket that a comment is about again, and show operators the comment.

        One that is about no ticket is a question too.
        """
        ticket = None if message.ticket_id is None else self._tickets.get(message.ticket_id)
        if ticket is None:
            self._listen(customer, message.content, partial(_same, message))
            return
        self._handling.came_back(customer, ticket)
        self._relay.to_operators(customer, message)
        upset = _talk(message.content) in UPSET
        if not (upset and self._handling.escalate(customer, complaint=True)):
            self._answers.tell(customer, "customer.reopened_by_words", number=ticket.number)

    def will_ask(self, person: Person, content: Content) -> tuple[str, str] | None:
        """The text that the FAQ will probably be asked, and in which language; only reads."""
        kind = _talk(content)
        if not _is_said(content) or (kind is not None and kind is not SmallTalk.WHO):
            return None
        if wants_person(content.asked) or self._tickets.is_open_for(person.telegram_id):
            return None
        known = self._customers.known(person.telegram_id)
        return content.asked, self._profile.language_of(person if known is None else known)

    def _listen(self, customer: Customer, content: Content, kept: Callable[[], Message]) -> None:
        """Take a message while no ticket is open; a message that is only polite is not kept."""
        said = _is_said(content)
        kind, wish = _talk(content), said and wants_person(content.asked)
        if kind in POLITE or (kind in SMALL and not wish and not self._is_asked(customer, content, kind)):
            self._answers.chat(customer, kind)
        elif kind in UPSET:
            kept()
            self._handling.escalate(customer, complaint=True)
        elif not said or kind is SmallTalk.NOT_HELPED or wish:
            kept()
            if said:
                self._did_not_help(customer)
            self._handling.escalate(customer)
        else:
            self.ask(customer, kept())

    def _is_asked(self, customer: Customer, content: Content, kind: SmallTalk) -> bool:
        """Whether small talk goes to the FAQ, because the desk has an entry of its own for it."""
        return kind is SmallTalk.WHO and self._asking.knows(customer, content.asked)

    def _did_not_help(self, customer: Customer) -> None:
        """Settle the question just answered or offered as escalated, because people are asked for."""
        question = self._questions.unsettled(customer.id, self._now - RECENTLY)
        if question is not None:
            self._questions.settle(question.id, outcome="escalated")

    def ask(self, customer: Customer, message: Message) -> None:
        """Put a message to the FAQ."""
        self._asking.ask(customer, message)

    def hand_over(self, person: Person, incoming: IncomingMessage, *, complaint: bool = False) -> None:
        """Escalate a customer's message that asks for people or complains."""
        customer = self._customers.meet(person)
        incoming = self._concealing.received(customer, incoming)
        ticket = self._tickets.open_of(customer.id)
        message = self._keep(customer, incoming, None if ticket is None else ticket.id)
        if ticket is not None:
            self._relay.to_operators(customer, message)
        self._handling.escalate(customer, complaint=complaint)

    def ask_again(self, person: Person, message_id: int) -> None:
        """Treat a message that was kept as a comment as a new question."""
        customer = self._customers.meet(person)
        ticket = self._tickets.open_of(customer.id)
        self._messages.adopt([message_id], None if ticket is None else ticket.id)
        for message in self._messages.get([message_id]):
            if ticket is not None:
                self._relay.to_operators(customer, message)
            else:
                self._listen(customer, message.content, partial(_same, message))

    def came_back(self, person: Person, ticket_id: int) -> None:
        """Reopen a closed ticket because the customer says that it is not settled."""
        customer = self._customers.meet(person)
        ticket = self._tickets.get(ticket_id)
        if ticket is None or ticket.customer_id != customer.id:
            return
        match self._handling.came_back(customer, ticket):
            case TicketChanged():
                self._answers.tell(customer, "customer.came_back", number=ticket.number)
            case TicketUnchanged():
                self._answers.tell(customer, "customer.already_called")

    def hear_late(self, person: Person, incoming: IncomingMessage) -> None:
        """Take a message that was not kept, because it was only polite, and says more now."""
        kind = _talk(incoming.content)
        if (
            incoming.content.kind == "text"
            and kind not in POLITE | SMALL
            and incoming.content.text[:1] != "/"
        ):
            self.hear(person, incoming)

    def listen_again(self, customer: Customer, message: Message) -> None:
        """Take a kept message, edited since, while no ticket is open."""
        self._listen(customer, message.content, partial(_same, message))

    def helped(self, person: Person, question_id: int, message_id: int) -> str | None:
        """Settle a question as helped and remove the buttons; returns the toast, if any."""
        customer, question = self._pressed(person, question_id)
        if question is None:
            return None
        if question.outcome is None:
            read = question.offered[0] if question.folded and question.chosen is None else None
            self._questions.settle(question.id, chosen=read, outcome="helped")
        self._answers.send(customer, rebutton(message_id))
        return self._profile.texts.plain("customer.glad", self._profile.language_of(customer))

    def not_helped(self, person: Person, question_id: int, message_id: int) -> str | None:
        """Escalate a question whose answer or choice did not help; returns the toast, if any."""
        customer, question = self._pressed(person, question_id)
        if question is None:
            return None
        if question.outcome != "escalated":
            self._questions.settle(question.id, outcome="escalated")
            self._tell_those_who_have_it(customer, question)
        self._answers.send(customer, rebutton(message_id))
        if self._handling.escalate(customer, asked=question.message_id):
            return None
        return self._profile.texts.plain("customer.already_called", self._profile.language_of(customer))

    def choose(self, person: Person, question_id: int, index: int, message_id: int) -> str | None:
        """Answer with the entry the customer chose, in the choice's place; returns the toast, if any."""
        customer, question = self._pressed(person, question_id)
        if question is None or not 0 <= index < len(question.offered):
            return None
        entry = self._faq.knowledge.get(question.offered[index])
        if entry is None or not self._faq.knowledge.is_open(entry):
            language = self._profile.language_of(customer)
            return self._profile.texts.plain("customer.section_gone", language)
        if question.outcome != "helped":  # two presses at once: the one that helped came first
            self._questions.settle(question.id, chosen=entry.id)
        if self._answers.answer_in_place(customer, entry, question.id, message_id):
            self._handling.escalate(customer, asked=question.message_id)
        return None

    def _tell_those_who_have_it(self, customer: Customer, question: Question) -> None:
        """Tell operators who have the message already that another question in it is theirs too."""
        ticket = self._tickets.open_of(customer.id)
        carried = any(each.ticket_id is not None for each in self._messages.get(question.asked_in))
        entry = self._faq.knowledge.get(question.chosen or "".join(question.offered[:1]))
        if ticket is not None and carried and entry is not None:
            asked = entry.question_in(self._profile.language)
            self._lines.to_topic(customer, "operator.answer_did_not_help", entry=asked)

    def _pressed(self, person: Person, question_id: int) -> tuple[Customer, Question | None]:
        """The customer who pressed and their question; None for a question of somebody else."""
        customer = self._customers.meet(person)
        question = self._questions.get(question_id)
        mine = question is not None and question.customer_id == customer.id
        return customer, question if mine else None

    def _keep(self, customer: Customer, incoming: IncomingMessage, ticket_id: int | None) -> Message:
        return self._messages.keep(
            customer_id=customer.id,
            ticket_id=ticket_id,
            author="customer",
            content=incoming.content,
            at=self._now,
            original=incoming.place,
        )


def _same(message: Message) -> Message:
    return message


def _is_said(content: Content) -> bool:
    """Whether these are the customer's own words; what somebody else wrote is no question of theirs."""
    return content.kind == "text" and not content.passes_on


def _talk(content: Content) -> SmallTalk | None:
    return small_talk(content.asked) if _is_said(content) else None
