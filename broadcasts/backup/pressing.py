"""A manager sends an incident by the backup channels by hand, whatever is known of Telegram."""

from typing import Protocol

from broadcasts.backup.kept import Addresses, Letters
from broadcasts.backup.rounds import about
from broadcasts.incident import Incident
from desk.profile import Profile
from desk.talk import Talk


class ByHand(Protocol):
    """Who tells everybody concerned at once."""

    def by_hand(self, incident_id: int) -> bool:
        """Begin; False if they are being told already."""


class BackupPresses:
    """What the button below an incident does: it asks first, with how many it would reach."""

    def __init__(self, profile: Profile, addresses: Addresses, letters: Letters, telling: ByHand) -> None:
        self._profile, self._addresses = profile, addresses
        self._letters, self._telling = letters, telling

    def knows(self, action: str) -> bool:
        """Whether a press is for here."""
        return action in {"backup", "spread"}

    def pressed(self, action: str, incident: Incident, talk: Talk, message_id: int) -> str | None:
        """Carry out a press below a live incident; returns the toast, if any."""
        if action == "spread":
            return self._sent(talk, incident, message_id)
        self._asked(talk, incident, message_id)
        return None

    def _asked(self, talk: Talk, incident: Incident, message_id: int) -> None:
        """Show how many addresses there are and what has gone there already, and ask for a second press."""
        told = self._letters.counts(incident.id)
        html = talk.text(
            "manager.backup.ask",
            n=self._reached(incident),
            title=incident.title,
            taken=told.taken,
            waiting=told.waiting,
            failed=told.failed + told.uncertain,
        )
        rows = [
            [talk.button("button.publish", "spread", incident.id)],
            [talk.button("manager.back", "show", incident.id)],
        ]
        talk.rewrite(message_id, html, rows)

    def _sent(self, talk: Talk, incident: Incident, message_id: int) -> str:
        """Send the newest notice."""
        begun = self._telling.by_hand(incident.id)
        talk.disarm(message_id)
        return talk.plain("manager.backup.sent" if begun else "manager.backup.sent_before")

    def _reached(self, incident: Incident) -> int:
        components = about(self._profile, incident)
        listed = [at for component, at in self._profile.backup.lists if component in components]
        return self._addresses.count(components) + len(listed)
