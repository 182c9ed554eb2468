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
    """Look at incidents, and write notices that are not public yet."""
    PUBLISH = "publish"
    """Make a notice public."""
    APPROVE = "approve"
    """Be the second person, where a notice takes two."""
    MANAGE = "manage"
    """All else that managers do: the knowledge base, who is banned, what is stuck."""


class Role(StrEnum):
    """What somebody is to the notices of a desk who is no manager."""

    DRAFT = "draft"
    PUBLISH = "publish"
    APPROVE = "approve"

    @property
    def rights(self) -> frozenset[Right]:
        """The right of the same name, and those of the roles before it."""
        return frozenset(_UP_TO[self])


EVERY_RIGHT = frozenset(Right)
_UP_TO = {
    Role.DRAFT: (Right.DRAFT,),
    Role.PUBLISH: (Right.DRAFT, Right.PUBLISH),
    Role.APPROVE: (Right.DRAFT, Right.PUBLISH, Right.APPROVE),
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody is about to do: `right` is what it takes, all else goes into the audit."""

    action: str
    subject: str | None = None
    right: Right = Right.MANAGE
    details: str | None = None


class Audit(Protocol):
    """The kept attempts of one desk."""

    def note(
        self,
        actor_id: int,
        action: str,
        subject: str | None,
        *,
        allowed: bool,
        at: datetime,
        details: str | None = None,
    ) -> None:
        """Insert one attempt."""


def rights_of(profile: Profile, person_id: int) -> frozenset[Right]:
    """By the configuration: managers have all rights, publishers their role's, others none."""
    if person_id in profile.managers:
        return EVERY_RIGHT
    role = profile.publishers.get(person_id)
    return frozenset() if role is None else Role(role).rights


def holders(profile: Profile, right: Right) -> frozenset[int]:
    """Everybody who has the right now."""
    people = profile.managers | profile.publishers.keys()
    return frozenset(each for each in people if may(profile, each, right))


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
        self._audit.note(
            person.telegram_id,
            attempt.action,
            attempt.subject,
            allowed=allowed,
            at=self._now,
            details=attempt.details,
        )
        return allowed

    def refuses(self, person: Person, attempt: Attempt) -> None:
        """Keep an attempt that a rule forbids although the person has the right; `details` say which."""
        self._audit.note(
            person.telegram_id,
            attempt.action,
            attempt.subject,
            allowed=False,
            at=self._now,
            details=attempt.details,
        )

    def listens_to(self, person: Person, right: Right) -> bool:
        """Whether the person's words may answer a question to people with the right."""
        return may(self._profile, person.telegram_id, right)
