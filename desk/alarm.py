"""Saying something to every manager, wherever they can be reached."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from desk.people import Texts
from desk.post import Button, Chat, OperatorsGroup, Outbox, Outcome, Parcel, Say, Sent, say
from desk.profile import Profile

PAUSE = timedelta(seconds=2)
"""Several managers cannot be reached one after another: within this time the group hears it once."""


class Alarm:
    """To each manager in private; to the operators' group where a private chat is not open."""

    HEARS = frozenset({"alarm"})

    def __init__(self, profile: Profile, outbox: Outbox, now: datetime) -> None:
        self._profile, self._outbox, self._now = profile, outbox, now

    @property
    def _texts(self) -> Texts:
        return self._profile.texts

    def to_managers(self, key: str, /, **params: object) -> None:
        """One text, one parcel a manager; a desk without managers says it to its operators."""
        self.say(self._texts.say(key, self._profile.language, **params))

    def say(self, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """Telegram HTML, with buttons if there are any; who presses them must be looked at then."""
        if not self._profile.managers:
            self.unheard(html, rows)
        for manager in sorted(self._profile.managers):
            self._outbox.post(Parcel(to=Chat(manager), body=say(html, rows), kind="alarm"))

    def heard(self, parcel: Parcel, outcome: Outcome) -> None:
        """What did not reach a manager in private the group hears."""
        if not isinstance(outcome, Sent) and isinstance(parcel.body, Say):
            self.unheard(parcel.body.html, parcel.body.rows)

    def unheard(self, html: str, rows: Sequence[Sequence[Button]] = ()) -> None:
        """A manager's private chat is not open: the group hears it, once for all of them."""
        self._outbox.post(
            Parcel(
                to=OperatorsGroup(),
                body=say(html, rows),
                dedupe=f"alarm:{hash_of(html)}",
                due_at=self._now + PAUSE,
            )
        )


def hash_of(html: str) -> str:
    """A short name of a text, the same in every process."""
    return blake2b(html.encode(), digest_size=8).hexdigest()
