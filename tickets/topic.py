"""The topic: where operators see one customer, a forum topic of a group or a plain group itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic of a group.

    `thread_id` is None while the topic is being made, `customer_id` where nobody knows whose it is;
    `title` is what it bears or is being asked to bear. A customer has one current topic; what is written in
    an older one is theirs all the same.
    """

    chat_id: int
    thread_id: int | None
    customer_id: int | None
    title: str | None = None
    closed: bool = False


class Topics(Protocol):
    """The topics of one desk; thread ids are unique only inside a chat."""

    def of(self, customer_id: int) -> Topic | None:
        """The customer's current topic: the one place where their matter stands."""

    def at(self, chat_id: int, thread_id: int) -> Topic | None:
        """By its number, current or not."""

    def titled(self, chat_id: int, title: str) -> Sequence[Topic]:
        """The current topics of a chat that bear a title or are being asked to."""

    def ask_for(self, customer_id: int, chat_id: int, title: str) -> None:
        """A topic is being made for the customer: should we die meanwhile, its title tells whose it is."""

    def made(self, customer_id: int, chat_id: int, thread_id: int, title: str) -> None:
        """The customer's current topic is this one, open and so titled."""

    def spare(self, chat_id: int, thread_id: int, customer_id: int | None) -> None:
        """Another topic of the customer, or one that is nobody's; whose it is once known stays so."""

    def rename(self, customer_id: int, title: str) -> None:
        """The customer's current topic bears another title."""

    def shut(self, chat_id: int, thread_id: int, *, closed: bool) -> None:
        """It was closed, or opened again."""

    def lose(self, customer_id: int) -> None:
        """The current topic is gone: the customer has none until another is made."""
