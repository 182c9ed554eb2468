"""What a customer edits: the copy follows, and a question that was put to the FAQ is looked at again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from desk.content import Content
from desk.joined import reworded
from desk.people import Customer, Customers, Person
from tickets.answers import Answers
from tickets.asking import Asking
from tickets.customer_side.concealing import Concealing
from tickets.customer_side.triage import Triage
from tickets.handling import Handling
from tickets.questions import Question, Questions
from tickets.relay import IncomingMessage, Relay
from tickets.ticket import Message, Messages

SOON = timedelta(minutes=1)
"""An edit within this time after writing puts right what was meant from the beginning."""


class Edits:
    """Takes what customers edit."""

    def __init__(
        self,
        *,
        customers: Customers,
        messages: Messages,
        questions: Questions,
        asking: Asking,
        answers: Answers,
        triage: Triage,
        concealing: Concealing,
        relay: Relay,
        handling: Handling,
    ) -> None:
        self._customers, self._messages, self._questions = customers, messages, questions
        self._asking, self._answers = asking, answers
        self._triage, self._relay, self._handling = triage, relay, handling
        self._concealing = concealing

    def edited(self, person: Person, incoming: IncomingMessage, *, soon: bool) -> None:
        """Amend what was edited; within a minute the FAQ may have to answer anew."""
        found = [each for each in self._messages.find(incoming.place) if each.author == "customer"]
        for message in found:
            customer = self._customers.get(message.customer_id)
            whole = reworded(message.content, incoming.place.telegram_id, incoming.content)
            if whole is None:  # what was joined has no room for it: it stands below, once, on its own
                if len(found) == 1:
                    self._triage.hear(person, incoming)
                continue
            content = self._concealing.edited(customer, message, whole)
            self._relay.amend(message, content)
            if message.content.text != content.text:
                self._reworded(customer, message, content, soon=soon)
        if not found and soon:
            self._triage.hear_late(person, incoming)

    def _reworded(self, customer: Customer, message: Message, content: Content, *, soon: bool) -> None:
        asked = self._questions.of(message.id)
        if not asked:
            return
        waiting = message.ticket_id is None and all(each.outcome is None for each in asked)
        if soon and waiting and not self._asking.says_the_same(customer, content, asked):
            self._reword(asked, content.asked)
            self._answers.tell(customer, "customer.question_edited")
            self._triage.listen_again(customer, replace(message, content=content))
            return
        self._reword([each for each in asked if each.text not in content.text], content.asked)
        self._show(customer, message)

    def _reword(self, asked: Sequence[Question], text: str) -> None:
        for question in asked:
            self._questions.reword(question.id, text)

    def _show(self, customer: Customer, message: Message) -> None:
        if message.ticket_id is not None:
            self._handling.refresh(customer)
