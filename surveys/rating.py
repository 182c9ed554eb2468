"""The survey after a ticket: a rating from 1 to 5, a comment, or "it came back"."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from desk.alarm import Alarm
from desk.people import Customer, Customers, Person
from desk.post import Button, Chat, Lane, Outbox, Parcel, press, rebutton, rewrite, say
from desk.profile import Profile
from desk.timers import Timers
from faq.understanding.pleas import pleads
from tickets.comments import is_comment
from tickets.relay import IncomingMessage
from tickets.ticket import Messages, Ticket, Tickets

GRADES = (1, 2, 3, 4, 5)
LOW = 2
QUOTED = 3500
"""How much of a comment goes into one alert: Telegram's limit counts the words around it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One request to rate one ticket."""

    id: int
    ticket_id: int
    customer_id: int
    rating: int | None = None
    rated_at: datetime | None = None
    comment: str | None = None
    comment_message: int | None = None


class Surveys(Protocol):
    """The surveys of one desk."""

    def ask(self, ticket_id: int, customer_id: int, at: datetime) -> int | None:
        """The survey of a ticket, inserted if there is none; None if it was rated."""

    def get(self, survey_id: int) -> Survey | None:
        """By our own id."""

    def rate(self, survey_id: int, rating: int, at: datetime) -> bool:
        """Record the rating if there is none yet; False otherwise."""

    def newest_rated(self, customer_id: int) -> Survey | None:
        """The customer's last rated survey."""

    def comment(self, survey_id: int, text: str, message_id: int, at: datetime) -> None:
        """Add what the customer wrote about it."""

    def withdraw_comment(self, survey_id: int) -> None:
        """Remove a comment that was meant as a question."""


