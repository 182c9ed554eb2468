"""The topic: the forum topic of a group in which operators see one customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from desk.people import Customer
from desk.post import Lane, Parcel, ShowCard, ShowTitle, TopicOf

CARD_PAUSE = timedelta(seconds=3)
"""Changes of a card or title within this time make one edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic of a group.

    `thread_id` is None while the topic is being made, `customer_id` where nobody knows whose it is;
    `title` is what it bears or is being asked to bear, as `tickets/topics/title.py` keeps it. A customer has
    one current topic; what is written in an older one is theirs all the same.
    """

    chat_id: int
    thread_id: int | None
    customer_id: int | None
    title: str | None = None
    closed: bool = False


class Topics(Protocol):
    """The topics of one desk; thread ids are unique only inside a chat."""

    def of(self, customer_id: int) -> Topic | None:
        """The customer's current topic; None if there is none."""

    def at(self, chat_id: int, thread_id: int) -> Topic | None:
        """The topic with this number in this chat, current or not."""

    def titled(self, chat_id: int, title: str) -> Sequence[Topic]:
        """The current topics of a chat that have a title or are being given it."""

    def ask_for(self, customer_id: int, chat_id: int, title: str) -> None:
        """Note that a topic is being made; its title tells after a crash which customer it is for."""

    def made(self, customer_id: int, chat_id: int, thread_id: int, title: str) -> None:
        """Set the customer's current topic, open and with this title."""

    def spare(self, chat_id: int, thread_id: int, customer_id: int | None) -> None:
        """Note a topic that is not current, with its customer if that is known."""

    def rename(self, customer_id: int, title: str, *, stood: str | None) -> bool:
        """Set the title of the customer's current topic; False if it is not the one that stood any more."""

    def shut(self, chat_id: int, thread_id: int, *, closed: bool) -> None:
        """Note that a topic was closed or reopened."""

    def lose(self, customer_id: int) -> None:
        """Forget the customer's current topic; another is made when it is needed."""


def shown_anew(customer: Customer, body: ShowCard | ShowTitle) -> Parcel:
    """The parcel that brings a card or a topic's title up to date, once for several changes."""
    name = "card" if isinstance(body, ShowCard) else "title"
    return Parcel(
        to=TopicOf(customer.id),
        body=body,
        lane=Lane.SURVEY,
        dedupe=f"{name}:{customer.id}",
        wait=CARD_PAUSE,
    )
