"""Known incidents: a question that a live one explains is answered with how it stands, without a ticket."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from broadcasts.audience.follower import Askers
from broadcasts.audience.matching import concerns, is_felt
from broadcasts.incident import Incident, Incidents
from desk.formatted import in_brief
from desk.people import Customer
from desk.post import Button, Outbox, Parcel, press, say
from desk.profile import Profile
from tickets.lines import Lines
from tickets.ticket import Message

PRESSES = "known"
BRIEF = 600


class KnownIncidents:
    """Tells customers and operators of a live incident that a question may be about."""

    def __init__(
        self,
        profile: Profile,
        *,
        incidents: Incidents,
        askers: Askers,
        lines: Lines,
        outbox: Outbox,
        now: datetime,
    ) -> None:
        self._profile, self._incidents, self._askers = profile, incidents, askers
        self._lines, self._outbox, self._now = lines, outbox, now

    def answers(self, customer: Customer, message: Message, text: str) -> bool:
        """Say how an incident stands that the question is about, once to each person; False if none is."""
        for incident in self._about(text):
            if self._askers.add(incident.id, customer.id, message.id, self._now):
                self._tell(customer, incident)
                return True
        return False

    def hint(self, customer: Customer, texts: Sequence[str]) -> None:
        """Show operators which incident a ticket may be about, with a press that links it."""
        found = [incident for text in texts for incident in self._about(text)]
        if not found:
            return
        incident, language = found[0], self._profile.language
        asker = self._askers.of(incident.id, customer.id)
        other = asker is not None and asker.outcome == "other"
        html = self._profile.texts.say(
            "known.denied" if other else "known.hint",
            language,
            sign=incident.severity.sign,
            title=incident.title,
            since=self._moment(incident.started_at, language),
        )
        says = press(PRESSES, "link", incident.id, customer.id)
        link = Button(self._profile.texts.plain("known.link", language), says)
        self._lines.show_operators(customer, html, [[link]])

    def stands(self, incident: Incident, language: str) -> str:
        """How an incident stands, for a customer."""
        return self._profile.texts.say(
            "known.stands",
            language,
            sign=incident.severity.sign,
            text=in_brief(incident.text, BRIEF),
            updated=self._moment(incident.updated_at, language),
            next_by=self._promise(incident, language),
        )

    def _promise(self, incident: Incident, language: str) -> str:
        """When the next news is promised; empty where no promise stands."""
        if incident.next_by is None or incident.next_by <= self._now:
            return ""
        at = self._moment(incident.next_by, language)
        return self._profile.texts.plain("known.next_by", language, at=at)

    def _tell(self, customer: Customer, incident: Incident) -> None:
        language = self._profile.language_of(customer)
        texts, number = self._profile.texts, incident.id
        rows = [
            [Button(texts.plain(key, language), press(PRESSES, word, number))]
            for key, word in (("known.same", "same"), ("known.other", "other"))
        ]
        html = f"{self.stands(incident, language)}\n\n{texts.say('known.is_it', language)}"
        self._outbox.post(Parcel(to=customer.address, body=say(html, rows)))

    def _about(self, text: str) -> Iterator[Incident]:
        """The live incidents that it may be about, newest first."""
        for incident in self._incidents.live():
            if is_felt(incident) and concerns(self._profile.components, incident, text):
                yield incident

    def _moment(self, at: datetime, language: str) -> str:
        zone = self._profile.zone
        return self._profile.texts.moment(language, at.astimezone(zone), self._now.astimezone(zone))
