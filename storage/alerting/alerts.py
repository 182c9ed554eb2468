"""The alerts of a desk."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select, update

from broadcasts.alerts.alert import AlertSource
from broadcasts.alerts.kept import LISTED, AlertCount, KeptAlert
from broadcasts.incident import Severity
from storage.engine.upsert import putting
from storage.tables import alerts

KEY = ("desk", "source", "key")
LEADS = alerts.c.id == alerts.c.draft_id


def _alert(row: Any) -> KeptAlert:
    return KeptAlert(
        id=row.id,
        source=AlertSource(row.source),
        key=row.key,
        firing=row.firing,
        fired=row.fired,
        first_at=row.first_at,
        last_at=row.last_at,
        component=row.component,
        severity=Severity(row.severity),
        template=row.template,
        title=row.title,
        text=row.text,
        gathers=row.gathers,
        draft_id=row.draft_id,
        incident_id=row.incident_id,
        put_off=row.put_off,
        muted=row.muted,
        decided=row.decided,
        shown=tuple(row.shown or ()),
        asked=tuple(row.asked or ()),
        people=tuple(row.people or ()),
    )


class AlertStore:
    """The alerts of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, source: AlertSource, key: str) -> KeptAlert | None:
        """By what the source calls it."""
        return self._one(alerts.c.source == source.value, alerts.c.key == key)

    def get(self, alert_id: int) -> KeptAlert | None:
        """By our own id."""
        return self._one(alerts.c.id == alert_id)

    def keep(self, alert: KeptAlert) -> int:
        """Insert it, or put it in the place of the one with its source and key; returns the id."""
        values = {
            "desk": self._desk,
            "source": alert.source.value,
            "key": alert.key,
            "firing": alert.firing,
            "fired": alert.fired,
            "first_at": alert.first_at,
            "last_at": alert.last_at,
            "component": alert.component,
            "severity": alert.severity.value,
            "template": alert.template,
            "title": alert.title,
            "text": alert.text,
            "gathers": alert.gathers,
            "draft_id": alert.draft_id,
            "incident_id": alert.incident_id,
            "put_off": alert.put_off,
            "muted": alert.muted,
            "decided": alert.decided,
            "shown": list(alert.shown) or None,
            "asked": list(alert.asked) or None,
            "people": list(alert.people) or None,
        }
        names = tuple(name for name in values if name not in KEY)
        number: int = self._conn.execute(_keeping(self._conn.dialect.name, names), values).scalar_one()
        return number

    def leading(self, gathers: str, since: datetime) -> KeptAlert | None:
        """The newest with a draft that others of its kind join, if anything was told of it since."""
        newest = select(alerts).where(*self._lately(since), alerts.c.gathers == gathers, LEADS)
        row = self._conn.execute(newest.order_by(alerts.c.last_at.desc()).limit(1)).one_or_none()
        return None if row is None else _alert(row)

    def drafts_since(self, since: datetime) -> int:
        """How many drafts have been told of since."""
        lately = select(func.count()).select_from(alerts).where(*self._lately(since), LEADS)
        number: int = self._conn.execute(lately).scalar_one()
        return number

    def lately(self, source: AlertSource, since: datetime) -> Sequence[KeptAlert]:
        """Those of one source of which anything was told since."""
        found = select(alerts).where(*self._lately(since), alerts.c.source == source.value)
        return [_alert(row) for row in self._conn.execute(found.order_by(alerts.c.last_at).limit(LISTED))]

    def feeding(self, draft_id: int) -> Sequence[KeptAlert]:
        """The alerts that feed a draft, oldest first; 200 at most."""
        found = select(alerts).where(*self._of_draft(draft_id)).order_by(alerts.c.id).limit(LISTED)
        return [_alert(row) for row in self._conn.execute(found)]

    def count(self, draft_id: int) -> AlertCount:
        """How many feed it."""
        firing = func.coalesce(func.sum(case((alerts.c.firing, 1), else_=0)), 0)
        counted = select(func.count(), firing).select_from(alerts).where(*self._of_draft(draft_id))
        return AlertCount(*self._conn.execute(counted).one())

    def link(self, draft_id: int, incident_id: int, by: str) -> None:
        """Note which incident a draft has opened and who pressed, for all that feed it."""
        values = {"incident_id": incident_id, "decided": by}
        self._conn.execute(update(alerts).where(*self._of_draft(draft_id)).values(**values))

    def release(self, draft_id: int) -> None:
        """Let those that fed a draft stand by themselves: it begins anew without them."""
        self._conn.execute(
            update(alerts).where(*self._of_draft(draft_id), ~LEADS).values(draft_id=alerts.c.id)
        )

    def mute(self, draft_id: int, *, muted: bool, by: str) -> None:
        """Note whether those that feed a draft are shown any more."""
        values = {"muted": muted, "decided": by}
        self._conn.execute(update(alerts).where(*self._of_draft(draft_id)).values(**values))

    def drafts_of(self, incident_id: int) -> Sequence[int]:
        """The drafts that an incident was opened by."""
        mine = (alerts.c.desk == self._desk, alerts.c.incident_id == incident_id, LEADS)
        return self._conn.execute(select(alerts.c.id).where(*mine).order_by(alerts.c.id)).scalars().all()

    def _one(self, *which: ColumnElement[bool]) -> KeptAlert | None:
        row = self._conn.execute(select(alerts).where(alerts.c.desk == self._desk, *which)).one_or_none()
        return None if row is None else _alert(row)

    def _lately(self, since: datetime) -> tuple[ColumnElement[bool], ...]:
        return alerts.c.desk == self._desk, alerts.c.last_at >= since

    def _of_draft(self, draft_id: int) -> tuple[ColumnElement[bool], ...]:
        return alerts.c.desk == self._desk, alerts.c.draft_id == draft_id


@lru_cache
def _keeping(dialect: str, names: tuple[str, ...]) -> Any:
    return putting(dialect, alerts, KEY, names).returning(alerts.c.id)
