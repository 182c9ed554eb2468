"""The letters of a desk: posted, on their way, arrived or not."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, literal_column, or_, select, update

from broadcasts.backup.kept import KeptLetter, LetterFigures, LetterState, person
from desk.letters.letter import BackupAddress
from storage.engine.upsert import add
from storage.tables import backup_letters as letters
from storage.tables.columns import also_of


def _is(state: LetterState) -> Any:
    """As a literal: the indexes of such rows serve no parameter."""
    return letters.c.state == literal_column(str(state.value))


WAIT, SPARE = _is(LetterState.WAITING), _is(LetterState.SPARE)
ARRIVED = or_(_is(LetterState.TAKEN), _is(LetterState.UNCERTAIN))
MAY_HAVE_ARRIVED = or_(ARRIVED, _is(LetterState.STARTED))


class LetterStore:
    """The letters of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str, now: datetime) -> None:
        self._conn, self._desk, self._now = conn, desk, now

    def post(self, posted: Sequence[KeptLetter]) -> None:
        """Insert letters; one of the same subject to the same address stays as it is."""
        if posted:
            add(self._conn, letters, [self._row(each) for each in posted])

    def supersede(self, incident_id: int, subject: str) -> None:
        """Spare what waits about the incident: a later notice takes its place."""
        mine = (letters.c.desk == self._desk, letters.c.incident_id == incident_id)
        spared = update(letters).where(*mine, or_(WAIT, SPARE), letters.c.subject != subject)
        self._conn.execute(spared.values(state=LetterState.SPARED.value, settled_at=self._now))

    def before(self, incident_id: int, after: int, limit: int) -> Sequence[KeptLetter]:
        """Letters about the incident that have arrived or may have, by their ids, behind one."""
        mine = (letters.c.desk == self._desk, letters.c.incident_id == incident_id, letters.c.id > after)
        rows = self._conn.execute(select(letters).where(*mine, ARRIVED).order_by(letters.c.id).limit(limit))
        return [_letter(row) for row in rows]

    def told(self, subject: str, customer_ids: Collection[int]) -> frozenset[int]:
        """Which of these customers a letter about the subject has reached, or may have."""
        if not customer_ids:
            return frozenset()
        nowhere = BackupAddress("", "")
        people = [person(each, nowhere) for each in sorted(customer_ids)]
        mine = (letters.c.desk == self._desk, letters.c.subject == subject, letters.c.person.in_(people))
        found = select(letters.c.customer_id).where(*mine, MAY_HAVE_ARRIVED)
        return frozenset(self._conn.execute(found).scalars())

    def counts(self, incident_id: int) -> LetterFigures:
        """What became of those about the incident."""
        mine = (letters.c.desk == self._desk, letters.c.incident_id == incident_id)
        rows = self._conn.execute(
            select(letters.c.state, func.count()).where(*mine).group_by(letters.c.state)
        )
        found = {LetterState(state): n for state, n in rows}
        return LetterFigures(
            taken=found.get(LetterState.TAKEN, 0),
            waiting=found.get(LetterState.WAITING, 0) + found.get(LetterState.STARTED, 0),
            failed=found.get(LetterState.FAILED, 0),
            uncertain=found.get(LetterState.UNCERTAIN, 0),
        )

    def waiting(self, channel: str, limit: int) -> Sequence[KeptLetter]:
        """Those of a channel whose time has come, oldest first."""
        mine = (letters.c.desk == self._desk, letters.c.channel == channel, letters.c.due_at <= self._now)
        rows = self._conn.execute(
            select(letters).where(*mine, WAIT).order_by(letters.c.due_at, letters.c.id).limit(limit)
        )
        return [_letter(row) for row in rows]

    def start(self, letter_ids: Sequence[int]) -> None:
        """Note that they are on their way, one more time."""
        if letter_ids:
            these = update(letters).where(also_of(letters, self._desk), letters.c.id.in_(letter_ids))
            self._conn.execute(these.values(state=LetterState.STARTED.value, attempts=letters.c.attempts + 1))

    def begin_again(self, channel: str) -> None:
        """Let what was on its way by a channel when a process died wait again."""
        mine = (letters.c.desk == self._desk, letters.c.channel == channel, _is(LetterState.STARTED))
        self._conn.execute(update(letters).where(*mine).values(state=LetterState.WAITING.value))

    def settle(self, letter_id: int, state: LetterState, *, reason: str = "", message_id: str = "") -> None:
        """Note what became of one."""
        self._change(
            letter_id,
            state=state.value,
            settled_at=self._now,
            reason=reason or None,
            message_id=message_id or None,
        )

    def taken_as(self, channel: str, message_id: str) -> KeptLetter | None:
        """The letter that a channel has taken by this name and not delivered as far as is known."""
        mine = (letters.c.desk == self._desk, letters.c.message_id == message_id)
        open_ones = (letters.c.channel == channel, _is(LetterState.TAKEN), letters.c.delivered_at.is_(None))
        row = self._conn.execute(select(letters).where(*mine, *open_ones).limit(1)).one_or_none()
        return None if row is None else _letter(row)

    def delivered(self, letter_id: int) -> None:
        """Note that one is on the person's telephone."""
        self._change(letter_id, delivered_at=self._now)

    def postpone(self, letter_id: int, until: datetime, reason: str) -> None:
        """Let one wait until then."""
        self._change(letter_id, state=LetterState.WAITING.value, due_at=until, reason=reason or None)

    def spare(self, letter: KeptLetter) -> KeptLetter | None:
        """The best address of the person that was not tried."""
        mine = (
            letters.c.desk == self._desk,
            letters.c.subject == letter.subject,
            letters.c.person == letter.person,
        )
        best = select(letters).where(*mine, SPARE).order_by(letters.c.rank, letters.c.id).limit(1)
        row = self._conn.execute(best).one_or_none()
        return None if row is None else _letter(row)

    def _change(self, letter_id: int, **values: object) -> None:
        mine = (letters.c.desk == self._desk, letters.c.id == letter_id)
        self._conn.execute(update(letters).where(*mine).values(**values))

    def _row(self, letter: KeptLetter) -> dict[str, object]:
        return {
            "desk": self._desk,
            "subject": letter.subject,
            "incident_id": letter.incident_id,
            "person": letter.person,
            "customer_id": letter.customer_id,
            "channel": letter.at.channel,
            "address": letter.at.address,
            "rank": letter.rank,
            "state": letter.state.value,
            "due_at": letter.posted_at + letter.wait,
            "posted_at": letter.posted_at,
        }


def _letter(row: Row[Any]) -> KeptLetter:
    return KeptLetter(
        id=row.id,
        subject=row.subject,
        incident_id=row.incident_id,
        person=row.person,
        customer_id=row.customer_id,
        at=BackupAddress(row.channel, row.address),
        rank=row.rank,
        state=LetterState(row.state),
        attempts=row.attempts,
        posted_at=row.posted_at,
    )
