"""What is kept of letters: addresses that may be used, what was posted to them, Telegram's absences."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Protocol

from desk.letters.letter import BackupAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentedAddress:
    """An address that somebody has given for letters about a component, or about all with "".

    `customer_id` is None where only the address is known.
    """

    id: int = 0
    customer_id: int | None = None
    at: BackupAddress
    component: str = ""
    consented_at: datetime

    @property
    def person(self) -> str:
        """Whose it is: of somebody's several addresses one is enough."""
        return person(self.customer_id, self.at)


def person(customer_id: int | None, at: BackupAddress) -> str:
    """The customer, or whoever is at the address."""
    return f"{at.channel}:{at.address}" if customer_id is None else f"customer:{customer_id}"


class LetterState(IntEnum):
    """How far a letter has come; the database keeps the numbers."""

    WAITING = 0
    STARTED = 1
    TAKEN = 2
    FAILED = 3
    SPARE = 4
    """Waits until a better address of the same person has failed."""
    SPARED = 5
    """Needed no more: another has arrived, or a later notice has taken its place."""
    UNCERTAIN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLetter:
    """A letter on its way: `subject` is the notice as "7:2", or what managers are told.

    It is not sent before it has waited `wait`.
    """

    id: int = 0
    subject: str
    incident_id: int | None = None
    person: str
    customer_id: int | None = None
    at: BackupAddress
    rank: int = 0
    state: LetterState = LetterState.WAITING
    attempts: int = 0
    posted_at: datetime
    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRound:
    """The letters about one notice, posted bit by bit.

    `everybody`: to all whom it concerns, else to those who had letters about the incident before. `after` is
    the last address or letter that was looked at.
    """

    id: int
    incident_id: int
    number: int
    everybody: bool
    after: int


@dataclass(frozen=True, slots=True)
class LetterFigures:
    """How many letters about an incident were taken, wait, failed, and are uncertain."""

    taken: int = 0
    waiting: int = 0
    failed: int = 0
    uncertain: int = 0


class Addresses(Protocol):
    """The consented addresses of one desk."""

    def about(self, components: Sequence[str], after: int, limit: int) -> Sequence[ConsentedAddress]:
        """Those for any of these components, by their ids, behind one."""

    def of(self, customer_ids: Collection[int]) -> Sequence[ConsentedAddress]:
        """All addresses of these customers."""

    def count(self, components: Sequence[str]) -> int:
        """How many there are for any of these components, up to a thousand for each."""


class Letters(Protocol):
    """The letters of one desk."""

    def post(self, letters: Sequence[KeptLetter]) -> None:
        """Insert letters; one of the same subject to the same address stays as it is."""

    def supersede(self, incident_id: int, subject: str) -> None:
        """Spare what waits about the incident: a later notice takes its place."""

    def before(self, incident_id: int, after: int, limit: int) -> Sequence[KeptLetter]:
        """Letters about the incident that have arrived or may have, by their ids, behind one."""

    def told(self, subject: str, customer_ids: Collection[int]) -> frozenset[int]:
        """Which of these customers a letter about the subject has reached, or may have."""

    def counts(self, incident_id: int) -> LetterFigures:
        """What became of those about the incident."""


class Rounds(Protocol):
    """The rounds of one desk."""

    def begin(self, incident_id: int, number: int, *, everybody: bool, at: datetime) -> int | None:
        """Begin the round of a notice; None if it has begun before."""

    def get(self, round_id: int) -> LetterRound | None:
        """One that is not at its end."""

    def move(self, round_id: int, after: int | None) -> None:
        """Note how far it has come; None: to its end."""

    def any_of(self, incident_id: int) -> bool:
        """Whether there was one about the incident."""


class Absences(Protocol):
    """Since when Telegram is away for one desk."""

    def now(self) -> datetime | None:
        """Since when; None if it is there."""

    def begin(self, since: datetime) -> bool:
        """Telegram is away; False if that is known already."""

    def end(self) -> datetime | None:
        """Telegram is there again; since when it was away, None if that was not known."""
