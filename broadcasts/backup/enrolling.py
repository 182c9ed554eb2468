"""Addresses from a list of subscribers: kept for when Telegram is away, with the date of their consent."""

from collections.abc import Sequence
from typing import Protocol

from broadcasts.audience.roster import RosterAddress
from broadcasts.backup.kept import ConsentedAddress
from desk.letters.letter import BackupAddress
from desk.people import Customers


class KeptAddresses(Protocol):
    """Where consented addresses are kept."""

    def give(self, given: ConsentedAddress) -> bool:
        """Keep an address; False if whoever is there has ended it since they consented."""


class AddressEnrolling:
    """Takes the e-mail addresses that were read from a file."""

    def __init__(self, customers: Customers, addresses: KeptAddresses) -> None:
        self._customers, self._addresses = customers, addresses

    def take(self, given: Sequence[RosterAddress]) -> int:
        """Keep each for each of its components; how many addresses were kept."""
        return sum(map(self._take, given))

    def _take(self, given: RosterAddress) -> bool:
        customer_id = self._whose(given.telegram_id)
        kept = [
            self._addresses.give(
                ConsentedAddress(
                    customer_id=customer_id,
                    at=BackupAddress("email", given.address),
                    component=component,
                    consented_at=given.consented_at,
                )
            )
            for component in sorted(given.components)
        ]
        return any(kept)

    def _whose(self, telegram_id: int | None) -> int | None:
        customer = None if telegram_id is None else self._customers.known(telegram_id)
        return None if customer is None else customer.id
