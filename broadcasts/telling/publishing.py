"""Publishing: an announcement becomes a notice, and the channel and operators are told."""

from collections.abc import Sequence
from typing import Protocol

from broadcasts.announcement import Announcement, PublishedNotice
from broadcasts.incident import Incident, Incidents, NoticeKind
from broadcasts.telling.channel import Channel
from broadcasts.telling.wording import IncidentWording
from desk.people import Person
from desk.placement import Placements
from desk.post import Chat, Lane, OperatorsGroup, Outbox, Outcome, Parcel, say
from desk.profile import Profile


class NoticeHearer(Protocol):
    """A room that goes on from every notice that was published."""

    def published(self, told: PublishedNotice) -> None:
        """In the transaction that publishes it."""


class Publishing:
    """Publishes in the channel and in the operators' group, and lets others go on from there."""

    HEARS = frozenset({"incident.post", "incident.edit", "incident.mend", "incident.reply"})

    def __init__(
        self,
        profile: Profile,
        *,
        incidents: Incidents,
        placements: Placements,
        outbox: Outbox,
        hearers: Sequence[NoticeHearer] = (),
    ) -> None:
        self._profile, self._incidents, self._outbox = profile, incidents, outbox
        self._hearers = hearers
        self._channel = Channel(profile, incidents, placements, outbox)
        self._wording = IncidentWording(profile)

    def publish(self, announcement: Announcement, author: Person) -> None:
        """Publish an announcement by somebody whose right has been checked."""
        incident_id = announcement.incident_id
        if incident_id is None:
            incident_id = self._incidents.open(announcement.plan, announcement.notice, announcement.token)
        else:
            self._incidents.tell(incident_id, announcement.plan, announcement.notice, announcement.token)
        self._tell_operators(incident_id, announcement, author)
        self._channel.catch_up(incident_id, announcement.where)
        if announcement.notice.kind is NoticeKind.CORRECTED:
            self._channel.mend(incident_id, announcement.where)
        incident = self._incidents.get(incident_id)
        if incident is not None:
            self._let_hear(incident, announcement, author)

    def again(self, incident_id: int, where: Chat) -> None:
        """Try again what the channel has refused."""
        self._channel.catch_up(incident_id, where, again=True)

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Go on from the outcome of something in the channel."""
        self._channel.heard(parcel, outcome)

    def _let_hear(self, incident: Incident, announcement: Announcement, author: Person) -> None:
        told = PublishedNotice(
            incident=incident,
            notice=announcement.notice,
            by=author,
            where=announcement.where,
            alert_id=announcement.alert_id,
        )
        for hearer in self._hearers:
            hearer.published(told)

    def _tell_operators(self, incident_id: int, announcement: Announcement, author: Person) -> None:
        """Tell operators first, with what customers will ask and what to answer."""
        html = self._wording.to_operators(
            announcement.plan,
            self._incidents.notices(incident_id),
            author.name,
            channel=self._profile.places.channel is not None,
        )
        self._outbox.post(Parcel(to=OperatorsGroup(), lane=Lane.INCIDENT, body=say(html)))
