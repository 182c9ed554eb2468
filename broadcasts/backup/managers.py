"""Letters to managers: that Telegram is away, and that it is there again."""

from datetime import datetime

from broadcasts.backup.kept import KeptLetter, Letters, person
from desk.profile import Profile

AWAY, BACK = "away", "back"


class ManagersLetters:
    """Tells managers by the addresses of the configuration, all of them: nobody knows who is awake."""

    def __init__(self, profile: Profile, letters: Letters, now: datetime) -> None:
        self._profile, self._letters, self._now = profile, letters, now

    def away(self, since: datetime) -> None:
        """Telegram is away since then."""
        self._post(AWAY, since)

    def back(self, since: datetime) -> None:
        """Telegram, which was away since then, is there again."""
        self._post(BACK, since)

    def _post(self, what: str, since: datetime) -> None:
        subject = f"{what}:{round(since.timestamp())}"
        self._letters.post(
            [
                KeptLetter(
                    subject=subject,
                    person=f"manager {person(None, at)}",
                    at=at,
                    posted_at=self._now,
                )
                for at in self._profile.backup.managers
                if self._profile.backup.rank(at.channel) is not None
            ]
        )
