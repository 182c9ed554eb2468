"""What the clock does with maintenance: it reminds, it begins it, and it asks people whether it is over."""

from dataclasses import replace
from datetime import datetime

from broadcasts.composing.at_once import AtOnce
from broadcasts.composing.draft import NoticeDraft
from broadcasts.incident import Incident, Incidents, Notice, NoticeKind, Status
from broadcasts.maintaining.schedule import BEGIN, ENDING, OVERRUN, REMIND, MaintenanceSchedule
from broadcasts.maintaining.works import PRESSES
from broadcasts.telling.publishing import Publishing
from desk.alarm import Alarm
from desk.formatted import Html
from desk.people import Person
from desk.post import Button, Chat, press
from desk.profile import Profile

ASKED = {ENDING: "alert.works.ending", OVERRUN: "alert.works.overrun"}


class MaintenanceClock:
    """Acts on the timers of maintenance. That it is over is for a person to say."""

    DUE = MaintenanceSchedule.DUE

    def __init__(
        self,
        profile: Profile,
        *,
        incidents: Incidents,
        publishing: Publishing,
        alarm: Alarm,
        now: datetime,
    ) -> None:
        self._profile, self._incidents, self._publishing = profile, incidents, publishing
        self._alarm, self._now = alarm, now

    def due(self, kind: str, subject: int) -> None:
        """Publish a reminder or the beginning, or ask managers about the end."""
        incident = self._incidents.get(subject)
        if incident is None or not incident.live or incident.window is None:
            return
        notices = self._incidents.notices(incident.id)
        if kind == REMIND:
            self._tell(incident, notices[-1], len(notices), Status.SCHEDULED)
        elif kind == BEGIN and incident.status is Status.SCHEDULED:
            self._tell(incident, notices[-1], len(notices), Status.IN_PROGRESS)
        elif kind in ASKED:
            self._ask(ASKED[kind], incident, len(notices))

    def _tell(self, incident: Incident, last: Notice, seen: int, status: Status) -> None:
        """Publish by the schedule, in the name of whoever planned it, to whom the plan was told."""
        texts, language, zone = self._profile.texts, self._profile.language, self._profile.zone
        begins = (self._now if incident.window is None else incident.window.begins).astimezone(zone)
        key = "incident.words.begun" if status is Status.IN_PROGRESS else "incident.words.reminded"
        words = texts.say(key, language, when=texts.moment(language, begins, self._now.astimezone(zone)))
        draft = NoticeDraft.further(
            NoticeKind.UPDATED, incident, last.author_id, Chat(last.author_id), self._now
        )
        token = f"clock:{incident.id}:{seen}"
        draft = replace(draft, status=status, text=Html(words), audience=last.audience, token=token)
        author = Person(telegram_id=last.author_id, first_name=texts.plain("works.by_schedule", language))
        AtOnce(self._profile, self._incidents, self._publishing, self._now).publish(
            draft, seen, author, planned=True
        )

    def _ask(self, key: str, incident: Incident, seen: int) -> None:
        texts, language = self._profile.texts, self._profile.language
        rows = [
            [
                Button(texts.plain(f"works.{action}", language), press(PRESSES, action, incident.id, seen))
                for action in ("done", "longer")
            ]
        ]
        self._alarm.say(texts.say(key, language, title=incident.title), rows)
