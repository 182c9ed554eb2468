"""People: customers, operators, and the person who has just written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from unicodedata import category

from desk.post import Chat

MARK = "🤖"
"""What every line of the bot's own begins with among operators; nobody's name may bear it."""
TURNING = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Characters that change the direction of the text after them."""
UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are shown as nothing."""


def tamed(name: str) -> str:
    """A name on one line without our mark and what moves the text around it; "…" if nothing is visible."""
    kept = " ".join(name.translate(TURNING).replace(MARK, "").split())
    return kept if any(category(each)[0] in "LNPS" and each not in UNSEEN for each in kept) else "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody by the names that Telegram shows now.

    `thread_id` is the topic of their private chat in which they are writing or wrote last, if it has topics.
    """

    telegram_id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    thread_id: int | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """First and last name, as they may stand inside a line of ours."""
        return tamed(f"{self.first_name} {self.last_name or ''}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A person who writes to the desk in private, as the desk knows them.

    `blocked_at`: since when they do not let us write. `banned`: we do not let them.
    """

    id: int
    person: Person
    language: str | None = None
    payload: str | None = None
    blocked_at: datetime | None = None
    banned: bool = False

    @property
    def chat_id(self) -> int:
        """A private chat bears the person's own id."""
        return self.person.telegram_id

    @property
    def address(self) -> Chat:
        """The customer's private chat, in the topic in which they write, as an address."""
        return Chat(self.chat_id, self.person.thread_id)

    @property
    def name(self) -> str:
        """First and last name, as they may stand inside a line of ours."""
        return self.person.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Whoever answers from the operators' group; an anonymous administrator bears the group's id."""

    telegram_id: int
    name: str
    username: str | None = None


class Customers(Protocol):
    """The customers of one desk."""

    def meet(self, person: Person) -> Customer:
        """Get or insert; names and language are brought up to date, a block is forgotten."""

    def get(self, customer_id: int) -> Customer:
        """By our own id."""

    def known(self, telegram_id: int) -> Customer | None:
        """By Telegram's id; None if they have never written."""

    def in_topic(self, chat_id: int, thread_id: int) -> Customer | None:
        """The customer whose topic this is."""

    def speak(self, customer_id: int, language: str) -> None:
        """Set the language that the customer chose."""

    def came_by(self, customer_id: int, payload: str | None) -> None:
        """Set or clear the deep link that the customer's next ticket belongs to."""

    def block(self, customer_id: int, at: datetime) -> None:
        """Note that the customer has blocked the bot; their next message lifts it."""


class Texts(Protocol):
    """What we say in every language, by the keys of the catalogues."""

    @property
    def languages(self) -> Sequence[str]:
        """The languages we speak."""

    def say(self, key: str, language: str, /, **params: object) -> str:
        """A text as Telegram HTML; its parameters are escaped."""

    def plain(self, key: str, language: str, /, **params: object) -> str:
        """A text without formatting, for captions and toasts."""

    def best(self, code: str | None, default: str) -> str:
        """The language of ours that comes nearest to a customer's own."""

    def spell(self, language: str, length: timedelta) -> str:
        """A span of time in words: "5 минут"."""

    def brief(self, language: str, length: timedelta) -> str:
        """A span of time as short as can be: "40 с"."""

    def clock(self, language: str, when: datetime) -> str:
        """A time of day: "9:00"."""

    def moment(self, language: str, when: datetime, now: datetime) -> str:
        """A time in words, as seen from now: "завтра в 9:00"."""

    def day(self, language: str, day: datetime, now: datetime) -> str:
        """A day of the calendar: "20 ноября"."""
