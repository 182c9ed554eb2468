"""Rounds of letters, and since when Telegram is away."""

from datetime import datetime

from sqlalchemy import Connection, and_, delete, not_, select, update

from broadcasts.backup.kept import LetterRound
from storage.engine.upsert import add, insert_into
from storage.tables import absences
from storage.tables import backup_rounds as rounds


class RoundStore:
    """The rounds of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def begin(self, incident_id: int, number: int, *, everybody: bool, at: datetime) -> int | None:
        """Begin the round of a notice; one for few becomes one for everybody. None if it has begun before."""
        row = {
            "desk": self._desk,
            "incident_id": incident_id,
            "number": number,
            "everybody": everybody,
            "reached": 0,
            "begun_at": at,
        }
        inserted = insert_into(self._conn.dialect.name, rounds)
        begun = inserted.on_conflict_do_update(
            index_elements=["desk", "incident_id", "number"],
            set_={"everybody": inserted.excluded.everybody, "reached": 0},
            where=and_(inserted.excluded.everybody, not_(rounds.c.everybody)),
        ).returning(rounds.c.id)
        found: int | None = self._conn.execute(begun, row).scalar_one_or_none()
        return found

    def get(self, round_id: int) -> LetterRound | None:
        """One that is not at its end."""
        mine = (rounds.c.desk == self._desk, rounds.c.id == round_id, rounds.c.reached.is_not(None))
        row = self._conn.execute(select(rounds).where(*mine)).one_or_none()
        if row is None:
            return None
        return LetterRound(
            id=row.id,
            incident_id=row.incident_id,
            number=row.number,
            everybody=row.everybody,
            after=row.reached,
        )

    def move(self, round_id: int, after: int | None) -> None:
        """Note how far it has come; None: to its end."""
        mine = (rounds.c.desk == self._desk, rounds.c.id == round_id)
        self._conn.execute(update(rounds).where(*mine).values(reached=after))

    def any_of(self, incident_id: int) -> bool:
        """Whether there was one about the incident."""
        mine = (rounds.c.desk == self._desk, rounds.c.incident_id == incident_id)
        return self._conn.execute(select(rounds.c.id).where(*mine).limit(1)).first() is not None


class AbsenceStore:
    """Since when Telegram is away for one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def now(self) -> datetime | None:
        """Since when; None if it is there."""
        mine = absences.c.desk == self._desk
        since: datetime | None = self._conn.execute(select(absences.c.since).where(mine)).scalar_one_or_none()
        return since

    def begin(self, since: datetime) -> bool:
        """Telegram is away; False if that is known already."""
        return bool(add(self._conn, absences, {"desk": self._desk, "since": since}))

    def end(self) -> datetime | None:
        """Telegram is there again; since when it was away, None if that was not known."""
        since = self.now()
        if since is not None:
            self._conn.execute(delete(absences).where(absences.c.desk == self._desk))
        return since
