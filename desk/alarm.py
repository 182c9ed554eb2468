"""Alarms: something said to every manager in private, or to the operators' group."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from desk.people import Texts
from desk.post import Button, Chat, OperatorsGroup, Outbox, Outcome, Parcel, Say, Sent, say
from desk.profile import Profile

PAUSE = timedelta(seconds=2)
"""Within this time the group is told once, however many managers could not be reached."""


class Alarm:
    """Sends alarms to each manager in private, and to the operators' group where that is not possible."""

    HEARS = frozenset({"alarm"})

    def __init__(self, profile: Profile, outbox: Outbox, now: datetime) -> None:
        self._profile, self._outbox, self._now = profile, outbox, now

    @property
    def _texts(self) -> Texts:
        return self._profile.texts

    def to_managers(self, key: str, /, **params: object) -> None:
        """Send a text to every manager; a desk without managers says it to its operators."""
        self.say(self._texts.say(key, self._profile.language, **params))

    def say(self, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Send Telegram HTML with buttons; anybody in the group may press them, so check who did."""
        if not self._profile.managers:
            self.unheard(html, rows)
        for manager in sorted(self._profile.managers):
            self._outbox.post(Parcel(to=Chat(manager), body=say(html, rows), kind="alarm"))

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """Say in the group what could not be delivered to a manager."""
        if not isinstance(outcome, Sent) and isinstance(parcel.body, Say):
            self.unheard(parcel.body.html, parcel.body.rows)

    def unheard(self, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Say it in the group, once for several managers."""
        self._outbox.post(
            Parcel(
                to=OperatorsGroup(),
                body=say(html, rows),
                dedupe=f"alarm:{hash_of(html)}",
                wait=PAUSE,
            )
        )


def hash_of(html: str) -> str:
    """A short digest of a text, the same in every process."""
    return blake2b(html.encode(), digest_size=8).hexdigest()
