"""The work that a handler gives back, and the rooms it runs on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from broadcasts.audience.known_presses import KnownPresses
from broadcasts.audience.subscribing import Subscribing
from broadcasts.audience.working_again import WorkingAgain
from broadcasts.backup.offering import AddressOffering
from broadcasts.polls.commenting import PollComments
from broadcasts.polls.voting import Voting
from desk.conversation import ManagersSide
from desk.standing import Standing
from surveys.rating import Ratings
from tickets.bans.banning import Banning
from tickets.customer_side.access import Access
from tickets.customer_side.edits import Edits
from tickets.customer_side.machines import Machines
from tickets.customer_side.menu import Menu
from tickets.customer_side.triage import Triage
from tickets.entry_from_reply import EntryFromReply
from tickets.operator_side.card_presses import CardPresses
from tickets.operator_side.operator_edits import OperatorEdits
from tickets.operator_side.side import OperatorSide
from tickets.reactions import Reactions
from tickets.suggestions import Suggestions
from tickets.topic_changes import TopicChanges
from tickets.votes import Votes


class Rooms(Protocol):
    """A desk's rooms on one transaction."""

    @property
    def menu(self) -> Menu:
        """The greeting, the FAQ by categories, and what else a customer can do by buttons."""

    @property
    def triage(self) -> Triage:
        """Decides what to do with what a customer says."""

    @property
    def banning(self) -> Banning:
        """Shuts people out and lets them in again."""

    @property
    def operator_side(self) -> OperatorSide:
        """Takes what operators write in their group."""

    @property
    def operator_edits(self) -> OperatorEdits:
        """Takes what operators edit."""

    @property
    def card_presses(self) -> CardPresses:
        """Carries out what operators press under a card."""

    @property
    def reactions(self) -> Reactions:
        """Shows reactions on the other side."""

    @property
    def topic_changes(self) -> TopicChanges:
        """Keeps what happened to topics."""

    @property
    def suggestions(self) -> Suggestions:
        """Suggests answers to operators."""

    @property
    def entry_from_reply(self) -> EntryFromReply:
        """Makes a proposed entry out of an operator's reply."""

    @property
    def ratings(self) -> Ratings:
        """The survey after a ticket."""

    @property
    def access(self) -> Access:
        """Notes who lets the bot write to them."""

    @property
    def machines(self) -> Machines:
        """Takes what other bots write."""

    @property
    def edits(self) -> Edits:
        """Takes what customers edit."""

    @property
    def votes(self) -> Votes:
        """Tells operators how customers vote."""

    @property
    def offering(self) -> AddressOffering:
        """Takes the addresses that customers give."""

    @property
    def subscribing(self) -> Subscribing:
        """Takes what people say about their subscription."""

    @property
    def known_presses(self) -> KnownPresses:
        """Takes what people press about a live incident."""

    @property
    def working_again(self) -> WorkingAgain:
        """Takes what followers say after an incident's end."""

    @property
    def voting(self) -> Voting:
        """Takes votes in private."""

    @property
    def poll_comments(self) -> PollComments:
        """Takes comments on grades that polls have asked for."""

    def poll_counted(
        self, front_id: str, question: str, votes: Sequence[tuple[str, int]], people: int, *, closed: bool
    ) -> None:
        """How many voted in a poll, perhaps one of ours in the channel."""

    @property
    def managers_side(self) -> ManagersSide:
        """Takes managers' commands, presses and words."""

    def moved(self, old: int, new: int) -> None:
        """The operators' group has another id now."""

    def stood(self, chat_id: int, title: str, before: Standing, now: Standing, *, topics: bool) -> None:
        """The bot has another standing in a chat, which has `topics` or not."""

    def topics_seen(self) -> None:
        """The operators' group has topics, although it had none when it was last asked."""


Plain = Callable[[Rooms], str | None]


@dataclass(frozen=True, slots=True)
class FaqWork:
    """A work that may put a text to the FAQ.

    `wants` only reads: the text and the language that it would ask in, None if nothing will be asked. That
    text is matched before the work begins, and `text`, what was written, is understood before: both take too
    long for a transaction.
    """

    wants: Callable[[Rooms], tuple[str, str] | None]
    work: Plain
    text: str = ""

    def __call__(self, rooms: Rooms) -> str | None:
        """Run the work."""
        return self.work(rooms)


Work = Plain | FaqWork
"""Does all that one update asks for; it returns the toast of a press, if any."""
