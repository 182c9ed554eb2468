"""The managers' rooms: incidents, the knowledge base, and what is learnt for it."""

from collections.abc import Callable

from propcache.api import cached_property

from bot.rooms.alert_rooms import AlertRooms
from bot.rooms.hearing import Hearer
from bot.rooms.lessons import LessonRooms
from bot.rooms.matters import Matters
from bot.rooms.poll_rooms import PollRooms
from bot.rooms.shared import Shared
from bot.rooms.stuck.stuck_lines import StuckLines
from bot.rooms.stuck.stuck_list import StuckList
from bot.rooms.stuck.stuck_words import StuckWords
from bot.rooms.stuck.way_back import WayBack
from broadcasts.alerts.conversation import AlertConversation
from broadcasts.audience.footer_wording import FooterWording
from broadcasts.backup.sending import LetterSending, TelegramSide
from broadcasts.backup.telling import HeardByLetter
from broadcasts.composing.approvals import Approvals
from broadcasts.composing.conversation import IncidentConversation
from broadcasts.deliveries.controls import BroadcastControls
from broadcasts.deliveries.delivering import Delivering
from broadcasts.deliveries.posting import DeliveryStores
from broadcasts.deliveries.reach import Reaching
from broadcasts.feeds.hook_log import HookLog
from broadcasts.feeds.outgoing import OutgoingHooks
from broadcasts.maintaining.clock import MaintenanceClock
from broadcasts.maintaining.conversation import MaintenanceConversation
from broadcasts.maintaining.schedule import MaintenanceSchedule
from broadcasts.polls.conversation import PollConversation
from broadcasts.promising.promises import Promises
from broadcasts.telling.publishing import Publishing
from desk.audit_list import AuditList
from desk.conversation import Conversation, ManagersSide
from desk.timers import Timed
from editorial.editor import Editor
from editorial.filing import Filing
from editorial.learning.review import Review
from editorial.opening import open_editor
from tickets.bans.ban_list import BanList

CONVERSATIONS: tuple[type[Conversation], ...] = (
    IncidentConversation,
    BroadcastControls,
    MaintenanceConversation,
    PollConversation,
    AuditList,
    AlertConversation,
    Editor,
    Review,
    Filing,
    BanList,
    StuckList,
)
"""The conversations that `managers_side` knows; their commands and presses are routed to it."""


