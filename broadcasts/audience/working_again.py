"""Working again: whoever followed an incident is asked after its end whether it works for them too."""

from datetime import datetime

from broadcasts.audience.follower import Askers, Follower, Followers, Why
from broadcasts.incident import Incident, Incidents, IncidentState
from desk.conversation import Press, number
from desk.people import Customer, Customers, Person
from desk.post import Chat, Outbox, Parcel, rebutton
from desk.profile import Profile
from tickets.hurrying import Hurrying
from tickets.lines import Lines

PRESSES = "again"


class WorkingAgain:
    """Takes the answers; for whom it does not work there is a ticket that goes first."""

    PRESSES = PRESSES

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        incidents: Incidents,
        followers: Followers,
        askers: Askers,
        hurrying: Hurrying,
        lines: Lines,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._incidents = profile, customers, incidents
        self._followers, self._askers, self._hurrying = followers, askers, hurrying
        self._lines, self._outbox, self._now = lines, outbox, now

    def pressed(self, person: Person, said: Press) -> str | None:
        """Take somebody's own answer, once for each incident; returns the toast, if any."""
        customer, incident_id = self._customers.meet(person), number(said.subject)
        incident = None if incident_id is None else self._incidents.get(incident_id)
        follower = None if incident is None else self._followers.of(incident.id, customer.id)
        if incident is None or follower is None or incident.state is not IncidentState.RESOLVED:
            return None
        if said.action not in {"yes", "no"}:
            return None
        works = said.action == "yes"
        self._outbox.post(Parcel(to=Chat(customer.chat_id), body=rebutton(said.message_id)))
        if not self._followers.answered(incident.id, customer.id, self._now, works=works):
            return None
        if works:
            return self._profile.texts.plain("works.glad", self._profile.language_of(customer))
        self._bring_up(customer, incident, follower)
        return None

    def _bring_up(self, customer: Customer, incident: Incident, follower: Follower) -> None:
        """Open the ticket, and tell operators why it goes first."""
        asker = self._askers.of(incident.id, customer.id)
        again = follower.why is Why.TICKET
        self._hurrying.bring_up(customer, asked=None if asker is None else asker.message_id, again=again)
        language, zone = self._profile.language, self._profile.zone
        ended = (incident.ended_at or self._now).astimezone(zone)
        self._lines.to_topic(
            customer,
            "works.not",
            title=incident.title,
            ended=self._profile.texts.moment(language, ended, self._now.astimezone(zone)),
        )
