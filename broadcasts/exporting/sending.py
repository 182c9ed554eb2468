"""Sends what is left of an incident to the manager who asks for it, as a text and as a table."""

from datetime import datetime

from broadcasts.exporting.account import Accounting
from broadcasts.exporting.report import ReportWording
from broadcasts.exporting.table import table
from broadcasts.incident import Incident
from desk.post import Media, Outbox, Parcel, Say
from desk.profile import Profile
from desk.talk import Talk


class IncidentFiles:
    """Makes the files of an incident."""

    def __init__(self, profile: Profile, accounting: Accounting, outbox: Outbox, now: datetime) -> None:
        self._profile, self._accounting, self._outbox, self._now = profile, accounting, outbox, now

    def send(self, incident: Incident, talk: Talk) -> None:
        """Both files; pressed again while they wait, they are sent once, as they are by then."""
        account = self._accounting.of(incident)
        report = ReportWording(self._profile, talk.language, self._now).report(account)
        name = f"incident-{incident.id}"
        self._post(talk, f"{name}.md", report, talk.text("manager.exported", title=incident.title))
        self._post(talk, f"{name}.csv", table(account, self._profile.zone), "")

    def _post(self, talk: Talk, name: str, content: str, caption: str) -> None:
        dedupe = f"{name}:{talk.where.chat_id}:{talk.where.thread_id}"
        body = Say(html=caption, media=Media("document", name, content))
        self._outbox.post(Parcel(to=talk.where, body=body, dedupe=dedupe))
