"""The list of incidents that managers open, and one of them with what can be done about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from broadcasts.audience.saved import Saving
from broadcasts.incident import Incident, IncidentKind, Incidents, IncidentState, Notice
from broadcasts.promising.promises import kept
from broadcasts.telling.wording import IncidentWording
from desk.formatted import cut
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk

CAPTION = 40
LISTED = 30
RECENT, AT_MOST = timedelta(days=14), 10
MARKS = {IncidentState.RESOLVED: "✅", IncidentState.WITHDRAWN: "⚪️"}
DELIVERIES = "delivery"
"""The first word of the presses below the progress of a broadcast."""
STEPS = (("update", "resolve"), ("correct", "retract"))


class OpenBroadcasts(Protocol):
    """Knows what is being told to people."""

    def open_of(self, incident_id: int) -> int | None:
        """The newest broadcast of an incident that goes on, or waits for a decision."""


class IncidentList:
    """Lists incidents by their titles and opens them."""

    def __init__(
        self,
        profile: Profile,
        incidents: Incidents,
        now: datetime,
        saving: Saving | None = None,
        broadcasts: OpenBroadcasts | None = None,
    ) -> None:
        self._profile, self._incidents, self._now = profile, incidents, now
        self._wording, self._saving, self._broadcasts = IncidentWording(profile), saving, broadcasts

    def show(self, talk: Talk, message_id: int | None) -> None:
        """The live ones, newest first; in place of a message if its id is given."""
        listed = self._incidents.live(IncidentKind.INCIDENT)[:LISTED]
        html = talk.text("manager.incidents" if listed else "manager.no_incidents")
        rows = self._rows(listed, talk)
        if self._recent():
            rows.append([talk.button("manager.recent", "recent", 0)])
        _put(talk, message_id, html, rows)

    def show_recent(self, talk: Talk, message_id: int) -> None:
        """Those that ended within the last days."""
        rows = self._rows(self._recent(), talk)
        talk.rewrite(message_id, talk.text("manager.recent_ones"), [*rows, [_back(talk)]])

    def open(self, incident: Incident, talk: Talk, message_id: int) -> None:
        """One incident as its post stands, with its steps."""
        notices = self._incidents.notices(incident.id)
        html = self._wording.post(incident, notices) + self._promises(notices, talk)
        html += self._saved(incident, talk)
        steps = STEPS if incident.live else (("review",),) if self._reviewable(incident) else ()
        rows = [[talk.button(f"button.{step}", step, incident.id) for step in pair] for pair in steps]
        if incident.live and self._profile.backup.channels:
            rows.append([talk.button("button.backup", "backup", incident.id)])
        broadcast_id = None if self._broadcasts is None else self._broadcasts.open_of(incident.id)
        if broadcast_id is not None:
            rows.append([talk.under(DELIVERIES).button("button.broadcast", "here", broadcast_id)])
        rows.append([talk.button("button.export", "export", incident.id)])
        talk.rewrite(message_id, html, [*rows, [_back(talk)]])

    def _promises(self, notices: Sequence[Notice], talk: Talk) -> str:
        """A line with how many promises of news were kept; empty where none was due."""
        made, in_time = kept(notices, self._now)
        return "\n\n" + talk.text("manager.promises", made=made, kept=in_time) if made else ""

    def _saved(self, incident: Incident, talk: Talk) -> str:
        """How often it is asked about, before and after the first notice; empty where nobody asks."""
        if self._saving is None:
            return ""
        saved = self._saving.of(incident)
        if not (saved.before or saved.after or saved.answered):
            return ""
        said = talk.text(
            "manager.saved",
            before=None if saved.before is None else round(saved.before),
            after=None if saved.after is None else round(saved.after),
            answered=saved.answered,
            without_ticket=saved.without_ticket,
        )
        return "\n\n" + said.strip()

    def _reviewable(self, incident: Incident) -> bool:
        return incident.state is IncidentState.RESOLVED and incident.kind is IncidentKind.INCIDENT

    def _recent(self) -> Sequence[Incident]:
        ended = self._incidents.ended(self._now - RECENT)
        return [each for each in ended if each.kind is IncidentKind.INCIDENT][:AT_MOST]

    def _rows(self, listed: Sequence[Incident], talk: Talk) -> list[list[Button]]:
        captions = self._captions(listed, talk.language)
        return [
            [talk.named(caption, "show", each.id)] for caption, each in zip(captions, listed, strict=True)
        ]

    def _captions(self, listed: Sequence[Incident], language: str) -> list[str]:
        """A caption for each; those that read alike say when it began, and a number if that is alike too."""
        words = [f"{MARKS.get(each.state, each.severity.sign)} {cut(each.title, CAPTION)}" for each in listed]
        begun = [self._begun(each, language) for each in listed]
        told = [
            f"{one} · {at}" if words.count(one) > 1 else one for one, at in zip(words, begun, strict=True)
        ]
        return [
            f"{one} ({told[index:].count(one)})" if told.count(one) > 1 else one
            for index, one in enumerate(told)
        ]

    def _begun(self, incident: Incident, language: str) -> str:
        zone = self._profile.zone
        return self._profile.texts.moment(
            language, incident.started_at.astimezone(zone), self._now.astimezone(zone)
        )


def _back(talk: Talk) -> Button:
    return talk.button("manager.back", "list", 0)


def _put(talk: Talk, message_id: int | None, html: str, rows: Sequence[Sequence[Button]]) -> None:
    if message_id is None:
        talk.say(html, rows)
    else:
        talk.rewrite(message_id, html, rows)
