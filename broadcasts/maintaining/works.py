"""The list of planned maintenance that managers open, and one of it with what can be done about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from broadcasts.incident import Incident, IncidentKind, Incidents, Status
from broadcasts.telling.wording import IncidentWording
from desk.formatted import cut
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk

PRESSES = "works"
DRAFTS = "incident"
"""The first word of the presses below drafts, and of what is done with any incident."""
LISTED, CAPTION = 30, 36
LONGER = timedelta(minutes=30)
"""By how much one press makes it longer."""
PLANNED = (("update", "move"), ("begin", "off"))
BEGUN = (("update", "verify"), ("finish", "move"))


class Works:
    """Lists maintenance by its beginning, and opens it."""

    def __init__(self, profile: Profile, incidents: Incidents, now: datetime) -> None:
        self._profile, self._incidents, self._now = profile, incidents, now
        self._wording = IncidentWording(profile)

    def show(self, talk: Talk, message_id: int | None) -> None:
        """What is coming or going on, the nearest first; in place of a message if its id is given."""
        live = self._incidents.live(IncidentKind.MAINTENANCE)
        listed = sorted(live, key=lambda each: each.window.begins if each.window else each.started_at)[
            :LISTED
        ]
        html = talk.text("manager.works" if listed else "manager.no_works")
        rows = [*self._rows(listed, talk), [talk.button("works.plan", "plan", 0)]]
        if message_id is None:
            talk.say(html, rows)
        else:
            talk.rewrite(message_id, html, rows)

    def open(self, incident: Incident, talk: Talk, message_id: int) -> None:
        """One as its post stands, with its steps."""
        html = self._wording.post(incident, self._incidents.notices(incident.id))
        steps = PLANNED if incident.status is Status.SCHEDULED else BEGUN
        rows = [[talk.button(f"works.{step}", step, incident.id) for step in pair] for pair in steps]
        rows.append([talk.under(DRAFTS).button("button.export", "export", incident.id)])
        talk.rewrite(message_id, html, [*rows, [talk.button("works.back", "list", 0)]])

    def _rows(self, listed: Sequence[Incident], talk: Talk) -> list[list[Button]]:
        return [[talk.named(self._caption(each, talk.language), "show", each.id)] for each in listed]

    def _caption(self, incident: Incident, language: str) -> str:
        zone = self._profile.zone
        begins, now = _begins(incident).astimezone(zone), self._now.astimezone(zone)
        when = self._profile.texts.moment(language, begins, now)
        return cut(f"🛠 {when}: {incident.title}", CAPTION)


def _begins(incident: Incident) -> datetime:
    return incident.started_at if incident.window is None else incident.window.begins
