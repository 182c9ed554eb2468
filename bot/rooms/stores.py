"""All the stores of one desk on one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from desk.profile import Whereabouts
from storage.audit import AuditStore
from storage.customers import CustomerStore
from storage.drafts import DraftStore
from storage.evidence import EvidenceStore
from storage.faq_drafts import FaqDraftStore, PendingStore
from storage.files import FileStore
from storage.inbox import InboxStore
from storage.incidents import IncidentStore
from storage.messages import MessageStore
from storage.operators import OperatorStore
from storage.outbox import OutboxStore
from storage.placements import PlacementStore
from storage.places import PlaceStore
from storage.proposals import ProposalStore
from storage.questions import QuestionStore
from storage.survey import SurveyStore
from storage.ticket import TicketStore
from storage.timers import TimerStore
from storage.topics import TopicStore
from storage.vectors import VectorStore
from storage.versions import FiledStore, VersionStore
from tickets.team import Teams


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """One store per noun."""

    inbox: InboxStore
    outbox: OutboxStore
    timers: TimerStore
    places: PlaceStore
    customers: CustomerStore
    operators: OperatorStore
    tickets: TicketStore
    topics: TopicStore
    placements: PlacementStore
    messages: MessageStore
    questions: QuestionStore
    surveys: SurveyStore
    drafts: DraftStore
    incidents: IncidentStore
    audit: AuditStore
    files: FileStore
    versions: VersionStore
    filed: FiledStore
    faq_drafts: FaqDraftStore
    pending: PendingStore
    vectors: VectorStore
    evidence: EvidenceStore
    proposals: ProposalStore


def open_stores(conn: Connection, desk: str, bot_id: int, now: datetime, places: Whereabouts) -> Stores:
    """Open them; nothing is read yet."""
    topics = TopicStore(conn, desk)
    return Stores(
        topics=topics,
        placements=PlacementStore(conn, desk),
        inbox=InboxStore(conn, desk, bot_id),
        outbox=OutboxStore(conn, desk, now, Teams(places, topics).chat_of),
        timers=TimerStore(conn, desk),
        places=PlaceStore(conn, desk),
        customers=CustomerStore(conn, desk, now),
        operators=OperatorStore(conn, desk),
        tickets=TicketStore(conn, desk),
        messages=MessageStore(conn, desk),
        questions=QuestionStore(conn, desk),
        surveys=SurveyStore(conn, desk),
        drafts=DraftStore(conn, desk),
        incidents=IncidentStore(conn, desk),
        audit=AuditStore(conn, desk),
        files=FileStore(conn, desk),
        versions=VersionStore(conn, desk),
        filed=FiledStore(conn, desk),
        faq_drafts=FaqDraftStore(conn, desk),
        pending=PendingStore(conn, desk),
        vectors=VectorStore(conn, desk),
        evidence=EvidenceStore(conn, desk),
        proposals=ProposalStore(conn, desk),
    )
