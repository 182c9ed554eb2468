"""The gathered alarms of a desk."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from desk.alarm import GatheredAlarm
from storage.engine.upsert import putting
from storage.tables import alarms

VALUES = ("text", "first_at", "last_at", "n", "over")
FOUND = select(*(alarms.c[name] for name in ("id", "key", *VALUES)))


class AlarmStore:
    """The gathered alarms of one desk, on one transaction: one row for each kind and cause."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, key: str) -> GatheredAlarm | None:
        """The newest of a kind and cause."""
        return self._one(alarms.c.key == key)

    def get(self, alarm_id: int) -> GatheredAlarm | None:
        """By its id."""
        return self._one(alarms.c.id == alarm_id)

    def keep(self, alarm: GatheredAlarm) -> int:
        """Insert it, or put it in the place of the one with its key; returns the id."""
        values = {name: getattr(alarm, name) for name in VALUES}
        row = {"desk": self._desk, "key": alarm.key, **values}
        number: int = self._conn.execute(_keeping(self._conn.dialect.name), row).scalar_one()
        return number

    def _one(self, which: ColumnElement[bool]) -> GatheredAlarm | None:
        row = self._conn.execute(FOUND.where(alarms.c.desk == self._desk, which)).one_or_none()
        return None if row is None else GatheredAlarm(**row._mapping)


@lru_cache
def _keeping(dialect: str) -> Any:
    return putting(dialect, alarms, ("desk", "key"), VALUES).returning(alarms.c.id)
