"""Incidents and their notices."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from broadcasts.incident import Incident, IncidentState, Notice, NoticeKind, Severity
from desk.formatted import Html
from storage.tables import incidents, notices

ENDS = {NoticeKind.RESOLVED: IncidentState.RESOLVED, NoticeKind.WITHDRAWN: IncidentState.WITHDRAWN}


def _incident(row: Any) -> Incident:
    return Incident(
        id=row.id,
        severity=Severity(row.severity),
        state=IncidentState(row.state),
        text=Html(row.text),
        started_at=row.started_at,
        updated_at=row.updated_at,
        ended_at=row.ended_at,
    )


def _notice(row: Any) -> Notice:
    return Notice(
        number=row.number,
        kind=NoticeKind(row.kind),
        text=Html(row.text),
        author_id=row.author_id,
        at=row.at,
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
            "state": IncidentState.LIVE.value,
            "text": notice.text,
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
        """The incidents that are not over, newest first."""
        mine = (incidents.c.desk == self._desk, incidents.c.state == IncidentState.LIVE.value)
        newest = (incidents.c.started_at.desc(), incidents.c.id.desc())
        rows = self._conn.execute(select(incidents).where(*mine).order_by(*newest))
        return [_incident(row) for row in rows]

    def notices(self, incident_id: int) -> Sequence[Notice]:
        """The notices of an incident, oldest first."""
        mine = (notices.c.desk == self._desk, notices.c.incident_id == incident_id)
        rows = self._conn.execute(select(notices).where(*mine).order_by(notices.c.number))
        return [_notice(row) for row in rows]

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
