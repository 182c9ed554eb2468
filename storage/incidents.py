"""Incidents, their notices, the drafts of new ones, and who tried to publish what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from broadcasts.draft import Draft
from broadcasts.incident import Incident, Kind, Notice, Severity, State
from desk.formatted import Html
from desk.talk import Where
from storage.tables import audit, drafts, incidents, notices

ENDS = {Kind.RESOLVED: State.RESOLVED, Kind.WITHDRAWN: State.WITHDRAWN}
ACTION, SUBJECT = 32, 64


def _draft(row: Any) -> Draft:
    return Draft(
        manager_id=row.manager_id,
        where=Where(row.chat_id, row.thread_id),
        kind=Kind(row.kind),
        incident_id=row.incident_id,
        severity=None if row.severity is None else Severity(row.severity),
        text=None if row.text is None else Html(row.text),
        token=row.token,
        started_at=row.started_at,
    )


def _incident(row: Any) -> Incident:
    return Incident(
        id=row.id,
        severity=Severity(row.severity),
        state=State(row.state),
        text=Html(row.text),
        channel_id=row.channel_id,
        post_id=row.post_id,
        posting=row.posting,
        started_at=row.started_at,
        updated_at=row.updated_at,
        ended_at=row.ended_at,
    )


def _notice(row: Any) -> Notice:
    return Notice(
        number=row.number,
        kind=Kind(row.kind),
        text=Html(row.text),
        author_id=row.author_id,
        at=row.at,
        message_id=row.message_id,
    )


class DraftStore:
    """What the managers of one desk are writing, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, manager_id: int, chat_id: int) -> Draft | None:
        """What a manager is writing in a chat."""
        row = self._conn.execute(select(drafts).where(*self._mine(manager_id, chat_id))).one_or_none()
        return None if row is None else _draft(row)

    def find(self, token: str) -> Draft | None:
        """Which draft a button belongs to."""
        mine = (drafts.c.desk == self._desk, drafts.c.token == token)
        row = self._conn.execute(select(drafts).where(*mine)).first()
        return None if row is None else _draft(row)

    def keep(self, draft: Draft) -> None:
        """Insert, or put in the place of the manager's former draft in that chat."""
        self.drop(draft)
        self._conn.execute(
            insert(drafts),
            {
                "desk": self._desk,
                "manager_id": draft.manager_id,
                "chat_id": draft.where.chat_id,
                "thread_id": draft.where.thread_id,
                "kind": draft.kind.value,
                "incident_id": draft.incident_id,
                "severity": draft.severity and draft.severity.value,
                "text": draft.text,
                "token": draft.token,
                "started_at": draft.started_at,
            },
        )

    def drop(self, draft: Draft) -> None:
        """Forget it."""
        self._conn.execute(delete(drafts).where(*self._mine(draft.manager_id, draft.where.chat_id)))

    def _mine(self, manager_id: int, chat_id: int) -> tuple[Any, ...]:
        return (
            drafts.c.desk == self._desk,
            drafts.c.manager_id == manager_id,
            drafts.c.chat_id == chat_id,
        )


class IncidentStore:
    """The incidents of one desk and their notices, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def open(self, severity: Severity, notice: Notice, token: str) -> int:
        """Insert an incident with its first notice."""
        values = {
            "desk": self._desk,
            "severity": severity.value,
            "state": State.LIVE.value,
            "text": notice.text,
            "posting": False,
            "started_at": notice.at,
            "updated_at": notice.at,
        }
        incident_id: int = self._conn.execute(
            insert(incidents).returning(incidents.c.id), values
        ).scalar_one()
        self._insert(incident_id, notice, token)
        return incident_id

    def tell(self, incident_id: int, notice: Notice, token: str) -> None:
        """Insert a further notice; the incident's text, times and state follow it."""
        self._insert(incident_id, notice, token)
        self._change(incident_id, text=notice.text, updated_at=notice.at)
        if notice.kind in ENDS:
            self._change(incident_id, state=ENDS[notice.kind].value, ended_at=notice.at)

    def told(self, token: str) -> bool:
        """Whether a press with this token has published already."""
        mine = (notices.c.desk == self._desk, notices.c.token == token)
        return self._conn.execute(select(notices.c.id).where(*mine)).one_or_none() is not None

    def get(self, incident_id: int) -> Incident | None:
        """By our own id."""
        mine = (incidents.c.desk == self._desk, incidents.c.id == incident_id)
        row = self._conn.execute(select(incidents).where(*mine)).one_or_none()
        return None if row is None else _incident(row)

    def live(self) -> Sequence[Incident]:
        """What is broken now, newest first."""
        mine = (incidents.c.desk == self._desk, incidents.c.state == State.LIVE.value)
        newest = (incidents.c.started_at.desc(), incidents.c.id.desc())
        rows = self._conn.execute(select(incidents).where(*mine).order_by(*newest))
        return [_incident(row) for row in rows]

    def notices(self, incident_id: int) -> Sequence[Notice]:
        """Everything told about an incident, oldest first."""
        mine = (notices.c.desk == self._desk, notices.c.incident_id == incident_id)
        rows = self._conn.execute(select(notices).where(*mine).order_by(notices.c.number))
        return [_notice(row) for row in rows]

    def posting(self, incident_id: int, channel_id: int | None) -> None:
        """The post is on its way to a channel, or to none after all; where it stood before is forgotten."""
        self._change(incident_id, channel_id=channel_id, post_id=None, posting=channel_id is not None)

    def posted(self, incident_id: int, post_id: int, last: int) -> None:
        """The post stands in the channel and tells all notices up to the last."""
        self._change(incident_id, post_id=post_id, posting=False)
        shown = (notices.c.number <= last, notices.c.message_id.is_(None))
        self._conn.execute(
            update(notices)
            .where(notices.c.desk == self._desk, notices.c.incident_id == incident_id, *shown)
            .values(message_id=post_id)
        )

    def replied(self, incident_id: int, number: int, message_id: int) -> None:
        """A notice stands in the channel as a reply."""
        one = (notices.c.incident_id == incident_id, notices.c.number == number)
        self._conn.execute(
            update(notices).where(notices.c.desk == self._desk, *one).values(message_id=message_id)
        )

    def _insert(self, incident_id: int, notice: Notice, token: str) -> None:
        values = {
            "desk": self._desk,
            "incident_id": incident_id,
            "number": notice.number,
            "kind": notice.kind.value,
            "text": notice.text,
            "author_id": notice.author_id,
            "token": token,
            "at": notice.at,
        }
        self._conn.execute(insert(notices), values)

    def _change(self, incident_id: int, **values: object) -> None:
        mine = (incidents.c.desk == self._desk, incidents.c.id == incident_id)
        self._conn.execute(update(incidents).where(*mine).values(**values))


class AuditStore:
    """Who tried to do what at one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def note(self, actor_id: int, action: str, subject: str | None, *, allowed: bool, at: datetime) -> None:
        """Insert one attempt."""
        values = {
            "desk": self._desk,
            "at": at,
            "actor_id": actor_id,
            "action": action[:ACTION],
            "subject": subject and subject[:SUBJECT],
            "allowed": allowed,
        }
        self._conn.execute(insert(audit), values)
