"""The stores of one desk on one transaction."""

from datetime import datetime

from propcache.api import cached_property
from sqlalchemy import Connection

from desk.profile import DeskPlaces
from storage.alarms import AlarmStore
from storage.alerting.alerts import AlertStore
from storage.alerting.spikes import SpikeStore
from storage.audience.concerned import ConcernedStore
from storage.audience.followers import AskerStore, FollowerStore
from storage.audience.subscribers import SubscriberStore
from storage.audit import AuditStore
from storage.bans import BanStore, HeldStore
from storage.customers import CustomerStore
from storage.delivering.broadcast import BroadcastStore
from storage.delivering.deliveries import DeliveryStore
from storage.drafts import DraftStore, SubmissionStore
from storage.files import FileStore
from storage.hooks import HookStore
from storage.inbox import InboxStore
from storage.incidents import IncidentStore
from storage.knowledge.evidence import EvidenceStore
from storage.knowledge.faq_drafts import FaqDraftStore, PendingStore
from storage.knowledge.proposals import ProposalStore
from storage.knowledge.vectors import VectorStore
from storage.knowledge.versions import FiledStore, VersionStore
from storage.letters.addresses import AddressStore
from storage.letters.letters import LetterStore
from storage.letters.rounds import AbsenceStore, RoundStore
from storage.letters.trials import TrialStore
from storage.messages import MessageStore
from storage.operators import OperatorStore
from storage.outbox import OutboxStore
from storage.penalties import PenaltyStore
from storage.placements import PlacementStore
from storage.places import PlaceStore
from storage.polls.ballots import BallotStore
from storage.polls.polls import PollStore
from storage.questions import QuestionStore
from storage.retention.sweeps import SweepStore
from storage.stuck import StuckStore
from storage.survey import SurveyStore
from storage.ticket import TicketStore
from storage.timers import TimerStore
from storage.topics import TopicStore
from storage.watching.census import CensusStore
from storage.watching.presence import PresenceStore
from tickets.topics.team import Teams


