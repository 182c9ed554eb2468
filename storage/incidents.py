"""Incidents and their notices."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from broadcasts.incident import (
    Attached,
    Audience,
    Incident,
    IncidentKind,
    IncidentPlan,
    IncidentState,
    Notice,
    NoticeKind,
    Severity,
    Status,
    Window,
)
from desk.formatted import Html
from storage.tables import alerts, incidents, notices
from storage.tables.columns import also_of

ENDS = {NoticeKind.RESOLVED: IncidentState.RESOLVED, NoticeKind.WITHDRAWN: IncidentState.WITHDRAWN}
MOST = 500
AT_ONCE = 50
"""Of so many the notices are read by one statement: for more a database would rather read them all."""


def _incident(row: Any) -> Incident:
    return Incident(
        id=row.id,
        kind=IncidentKind(row.kind),
        severity=Severity(row.severity),
        state=IncidentState(row.state),
        status=Status(row.status),
        title=row.title,
        text=Html(row.text),
        components=tuple(row.components or ()),
        window=window(row),
        next_by=row.next_by,
        started_at=row.started_at,
        updated_at=row.updated_at,
        ended_at=row.ended_at,
    )


def _notice(row: Any) -> Notice:
    return Notice(
        number=row.number,
        kind=NoticeKind(row.kind),
        severity=Severity(row.severity),
        status=Status(row.status),
        text=Html(row.text),
        author_id=row.author_id,
        at=row.at,
        next_by=row.next_by,
        audience=Audience(row.audience),
        attached=attached(row),
        advertising=row.advertising,
        stars=row.stars,
    )


def window(row: Any) -> Window | None:
    """The window of a row with both of its ends."""
    return None if row.begins_at is None else Window(row.begins_at, row.ends_at)


def attached(row: Any) -> Attached | None:
    """What is attached to a row."""
    return None if row.media_file is None else Attached(row.media_kind, row.media_file)


def columns_of(window: Window | None, attached: Attached | None) -> dict[str, object]:
    """The columns that a draft has for both."""
    return {**_window(window), **_attached(attached)}


def _window(window: Window | None) -> dict[str, object]:
    return {"begins_at": window and window.begins, "ends_at": window and window.ends}


def _attached(attached: Attached | None) -> dict[str, object]:
    return {"media_kind": attached and attached.kind, "media_file": attached and attached.file_id}


class IncidentStore:
    """The incidents of one desk and their notices, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk
        self.changed = False
        """Whether anything was told on this transaction."""

    def open(self, plan: IncidentPlan, notice: Notice, token: str) -> int:
        """Insert an incident with its first notice."""
        values = {
            "desk": self._desk,
            "kind": plan.kind.value,
            "state": IncidentState.LIVE.value,
            "started_at": notice.at,
            **_followed(plan, notice),
        }
        incident_id: int = self._conn.execute(
            insert(incidents).returning(incidents.c.id), values
        ).scalar_one()
        self._insert(incident_id, notice, token)
        return incident_id

    def tell(self, incident_id: int, plan: IncidentPlan, notice: Notice, token: str) -> None:
        """Insert a further notice; the incident follows it and the plan."""
        self._insert(incident_id, notice, token)
        values = _followed(plan, notice)
        if notice.kind in ENDS:
            values |= {"state": ENDS[notice.kind].value, "ended_at": notice.at}
        mine = (incidents.c.desk == self._desk, incidents.c.id == incident_id)
        self._conn.execute(update(incidents).where(*mine).values(**values))

    def told(self, token: str) -> bool:
        """Whether a press with this token has published already."""
        mine = (notices.c.desk == self._desk, notices.c.token == token)
        return self._conn.execute(select(notices.c.id).where(*mine)).one_or_none() is not None

    def get(self, incident_id: int) -> Incident | None:
        """By our own id."""
        mine = (incidents.c.desk == self._desk, incidents.c.id == incident_id)
        row = self._conn.execute(select(incidents).where(*mine)).one_or_none()
        return None if row is None else _incident(row)

    def of_alert(self, alert_id: int) -> Incident | None:
        """The incident that an alert has opened, if it has."""
        opened = select(incidents).join(alerts, alerts.c.incident_id == incidents.c.id)
        mine = (alerts.c.desk == self._desk, alerts.c.id == alert_id, incidents.c.desk == self._desk)
        row = self._conn.execute(opened.where(*mine)).one_or_none()
        return None if row is None else _incident(row)

    def live(self, kind: IncidentKind | None = None) -> Sequence[Incident]:
        """The incidents that are not over, newest first; of one kind, or of both."""
        mine = (incidents.c.desk == self._desk, incidents.c.state == IncidentState.LIVE.value)
        newest = (incidents.c.started_at.desc(), incidents.c.id.desc())
        rows = self._conn.execute(select(incidents).where(*mine).order_by(*newest))
        return [each for each in map(_incident, rows) if kind in {None, each.kind}]

    def ended(self, since: datetime) -> Sequence[Incident]:
        """Those that ended since then, withdrawn ones too, newest first; 500 at most."""
        mine = (incidents.c.desk == self._desk, incidents.c.ended_at >= since)
        newest = (incidents.c.ended_at.desc(), incidents.c.id.desc())
        rows = self._conn.execute(select(incidents).where(*mine).order_by(*newest).limit(MOST))
        return [_incident(row) for row in rows]

    def notices(self, incident_id: int) -> Sequence[Notice]:
        """The notices of an incident, oldest first."""
        mine = (notices.c.desk == self._desk, notices.c.incident_id == incident_id)
        rows = self._conn.execute(select(notices).where(*mine).order_by(notices.c.number))
        return [_notice(row) for row in rows]

    def notices_of(self, incident_ids: Sequence[int]) -> Mapping[int, Sequence[Notice]]:
        """The notices of several incidents, oldest first."""
        found = defaultdict[int, list[Notice]](list)
        for start in range(0, len(incident_ids), AT_ONCE):
            these = notices.c.incident_id.in_(incident_ids[start : start + AT_ONCE])
            wanted = select(notices).where(also_of(notices, self._desk), these)
            for row in self._conn.execute(wanted.order_by(notices.c.incident_id, notices.c.number)):
                found[row.incident_id].append(_notice(row))
        return found

    def _insert(self, incident_id: int, notice: Notice, token: str) -> None:
        self.changed = True
        values = {
            "desk": self._desk,
            "incident_id": incident_id,
            "number": notice.number,
            "kind": notice.kind.value,
            "severity": notice.severity.value,
            "status": notice.status.value,
            "text": notice.text,
            "author_id": notice.author_id,
            "token": token,
            "at": notice.at,
            "next_by": notice.next_by,
            "audience": notice.audience.value,
            "advertising": notice.advertising,
            "stars": notice.stars,
            **_attached(notice.attached),
        }
        self._conn.execute(insert(notices), values)


def _followed(plan: IncidentPlan, notice: Notice) -> dict[str, object]:
    """What of an incident follows the newest notice."""
    return {
        "severity": notice.severity.value,
        "status": notice.status.value,
        "title": plan.title,
        "text": notice.text,
        "components": list(plan.components) or None,
        "next_by": None if notice.kind in ENDS else notice.next_by,
        "updated_at": notice.at,
        **_window(plan.window),
    }
