"""The rooms of a desk on one transaction, and which of them hears an outcome or acts on a timer."""

from collections.abc import Sequence
from datetime import datetime

from propcache.api import cached_property

from bot.rooms.audience import AudienceRooms
from bot.rooms.customer_side import CustomerSide
from bot.rooms.hearing import Doubter, Hearer
from bot.rooms.managers import ManagerRooms
from bot.rooms.matters import Matters
from bot.rooms.operator_side import OperatorRooms
from bot.rooms.poll_rooms import PollRooms
from bot.rooms.shared import Shared
from bot.rooms.stores import Stores
from bot.rooms.stuck.way_back import WayBack
from bot.rooms.unparsing import html_of
from bot.rooms.unsaid import Unsaid
from broadcasts.alerts.board import AlertBoard
from broadcasts.audience.known_presses import KnownPresses
from broadcasts.audience.subscribing import Subscribing
from broadcasts.audience.working_again import WorkingAgain
from broadcasts.backup.offering import AddressOffering
from broadcasts.composing.approvals import Approvals
from broadcasts.deliveries.delivering import Delivering
from broadcasts.maintaining.clock import MaintenanceClock
from broadcasts.polls.commenting import PollComments
from broadcasts.polls.publishing import PollPublishing
from broadcasts.polls.voting import Voting
from broadcasts.promising.promises import Promises
from broadcasts.telling.publishing import Publishing
from desk.alarm import Alarm
from desk.conversation import ManagersSide
from desk.profile import Profile
from desk.standing import Standing
from desk.timers import Timed
from surveys.rating import Ratings
from tickets.answers import Answers, Faq
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
from tickets.relay import Relay
from tickets.suggestions import Suggestions
from tickets.topic_changes import TopicChanges
from tickets.votes import Votes

CALENDAR = Promises.DUE | MaintenanceClock.DUE | PollPublishing.DUE
"""The kinds of timer that are due at a time of the calendar, and not after a span."""


