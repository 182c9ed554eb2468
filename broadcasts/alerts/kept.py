"""Alerts as they are kept: what was told of each, what managers decided, and which draft it feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from broadcasts.alerts.alert import AlertSource
from broadcasts.incident import Severity

LONGEST = timedelta(hours=12)
"""After so long without a word an alert that was never taken back counts as a new one."""
LISTED = 200
ALL_ELSE = "*"
"""What those have in common that feed one draft because too many began at once: nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAlert:
    """An alert since it last began.

    `fired` counts how often it began, for flapping is one alert. `draft_id` is the first alert of those that
    feed one draft; of that one, `severity` is the worst of all. `template`: the ready text that a rule names.
    `gathers`: what others must have in common with it. `put_off` and `muted` are managers' decisions,
    `decided` says whose. `shown`: in which chats it stands. `asked` and `people`: the questions and customers
    that it was made of, if it was.
    """

    id: int = 0
    source: AlertSource
    key: str
    firing: bool = True
    fired: int = 1
    first_at: datetime
    last_at: datetime
    component: str | None = None
    severity: Severity
    template: str | None = None
    title: str
    text: str = ""
    gathers: str = ""
    draft_id: int = 0
    incident_id: int | None = None
    put_off: bool = False
    muted: bool = False
    decided: str | None = None
    shown: tuple[str, ...] = ()
    asked: tuple[int, ...] = ()
    people: tuple[int, ...] = ()

    @property
    def leads(self) -> bool:
        """Whether managers see a message about it, and not about one that it joined."""
        return self.id == self.draft_id

    @property
    def alike(self) -> bool:
        """Whether what feeds its draft has something in common, so that one decision suits all of it."""
        return self.gathers != ALL_ELSE

    def goes_on(self, now: datetime, flapping: timedelta) -> bool:
        """Whether what is told of it now belongs to what was told before."""
        return now - self.last_at <= (LONGEST if self.firing else flapping)


@dataclass(frozen=True, slots=True)
class AlertCount:
    """How many alerts feed a draft, and how many of them are firing."""

    all: int
    firing: int


class Alerts(Protocol):
    """The alerts of one desk."""

    def of(self, source: AlertSource, key: str) -> KeptAlert | None:
        """By what the source calls it."""

    def get(self, alert_id: int) -> KeptAlert | None:
        """By our own id."""

    def keep(self, alert: KeptAlert) -> int:
        """Insert it, or put it in the place of the one with its source and key; returns the id."""

    def leading(self, gathers: str, since: datetime) -> KeptAlert | None:
        """The newest with a draft that others of its kind join, if anything was told of it since."""

    def drafts_since(self, since: datetime) -> int:
        """How many drafts have been told of since."""

    def feeding(self, draft_id: int) -> Sequence[KeptAlert]:
        """The alerts that feed a draft, oldest first; 200 at most."""

    def count(self, draft_id: int) -> AlertCount:
        """How many feed it."""

    def link(self, draft_id: int, incident_id: int, by: str) -> None:
        """Note which incident a draft has opened and who pressed, for all that feed it."""

    def release(self, draft_id: int) -> None:
        """Let those that fed a draft stand by themselves: it begins anew without them."""

    def mute(self, draft_id: int, *, muted: bool, by: str) -> None:
        """Note whether those that feed a draft are shown any more."""

    def drafts_of(self, incident_id: int) -> Sequence[int]:
        """The drafts that an incident was opened by."""
