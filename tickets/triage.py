"""What to do with what a customer says: the FAQ if it is sure, a choice if it is not, people otherwise."""

from datetime import datetime
from typing import Protocol

from faq.match import Match, NoMatch, Sure, Unsure
from faq.wishes import wants_person
from tickets.answers import Answers, Faq
from tickets.desk import Already, Done, FrontDesk
from tickets.people import Customer, Customers, Person
from tickets.post import rebutton
from tickets.profile import Profile
from tickets.questions import Question, Questions, Zone
from tickets.relay import Incoming, Relay
from tickets.ticket import Message, Messages, Tickets


class Comments(Protocol):
    """Where words just after a rating belong."""

    def take(self, customer: Customer, incoming: Incoming) -> bool:
        """Keep them as the comment; False if they are something else."""


class Triage:
    """Decides, for one customer at a time."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        tickets: Tickets,
        messages: Messages,
        questions: Questions,
        answers: Answers,
        relay: Relay,
        desk: FrontDesk,
        comments: Comments,
        faq: Faq,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._tickets = profile, customers, tickets
        self._messages, self._questions, self._answers = messages, questions, answers
        self._relay, self._desk, self._comments = relay, desk, comments
        self._faq, self._now = faq, now

    def hear(self, person: Person, incoming: Incoming) -> None:
        """A customer wrote: carry it into the open ticket, or keep it as a comment, or ask the FAQ."""
        customer = self._customers.meet(person)
        ticket = self._tickets.open_of(customer.id)
        if ticket is None and self._comments.take(customer, incoming):
            return
        message = self._keep(customer, incoming, None if ticket is None else ticket.id)
        if ticket is not None:
            answers = self._relay.answered(customer, incoming)
            self._relay.to_operators(customer, message, answers)
        elif incoming.content.kind != "text" or wants_person(incoming.content.text):
            self._desk.escalate(customer)
        else:
            self.ask(customer, message)

    def ask(self, customer: Customer, message: Message) -> None:
        """Put a message to the FAQ."""
        language = self._profile.language_of(customer)
        match = self._faq.matcher.match(message.content.text, language)
        question_id = self._questions.keep(
            customer_id=customer.id,
            message_id=message.id,
            text=message.content.text,
            zone=_zone(match),
            offered=_offered(match),
            asked_at=self._now,
            language=language,
            confidence=match.ranked[0].confidence if match.ranked else None,
        )
        match match:
            case Sure():
                self._answers.answer(customer, match.best.entry, question_id)
            case Unsure():
                self._answers.offer(customer, [each.entry for each in match.candidates], question_id)
            case NoMatch():
                self._questions.settle(question_id, outcome="escalated")
                self._desk.escalate(customer)

    def hand_over(self, person: Person, incoming: Incoming, *, complaint: bool = False) -> None:
        """A customer asked for people, or complained, and said what about."""
        customer = self._customers.meet(person)
        ticket = self._tickets.open_of(customer.id)
        message = self._keep(customer, incoming, None if ticket is None else ticket.id)
        if ticket is not None:
            self._relay.to_operators(customer, message)
        self._desk.escalate(customer, complaint=complaint)

    def ask_again(self, person: Person, message_id: int) -> None:
        """What was taken for a comment is treated as if it had just been said."""
        customer = self._customers.meet(person)
        ticket = self._tickets.open_of(customer.id)
        self._messages.adopt([message_id], None if ticket is None else ticket.id)
        for message in self._messages.get([message_id]):
            if ticket is not None:
                self._relay.to_operators(customer, message)
            else:
                self.ask(customer, message)

    def came_back(self, person: Person, ticket_id: int) -> None:
        """A closed matter was not settled after all: the ticket is open again and people are told."""
        customer = self._customers.meet(person)
        ticket = self._tickets.get(ticket_id)
        if ticket is None or ticket.customer_id != customer.id:
            return
        match self._desk.came_back(customer, ticket):
            case Done():
                self._answers.tell(customer, "customer.came_back", number=ticket.number)
            case Already():
                self._answers.tell(customer, "customer.already_called")

    def edited(self, incoming: Incoming) -> None:
        """A customer changed what they wrote."""
        for message in self._messages.find(incoming.place):
            if message.author == "customer":
                self._relay.amend(message, incoming.content)

    def helped(self, person: Person, question_id: int, pressed: int) -> str | None:
        """The answer helped: the buttons go, nobody is bothered. The toast to show."""
        customer, question = self._pressed(person, question_id)
        if question is None:
            return None
        if question.outcome is None:
            self._questions.settle(question.id, outcome="helped")
        self._answers.send(customer, rebutton(pressed))
        return self._profile.texts.plain("customer.glad", self._profile.language_of(customer))

    def not_helped(self, person: Person, question_id: int, pressed: int) -> str | None:
        """The answer did not help, or the choice had nothing fitting: people get the question. The toast."""
        customer, question = self._pressed(person, question_id)
        if question is None:
            return None
        self._questions.settle(question.id, outcome="escalated")
        self._answers.send(customer, rebutton(pressed))
        if self._desk.escalate(customer, asked=question.message_id):
            return None
        return self._profile.texts.plain("customer.already_called", self._profile.language_of(customer))

    def choose(self, person: Person, question_id: int, index: int, pressed: int) -> str | None:
        """One of the offered questions was meant: the choice turns into its answer."""
        customer, question = self._pressed(person, question_id)
        if question is None or not 0 <= index < len(question.offered):
            return None
        entry = self._faq.knowledge.get(question.offered[index])
        if entry is None or not self._faq.knowledge.is_open(entry):
            language = self._profile.language_of(customer)
            return self._profile.texts.plain("customer.section_gone", language)
        self._questions.settle(question.id, chosen=entry.id)
        self._answers.answer_in_place(customer, entry, question.id, pressed)
        return None

    def _pressed(self, person: Person, question_id: int) -> tuple[Customer, Question | None]:
        """Whose press this is, and their question: nobody can press under another's."""
        customer = self._customers.meet(person)
        question = self._questions.get(question_id)
        mine = question is not None and question.customer_id == customer.id
        return customer, question if mine else None

    def _keep(self, customer: Customer, incoming: Incoming, ticket_id: int | None) -> Message:
        return self._messages.keep(
            customer_id=customer.id,
            ticket_id=ticket_id,
            author="customer",
            content=incoming.content,
            at=self._now,
            original=incoming.place,
        )


def _zone(match: Match) -> Zone:
    match match:
        case Sure():
            return "answer"
        case Unsure():
            return "choice"
        case NoMatch():
            return "person"


def _offered(match: Match) -> list[str]:
    match match:
        case Sure():
            return [match.best.entry.id]
        case Unsure():
            return [candidate.entry.id for candidate in match.candidates]
        case NoMatch():
            return []
