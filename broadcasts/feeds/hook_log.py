"""The log of hooks, as managers read it: what they were told last, what came of it, when it is tried next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desk.profile import Profile
from desk.talk import Talk

WORD = "webhooks"
"""What managers write behind /incidents."""
LAST = 20


class TriedDelivery(Protocol):
    """One thing that one hook is told."""

    @property
    def host(self) -> str:
        """Where the hook is."""

    @property
    def changed_at(self) -> datetime:
        """When it was last tried."""

    @property
    def due_at(self) -> datetime:
        """When it is tried next, if it waits."""

    @property
    def attempts(self) -> int:
        """How often."""

    @property
    def arrived(self) -> bool:
        """Whether it was taken."""

    @property
    def given_up(self) -> bool:
        """Whether it will not be tried again."""

    @property
    def answer(self) -> str | None:
        """The status that came back, or why none did."""


class TriedDeliveries(Protocol):
    """What the hooks of one desk were told."""

    def recent(self, most: int) -> Sequence[TriedDelivery]:
        """The last that were tried or wait, newest first."""


class HookLog:
    """Says what came of the last deliveries."""

    def __init__(self, profile: Profile, deliveries: TriedDeliveries, now: datetime) -> None:
        self._profile, self._deliveries, self._now = profile, deliveries, now

    def show(self, talk: Talk) -> None:
        """Say the last of them, or that there is none."""
        lines = [self._line(talk, each) for each in self._deliveries.recent(LAST)]
        if not self._profile.hooks and not lines:
            talk.say(talk.text("hook.none"))
        elif not lines:
            talk.say(talk.text("hook.nothing_yet"))
        else:
            talk.say("\n".join([talk.text("hook.log"), *lines]))

    def _line(self, talk: Talk, each: TriedDelivery) -> str:
        return talk.text(
            f"hook.line.{_state(each)}",
            host=each.host,
            when=self._moment(talk, each.changed_at),
            attempts=talk.plain("hook.attempts", n=each.attempts),
            next=self._moment(talk, each.due_at) if each.due_at > self._now else talk.plain("hook.at_once"),
            answer=each.answer or "…",
        )

    def _moment(self, talk: Talk, at: datetime) -> str:
        zone = self._profile.zone
        return self._profile.texts.moment(talk.language, at.astimezone(zone), self._now.astimezone(zone))


def _state(each: TriedDelivery) -> str:
    if each.arrived or each.given_up:
        return "arrived" if each.arrived else "given_up"
    return "waits" if each.attempts else "untried"