class ManagerRooms(LessonRooms):
    """Makes each room on the transaction when it is first asked for."""

    def __init__(
        self, shared: Shared, matters: Matters, polls: PollRooms, hearer: Callable[[str], Hearer | None]
    ) -> None:
        super().__init__(shared)
        self._matters, self._polls, self._hearer = matters, polls, hearer

    def due(self, kind: str) -> Timed | None:
        """The room of these that acts on timers of this kind; None if none does."""
        if kind in Promises.DUE:
            return self.promises
        if kind in Approvals.DUE:
            return self._shared.approvals
        return self.maintenance_clock if kind in MaintenanceClock.DUE else None

    @cached_property
    def publishing(self) -> Publishing:
        """Publishes notices of incidents."""
        shared, stores = self._shared, self._shared.stores
        # the board first: it may know more people to tell
        first = (self.alerts.board, self.promises, self.schedule, self.hooks)
        return Publishing(
            shared.profile,
            incidents=stores.incidents,
            placements=stores.placements,
            outbox=stores.outbox,
            hearers=(*first, shared.telling, shared.record, self.delivering),
        )

    @cached_property
    def hooks(self) -> OutgoingHooks:
        """Tells companies' own programs."""
        stores, now = self._shared.stores, self._shared.now
        return OutgoingHooks(self._shared.profile, stores.incidents, stores.hooks, now)

    @cached_property
    def alerts(self) -> AlertRooms:
        """What monitoring tells."""
        return AlertRooms(self._shared, lambda: self.publishing, lambda: self.reaching)

    @cached_property
    def promises(self) -> Promises:
        """Reminds managers of promised news."""
        stores = self._shared.stores
        return Promises(
            self._shared.profile,
            incidents=stores.incidents,
            timers=stores.timers,
            alarm=self._shared.alarm,
            outbox=stores.outbox,
            now=self._shared.now,
        )

    @cached_property
    def delivering(self) -> Delivering:
        """Tells notices to people."""
        stores = self._shared.stores
        return Delivering(
            self._shared.profile,
            DeliveryStores(
                broadcasts=stores.broadcasts,
                deliveries=stores.deliveries,
                receivers=stores.customers,
                concerned=stores.concerned,
                footers=FooterWording(self._shared.profile, stores.followers),
                elsewhere=HeardByLetter(stores.letters),
                outbox=stores.outbox,
            ),
            incidents=stores.incidents,
            undelivered=stores.outbox,
            timers=stores.timers,
            now=self._shared.now,
        )

    @cached_property
    def letters(self) -> LetterSending:
        """Says which letters are to be sent, and decides on what became of them."""
        stores = self._shared.stores
        return LetterSending(
            self._shared.profile,
            incidents=stores.incidents,
            letters=stores.letters,
            addresses=stores.addresses,
            codes=self._shared.offering,
            telegram=TelegramSide(absences=stores.absences, heard=stores.deliveries, spares=self.delivering),
            alarm=self._shared.alarm,
            now=self._shared.now,
        )

    @cached_property
    def schedule(self) -> MaintenanceSchedule:
        """Sets the timers of maintenance."""
        return MaintenanceSchedule(self._shared.stores.timers, self._shared.now)

    @cached_property
    def maintenance_clock(self) -> MaintenanceClock:
        """Acts on the timers of maintenance."""
        return MaintenanceClock(
            self._shared.profile,
            incidents=self._shared.stores.incidents,
            publishing=self.publishing,
            alarm=self._shared.alarm,
            now=self._shared.now,
        )

    @cached_property
    def reaching(self) -> Reaching:
        """Counts whom a notice would tell."""
        stores, pace = self._shared.stores, self._shared.profile.bulk_per_second
        return Reaching(stores.broadcasts, stores.concerned, pace)

    @cached_property
    def maintenance(self) -> MaintenanceConversation:
        """The managers' conversation about maintenance."""
        stores = self._shared.stores
        return MaintenanceConversation(
            self._shared.profile,
            drafts=stores.drafts,
            incidents=stores.incidents,
            publishing=self.publishing,
            reaches=self.reaching,
            now=self._shared.now,
        )

    @cached_property
    def incidents(self) -> IncidentConversation:
        """The managers' conversation about incidents."""
        stores = self._shared.stores
        return IncidentConversation(
            self._shared.profile,
            approvals=self._shared.approvals,
            authority=self._shared.authority,
            alarm=self._shared.alarm,
            drafts=stores.drafts,
            incidents=stores.incidents,
            publishing=self.publishing,
            reaches=self.reaching,
            outbox=stores.outbox,
            hooks=HookLog(self._shared.profile, stores.hooks, self._shared.now),
            now=self._shared.now,
            saving=self._shared.saving,
            backup=self._shared.by_hand,
            broadcasts=self.delivering,
            files=self._shared.incident_files,
        )

    @cached_property
    def filing(self) -> Filing:
        """Compares the FAQ's files with what managers have written."""
        stores = self._shared.stores
        return Filing(
            self._shared.profile,
            history=stores.versions,
            filings=stores.filed,
            alarm=self._shared.alarm,
            now=self._shared.now,
        )

    @cached_property
    def editor(self) -> Editor:
        """The managers' conversation about the knowledge base."""
        stores = self._shared.stores
        return open_editor(
            self._shared.profile,
            drafts=stores.faq_drafts,
            versions=stores.versions,
            decisions=stores.proposals,
            pending=stores.pending,
            faq=self._shared.faq,
            now=self._shared.now,
        )

    @cached_property
    def review(self) -> Review:
        """The managers' conversation about proposals."""
        stores = self._shared.stores
        return Review(
            self._shared.profile,
            proposals=stores.proposals,
            evidence=stores.evidence,
            versions=stores.versions,
            writer=self.editor,
            timers=stores.timers,
            faq=self._shared.faq,
            now=self._shared.now,
        )

    @cached_property
    def ban_list(self) -> BanList:
        """The managers' conversation about the banned."""
        stores = self._shared.stores
        return BanList(stores.bans, stores.customers, self._matters.banning)

    @cached_property
    def way_back(self) -> WayBack:
        """Lets what is stuck be tried again, or drops it."""
        stores = self._shared.stores
        return WayBack(
            self._shared.profile,
            stores.stuck,
            lines=StuckLines(self._shared.profile, stores.customers, stores.outbox),
            alarm=self._shared.alarm,
            outbox=stores.outbox,
            timers=stores.timers,
            hearer=self._hearer,
            now=self._shared.now,
        )

    @cached_property
    def stuck_words(self) -> StuckWords:
        """Describes what is stuck."""
        stores = self._shared.stores
        return StuckWords(self._shared.profile, stores.customers, stores.messages, self._shared.now)

    @cached_property
    def stuck_list(self) -> StuckList:
        """The managers' conversation about what is stuck."""
        return StuckList(self._shared.stores.stuck, self.way_back, self.stuck_words)

    @cached_property
    def managers_side(self) -> ManagersSide:
        """Takes managers' commands, presses and words."""
        conversations = (
            self.incidents,
            BroadcastControls(self.delivering),
            self.maintenance,
            self._polls.conversation,
            self._shared.audit_list,
            self.alerts.conversation,
            self.editor,
            self.review,
            self.filing,
            self.ban_list,
            self.stuck_list,
        )
        return ManagersSide(
            self._shared.profile, self._shared.authority, self._shared.stores.outbox, conversations
        )
