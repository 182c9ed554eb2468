"""Suggestions: entries that an operator may send by one press under a customer's question."""

from collections.abc import Sequence

from desk.people import Customer, Customers, Operator
from desk.post import Button, Chat, Outbox, Parcel, press, rebutton
from desk.profile import Profile
from faq.entries.entry import Entry
from faq.understanding.echo import echoed
from tickets.answer_messages import contents, media_of
from tickets.answers import Answers, Faq
from tickets.bans.banning import Banning
from tickets.customer_side.menu import short_tag
from tickets.handling import Handling
from tickets.questions import Question, Questions
from tickets.ticket import Messages, Place, Ticket

SHOWN = 3
LIKELY = 0.2
"""The confidence from which an entry is suggested."""
LOOKED_AT = 20


class Suggestions:
    """Makes suggestions, sends the pressed one, and notices a reply in an entry's words."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        messages: Messages,
        questions: Questions,
        answers: Answers,
        outbox: Outbox,
        handling: Handling,
        banning: Banning,
        faq: Faq,
    ) -> None:
        self._profile, self._customers, self._messages = profile, customers, messages
        self._questions, self._answers, self._outbox = questions, answers, outbox
        self._handling, self._banning, self._faq = handling, banning, faq

    def rows(self, customer_id: int, ticket_id: int, message_ids: Sequence[int]) -> list[list[Button]]:
        """The buttons under messages that went to people: what was sent, then what may be."""
        about = self._questions.about(customer_id, ticket_id, LOOKED_AT)
        asked = [each for each in about if each.message_id in message_ids and each.outcome == "escalated"]
        given = {name for each in about for name in _given(each)}
        sent = [self._sent(each.replied) for each in asked if each.replied is not None]
        likely: dict[str, tuple[float, Question, Entry]] = {}
        for question in asked:
            for confidence, entry in self._likely(question) if question.replied is None else ():
                if entry.id not in given and confidence > likely.get(entry.id, (0.0,))[0]:
                    likely[entry.id] = confidence, question, entry
        best = sorted(likely.values(), key=lambda each: -each[0])[:SHOWN]
        return [*sent, *([self._button(question, entry)] for _, question, entry in best)]

    def pressed(self, operator: Operator, tag: str, question_id: int, place: Place) -> str | None:
        """Send the entry as the operator's reply, once; returns the toast, if any."""
        question = self._questions.get(question_id)
        if question is None:
            return None
        entry = next((each for each in self._faq.knowledge.entries if short_tag(each.id) == tag), None)
        if question.replied is not None:
            return self._toast("already")
        if entry is None or entry.hidden or not entry.answer:
            return self._toast("gone")
        customer = self._customers.get(question.customer_id)
        if self._banning.of(customer) is not None:
            return self._toast("banned")
        for content in contents(media_of(entry), self._answers.text(customer, entry)):
            self._handling.send(operator, customer, content, reply_to=question.message_id, mark=place)
        self._questions.settle(question.id, replied=entry.id)
        self._rebutton(place, question)
        return self._toast("sent")

    def noticed(self, customer: Customer, ticket: Ticket, text: str) -> None:
        """Count an operator's reply as an entry sent if it says nearly what the entry says."""
        about = self._questions.about(customer.id, ticket.id, LOOKED_AT)
        waiting = [each for each in about if each.outcome == "escalated" and each.replied is None]
        if not waiting:
            return
        language = self._profile.language_of(customer)
        entry = echoed(self._faq.knowledge, text, language, self._answers.details(customer))
        if entry is not None:
            self._questions.settle(waiting[-1].id, replied=entry.id)

    def _likely(self, question: Question) -> list[tuple[float, Entry]]:
        """The candidates kept with the question that can still be suggested."""
        return [
            (confidence, entry)
            for entry_id, confidence in question.ranked
            if confidence >= LIKELY
            and (entry := self._faq.knowledge.get(entry_id)) is not None
            and entry.answer
        ]

    def _rebutton(self, place: Place, question: Question) -> None:
        """Update the keyboard; it may go on suggesting answers to other messages of the burst."""
        shown = self._messages.find(place) or self._messages.get(question.asked_in)
        ticket_id = next((each.ticket_id for each in shown if each.ticket_id is not None), None)
        customer_id, ids = question.customer_id, [each.id for each in shown]
        rows = [] if ticket_id is None else self.rows(customer_id, ticket_id, ids)
        self._outbox.post(Parcel(to=Chat(place.chat_id), body=rebutton(place.telegram_id, rows)))

    def _button(self, question: Question, entry: Entry) -> Button:
        says = press("hint", "send", short_tag(entry.id), question.id)
        return Button(entry.question_in(self._profile.language), says)

    def _sent(self, entry_id: str) -> list[Button]:
        entry = self._faq.knowledge.get(entry_id)
        name = entry_id if entry is None else entry.question_in(self._profile.language)
        caption = self._profile.texts.plain("operator.hint.done", self._profile.language, entry=name)
        return [Button(caption, press("hint", "done"))]

    def _toast(self, name: str) -> str:
        return self._profile.texts.plain(f"operator.hint.{name}", self._profile.language)


def _given(question: Question) -> tuple[str, ...]:
    """The ids of entries whose answers the customer was shown."""
    answered = question.offered[:1] if question.zone == "answer" or question.folded else ()
    return answered if question.chosen is None else (*answered, question.chosen)
