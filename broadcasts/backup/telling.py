"""Who is told by backup channels and when: a red incident while Telegram is away, or by hand."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from broadcasts.announcement import PublishedNotice
from broadcasts.backup.kept import Absences, Letters, Rounds
from broadcasts.backup.managers import ManagersLetters
from broadcasts.incident import Audience, Incident, Incidents, Notice, NoticeKind, Severity
from desk.profile import Profile
from desk.timers import Timers

MARGIN = timedelta(minutes=5)
"""What was published so shortly before Telegram went away may have reached nobody."""
ROUND = "backup"
"""The kind of the timer by which a round is posted bit by bit."""


class HeardFromTelegram(Protocol):
    """Whom Telegram has brought a notice already."""

    def reached(
        self, incident_id: int, number: int, customers: Collection[int], *, posted: bool
    ) -> frozenset[int]:
        """Which of these customers; with `posted` also those whose message is about to be sent."""


class HeardByLetter:
    """Whom a letter has brought a notice already: Telegram spares them."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    def told(self, incident_id: int, number: int, among: Collection[int]) -> frozenset[int]:
        """Which of these customers, those included whom it may have reached."""
        return self._letters.told(subject_of(incident_id, number), among)


class BackupTelling:
    """Begins the rounds of letters."""

    def __init__(
        self,
        profile: Profile,
        *,
        incidents: Incidents,
        absences: Absences,
        rounds: Rounds,
        letters: Letters,
        managers: ManagersLetters,
        timers: Timers,
        now: datetime,
    ) -> None:
        self._profile, self._incidents, self._absences = profile, incidents, absences
        self._rounds, self._letters, self._managers = rounds, letters, managers
        self._timers, self._now = timers, now

    def gone(self, since: datetime) -> None:
        """Telegram is away: managers are told, and everybody of what it could not bring."""
        if not self._profile.backup.channels or not self._absences.begin(since):
            return
        self._managers.away(since)
        for incident, notice in self._unheard(since - MARGIN):
            self._begin(incident, notice, everybody=True)

    def back(self) -> None:
        """Telegram is there again: from now on it brings what is published."""
        since = self._absences.end()
        if since is not None:
            self._managers.back(since)

    def published(self, told: PublishedNotice) -> None:
        """A notice was published: it goes by letters if Telegram is away, or if former ones did."""
        incident, notice = told.incident, told.notice
        heard = notice.audience is Audience.CONCERNED and notice.kind is not NoticeKind.CORRECTED
        if not heard or not self._profile.backup.channels:
            return
        if notice.rings and self._absences.now() is not None:
            self._begin(incident, notice, everybody=True)
        elif self._rounds.any_of(incident.id):
            self._begin(incident, notice, everybody=False)

    def by_hand(self, incident_id: int) -> bool:
        """Tell everybody concerned at once, whatever Telegram does; False if they are being told already."""
        incident, notice = self._incidents.get(incident_id), self._newest(incident_id)
        if incident is None or notice is None:
            return False
        return self._begin(incident, notice, everybody=True)

    def _begin(self, incident: Incident, notice: Notice, *, everybody: bool) -> bool:
        round_id = self._rounds.begin(incident.id, notice.number, everybody=everybody, at=self._now)
        if round_id is None:
            return False
        self._letters.supersede(incident.id, subject_of(incident.id, notice.number))
        self._timers.set(ROUND, round_id, self._now)
        return True

    def _unheard(self, since: datetime) -> Sequence[tuple[Incident, Notice]]:
        """Red incidents whose newest notice Telegram may have brought to nobody.

        Of what began and ended meanwhile nobody is told: there is nothing left to do about it.
        """
        over = [each for each in self._incidents.ended(since) if each.started_at < since]
        red = (each for each in (*self._incidents.live(), *over) if each.severity is Severity.RED)
        newest = ((incident, self._newest(incident.id)) for incident in red)
        return [
            (incident, notice)
            for incident, notice in newest
            if notice is not None
            and notice.rings
            and notice.audience is Audience.CONCERNED
            and notice.at >= since
        ]

    def _newest(self, incident_id: int) -> Notice | None:
        notices = self._incidents.notices(incident_id)
        return notices[-1] if notices else None


def subject_of(incident_id: int, number: int) -> str:
    """What letters about a notice go by."""
    return f"{incident_id}:{number}"


def number_of(subject: str) -> int:
    """The notice's number in what its letters go by."""
    return int(subject.partition(":")[2])
