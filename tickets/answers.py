"""How the FAQ speaks to a customer: an answer with its two buttons, or a choice with three questions."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from desk.content import TEXT_LIMIT, utf16_length
from desk.formatted import bare, cut
from desk.people import Customer
from desk.post import Button, Call, Outbox, Parcel, press, rebutton, rewrite, say
from desk.profile import Profile
from faq.entries.answer import render
from faq.entries.entry import Entry
from faq.entries.knowledge import Knowledge
from faq.matching.match import Matcher
from faq.understanding.small_talk import SmallTalk as Kind
from tickets.attached import IN_PLACE, Media, calls, fits, media_of, turned_into

CHOICES = 3
LONGEST_QUOTE = 200
PRESSES = {"operator": "person", "complain": "complain"}


class Faq(Protocol):
    """The knowledge base as it stands now."""

    @property
    def knowledge(self) -> Knowledge:
        """The entries."""

    @property
    def matcher(self) -> Matcher:
        """What finds an entry for a question."""


class Answers:
    """Writes to one customer at a time."""

    def __init__(self, profile: Profile, outbox: Outbox) -> None:
        self._profile, self._outbox = profile, outbox

    def send(self, customer: Customer, call: Call) -> None:
        """Anything at all, to the customer's chat."""
        self._outbox.post(Parcel(chat_id=customer.chat_id, call=call))

    def tell(
        self, customer: Customer, key: str, /, rows: Sequence[Sequence[Button]] = (), **params: object
    ) -> None:
        """A text of ours, in the customer's language."""
        html = self._profile.texts.say(key, self._profile.language_of(customer), **params)
        self.send(customer, say(html, rows))

    def answer(self, customer: Customer, entry: Entry, question_id: int, *, asked: str = "") -> bool:
        """What the entry says, under the words that asked for it if given; whether a person is to come.

        Under an answer the customer is asked whether it helped, unless a person comes in any case.
        """
        html, media = self.text(customer, entry), media_of(entry)
        if html or media:
            rows = [] if entry.call_person else self._rows(customer, question_id)
            self._post(customer, media, _named(asked, html), rows)
        return entry.call_person

    def answer_in_place(self, customer: Customer, entry: Entry, question_id: int, message_id: int) -> bool:
        """The same in place of the choice that led to it, or below it if it cannot stand there."""
        html, media = self.text(customer, entry), media_of(entry)
        rows = [] if entry.call_person else self._rows(customer, question_id)
        if media is None:
            self.send(customer, rewrite(message_id, html, rows) if html else rebutton(message_id))
        elif media.kind in IN_PLACE and fits(html):
            call = turned_into(media, message_id, html, rows)
            self._send_media(customer, media, call, instead=rewrite(message_id, html, rows) if html else None)
        else:
            self.send(customer, rebutton(message_id))
            self._post(customer, media, html, rows)
        return entry.call_person

    def offer(
        self, customer: Customer, entries: Sequence[Entry], question_id: int, *, asked: str = ""
    ) -> None:
        """Up to three questions that may have been meant, and a person."""
        language = self._profile.language_of(customer)
        rows = [
            [Button(entry.question_in(language), press("faq", "pick", question_id, index))]
            for index, entry in enumerate(entries[:CHOICES])
        ]
        person = self.button("operator", press("faq", "person", question_id), language)
        html = self._profile.texts.say("customer.choice", language)
        self.send(customer, say(_named(asked, html), [*rows, [person]]))

    def chat(self, customer: Customer, kind: Kind | None) -> None:
        """A word for a word: a greeting, thanks, an expletive. People are one press away here too."""
        language = self._profile.language_of(customer)
        names = ["operator", "complain"] if kind is Kind.SWEARING else ["operator"]
        row = [self.button(name, press("menu", PRESSES[name]), language) for name in names]
        self.tell(customer, f"customer.talk.{kind}", [row])

    def button(self, name: str, says: str, language: str) -> Button:
        """A button of ours, in a language."""
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
        """What the entry says to this customer, as Telegram HTML; empty if only a person can answer."""
        language = self._profile.language_of(customer)
        return render(entry, language, self.details(customer)) if entry.answer else ""

    def details(self, customer: Customer) -> dict[str, str]:
        """What an answer may say about the customer."""
        person = customer.person
        return {
            "first_name": person.first_name,
            "last_name": person.last_name or "",
            "full_name": person.name,
            "username": person.username or "",
            "language": self._profile.language_of(customer),
        }

    def _post(self, customer: Customer, media: Media | None, html: str, rows: list[list[Button]]) -> None:
        """The answer's messages; if its media cannot be sent, the words go without."""
        first, *others = calls(media, html, rows)
        if media is None:
            self.send(customer, first)
        else:
            self._send_media(customer, media, first, instead=None if others else say(html, rows))
        for call in others:
            self.send(customer, call)

    def _send_media(self, customer: Customer, media: Media, call: Call, instead: Call | None) -> None:
        ref = {"media": media.name, "instead": instead}
        self._outbox.post(Parcel(chat_id=customer.chat_id, call=call, kind="answer.media", ref=ref))


def _named(asked: str, html: str) -> str:
    """The answer under the words that asked for it, where both fit into a message."""
    if not html:
        return ""
    named = f"<blockquote>{escape(cut(asked, LONGEST_QUOTE))}</blockquote>\n{html}" if asked else html
    return named if utf16_length(bare(named)) <= TEXT_LIMIT else html
