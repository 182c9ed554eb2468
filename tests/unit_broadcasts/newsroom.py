"""Managers who tell of incidents: a Telegram that takes what the outbox holds and says what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from broadcasts.composing.approvals import Approvals
from broadcasts.composing.conversation import IncidentConversation
from broadcasts.composing.reaches import NoReach
from broadcasts.composing.record import PublishedRecord
from broadcasts.feeds.hook_log import HookLog
from broadcasts.maintaining.clock import MaintenanceClock
from broadcasts.maintaining.conversation import MaintenanceConversation
from broadcasts.maintaining.schedule import MaintenanceSchedule
from broadcasts.promising.promises import Promises
from broadcasts.telling.bulletin import Bulletin
from broadcasts.telling.publishing import Publishing
from desk.alarm import Alarm
from desk.audit_list import AuditList
from desk.conversation import Conversation
from desk.people import Customer, Person
from desk.post import Chat, Outcome, Parcel
from storage.alarms import AlarmStore
from storage.audit import AuditStore
from storage.drafts import DraftStore, SubmissionStore
from storage.hooks import HookStore
from storage.incidents import IncidentStore
from storage.placements import PlacementStore
from storage.timers import TimerStore
from tests.managers import ANNA, PRIVATE, Managers, Shown


@dataclass
class Newsroom(Managers):
    now: datetime = datetime(2026, 11, 20, 11, 5, 0, 123456, tzinfo=UTC)
    posted: list[Parcel] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.incidents = IncidentStore(self.connection, "main")
        self.drafts = DraftStore(self.connection, "main")
        self.submissions = SubmissionStore(self.connection, "main")
        self.timers = TimerStore(self.connection, "main")
        self.placements = PlacementStore(self.connection, "main")

    @property
    def conversations(self) -> Sequence[Conversation]:
        return [
            IncidentConversation(
                self.profile,
                approvals=self.approvals,
                authority=self.authority,
                alarm=self.alarm,
                drafts=self.drafts,
                incidents=self.incidents,
                publishing=self._publishing,
                reaches=NoReach(),
                outbox=self,
                hooks=HookLog(self.profile, HookStore(self.connection, "main"), self.now),
                now=self.now,
            ),
            AuditList(self.profile, AuditStore(self.connection, "main"), self, self.now),
            MaintenanceConversation(
                self.profile,
                drafts=self.drafts,
                incidents=self.incidents,
                publishing=self._publishing,
                reaches=NoReach(),
                now=self.now,
            ),
        ]

    # what managers do

    def broadcast(self, severity: str | None, text: str, who: Person = ANNA, where: Chat = PRIVATE) -> Shown:
        """/broadcast; the newest message there afterwards."""
        return self.commands("broadcast", f"{severity} {text}" if severity else text, who, where)

    def lists_incidents(self, who: Person = ANNA, where: Chat = PRIVATE) -> Shown:
        """/incidents; the newest message there afterwards."""
        return self.commands("incidents", "", who, where)

    def publishes(self, severity: str, text: str) -> None:
        self.broadcast(severity, text)
        assert self.presses("Опубликовать") == "Опубликовано"

    def goes_on(self, step: str, text: str | None = None) -> None:
        """/incidents, the newest incident, a step of it, perhaps a text, and Publish."""
        shown = self.lists_incidents()
        self.press(next(iter(shown.buttons.values())), shown.id)
        self.presses(step)
        if text is not None:
            assert self.writes(text)
        assert self.presses("Опубликовать") == "Опубликовано"

    # what people see

    def known(self, telegram_id: int) -> Customer | None:
        """The desk knows Anna by name."""
        return Customer(id=1, person=ANNA) if telegram_id == ANNA.telegram_id else None

    def live(self) -> list[str]:
        return list(Bulletin(self.profile, self.incidents, self.now).live("ru"))

    # Telegram

    def post(self, parcel: Parcel) -> None:
        if parcel.dedupe is not None:
            self.posted = [each for each in self.posted if each.dedupe != parcel.dedupe]
        self.posted.append(parcel)

    def deliver(self) -> None:
        """Take everything, and say what became of it."""
        while self.posted:
            parcel = self.posted.pop(0)
            outcome = self.take(parcel)
            if parcel.kind in Publishing.HEARS:
                self._publishing.heard(parcel, outcome)
            if parcel.kind in Approvals.HEARS:
                self.approvals.heard(parcel, outcome)

    def hears(self, parcel: Parcel, outcome: Outcome) -> None:
        """One thing that became of an earlier parcel, and whatever follows from it."""
        self._publishing.heard(parcel, outcome)
        self.deliver()

    @property
    def _publishing(self) -> Publishing:
        return Publishing(
            self.profile,
            incidents=self.incidents,
            placements=self.placements,
            outbox=self,
            hearers=[self.promises, MaintenanceSchedule(self.timers, self.now), self.record],
        )

    @property
    def record(self) -> PublishedRecord:
        return PublishedRecord(AuditStore(self.connection, "main"), self.now)

    @property
    def approvals(self) -> Approvals:
        return self.approvals_of(Approvals)

    def approvals_of(self, kind: type[Approvals]) -> Approvals:
        """Approvals as they are, or as a test has changed them."""
        return kind(
            self.profile,
            submissions=self.submissions,
            drafts=self.drafts,
            incidents=self.incidents,
            placements=self.placements,
            timers=self.timers,
            outbox=self,
            now=self.now,
        )

    @property
    def alarm(self) -> Alarm:
        return Alarm(
            self.profile,
            self,
            gathered=AlarmStore(self.connection, "main"),
            placements=self.placements,
            timers=self.timers,
            now=self.now,
        )

    @property
    def promises(self) -> Promises:
        return Promises(
            self.profile,
            incidents=self.incidents,
            timers=self.timers,
            alarm=self.alarm,
            outbox=self,
            now=self.now,
        )

    @property
    def clock(self) -> MaintenanceClock:
        return MaintenanceClock(
            self.profile,
            incidents=self.incidents,
            publishing=self._publishing,
            alarm=self.alarm,
            now=self.now,
        )

    def ticks(self) -> None:
        """What is due by now happens, in the order in which it is due."""
        while due := self.timers.due(self.now):
            assert self.timers.done(due[0].id)
            rooms = (self.promises, self.approvals, self.clock)
            room = next(each for each in rooms if due[0].kind in each.DUE)
            room.due(due[0].kind, due[0].subject)
            self.deliver()
