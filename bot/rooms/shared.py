"""What every room of a desk uses: profile, stores, the FAQ, the time, and the rooms that all others need."""

from datetime import datetime

from propcache.api import cached_property

from bot.rooms.group import Group
from bot.rooms.stores import Stores
from bot.rooms.uncertain import Uncertain
from bot.rooms.unsaid import Unsaid
from broadcasts.audience.saved import Saving
from broadcasts.backup.managers import ManagersLetters
from broadcasts.backup.offering import AddressOffering
from broadcasts.backup.pressing import BackupPresses
from broadcasts.backup.rounds import LetterRounds
from broadcasts.backup.telling import BackupTelling
from broadcasts.composing.approvals import Approvals
from broadcasts.composing.record import PublishedRecord
from broadcasts.exporting.account import Accounting
from broadcasts.exporting.sending import IncidentFiles
from desk.alarm import Alarm
from desk.audit_list import AuditList
from desk.authority import Authority
from desk.profile import Profile
from desk.timers import Timed
from tickets.answers import Answers, Faq
from tickets.lines import Lines


class Shared:
    """A desk's profile and stores, the FAQ as this unit of work sees it, and the time."""

    def __init__(self, profile: Profile, stores: Stores, faq: Faq, now: datetime) -> None:
        self.profile, self.stores, self.faq, self.now = profile, stores, faq, now

    @cached_property
    def alarm(self) -> Alarm:
        """Says something to every manager."""
        stores = self.stores
        return Alarm(
            self.profile,
            stores.outbox,
            gathered=stores.alarms,
            placements=stores.placements,
            timers=stores.timers,
            now=self.now,
        )

    @cached_property
    def lines(self) -> Lines:
        """Says lines about a ticket."""
        return Lines(self.profile, self.stores.outbox, self.now)

    @cached_property
    def answers(self) -> Answers:
        """Sends the FAQ's answers to customers."""
        return Answers(self.profile, self.stores.outbox, complaints=self.stores.files, alarm=self.alarm)

    @cached_property
    def group(self) -> Group:
        """Keeps the id of the operators' group and whether it has topics."""
        return Group(self.profile, self.stores.places, self.stores.outbox, self.alarm)

    @cached_property
    def unsaid(self) -> Unsaid:
        """Hears of what we ourselves could not say."""
        stores = self.stores
        return Unsaid(
            self.profile, stores.customers, stores.outbox, told=stores.files, alarm=self.alarm, now=self.now
        )

    @cached_property
    def telling(self) -> BackupTelling:
        """Begins to tell people by backup channels."""
        stores = self.stores
        return BackupTelling(
            self.profile,
            incidents=stores.incidents,
            absences=stores.absences,
            rounds=stores.rounds,
            letters=stores.letters,
            managers=ManagersLetters(self.profile, stores.letters, self.now),
            timers=stores.timers,
            now=self.now,
        )

    @cached_property
    def by_hand(self) -> BackupPresses:
        """Lets managers tell people by backup channels."""
        return BackupPresses(self.profile, self.stores.addresses, self.stores.letters, self.telling)

    @cached_property
    def offering(self) -> AddressOffering:
        """Takes the addresses that customers give."""
        stores = self.stores
        return AddressOffering(
            self.profile,
            customers=stores.customers,
            subscribers=stores.subscribers,
            tickets=stores.tickets,
            trials=stores.trials,
            addresses=stores.addresses,
            letters=stores.letters,
            timers=stores.timers,
            outbox=stores.outbox,
            now=self.now,
        )

    @cached_property
    def letter_rounds(self) -> LetterRounds:
        """Posts letters bit by bit."""
        stores = self.stores
        return LetterRounds(
            self.profile,
            incidents=stores.incidents,
            rounds=stores.rounds,
            letters=stores.letters,
            addresses=stores.addresses,
            told=stores.deliveries,
            timers=stores.timers,
            now=self.now,
        )

    @cached_property
    def saving(self) -> Saving:
        """Counts what telling of an incident saved."""
        return Saving(self.profile.components, self.stores.questions, self.stores.askers, self.now)

    @cached_property
    def incident_files(self) -> IncidentFiles:
        """Sends managers what is left of an incident."""
        stores = self.stores
        accounting = Accounting(
            stores.incidents, stores.broadcasts, stores.letters, stores.followers, self.saving, self.now
        )
        return IncidentFiles(self.profile, accounting, stores.outbox, self.now)

    @cached_property
    def authority(self) -> Authority:
        """Decides who may do what."""
        return Authority(self.profile, self.stores.audit, self.now)

    @cached_property
    def approvals(self) -> Approvals:
        """Keeps what was submitted until somebody decides."""
        stores = self.stores
        return Approvals(
            self.profile,
            submissions=stores.submissions,
            drafts=stores.drafts,
            incidents=stores.incidents,
            placements=stores.placements,
            timers=stores.timers,
            outbox=stores.outbox,
            now=self.now,
        )

    @property
    def audit_list(self) -> AuditList:
        """The managers' conversation about the audit."""
        return AuditList(self.profile, self.stores.audit, self.stores.customers, self.now)

    @property
    def record(self) -> PublishedRecord:
        """Keeps in the audit what was published."""
        return PublishedRecord(self.stores.audit, self.now)

    @cached_property
    def uncertain(self) -> Uncertain:
        """Tells managers about uncertain parcels."""
        return Uncertain(self.stores.outbox, self.alarm)

    def due(self, kind: str) -> Timed | None:
        """The room of these that acts on timers of this kind."""
        if kind in Alarm.DUE:
            return self.alarm
        if kind in Group.DUE:
            return self.group
        if kind in LetterRounds.DUE:
            return self.letter_rounds
        if kind in AddressOffering.DUE:
            return self.offering
        return self.uncertain if kind in Uncertain.DUE else None
