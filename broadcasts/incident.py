"""The incident: something broken that many people feel, told about by notices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.formatted import Html


class Severity(StrEnum):
    """How bad it is."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"

    @property
    def sign(self) -> str:
        """The coloured circle."""
        return {"red": "🔴", "yellow": "🟡", "green": "🟢"}[self.value]

    @property
    def rings(self) -> bool:
        """Whether messages about it make a sound: only red does."""
        return self is Severity.RED


class NoticeKind(StrEnum):
    """What a notice does to its incident."""

    OPENED = "opened"
    UPDATED = "updated"
    CORRECTED = "corrected"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"

    @property
    def ends(self) -> bool:
        """Whether the incident is over after it."""
        return self in {NoticeKind.RESOLVED, NoticeKind.WITHDRAWN}

    @property
    def rings(self) -> bool:
        """Whether it may make a sound: a correction never does."""
        return self is not NoticeKind.CORRECTED


class IncidentState(StrEnum):
    """Where an incident stands."""

    LIVE = "live"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as its notices have left it."""

    id: int
    severity: Severity
    state: IncidentState
    text: Html
    started_at: datetime
    updated_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One step told about an incident."""

    number: int
    kind: NoticeKind
    text: Html
    author_id: int
    at: datetime


class Incidents(Protocol):
    """The incidents of one desk and their notices."""

    def open(self, severity: Severity, notice: Notice, token: str) -> int:
        """Insert an incident with its first notice."""

    def tell(self, incident_id: int, notice: Notice, token: str) -> None:
        """Insert a further notice; the incident's text, times and state follow it."""

    def told(self, token: str) -> bool:
        """Whether a press with this token has published already."""

    def get(self, incident_id: int) -> Incident | None:
        """By our own id."""

    def live(self) -> Sequence[Incident]:
        """The incidents that are not over, newest first."""

    def notices(self, incident_id: int) -> Sequence[Notice]:
        """The notices of an incident, oldest first."""


def as_told(notices: Sequence[Notice]) -> list[Notice]:
    """The notices as they read now: a correction replaces one, a withdrawal all."""
    steps: list[Notice] = []
    for notice in notices:
        match notice.kind:
            case NoticeKind.CORRECTED if steps:
                steps[-1] = replace(steps[-1], text=notice.text)
            case NoticeKind.WITHDRAWN:
                steps = [notice]
            case _:
                steps.append(notice)
    return steps
