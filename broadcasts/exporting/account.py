"""The account of an incident: every notice as it was told, whom it reached, what it saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from broadcasts.audience.follower import FollowersFigures
from broadcasts.audience.saved import SavedFigure
from broadcasts.backup.kept import LetterFigures
from broadcasts.deliveries.broadcast import Broadcast, BroadcastKind, DeliveryCounts
from broadcasts.incident import Incident, Notice
from broadcasts.promising.promises import in_time


class ToldNotices(Protocol):
    """The notices of incidents of one desk."""

    def notices(self, incident_id: int) -> Sequence[Notice]:
        """The notices of an incident, oldest first."""


class TellingBroadcasts(Protocol):
    """The broadcasts of one desk."""

    def of(self, incident_id: int) -> Sequence[Broadcast]:
        """Those of an incident, oldest first."""


class IncidentLetters(Protocol):
    """The letters of one desk."""

    def counts(self, incident_id: int) -> LetterFigures:
        """What became of those about an incident."""


class IncidentFollowers(Protocol):
    """The followers of incidents of one desk."""

    def counts(self, incident_id: int) -> FollowersFigures:
        """How many follow an incident, and what they said after its end."""


class SavedFigures(Protocol):
    """What incidents of one desk saved."""

    def of(self, incident: Incident) -> SavedFigure:
        """The figure as it stands now."""


@dataclass(frozen=True, slots=True)
class NoticeAccount:
    """A notice, what became of its deliveries (None: nobody was written to), and of its promise.

    `kept` is None where no promise was due.
    """

    notice: Notice
    counts: DeliveryCounts | None
    kept: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentAccount:
    """All there is to tell of an incident; of people only how many they are."""

    incident: Incident
    notices: Sequence[NoticeAccount]
    saved: SavedFigure
    followers: FollowersFigures
    letters: LetterFigures


class Accounting:
    """Gives account of incidents."""

    def __init__(
        self,
        notices: ToldNotices,
        broadcasts: TellingBroadcasts,
        letters: IncidentLetters,
        followers: IncidentFollowers,
        saving: SavedFigures,
        now: datetime,
    ) -> None:
        self._notices, self._broadcasts, self._letters = notices, broadcasts, letters
        self._followers, self._saving, self._now = followers, saving, now

    def of(self, incident: Incident) -> IncidentAccount:
        """The account as it stands now."""
        notices = self._notices.notices(incident.id)
        told = [each for each in self._broadcasts.of(incident.id) if each.kind is BroadcastKind.TELL]
        counts = {each.number: each.counts for each in told}
        return IncidentAccount(
            incident=incident,
            notices=[
                NoticeAccount(notice, counts.get(notice.number), kept)
                for notice, kept in zip(notices, in_time(notices, self._now), strict=True)
            ],
            saved=self._saving.of(incident),
            followers=self._followers.counts(incident.id),
            letters=self._letters.counts(incident.id),
        )
