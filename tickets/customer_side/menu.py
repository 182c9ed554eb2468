"""The menu: a greeting, the FAQ by categories, and a button that calls a person."""

import re
import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.authority import Right, may
from desk.content import Content
from desk.pages import on_page, pages, turns
from desk.people import Customer, Customers, Person
from desk.post import Button, press, rebutton, rewrite
from desk.profile import Profile
from faq.entries.knowledge import Category
from tickets.answers import Answers, Faq
from tickets.handling import Handling
from tickets.questions import Questions
from tickets.ticket import Messages, Tickets

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a deep link can carry; anything else was typed by hand."""
SECTIONS_IN_A_ROW = 2
SECTIONS_ON_A_PAGE = 16
ENTRIES_ON_A_PAGE = 12


class LiveIncidents(Protocol):
    """The incidents that are not over."""

    def live(self, language: str) -> Sequence[str]:
        """Each live incident as a line of Telegram HTML."""


class Menu:
    """Answers /start, /help and the buttons of the menu."""

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        tickets: Tickets,
        messages: Messages,
        questions: Questions,
        answers: Answers,
        handling: Handling,
        faq: Faq,
        bulletin: LiveIncidents,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._tickets = profile, customers, tickets
        self._messages, self._questions, self._answers = messages, questions, answers
        self._handling, self._faq, self._bulletin, self._now = handling, faq, bulletin, now

    def greet(self, person: Person, payload: str | None) -> None:
        """Greet a customer who pressed Start, and keep the payload of the link they came by."""
        customer = self._customers.meet(person)
        if payload and PAYLOAD.fullmatch(payload):
            self._remember(customer, payload)
        language = self._profile.language_of(customer)
        self._answers.tell(
            customer,
            "customer.greeting",
            self._rows(language),
            name=person.first_name,
            company=self._profile.company,
            incidents=list(self._bulletin.live(language)),
        )

    def help(self, person: Person) -> None:
        """Say what the bot can do for this person."""
        customer = self._customers.meet(person)
        rows = self._rows(self._profile.language_of(customer))
        self._answers.tell(customer, self._help_for(person), rows, company=self._profile.company)

    def call_person(self, person: Person, *, complaint: bool = False) -> None:
        """Escalate without a question."""
        customer = self._customers.meet(person)
        if not self._handling.escalate(customer, complaint=complaint):
            self._answers.tell(customer, "customer.already_called")

    def turn_sections(self, person: Person, page: int, message_id: int) -> None:
        """Show another page of the categories under the same message."""
        customer = self._customers.meet(person)
        rows = self._rows(self._profile.language_of(customer), page)
        self._answers.send(customer, rebutton(message_id, rows))

    def show_section(self, person: Person, tag: str, page: int = 0, message_id: int | None = None) -> None:
        """Show a category's entries: a new message, or another page in the place of a message.

        A page that is there no more is the last one.
        """
        customer = self._customers.meet(person)
        language = self._profile.language_of(customer)
        for section in self._faq.knowledge.sections(language):
            if short_tag(section.name) == tag:
                rows = self._section_rows(section, tag, page, language)
                caption = self._caption(section.name, language)
                self._put(customer, message_id, "customer.section", rows, section=caption)
                return
        self._put(customer, message_id, "customer.section_gone", [[self._person(language)]])

    def show_entry(self, person: Person, tag: str) -> None:
        """Send the answer of an entry picked from a category."""
        customer = self._customers.meet(person)
        language = self._profile.language_of(customer)
        sections = self._faq.knowledge.sections(language)
        for entry in (entry for section in sections for entry in section.entries):
            if short_tag(entry.id) == tag:
                asked = Content(text=entry.question_in(language))
                message = self._messages.keep(
                    customer_id=customer.id, ticket_id=None, author="customer", content=asked, at=self._now
                )
                question_id = self._questions.keep(
                    customer_id=customer.id,
                    message_id=message.id,
                    text=asked.text,
                    zone="answer",
                    offered=[entry.id],
                    chosen=entry.id,
                    asked_at=self._now,
                    language=language,
                )
                if self._answers.answer(customer, entry, question_id):
                    self._handling.escalate(customer, asked=message.id)
                return
        self._answers.tell(customer, "customer.section_gone", [[self._person(language)]])

    def speaks(self, person: Person, named: str) -> bool:
        """Set the language that the customer names, by its name or its code; False if it is none of ours."""
        texts = self._profile.texts
        names = {texts.plain("language.name", each).casefold(): each for each in texts.languages}
        wanted = named.strip().casefold()
        language = wanted if wanted in texts.languages else names.get(wanted)
        if language is None:
            return False
        self.speak(person, language)
        return True

    def ask_language(self, person: Person) -> None:
        """Offer the languages we speak."""
        customer = self._customers.meet(person)
        texts = self._profile.texts
        rows = [
            [Button(texts.plain("language.name", each), press("menu", "language", each))]
            for each in texts.languages
        ]
        self._answers.tell(customer, "customer.language_ask", rows)

    def speak(self, person: Person, language: str) -> None:
        """Set the language the customer chose."""
        customer = self._customers.meet(person)
        if language in self._profile.texts.languages:
            self._customers.speak(customer.id, language)
            self._answers.tell(
                self._customers.get(customer.id), "customer.language_set", self._rows(language)
            )

    def _help_for(self, person: Person) -> str:
        if may(self._profile, person.telegram_id, Right.MANAGE):
            return "manager.help"
        return "publisher.help" if may(self._profile, person.telegram_id, Right.DRAFT) else "customer.help"

    def _remember(self, customer: Customer, payload: str) -> None:
        ticket = self._tickets.open_of(customer.id)
        if ticket is None:
            self._customers.came_by(customer.id, payload)
        else:
            self._tickets.came_by(ticket.id, payload)
            self._handling.refresh(customer)

    def _put(
        self,
        customer: Customer,
        message_id: int | None,
        key: str,
        rows: list[list[Button]],
        **params: object,
    ) -> None:
        """Say a text in a new message, or in the place of one."""
        if message_id is None:
            self._answers.tell(customer, key, rows, **params)
        else:
            html = self._profile.texts.say(key, self._profile.language_of(customer), **params)
            self._answers.send(customer, rewrite(message_id, html, rows))

    def _section_rows(self, section: Category, tag: str, page: int, language: str) -> list[list[Button]]:
        count = pages(len(section.entries), ENTRIES_ON_A_PAGE)
        page = min(page, count - 1)
        rows = [
            [Button(entry.question_in(language), press("menu", "entry", short_tag(entry.id)))]
            for entry in on_page(section.entries, page, ENTRIES_ON_A_PAGE)
        ]
        return [*rows, *self._turning(("section", tag), page, count, language), [self._person(language)]]

    def _rows(self, language: str, page: int = 0) -> list[list[Button]]:
        sections = self._faq.knowledge.sections(language)
        count = pages(len(sections), SECTIONS_ON_A_PAGE)
        page = min(page, count - 1)
        buttons = [
            Button(self._caption(section.name, language), press("menu", "section", short_tag(section.name)))
            for section in on_page(sections, page, SECTIONS_ON_A_PAGE)
        ]
        step = SECTIONS_IN_A_ROW
        rows = [buttons[start : start + step] for start in range(0, len(buttons), step)]
        complain = self._answers.button("complain", press("menu", "complain"), language)
        turning = self._turning(("sections",), page, count, language)
        return [*rows, *turning, [self._person(language), complain]]

    def _turning(self, says: tuple[str, ...], page: int, count: int, language: str) -> list[list[Button]]:
        """The row that leads to the pages before and after this one, if there are any."""
        texts = self._profile.texts
        row = [
            Button(
                texts.plain(f"button.page.{word}", language, page=to + 1, pages=count),
                press("menu", *says, to),
            )
            for word, to in turns(page, count)
        ]
        return [row] if row else []

    def _person(self, language: str) -> Button:
        return self._answers.button("operator", press("menu", "person"), language)

    def _caption(self, section: str, language: str) -> str:
        return section or self._profile.texts.plain("button.other_questions", language)


def short_tag(name: str) -> str:
    """A short stand-in for a category's name, because a press holds only 64 bytes."""
    return f"{zlib.crc32(name.encode()):08x}"
