"""What an incident saved is counted over the time that the questions read cover, on either side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadcasts.audience.follower import Asker, AskersFigures
from broadcasts.audience.saved import LOOKED_AT, Saving
from tests.unit_broadcasts.test_matching import INCIDENT, NOON, PAYMENTS

HOUR, NOBODY = timedelta(hours=1), AskersFigures(0, 0)
ABOUT, OTHER = "не проходит оплата", "сколько стоит доставка?"


@dataclass
class Asked:
    """Questions at their times, and how many were answered with the incident."""

    questions: Sequence[tuple[str, datetime]] = ()
    figures: AskersFigures = NOBODY

    def asked_before(self, until: datetime, since: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        found = [each for each in self.questions if since <= each[1] < until]
        return sorted(found, key=lambda each: each[1], reverse=True)[:limit]

    def asked_after(self, since: datetime, until: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        return [each for each in self.questions if since <= each[1] < until][:limit]

    def counts(self, incident_id: int) -> AskersFigures:
        return self.figures

    def add(self, incident_id: int, customer_id: int, message_id: int, at: datetime) -> bool:
        return True

    def of(self, incident_id: int, customer_id: int) -> Asker | None:
        return None

    def pressed(self, incident_id: int, customer_id: int, outcome: str) -> bool:
        return False


def test_questions_by_the_hour_before_and_after() -> None:
    before = [(ABOUT, NOON - HOUR), (ABOUT, NOON - 2 * HOUR), (OTHER, NOON - HOUR), (ABOUT, NOON - 4 * HOUR)]
    asked = Asked([*before, (ABOUT, NOON + HOUR)], AskersFigures(3, 2))
    saved = Saving([PAYMENTS], asked, asked, NOON + 2 * HOUR).of(INCIDENT)
    assert saved.before is not None
    assert (round(saved.before, 2), saved.after, saved.answered, saved.without_ticket) == (0.67, 2.0, 3, 2)


def test_right_after_the_notice_nothing_can_be_said_by_the_hour() -> None:
    saved = Saving([PAYMENTS], Asked(), Asked(), NOON + timedelta(minutes=5)).of(INCIDENT)
    assert (saved.before, saved.after) == (0.0, None)


def test_on_a_busy_desk_the_rate_is_of_the_time_that_was_read() -> None:
    step = timedelta(seconds=10)
    many = [(ABOUT if n % 2 else OTHER, NOON - n * step) for n in range(1, 1000)]
    saved = Saving([PAYMENTS], Asked(many), Asked(many), NOON + HOUR).of(INCIDENT)
    assert saved.before is not None
    assert round(saved.before) == 180
    assert LOOKED_AT * step < HOUR


def test_what_ended_is_counted_to_its_end() -> None:
    ended = replace(INCIDENT, ended_at=NOON + HOUR)
    asked = Asked([(ABOUT, NOON + timedelta(minutes=30)), (ABOUT, NOON + 2 * HOUR)])
    assert Saving([PAYMENTS], asked, asked, NOON + 9 * HOUR).of(ended).after == 1.0
