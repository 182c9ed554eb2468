"""What a handler gives back: a unit of work, run in the update's one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from desk.conversation import ManagersSide
from surveys.rating import Ratings
from tickets.entry_from_reply import EntryFromReply
from tickets.menu import Menu
from tickets.operator_side import OperatorSide
from tickets.suggestions import Suggestions
from tickets.triage import Triage


class Rooms(Protocol):
    """A desk, opened on one transaction."""

    @property
    def menu(self) -> Menu:
        """What a customer can do without writing."""

    @property
    def triage(self) -> Triage:
        """Decides what to do with what a customer says."""

    @property
    def operator_side(self) -> OperatorSide:
        """Hears operators."""

    @property
    def suggestions(self) -> Suggestions:
        """Suggests answers to operators."""

    @property
    def entry_from_reply(self) -> EntryFromReply:
        """Makes an entry's draft out of a reply."""

    @property
    def ratings(self) -> Ratings:
        """The survey after a ticket."""

    @property
    def managers_side(self) -> ManagersSide:
        """Every conversation with managers."""

    def moved(self, old: int, new: int) -> None:
        """The operators' group has another id now."""


Plain = Callable[[Rooms], str | None]


@dataclass(frozen=True, slots=True)
class FaqWork:
    """A work that may put a text to the FAQ.

    `wants` only reads: the text and the language that it would ask in, None if nothing will be asked. It is
    matched before the work begins, since matching takes too long for a transaction.
    """

    wants: Callable[[Rooms], tuple[str, str] | None]
    work: Plain

    def __call__(self, rooms: Rooms) -> str | None:
        """Do it."""
        return self.work(rooms)


Work = Plain | FaqWork
"""Does everything one update asks for; what it returns is shown to whoever pressed a button."""