class DeskRooms:
    """A desk on one transaction; handlers know it as `Rooms`."""

    def __init__(self, profile: Profile, stores: Stores, faq: Faq, now: datetime) -> None:
        self.profile, self.stores, self.now = profile, stores, now
        self.shared = Shared(profile, stores, faq, now)
        self.matters = Matters(self.shared)
        self.customer_side = CustomerSide(self.shared, self.matters)
        self.polls = PollRooms(self.shared)
        self.audience = AudienceRooms(self.shared, self.matters, self.polls, lambda: self.managers.delivering)
        self.operators = OperatorRooms(self.shared, self.matters)
        self.managers = ManagerRooms(self.shared, self.matters, self.polls, self.hearer)

    @property
    def menu(self) -> Menu:
        """The greeting, the FAQ by categories, and what else a customer can do by buttons."""
        return self.matters.menu

    @property
    def triage(self) -> Triage:
        """Decides what to do with what a customer says."""
        return self.matters.triage

    @property
    def ratings(self) -> Ratings:
        """The survey after a ticket."""
        return self.matters.ratings

    @property
    def banning(self) -> Banning:
        """Shuts people out and lets them in again."""
        return self.matters.banning

    @property
    def operator_side(self) -> OperatorSide:
        """Takes what operators write in their group."""
        return self.operators.operator_side

    @property
    def operator_edits(self) -> OperatorEdits:
        """Takes what operators edit."""
        return self.operators.operator_edits

    @property
    def card_presses(self) -> CardPresses:
        """Carries out what operators press under a card."""
        return self.operators.card_presses

    @property
    def reactions(self) -> Reactions:
        """Shows reactions on the other side."""
        return self.operators.reactions

    @property
    def topic_changes(self) -> TopicChanges:
        """Keeps what happened to topics."""
        return self.matters.topic_changes

    @property
    def suggestions(self) -> Suggestions:
        """Suggests answers to operators."""
        return self.matters.suggestions

    @property
    def access(self) -> Access:
        """Notes who lets the bot write to them."""
        return self.customer_side.access

    @property
    def machines(self) -> Machines:
        """Takes what other bots write."""
        return self.customer_side.machines

    @property
    def edits(self) -> Edits:
        """Takes what customers edit."""
        return self.customer_side.edits

    @property
    def votes(self) -> Votes:
        """Tells operators how customers vote."""
        return self.customer_side.votes

    @property
    def subscribing(self) -> Subscribing:
        """Takes what people say about their subscription."""
        return self.audience.subscribing

    @property
    def offering(self) -> AddressOffering:
        """Takes the addresses that customers give."""
        return self.shared.offering

    @property
    def known_presses(self) -> KnownPresses:
        """Takes what people press about a live incident."""
        return self.audience.known_presses

    @property
    def working_again(self) -> WorkingAgain:
        """Takes what followers say after an incident's end."""
        return self.audience.working_again

    @property
    def voting(self) -> Voting:
        """Takes votes in private."""
        return self.polls.voting

    @property
    def poll_comments(self) -> PollComments:
        """Takes comments on grades that polls have asked for."""
        return self.matters.poll_comments

    def poll_counted(
        self, front_id: str, question: str, votes: Sequence[tuple[str, int]], people: int, *, closed: bool
    ) -> None:
        """How many voted in a poll, perhaps one of ours in the channel."""
        self.polls.channel.recognised(front_id, question, [option for option, _ in votes])
        self.polls.channel.counted(front_id, [count for _, count in votes], people, closed=closed)

    @property
    def managers_side(self) -> ManagersSide:
        """Takes managers' commands, presses and words."""
        return self.managers.managers_side

    @property
    def way_back(self) -> WayBack:
        """Lets what is stuck be tried again, or drops it."""
        return self.managers.way_back

    @cached_property
    def entry_from_reply(self) -> EntryFromReply:
        """Makes a proposed entry out of an operator's reply."""
        stores = self.stores
        return EntryFromReply(
            self.profile,
            customers=stores.customers,
            tickets=stores.tickets,
            messages=stores.messages,
            questions=stores.questions,
            outbox=stores.outbox,
            offer=self.managers.offering,
            html_of=html_of,
        )

    def moved(self, old: int, new: int) -> None:
        """The operators' group has another id now."""
        self.shared.group.moved(old, new)

    def stood(self, chat_id: int, title: str, before: Standing, now: Standing, *, topics: bool) -> None:
        """The bot has another standing in a chat, which has `topics` or not."""
        self.shared.group.stood(chat_id, title, before, now, topics=topics)

    def topics_seen(self) -> None:
        """The operators' group has topics, although it had none when it was last asked."""
        self.shared.group.look_again()

    def hearer(self, kind: str) -> Hearer | None:
        """The room that is told the outcome of parcels of this kind; None if none wants to know."""
        if kind in Relay.HEARS:
            return self.matters.relay
        if kind in Publishing.HEARS:
            return self.managers.publishing
        if kind in Delivering.HEARS:
            return self.managers.delivering
        if kind in AlertBoard.HEARS:
            return self.managers.alerts.board
        if kind in Answers.HEARS:
            return self.shared.answers
        if kind in Approvals.HEARS:
            return self.shared.approvals
        if kind in Alarm.HEARS:
            return self.shared.alarm
        if (of_polls := self.polls.hearer(kind)) is not None:
            return of_polls
        return self.shared.unsaid if kind in Unsaid.HEARS else None

    def doubter(self, kind: str) -> Doubter | None:
        """The room that keeps itself which parcels of this kind may have arrived; None if none does."""
        return self.managers.delivering if kind in Delivering.DOUBTS else self.polls.doubter(kind)

    def due(self, kind: str) -> Timed | None:
        """The room that acts on timers of this kind."""
        if kind in Ratings.DUE:
            return self.matters.ratings
        if kind in Banning.DUE:
            return self.matters.banning
        if (timed := self.managers.due(kind)) is not None:
            return timed
        if kind in AlertBoard.DUE:
            return self.managers.alerts.board
        if kind in WayBack.DUE:
            return self.way_back
        if kind in Delivering.DUE:
            return self.managers.delivering
        return self.polls.due(kind) or self.shared.due(kind)
