"""The bulletin: what is broken right now, for customers who ask."""

from collections.abc import Sequence
from datetime import datetime

from broadcasts.incident import Incidents, Status
from broadcasts.telling.wording import sign_of
from desk.formatted import in_brief
from desk.profile import Profile

LINE = 300


class Bulletin:
    """Lists live incidents."""

    def __init__(self, profile: Profile, incidents: Incidents, now: datetime) -> None:
        self._profile, self._incidents, self._now = profile, incidents, now

    def live(self, language: str) -> Sequence[str]:
        """Live incidents and maintenance that has begun, newest first, each as a line of Telegram HTML."""
        texts, zone = self._profile.texts, self._profile.zone
        return [
            texts.say(
                "incident.line",
                language,
                sign=sign_of(incident),
                text=in_brief(incident.text, LINE),
                when=texts.moment(language, incident.updated_at.astimezone(zone), self._now.astimezone(zone)),
            )
            for incident in self._incidents.live()
            if incident.status is not Status.SCHEDULED
        ]
