"""What a customer is told about the wait: who is there now, the usual wait, or when work hours begin."""

from datetime import datetime, timedelta
from statistics import median

from desk.profile import Profile
from tickets.ticket import Operators, Tickets

LATELY = timedelta(days=7)
PRESENT = timedelta(minutes=30)
ENOUGH = 3
"""From so many first replies on the usual wait is told."""


class Expectation:
    """Says what to expect when a question was handed to people."""

    def __init__(self, profile: Profile, tickets: Tickets, operators: Operators, now: datetime) -> None:
        self._profile, self._tickets, self._operators, self._now = profile, tickets, operators, now

    def say(self, language: str) -> str:
        """The expectation as Telegram HTML in a language."""
        opens = self._profile.hours.opens_after(self._now)
        texts = self._profile.texts
        if opens is not None:
            local = self._now.astimezone(self._profile.zone)
            return texts.say("customer.wait.closed", language, when=texts.moment(language, opens, local))
        return " ".join(part for part in (self._present(language), self._usual(language)) if part)

    def _present(self, language: str) -> str:
        here = self._operators.here(self._now - PRESENT)
        return self._profile.texts.say("customer.wait.present", language, n=here) if here else ""

    def _usual(self, language: str) -> str:
        waits = self._tickets.waits(self._now - LATELY)
        if len(waits) < ENOUGH:
            return self._profile.texts.say("customer.wait.unknown", language)
        usual = self._profile.texts.spell(language, timedelta(seconds=median(waits)))
        return self._profile.texts.say("customer.wait.usual", language, usual=usual)
