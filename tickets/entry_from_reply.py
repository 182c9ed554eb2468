"""Proposes an entry made of an operator's reply: a preview for the operator, then an offer to managers."""

from collections.abc import Callable, Sequence
from typing import Protocol

from desk.content import Content
from desk.formatted import Html, cut
from desk.own_mark import marked
from desk.people import Customer, Customers, Operator
from desk.post import Button, Chat, Outbox, Parcel, TopicOf, press, rewrite, say
from desk.profile import Profile
from tickets.questions import Questions
from tickets.ticket import Message, Messages, Place, Ticket, Tickets

LOOKED_AT = 20
LONGEST_QUESTION = 300
LONGEST_SHOWN = 3000


class EntryOffer(Protocol):
    """Offers entries to managers."""

    def draft(
        self, question: str, answer_html: str, language: str, operator: Operator, asked: Sequence[int] = ()
    ) -> None:
        """Offer a question and its answer in an operator's name; the same offer twice is made once."""


class EntryFromReply:
    """Makes proposed entries out of replies."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        tickets: Tickets,
        messages: Messages,
        questions: Questions,
        outbox: Outbox,
        offer: EntryOffer,
        html_of: Callable[[Content], str],
    ) -> None:
        self._profile, self._customers, self._tickets = profile, customers, tickets
        self._messages, self._questions, self._outbox = messages, questions, outbox
        self._offer, self._html_of = offer, html_of

    def preview(self, customer_id: int) -> str | None:
        """Show the entry in the topic; returns the toast if there is nothing to make it of."""
        ticket = self._tickets.last_of(customer_id)
        if ticket is None:
            return None
        customer = self._customers.get(customer_id)
        asked, replied = self._first_asked(customer, ticket), self._best_reply(customer, ticket)
        if asked is None or replied is None:
            return self._plain("operator.draft.nothing")
        rows = [
            [self._button("button.send_to_managers", press("hint", "propose", asked.id, replied.id))],
            [self._button("button.never_mind", press("hint", "drop"))],
        ]
        html = self._profile.texts.say(
            "operator.draft.preview",
            self._profile.language,
            question=cut(self._question(asked)[0], LONGEST_QUESTION),
            answer=self._shown(replied),
        )
        self._outbox.post(Parcel(to=TopicOf(customer.id), body=say(html, rows)))
        return None

    def propose(self, operator: Operator, asked_id: int, replied_id: int, place: Place) -> str | None:
        """Offer the previewed entry to managers; returns the toast."""
        found = {each.id: each for each in self._messages.get([asked_id, replied_id])}
        asked, replied = found.get(asked_id), found.get(replied_id)
        if asked is None or replied is None or asked.customer_id != replied.customer_id:
            return None
        if replied.author != "operator" or self._tickets.last_of(asked.customer_id) is None:
            return None  # no matter of this desk
        customer = self._customers.get(asked.customer_id)
        question, numbers = self._question(asked)
        language = self._profile.language_of(customer)
        self._offer.draft(question, self._html_of(replied.content), language, operator, numbers)
        self._say_in_place(place, "operator.draft.sent", question=cut(question, LONGEST_QUESTION))
        return self._plain("operator.draft.toast")

    def drop(self, place: Place) -> None:
        """Drop the preview."""
        self._say_in_place(place, "operator.draft.dropped")

    def _first_asked(self, customer: Customer, ticket: Ticket) -> Message | None:
        """The first question of the ticket that went to people, else its first words."""
        about = self._questions.about(customer.id, ticket.id, LOOKED_AT)
        escalated = [each.message_id for each in about if each.outcome == "escalated"]
        said = [each for each in self._messages.under(customer.id, ticket.id) if each.author == "customer"]
        worded = [each for each in said if each.content.text]
        return next((each for each in worded if each.id in escalated), worded[0] if worded else None)

    def _best_reply(self, customer: Customer, ticket: Ticket) -> Message | None:
        """The longest reply: the others greet, ask back or wish well."""
        replies = [each for each in self._messages.under(customer.id, ticket.id) if each.author == "operator"]
        worded = [each for each in replies if each.content.text]
        return max(worded, key=lambda each: len(each.content.text), default=None)

    def _question(self, asked: Message) -> tuple[str, list[int]]:
        """The customer's question; of several, the part that went to people."""
        found = self._questions.of(asked.id)
        parts = [each for each in found if each.outcome == "escalated"]
        return (parts[0].text, [parts[0].id]) if parts else (asked.content.text, [])

    def _shown(self, replied: Message) -> Html:
        """The preview of the entry; a long answer is cut and loses its formatting."""
        html = self._html_of(replied.content)
        if len(html) <= LONGEST_SHOWN:
            return Html(html)
        return Html(self._html_of(Content(text=cut(replied.content.text, LONGEST_SHOWN))))

    def _say_in_place(self, place: Place, key: str, /, **params: object) -> None:
        html = self._profile.texts.say(key, self._profile.language, **params)
        self._outbox.post(Parcel(to=Chat(place.chat_id), body=rewrite(place.telegram_id, marked(html))))

    def _button(self, key: str, says: str) -> Button:
        return Button(self._plain(key), says)

    def _plain(self, key: str) -> str:
        return self._profile.texts.plain(key, self._profile.language)
