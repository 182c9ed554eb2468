"""What Stars would cost at most, and what they would save."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadcasts.announcement import Announcement
from broadcasts.composing.faster import StarOffer, faster
from broadcasts.composing.reaches import Reach
from broadcasts.incident import (
    Attached,
    Audience,
    IncidentKind,
    IncidentPlan,
    Notice,
    NoticeKind,
    Severity,
    Status,
)
from desk.formatted import Html
from desk.paid import PaidPace
from tests.managers import PRIVATE
from tests.unit_broadcasts.newsroom import Newsroom

NOTICE = Notice(
    number=1,
    kind=NoticeKind.OPENED,
    severity=Severity.RED,
    status=Status.INVESTIGATING,
    text=Html("Не проходит оплата"),
    author_id=1001,
    at=datetime(2026, 11, 20, tzinfo=UTC),
    audience=Audience.CONCERNED,
)
PICTURE = Attached("photo", "AgAC")


def offered(
    newsroom: Newsroom, notice: Notice, *, people: int, blocked: int = 0, most: int = 1000
) -> StarOffer | None:
    profile = replace(newsroom.profile, paid=PaidPace(per_second=300, most_stars=most))
    plan = IncidentPlan(kind=IncidentKind.INCIDENT, title="", components=(), window=None)
    announcement = Announcement(incident_id=None, plan=plan, notice=notice, token="", where=PRIVATE)
    return faster(profile, announcement, Reach(people=people, blocked=blocked))


@pytest.mark.parametrize(
    ("people", "blocked", "most", "stars", "seconds", "usual"),
    [
        (10_000, 0, 1000, 1000, 33.3, 333.3),
        (10_000, 1000, 1000, 900, 30, 300),
        (10_000, 0, 400, 400, 4000 / 300 + 200, 333.3),
        (10_000, 0, 0, 1000, 33.3, 333.3),
        (1001, 0, 1000, 101, 3.3, 33.4),
    ],
)
def test_the_price_covers_everybody_or_goes_to_the_ceiling(
    newsroom: Newsroom, people: int, blocked: int, most: int, stars: int, seconds: float, usual: float
) -> None:
    offer = offered(newsroom, NOTICE, people=people, blocked=blocked, most=most)
    assert offer is not None
    assert offer.stars == stars
    assert offer.lasts.total_seconds() == pytest.approx(seconds, abs=0.1)
    assert offer.usual.total_seconds() == pytest.approx(usual, abs=0.1)


def test_words_below_a_picture_cost_a_message_of_their_own(newsroom: Newsroom) -> None:
    short = offered(newsroom, replace(NOTICE, attached=PICTURE), people=5000)
    long = offered(newsroom, replace(NOTICE, attached=PICTURE, text=Html("а" * 900)), people=5000)
    assert (short and short.stars, long and long.stars) == (500, 1000)


def test_where_it_saves_nothing_it_is_not_offered(newsroom: Newsroom) -> None:
    assert offered(newsroom, NOTICE, people=300) is None
    assert offered(newsroom, replace(NOTICE, audience=Audience.CHANNEL), people=10_000) is None
    for kind in (NoticeKind.CORRECTED, NoticeKind.WITHDRAWN):
        assert offered(newsroom, replace(NOTICE, kind=kind), people=10_000) is None


def test_time_is_said_as_short_as_can_be(newsroom: Newsroom) -> None:
    said = [newsroom.profile.texts.brief("ru", timedelta(seconds=n)) for n in (1, 33.3, 58, 333.3, 4800)]
    assert said == ["5\u00a0с", "35\u00a0с", "1\u00a0мин", "6\u00a0мин", "1\u00a0ч 20\u00a0мин"]
