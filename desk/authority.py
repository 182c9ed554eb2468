"""Who may do what: decided at each command or press, and every attempt is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.people import Person
from desk.profile import Profile


class Right(StrEnum):
    """What a role allows."""

    DRAFT = "draft"
    """Look at what managers look at, and write what is not public yet."""
    PUBLISH = "publish"
    """Make it public, or change what customers are answered."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody is about to do: `action` and `subject` go into the audit, `right` is what it takes."""

    action: str
    subject: str | None = None
    right: Right = Right.DRAFT


class Audit(Protocol):
    """The kept attempts of one desk."""

    def note(self, actor_id: int, action: str, subject: str | None, *, allowed: bool, at: datetime) -> None:
        """Insert one attempt."""


def rights_of(profile: Profile, person_id: int) -> frozenset[Right]:
    """The rights of a person by the configuration: managers have all, others none."""
    return frozenset(Right) if person_id in profile.managers else frozenset()


def may(profile: Profile, person_id: int, right: Right) -> bool:
    """Whether the person has the right now; nothing is kept."""
    return right in rights_of(profile, person_id)


class Authority:
    """Decides by one desk's rights, and keeps every attempt."""

    def __init__(self, profile: Profile, audit: Audit, now: datetime) -> None:
        self._profile, self._audit, self._now = profile, audit, now

    def admits(self, person: Person, attempt: Attempt) -> bool:
        """Whether the person has the right for the attempt, which is kept either way."""
        allowed = may(self._profile, person.telegram_id, attempt.right)
        self._audit.note(person.telegram_id, attempt.action, attempt.subject, allowed=allowed, at=self._now)
        return allowed

    def listens_to(self, person: Person) -> bool:
        """Whether the person's words may answer a question to managers."""
        return may(self._profile, person.telegram_id, Right.DRAFT)