class Stores:
    """One store for each noun, made when it is first asked for."""

    def __init__(self, conn: Connection, desk: str, bot_id: int, now: datetime, places: DeskPlaces) -> None:
        self._conn, self._desk, self._bot_id, self._now = conn, desk, bot_id, now
        self._places = places

    @cached_property
    def inbox(self) -> InboxStore:
        """Raw updates."""
        return InboxStore(self._conn, self._desk, self._bot_id)

    @cached_property
    def outbox(self) -> OutboxStore:
        """Parcels that wait to be sent."""
        where = Teams(self._places, self.topics).chat_of
        return OutboxStore(self._conn, self._desk, self._now, where, self.messages.kept)

    @cached_property
    def penalties(self) -> PenaltyStore:
        """Chats that Telegram has asked not to call."""
        return PenaltyStore(self._conn, self._desk)

    @cached_property
    def census(self) -> CensusStore:
        """What waits, and since when."""
        return CensusStore(self._conn, self._desk, self._bot_id, self._now)

    @cached_property
    def sweeps(self) -> SweepStore:
        """What is kept no longer."""
        return SweepStore(self._conn, self._desk, self._bot_id)

    @cached_property
    def stuck(self) -> StuckStore:
        """What stands aside."""
        return StuckStore(self._conn, self._desk, self._bot_id, self._now)

    @cached_property
    def timers(self) -> TimerStore:
        """What is due later."""
        return TimerStore(self._conn, self._desk)

    @cached_property
    def alarms(self) -> AlarmStore:
        """What managers were told of, gathered."""
        return AlarmStore(self._conn, self._desk)

    @cached_property
    def alerts(self) -> AlertStore:
        """What monitoring has told."""
        return AlertStore(self._conn, self._desk)

    @cached_property
    def spikes(self) -> SpikeStore:
        """Questions that went to people, for finding spikes."""
        return SpikeStore(self._conn, self._desk)

    @cached_property
    def places(self) -> PlaceStore:
        """The ids of the group and the channel now."""
        return PlaceStore(self._conn, self._desk)

    @cached_property
    def customers(self) -> CustomerStore:
        """The customers."""
        return CustomerStore(self._conn, self._desk, self._now)

    @cached_property
    def bans(self) -> BanStore:
        """Who must not write."""
        return BanStore(self._conn, self._desk)

    @cached_property
    def held(self) -> HeldStore:
        """What is written during a ban."""
        return HeldStore(self._conn, self._desk)

    @cached_property
    def operators(self) -> OperatorStore:
        """The operators."""
        return OperatorStore(self._conn, self._desk)

    @cached_property
    def tickets(self) -> TicketStore:
        """The tickets."""
        return TicketStore(self._conn, self._desk)

    @cached_property
    def topics(self) -> TopicStore:
        """The topics of the operators' groups."""
        return TopicStore(self._conn, self._desk)

    @cached_property
    def placements(self) -> PlacementStore:
        """Where cards, posts and replies of ours stand."""
        return PlacementStore(self._conn, self._desk)

    @cached_property
    def messages(self) -> MessageStore:
        """Messages and their places."""
        return MessageStore(self._conn, self._desk)

    @cached_property
    def questions(self) -> QuestionStore:
        """Questions that were put to the FAQ."""
        return QuestionStore(self._conn, self._desk)

    @cached_property
    def surveys(self) -> SurveyStore:
        """Surveys with their ratings."""
        return SurveyStore(self._conn, self._desk)

    @cached_property
    def submissions(self) -> SubmissionStore:
        """Drafts that wait for a decision."""
        return SubmissionStore(self._conn, self._desk)

    @cached_property
    def drafts(self) -> DraftStore:
        """Drafts of notices."""
        return DraftStore(self._conn, self._desk)

    @cached_property
    def incidents(self) -> IncidentStore:
        """Incidents and their notices."""
        return IncidentStore(self._conn, self._desk)

    @cached_property
    def subscribers(self) -> SubscriberStore:
        """Who wants to be told about incidents."""
        return SubscriberStore(self._conn, self._desk)

    @cached_property
    def concerned(self) -> ConcernedStore:
        """Whom an incident concerns."""
        return ConcernedStore(self._conn, self._desk)

    @cached_property
    def followers(self) -> FollowerStore:
        """Who is told how an incident goes on."""
        return FollowerStore(self._conn, self._desk)

    @cached_property
    def askers(self) -> AskerStore:
        """Who was answered with an incident."""
        return AskerStore(self._conn, self._desk)

    @cached_property
    def hooks(self) -> HookStore:
        """What companies' own programs are told."""
        return HookStore(self._conn, self._desk)

    @cached_property
    def presence(self) -> PresenceStore:
        """When the desk was at work."""
        return PresenceStore(self._conn, self._desk)

    @cached_property
    def broadcasts(self) -> BroadcastStore:
        """Notices on their way to people."""
        return BroadcastStore(self._conn, self._desk)

    @cached_property
    def deliveries(self) -> DeliveryStore:
        """Notices to each of them."""
        return DeliveryStore(self._conn, self._desk, self._now)

    @cached_property
    def polls(self) -> PollStore:
        """Polls, and drafts of them."""
        return PollStore(self._conn, self._desk)

    @cached_property
    def ballots(self) -> BallotStore:
        """Polls put to people."""
        return BallotStore(self._conn, self._desk, self._now)

    @cached_property
    def addresses(self) -> AddressStore:
        """Where people want letters."""
        return AddressStore(self._conn, self._desk)

    @cached_property
    def trials(self) -> TrialStore:
        """Addresses that people are trying to give."""
        return TrialStore(self._conn, self._desk)

    @cached_property
    def letters(self) -> LetterStore:
        """What goes by backup channels."""
        return LetterStore(self._conn, self._desk, self._now)

    @cached_property
    def rounds(self) -> RoundStore:
        """The letters about one notice."""
        return RoundStore(self._conn, self._desk)

    @cached_property
    def absences(self) -> AbsenceStore:
        """Since when Telegram is away."""
        return AbsenceStore(self._conn, self._desk)

    @cached_property
    def audit(self) -> AuditStore:
        """Who tried to do what."""
        return AuditStore(self._conn, self._desk)

    @cached_property
    def files(self) -> FileStore:
        """The file_ids of uploaded files."""
        return FileStore(self._conn, self._desk)

    @cached_property
    def versions(self) -> VersionStore:
        """Versions of entries."""
        return VersionStore(self._conn, self._desk)

    @cached_property
    def filed(self) -> FiledStore:
        """What the FAQ's files said."""
        return FiledStore(self._conn, self._desk)

    @cached_property
    def faq_drafts(self) -> FaqDraftStore:
        """Entries in the making."""
        return FaqDraftStore(self._conn, self._desk)

    @cached_property
    def pending(self) -> PendingStore:
        """What waits for managers."""
        return PendingStore(self._conn, self._desk)

    @cached_property
    def vectors(self) -> VectorStore:
        """The encoder's vectors."""
        return VectorStore(self._conn, self._desk)

    @cached_property
    def evidence(self) -> EvidenceStore:
        """What is learnt from."""
        return EvidenceStore(self._conn, self._desk)

    @cached_property
    def proposals(self) -> ProposalStore:
        """What may be added to the FAQ."""
        return ProposalStore(self._conn, self._desk)
