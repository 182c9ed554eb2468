"""The addresses that people have given for letters."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select

from broadcasts.backup.kept import ConsentedAddress
from desk.letters.letter import BackupAddress
from storage.engine.upsert import put
from storage.tables import backup_addresses, withdrawn_addresses
from storage.tables.columns import also_of

MANY = 1_000
"""More are not counted: it is said as "more than"."""
ABOUT = (backup_addresses.c.desk == bindparam("desk"), backup_addresses.c.component == bindparam("component"))
"""One component at a time: only so an index gives them in their order."""


class AddressStore:
    """The addresses of one desk, on one transaction."""

    def __init__(self, conn: Connection, desk: str) -> None:
        self._conn, self._desk = conn, desk

    def about(self, components: Sequence[str], after: int, limit: int) -> Sequence[ConsentedAddress]:
        """Those for any of these components, by their ids, behind one."""
        ordered = select(backup_addresses).where(*ABOUT, backup_addresses.c.id > after)
        first = ordered.order_by(backup_addresses.c.id).limit(limit)
        found = [
            _address(row)
            for component in components
            for row in self._conn.execute(first, {"desk": self._desk, "component": component})
        ]
        return sorted(found, key=lambda each: each.id)[:limit]

    def of(self, customer_ids: Collection[int]) -> Sequence[ConsentedAddress]:
        """All addresses of these customers."""
        if not customer_ids:
            return []
        mine = (
            also_of(backup_addresses, self._desk),
            backup_addresses.c.customer_id.in_(sorted(customer_ids)),
        )
        rows = self._conn.execute(select(backup_addresses).where(*mine).order_by(backup_addresses.c.id))
        return [_address(row) for row in rows]

    def count(self, components: Sequence[str]) -> int:
        """How many there are for any of these components, up to a thousand for each."""
        some = select(backup_addresses.c.id).where(*ABOUT).order_by(backup_addresses.c.id).limit(MANY)
        counted = select(func.count()).select_from(some.subquery())
        return sum(
            self._conn.execute(counted, {"desk": self._desk, "component": component}).scalar_one()
            for component in components
        )

    def give(self, given: ConsentedAddress) -> bool:
        """Keep an address; given again, it is whose it is now, with the later consent.

        False if whoever is there has ended it since.
        """
        key = (withdrawn_addresses.c.desk == self._desk, withdrawn_addresses.c.digest == _digest(given.at))
        left_at = self._conn.execute(select(withdrawn_addresses.c.at).where(*key)).scalar_one_or_none()
        if left_at is not None and left_at >= given.consented_at:
            return False
        if left_at is not None:
            self._conn.execute(delete(withdrawn_addresses).where(*key))
        row = {
            "desk": self._desk,
            "customer_id": given.customer_id,
            "channel": given.at.channel,
            "address": given.at.address,
            "component": given.component,
            "consented_at": given.consented_at,
        }
        put(self._conn, backup_addresses, ("desk", "channel", "address", "component"), row)
        return True

    def give_only(
        self, customer_id: int, at: BackupAddress, components: Sequence[str], when: datetime
    ) -> None:
        """Keep an address as the only one of its channel that a customer has, and as nobody else's."""
        here = (backup_addresses.c.desk == self._desk, backup_addresses.c.channel == at.channel)
        for whose in (
            backup_addresses.c.customer_id == customer_id,
            backup_addresses.c.address == at.address,
        ):
            self._conn.execute(delete(backup_addresses).where(*here, whose))
        for component in components:
            self.give(
                ConsentedAddress(customer_id=customer_id, at=at, component=component, consented_at=when)
            )

    def follow(self, customer_id: int, components: Collection[str]) -> None:
        """Let all addresses of a customer be for these components and no others."""
        given = self.of([customer_id])
        for at in {each.at for each in given}:
            mine = [each for each in given if each.at == at]
            for component in sorted(set(components) - {each.component for each in mine}):
                self.give(replace(mine[0], component=component))
        for each in given:
            if each.component not in components:
                lost = (backup_addresses.c.desk == self._desk, backup_addresses.c.id == each.id)
                self._conn.execute(delete(backup_addresses).where(*lost))

    def mail_of(self, customer_id: int) -> str:
        """A customer's address for e-mail; empty if they have given none."""
        return next((each.at.address for each in self.of([customer_id]) if each.at.channel == "email"), "")

    def withdraw(self, at: BackupAddress, when: datetime) -> None:
        """Forget an address, whatever it was given for; that it is not to be written to is remembered."""
        mine = (
            backup_addresses.c.desk == self._desk,
            backup_addresses.c.channel == at.channel,
            backup_addresses.c.address == at.address,
        )
        self._conn.execute(delete(backup_addresses).where(*mine))
        row = {"desk": self._desk, "digest": _digest(at), "at": when}
        put(self._conn, withdrawn_addresses, ("desk", "digest"), row)

    def leave(self, customer_id: int, when: datetime) -> bool:
        """Do so with all addresses of a customer; False if there were none."""
        given = {each.at for each in self.of([customer_id])}
        for at in given:
            self.withdraw(at, when)
        return bool(given)

    def withdrawn(self, addresses: Collection[BackupAddress]) -> frozenset[BackupAddress]:
        """Which of these are not to be written to."""
        by_digest = {_digest(at): at for at in addresses}
        if not by_digest:
            return frozenset()
        mine = (
            withdrawn_addresses.c.desk == self._desk,
            withdrawn_addresses.c.digest.in_(sorted(by_digest)),
        )
        found = self._conn.execute(select(withdrawn_addresses.c.digest).where(*mine)).scalars()
        return frozenset(by_digest[digest] for digest in found)


def _digest(at: BackupAddress) -> str:
    """Enough to know an address again: capitals make no other of it."""
    return blake2b(f"{at.channel}:{at.address.casefold()}".encode(), digest_size=16).hexdigest()


def _address(row: Row[Any]) -> ConsentedAddress:
    return ConsentedAddress(
        id=row.id,
        customer_id=row.customer_id,
        at=BackupAddress(row.channel, row.address),
        component=row.component,
        consented_at=row.consented_at,
    )
