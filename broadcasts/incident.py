"""The incident: something broken that many feel, and the notices that tell about it step by step."""

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
        """The colour as people see it."""
        return {"red": "🔴", "yellow": "🟡", "green": "🟢"}[self.value]

    @property
    def rings(self) -> bool:
        """Only red is worth a sound on everybody's telephone."""
        return self is Severity.RED


class NoticeKind(StrEnum):
    """What a notice does with its incident."""

    OPENED = "opened"
    UPDATED = "updated"
    CORRECTED = "corrected"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"

    @property
    def ends(self) -> bool:
        """After it the incident is no longer live."""
        return self in {NoticeKind.RESOLVED, NoticeKind.WITHDRAWN}

    @property
    def rings(self) -> bool:
        """A corrected word is not worth a sound, whatever the severity."""
        return self is not NoticeKind.CORRECTED


class IncidentState(StrEnum):
    """Where an incident stands."""

    LIVE = "live"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident."""

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
        """What is broken now, newest first."""

    def notices(self, incident_id: int) -> Sequence[Notice]:
        """Everything told about an incident, oldest first."""


def as_told(notices: Sequence[Notice]) -> list[Notice]:
    """The steps as they should be read today: a correction replaces one of them, a withdrawal all."""
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
