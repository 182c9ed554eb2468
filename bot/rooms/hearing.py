"""What rooms are told of the parcels they have posted: their outcome, or that nobody will ever know it."""

from typing import Protocol

from desk.post import Outcome, Parcel


class Hearer(Protocol):
    """A room that is told the outcome of parcels whose kinds it names in HEARS."""

    HEARS: frozenset[str]

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Act on the outcome, in the transaction that settles the parcel."""


class Doubter(Protocol):
    """A room that keeps itself what may have arrived and may not, and lets people decide."""

    DOUBTS: frozenset[str]

    def doubted(self, parcel: Parcel) -> None:
        """Take over a bulk parcel whose outcome nobody will ever know."""