class Ratings:
    """Sends surveys, keeps ratings and comments, and tells managers about low ratings."""

    DUE = frozenset({"survey"})

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        tickets: Tickets,
        messages: Messages,
        surveys: Surveys,
        timers: Timers,
        outbox: Outbox,
        alarm: Alarm,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._tickets = profile, customers, tickets
        self._messages, self._surveys, self._timers, self._outbox = messages, surveys, timers, outbox
        self._alarm, self._now = alarm, now

    def closed(self, ticket: Ticket, customer: Customer, *, after: timedelta) -> None:
        """Send the survey of a closed ticket now, or set a timer for the desk's delay and more."""
        wait = self._profile.rating_delay + after
        if wait:
            self._timers.set("survey", ticket.id, self._now + wait)
        else:
            self.ask(ticket.id)

    def call_off(self, ticket: Ticket) -> None:
        """Ask nothing about a ticket, not even what was to be asked after an earlier closing."""
        self._timers.clear("survey", ticket.id)

    def ask(self, ticket_id: int) -> None:
        """Send the survey, unless the ticket was reopened or has been rated."""
        ticket = self._tickets.get(ticket_id)
        if ticket is None or ticket.closed_at is None:
            return
        customer = self._customers.get(ticket.customer_id)
        survey_id = self._surveys.ask(ticket.id, customer.id, self._now)
        if survey_id is None:
            self._say_closed(customer, ticket)
            return
        language = self._profile.language_of(customer)
        rows = [
            [
                Button(
                    self._profile.texts.plain(f"rating.{grade}", language),
                    press("rate", survey_id, grade),
                )
            ]
            for grade in GRADES
        ]
        html = self._profile.texts.say("rating.ask", language, number=ticket.number)
        self._outbox.post(
            Parcel(
                to=customer.address,
                lane=Lane.SURVEY,
                body=say(html, [*rows, [self._came_back(language, ticket.id)]]),
            )
        )

    def due(self, kind: str, subject: int) -> None:
        """Send the survey whose delay is over."""
        self.ask(subject)

    def rate(self, person: Person, survey_id: int, rating: int, message_id: int) -> str | None:
        """Keep a rating; only the first press counts. Returns the toast, if any."""
        customer = self._customers.meet(person)
        survey = self._surveys.get(survey_id)
        if survey is None or survey.customer_id != customer.id or rating not in GRADES:
            return None
        language = self._profile.language_of(customer)
        if not self._surveys.rate(survey.id, rating, self._now):
            return self._profile.texts.plain("rating.already", language)
        grade = self._profile.texts.plain(f"rating.{rating}", language)
        html = self._profile.texts.say(
            "rating.thanks.low" if rating <= LOW else "rating.thanks", language, grade=grade
        )
        rows = [[self._came_back(language, survey.ticket_id)]]
        self._outbox.post(Parcel(to=Chat(customer.chat_id), body=rewrite(message_id, html, rows)))
        if rating <= LOW:
            self._warn("alert.low_rating", survey, customer, rating=rating)
        return None

    def asked_at(self, who: Customer) -> datetime | None:
        """Since when a comment of this customer is waited for; None if none is."""
        survey = self._surveys.newest_rated(who.id)
        if survey is None or survey.rated_at is None or survey.comment is not None:
            return None
        waits = self._now - survey.rated_at <= self._profile.comment_window
        return survey.rated_at if waits else None

    def hear(self, who: Customer, words: IncomingMessage) -> bool:
        """Keep a text written just after a rating as its comment; False if it is something else.

        A comment that pleads is kept too, and triage brings it to people and says so.
        """
        customer, content, survey = who, words.content, self._surveys.newest_rated(who.id)
        if survey is None or not is_comment(content):
            return False
        message = self._messages.keep(
            customer_id=customer.id,
            ticket_id=survey.ticket_id,
            author="customer",
            content=content,
            at=self._now,
            original=words.place,
        )
        self._surveys.comment(survey.id, content.text, message.id, self._now)
        if not pleads(content.text):
            self._thank(customer, survey)
        if survey.rating is not None and survey.rating <= LOW:
            for start in range(0, len(content.text), QUOTED):
                part = content.text[start : start + QUOTED]
                self._warn("alert.low_comment", survey, customer, rating=survey.rating, comment=part)
        return True

    def _thank(self, customer: Customer, survey: Survey) -> None:
        """Say that a comment was kept; it may have been meant as a question."""
        language, texts = self._profile.language_of(customer), self._profile.texts
        rows = [
            [Button(texts.plain("button.it_is_a_question", language), press("comment", survey.id))],
            [Button(texts.plain("button.operator", language), press("menu", "person"))],
        ]
        html = texts.say("rating.comment_kept", language)
        self._outbox.post(Parcel(to=customer.address, body=say(html, rows)))

    def not_a_comment(self, person: Person, survey_id: int, message_id: int) -> int | None:
        """Remove a comment that was a question; returns the id of its message."""
        customer = self._customers.meet(person)
        survey = self._surveys.get(survey_id)
        if survey is None or survey.customer_id != customer.id or survey.comment_message is None:
            return None
        self._surveys.withdraw_comment(survey.id)
        self._outbox.post(Parcel(to=Chat(customer.chat_id), body=rebutton(message_id)))
        return survey.comment_message

    def _say_closed(self, customer: Customer, ticket: Ticket) -> None:
        """Say that the ticket is closed, without asking for a second rating."""
        language = self._profile.language_of(customer)
        html = self._profile.texts.say("rating.closed_again", language, number=ticket.number)
        rows = [[self._came_back(language, ticket.id)]]
        self._outbox.post(Parcel(to=customer.address, lane=Lane.SURVEY, body=say(html, rows)))

    def _warn(self, key: str, survey: Survey, customer: Customer, **params: object) -> None:
        ticket = self._tickets.get(survey.ticket_id)
        if ticket is not None:
            self._alarm.news(
                key, number=ticket.number, name=customer.name, operator=ticket.operator_name, **params
            )

    def _came_back(self, language: str, ticket_id: int) -> Button:
        return Button(self._profile.texts.plain("button.came_back", language), press("back", ticket_id))
