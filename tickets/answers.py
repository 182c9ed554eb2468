"""Sends a customer what the FAQ says: an answer with two buttons, or a choice of up to three questions."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Protocol

from desk.alarm import Alarm, hash_of
from desk.content import TEXT_LIMIT
from desk.formatted import Html, cut, length_of
from desk.kinds import REPLACEABLE
from desk.people import Customer
from desk.post import (
    Body,
    Button,
    Chat,
    Failed,
    Media,
    Outbox,
    Outcome,
    Parcel,
    Rewrite,
    Say,
    Sent,
    press,
    rebutton,
    rewrite,
    say,
)
from desk.profile import Profile
from faq.entries.answer import render
from faq.entries.entry import Entry
from faq.entries.knowledge import Knowledge
from faq.matching.match import Matcher
from faq.understanding.small_talk import SmallTalk
from tickets.answer_messages import bodies, can_fold, fits, media_of, unquoted

CHOICES = 3
LONGEST_QUOTE = 200
PRESSES = {"operator": "person", "complain": "complain"}


class Faq(Protocol):
    """The knowledge base in use, with its matcher."""

    @property
    def knowledge(self) -> Knowledge:
        """The entries in use."""

    @property
    def matcher(self) -> Matcher:
        """Finds the entries for a question."""


class MissingMedia(Protocol):
    """Files that could not be sent, so that managers are told once about each."""

    def complain(self, digest: str) -> bool:
        """Note that a file cannot be sent; False if that was noted before."""

    def settle(self, digest: str) -> None:
        """Note that a file can be sent again."""


class Answers:
    """Sends answers and texts of ours to customers."""

    HEARS = frozenset({"answer.media"})

    def __init__(self, profile: Profile, outbox: Outbox, *, complaints: MissingMedia, alarm: Alarm) -> None:
        self._profile, self._outbox = profile, outbox
        self._complaints, self._alarm = complaints, alarm

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Send an answer without its media if Telegram refused them, and tell managers once."""
        name = str(parcel.ref["media"])
        match outcome, parcel.body:
            case Sent(), _:
                self._complaints.settle(hash_of(name))
            case Failed(reason), Say() | Rewrite() as body:
                if body.html:
                    self._outbox.post(Parcel(to=parcel.to, body=replace(body, media=None)))
                if self._complaints.complain(hash_of(name)):
                    self._alarm.to_managers("alert.media_failed", cause=name, media=name, reason=reason)

    def send(self, customer: Customer, body: Body) -> None:
        """Send any body to the customer's chat; what changes a message needs no topic."""
        to = customer.address if isinstance(body, Say) else Chat(customer.chat_id)
        self._outbox.post(Parcel(to=to, body=body))

    def tell(
        self, customer: Customer, key: str, /, rows: Sequence[Sequence[Button]] = (), **params: object
    ) -> None:
        """Send a text of ours in the customer's language."""
        html = self._profile.texts.say(key, self._profile.language_of(customer), **params)
        self.send(customer, say(html, rows))

    def answer(
        self,
        customer: Customer,
        entry: Entry,
        question_id: int,
        *,
        asked: str = "",
        next_up: Sequence[Entry] = (),
    ) -> bool:
        """Send an entry's answer, below the question if given; True if the entry calls a person too.

        Under the answer the customer is asked whether it helped, unless a person comes in any case, and
        below words alone the questions that are next up are offered.
        """
        html, media = self.text(customer, entry), media_of(entry)
        if html or media:
            rows = [] if entry.call_person else self._rows(customer, question_id)
            if can_fold(entry):
                picks = self._picks([entry, *next_up], question_id, self._profile.language_of(customer))
                rows = [*picks[1:], *rows]
            self._post(customer, media, _named(asked, html), rows)
        return entry.call_person

    def answer_in_place(self, customer: Customer, entry: Entry, question_id: int, message_id: int) -> bool:
        """The same in place of the choice it was picked from, or below it if media cannot stand there."""
        html, media = self.text(customer, entry), media_of(entry)
        rows = [] if entry.call_person else self._rows(customer, question_id)
        if media is None:
            self.send(customer, rewrite(message_id, html, rows) if html else rebutton(message_id))
        elif media.kind in REPLACEABLE and fits(html):
            body = Rewrite(message_id=message_id, html=html, rows=rows, media=media)
            self._send_media(customer, media, body)
        else:
            self.send(customer, rebutton(message_id))
            self._post(customer, media, html, rows)
        return entry.call_person

    def offer(
        self,
        customer: Customer,
        entries: Sequence[Entry],
        question_id: int,
        *,
        asked: str = "",
        folded: str = "",
    ) -> None:
        """Send a choice of up to three questions, with a button that calls a person.

        Above it stands the first one's answer, if given `folded`.
        """
        language = self._profile.language_of(customer)
        rows = self._picks(entries[:CHOICES], question_id, language)
        person = self.button("operator", press("faq", "person", question_id), language)
        html = folded or self._profile.texts.say("customer.choice", language)
        self.send(customer, say(_named(asked, html), [*rows, [person]]))

    def folded(self, customer: Customer, entries: Sequence[Entry]) -> str:
        """The words of a choice with the answer of its first entry; empty if that has to stand by itself."""
        first, *others = entries[:CHOICES]
        if not can_fold(first):
            return ""
        language = self._profile.language_of(customer)
        html = self._profile.texts.say(
            "customer.guess",
            language,
            question=first.question_in(language),
            answer=Html(unquoted(self.text(customer, first))),
            others=bool(others),
        )
        return html if length_of(html) <= TEXT_LIMIT else ""

    def _picks(self, entries: Sequence[Entry], question_id: int, language: str) -> list[list[Button]]:
        """A button for each question, by its place among those offered."""
        return [
            [Button(entry.question_in(language), press("faq", "pick", question_id, index))]
            for index, entry in enumerate(entries)
        ]

    def chat(self, customer: Customer, kind: SmallTalk | None) -> None:
        """Answer small talk, with a button that calls a person."""
        language = self._profile.language_of(customer)
        names = ["operator", "complain"] if kind is SmallTalk.SWEARING else ["operator"]
        row = [self.button(name, press("menu", PRESSES[name]), language) for name in names]
        self.tell(customer, f"customer.talk.{kind}", [row])

    def button(self, name: str, says: str, language: str) -> Button:
        """A button with a caption in this language."""
        return Button(self._profile.texts.plain(f"button.{name}", language), says)

    def _rows(self, customer: Customer, question_id: int) -> list[list[Button]]:
        language = self._profile.language_of(customer)
        return [
            [
                self.button("helped", press("faq", "helped", question_id), language),
                self.button("operator", press("faq", "person", question_id), language),
            ]
        ]

    def text(self, customer: Customer, entry: Entry) -> str:
        """The entry's answer to this customer as Telegram HTML; empty if only a person can answer."""
        language = self._profile.language_of(customer)
        return render(entry, language, self.details(customer)) if entry.answer else ""

    def details(self, customer: Customer) -> dict[str, str]:
        """The values that an answer may use about the customer."""
        person = customer.person
        return {
            "first_name": person.first_name,
            "last_name": person.last_name or "",
            "full_name": person.name,
            "username": person.username or "",
            "language": self._profile.language_of(customer),
        }

    def _post(self, customer: Customer, media: Media | None, html: str, rows: list[list[Button]]) -> None:
        """Send the answer's messages; its media have a kind of their own, so that a refusal is heard."""
        first, *others = bodies(media, html, rows)
        if media is None:
            self.send(customer, first)
        else:
            self._send_media(customer, media, first)
        for body in others:
            self.send(customer, body)

    def _send_media(self, customer: Customer, media: Media, body: Say | Rewrite) -> None:
        to = customer.address if isinstance(body, Say) else Chat(customer.chat_id)
        self._outbox.post(Parcel(to=to, body=body, kind="answer.media", ref={"media": media.name}))


def _named(asked: str, html: str) -> str:
    """The answer below the question as a quote, if both fit into a message."""
    if not html:
        return ""
    named = f"<blockquote>{escape(cut(asked, LONGEST_QUOTE))}</blockquote>\n{html}" if asked else html
    return named if length_of(named) <= TEXT_LIMIT else html
