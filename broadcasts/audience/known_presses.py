"""What people press about a known incident: it is theirs, it is not, or a ticket belongs to it."""

from datetime import datetime

from broadcasts.audience.follower import Asker, Askers, Followers, Why
from broadcasts.audience.known import PRESSES, KnownIncidents
from broadcasts.incident import Incident, Incidents
from desk.conversation import Press, number
from desk.people import Customer, Customers, Person
from desk.post import Button, Chat, Outbox, Parcel, press, rebutton, rewrite
from desk.profile import Profile
from tickets.handling import Handling


class KnownPresses:
    """Lets askers follow an incident or have a ticket, and operators link one to it."""

    PRESSES = PRESSES

    def __init__(
        self,
        profile: Profile,
        *,
        customers: Customers,
        incidents: Incidents,
        askers: Askers,
        followers: Followers,
        known: KnownIncidents,
        handling: Handling,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._customers, self._incidents = profile, customers, incidents
        self._askers, self._followers, self._known = askers, followers, known
        self._handling, self._outbox, self._now = handling, outbox, now

    def pressed(self, person: Person, said: Press) -> str | None:
        """Carry out a customer's press; returns the toast, if any."""
        customer = self._customers.meet(person)
        incident_id = number(said.subject)
        incident = None if incident_id is None else self._incidents.get(incident_id)
        asker = None if incident is None else self._askers.of(incident.id, customer.id)
        if incident is None or asker is None:
            return None
        if said.action == "same":
            return self._same(customer, incident, said.message_id)
        return self._other(customer, asker, said.message_id) if said.action == "other" else None

    def linked(self, said: Press, chat_id: int) -> str | None:
        """Link a customer's ticket to an incident, as an operator pressed; returns the toast."""
        ids = [number(word) for word in said.words]
        if said.action != "link" or len(ids) != 2 or ids[0] is None or ids[1] is None:
            return None
        incident = self._incidents.get(ids[0])
        if incident is None or not incident.live:
            self._outbox.post(Parcel(to=Chat(chat_id), body=rebutton(said.message_id)))
            return self._operators("known.ended")
        customer = self._customers.get(ids[1])
        self._followers.follow(incident.id, customer.id, Why.TICKET, self._now)
        self._outbox.post(Parcel(to=Chat(chat_id), body=rebutton(said.message_id)))
        return self._operators("known.linked")

    def _same(self, customer: Customer, incident: Incident, message_id: int) -> str | None:
        language = self._profile.language_of(customer)
        texts = self._profile.texts
        if self._askers.pressed(incident.id, customer.id, "same") and incident.live:
            self._followers.follow(incident.id, customer.id, Why.ASKED, self._now)
        key = "known.follows" if incident.live else "known.over"
        html = f"{self._known.stands(incident, language)}\n\n{texts.say(key, language)}"
        other = Button(texts.plain("known.other", language), press(PRESSES, "other", incident.id))
        body = rewrite(message_id, html, [[other]])
        self._outbox.post(Parcel(to=Chat(customer.chat_id), body=body))
        return texts.plain("known.noted", language)

    def _other(self, customer: Customer, asker: Asker, message_id: int) -> str | None:
        self._outbox.post(Parcel(to=Chat(customer.chat_id), body=rebutton(message_id)))
        if not self._askers.pressed(asker.incident_id, customer.id, "other"):
            return None
        if self._handling.escalate(customer, asked=asker.message_id):
            return None
        return self._profile.texts.plain("customer.already_called", self._profile.language_of(customer))

    def _operators(self, key: str) -> str:
        return self._profile.texts.plain(key, self._profile.language)
