"""The card of a ticket and the title of a topic: who the customer is and how the matter stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.people import Customer, Customers
from desk.post import Button, press
from desk.profile import Profile
from tickets.answers import Faq
from tickets.bans.banning import Banning
from tickets.questions import Questions
from tickets.ticket import Ticket, Tickets, TicketState
from tickets.topics.title import title_of

SHOWN_QUESTIONS = 3
QUESTION_LENGTH = 300


class CustomerRatings(Protocol):
    """The ratings that customers gave."""

    def of_customer(self, customer_id: int) -> Sequence[int]:
        """A customer's ratings, newest first."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card's text and buttons."""

    html: str
    rows: list[list[Button]]


class Cards:
    """Writes cards, titles and headers."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        tickets: Tickets,
        questions: Questions,
        faq: Faq,
        ratings: CustomerRatings,
        banning: Banning,
        now: datetime,
    ) -> None:
        self._banning = banning
        self._profile, self._customers, self._tickets = profile, customers, tickets
        self._questions, self._faq, self._ratings, self._now = questions, faq, ratings, now

    def card(self, customer: Customer, ticket: Ticket) -> Card:
        """The card of a ticket."""
        profile, ban = self._profile, self._banning.of(customer)
        opened = profile.texts.moment(
            profile.language,
            ticket.opened_at.astimezone(profile.zone),
            self._now.astimezone(profile.zone),
        )
        html = profile.texts.say(
            "operator.card",
            profile.language,
            number=ticket.number,
            state=ticket.state.value,
            complaint=ticket.complaint,
            urgent=ticket.urgent,
            operator=ticket.operator_name,
            name=customer.name,
            username=customer.person.username,
            telegram_id=customer.person.telegram_id,
            spoken=profile.language_of(customer),
            payload=ticket.payload,
            opened=opened,
            asked=self._asked(ticket),
            before=self._tickets.count_of(customer.id) - 1,
            ratings=list(self._ratings.of_customer(customer.id)),
            ban=None if ban is None else self._banning.facts(ban),
        )
        return Card(html, card_buttons(profile, ticket, banned=ban is not None))

    def title(self, customer: Customer, ticket: Ticket | None, stands: str | None = None) -> str:
        """The topic's title as it is kept, where one stands already."""
        banned = self._banning.of(customer) is not None
        return title_of(self._profile, customer.name, ticket, stands, banned=banned)

    def header(self, customer: Customer, ticket: Ticket | None) -> str:
        """The line above a message where there are no topics: who it is from."""
        return self._profile.texts.plain(
            "operator.header",
            self._profile.language,
            name=customer.name,
            number=0 if ticket is None else ticket.number,
        )

    def _asked(self, ticket: Ticket) -> list[dict[str, object]]:
        """The questions of the ticket, with the entries that were offered last for the same words."""
        language = self._profile.language
        about = self._questions.about(ticket.customer_id, ticket.id, SHOWN_QUESTIONS)
        found = {question.text: question for question in about if question.text}
        return [
            {
                "text": question.text[:QUESTION_LENGTH],
                "zone": question.zone,
                "offered": [
                    entry.question_in(language)
                    for entry_id in ([question.chosen] if question.chosen else question.offered)
                    if (entry := self._faq.knowledge.get(entry_id)) is not None
                ],
            }
            for question in found.values()
        ]


def card_of(ticket_id: int) -> str:
    """The name of a ticket's card in the placements."""
    return f"card:{ticket_id}"


def card_buttons(profile: Profile, ticket: Ticket, *, banned: bool = False) -> list[list[Button]]:
    """The card's buttons for the ticket's state, or for its customer's ban."""
    language = profile.language

    def button(action: str) -> Button:
        return Button(
            profile.texts.plain(f"button.{action}", language), press("card", action, ticket.customer_id)
        )

    match ticket.state:
        case _ if banned:
            row = [button("unban")]
        case TicketState.OPEN:
            row = [button("take"), button("close")]
        case TicketState.TAKEN:
            row = [button("close")]
        case TicketState.CLOSED:
            row = [button("reopen")]
    if ticket.first_reply_at is not None:  # a reply that could be an entry
        row.append(
            Button(profile.texts.plain("button.to_faq", language), press("hint", "faq", ticket.customer_id))
        )
    return [row]
