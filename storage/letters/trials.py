"""Addresses that customers are trying to give."""

from sqlalchemy import Connection, delete, func, select

from broadcasts.backup.trial import AddressTrial
from storage.engine.upsert import put
from storage.tables import address_trials as trials


class TrialStore:
    """The trials of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def of(self, customer_id: int) -> AddressTrial | None:
        """The customer's; None if they have tried nothing for a day."""
        mine = (trials.c.desk == self._desk, trials.c.customer_id == customer_id)
        row = self._conn.execute(select(trials).where(*mine)).one_or_none()
        if row is None:
            return None
        return AddressTrial(
            customer_id=row.customer_id,
            asked_at=row.asked_at,
            address=row.address,
            code=row.code,
            guesses=row.guesses,
            letters=row.letters,
            begun_at=row.begun_at,
        )

    def keep(self, trial: AddressTrial) -> None:
        """Insert it, or replace the customer's other one."""
        row = {
            "desk": self._desk,
            "customer_id": trial.customer_id,
            "asked_at": trial.asked_at,
            "address": trial.address,
            "code": trial.code,
            "guesses": trial.guesses,
            "letters": trial.letters,
            "begun_at": trial.begun_at,
        }
        put(self._conn, trials, ("desk", "customer_id"), row)

    def drop(self, customer_id: int) -> None:
        """Forget it."""
        mine = (trials.c.desk == self._desk, trials.c.customer_id == customer_id)
        self._conn.execute(delete(trials).where(*mine))

    def tried_by_others(self, address: str, customer_id: int) -> int:
        """How many other customers are trying the address."""
        same = (trials.c.desk == self._desk, trials.c.address == address)
        others = select(func.count()).where(*same, trials.c.customer_id != customer_id)
        return self._conn.execute(others).scalar_one()
