"""What is drawn from a picture: calendars, ninety days, harmless HTML, what hooks are told of components."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from bot.web.pages.status_pages import PATHS
from broadcasts.feeds.days import DayState, days_of
from broadcasts.feeds.outgoing import bodies
from broadcasts.feeds.picture import ComponentStatus, Impact
from broadcasts.feeds.public_html import public, safe_address
from broadcasts.feeds.statuspage import drawn
from broadcasts.feeds.syndication import atom, rss
from broadcasts.feeds.timetable import timetable
from broadcasts.incident import IncidentKind, IncidentPlan, NoticeKind, Severity, Status, Window
from storage.tables import metadata
from tests.browser.outside.sights import NOW, Desk

HOUR = timedelta(hours=1)
WINDOW = Window(NOW + HOUR, NOW + 2 * HOUR)
WORK = IncidentPlan(kind=IncidentKind.MAINTENANCE, title="Работы", components=("site",), window=WINDOW)
PLANNED = {"severity": Severity.GREEN, "status": Status.SCHEDULED}
LINK = '<a href="https://a.example/?a=1&amp;b=2"'
PAYMENTS = IncidentPlan(title="Оплата", components=("payments",))


@pytest.fixture
def desk() -> Iterator[Desk]:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    metadata.create_all(engine)
    with engine.begin() as connection:
        yield Desk(connection)
    engine.dispose()


def calendar(desk: Desk) -> list[tuple[str, int, str]]:
    events = Calendar.from_ical(timetable(desk.picture(), "ru")).walk("VEVENT")
    return [(str(each["summary"]), int(each["sequence"]), str(each["status"])) for each in events]


def test_a_moved_maintenance_goes_on_in_the_calendar_and_one_called_off_is_cancelled(desk: Desk) -> None:
    one = desk.opens(WORK, "Будем обновлять", 3 * HOUR, **PLANNED)
    assert calendar(desk) == [("Работы", 0, "CONFIRMED")]
    later = replace(WORK, window=Window(NOW + 5 * HOUR, NOW + 6 * HOUR))
    desk.tells(one, later, "Позже", 2 * HOUR, kind=NoticeKind.RESCHEDULED, **PLANNED)
    assert calendar(desk) == [("Работы", 1, "CONFIRMED")]
    (event,) = Calendar.from_ical(timetable(desk.picture(), "ru")).walk("VEVENT")
    assert event["dtstart"].dt == NOW + 5 * HOUR
    assert str(event["uid"]) == f"{one}@status.example.com"
    desk.tells(one, later, "Не будем", HOUR, kind=NoticeKind.WITHDRAWN, **PLANNED)
    assert calendar(desk) == [("Работы отменены", 2, "CANCELLED")]


def test_announced_work_changes_nothing_yet_and_work_under_way_does(desk: Desk) -> None:
    one = desk.opens(WORK, "Будем обновлять", 3 * HOUR, **PLANNED)
    assert desk.picture().impact is Impact.NONE
    begun = {"severity": Severity.GREEN, "status": Status.IN_PROGRESS}
    desk.tells(one, WORK, "Начали", HOUR, **begun)
    picture = desk.picture()
    assert picture.impact is Impact.MAINTENANCE
    assert picture.components[0].status is ComponentStatus.MAINTENANCE
    active = drawn(picture, "scheduled-maintenances/active", "ru")["scheduled_maintenances"]
    assert [(each["status"], each["scheduled_for"][:16]) for each in active] == [
        ("in_progress", "2026-11-20T16:20")
    ]


def test_a_correction_changes_the_entry_in_its_place(desk: Desk) -> None:
    one = desk.opens(PAYMENTS, "Не раб<b>о</b>тает всё", 2 * HOUR)
    desk.tells(one, PAYMENTS, "Не работает оплата", HOUR, kind=NoticeKind.CORRECTED)
    told = atom(desk.picture(), "ru").decode()
    assert told.count("<entry>") == 1
    assert "тает всё" not in told
    assert f"/i/{one}#1</id>" in told
    assert "<published>2026-11-20T13:20:00.000+03:00</published>" in told
    assert "<updated>2026-11-20T14:20:00.000+03:00</updated>" in told


@pytest.mark.parametrize("feed", [atom, rss])
def test_no_text_breaks_a_feed(desk: Desk, feed: Callable[..., bytes]) -> None:
    wild = "\x00\x08\x1f\ud800]]> &amp; <i>&lt;/description&gt; \U0001f6e0".encode(
        "utf-8", "replace"
    ).decode()
    desk.opens(replace(PAYMENTS, title=wild), wild, HOUR)
    root = ElementTree.fromstring(feed(desk.picture(), "ru"))  # noqa: S314 - our own feed
    assert "\U0001f6e0" in "".join(root.itertext())


def test_the_days_say_what_was_and_what_nobody_knows(desk: Desk) -> None:
    desk.was_at_work((10, 5), (4.5, 0))
    one = desk.opens(PAYMENTS, "!", timedelta(days=2, hours=15))
    slow = {"severity": Severity.YELLOW}
    desk.tells(one, PAYMENTS, "Лучше", timedelta(days=2, hours=14), **slow)
    desk.tells(one, PAYMENTS, "Всё", timedelta(days=1), kind=NoticeKind.RESOLVED, **slow)
    days = {each.day: each for each in days_of(desk.picture(), "payments")}
    assert len(days) == 90
    assert (days[date(2026, 11, 18)].state, days[date(2026, 11, 18)].lasted) == (DayState.RED, HOUR)
    assert days[date(2026, 11, 19)].state is DayState.YELLOW
    assert days[date(2026, 11, 20)].state is DayState.WELL
    assert days[date(2026, 11, 1)].state is DayState.UNKNOWN
    away = days[date(2026, 11, 15)]
    assert (away.state, away.unknown) == (DayState.WELL, timedelta(hours=8, minutes=40))
    assert all(each.state is not DayState.RED for each in days_of(desk.picture(), "site"))


def test_hooks_hear_of_components_that_are_not_as_they_were(desk: Desk) -> None:
    one = desk.opens(PAYMENTS, "!", HOUR)
    incident, update = bodies(desk.picture(), one, [])
    assert incident["incident"]["id"] == str(one)
    assert update["component"]["id"] == "payments"
    changed = update["component_update"]
    assert (changed["old_status"], changed["new_status"]) == ("operational", "major_outage")
    desk.tells(one, PAYMENTS, "?", HOUR / 2)
    before = desk.incidents.notices(one)[:-1]
    assert len(list(bodies(desk.picture(), one, before))) == 1
    desk.tells(one, PAYMENTS, "Всё", HOUR / 3, kind=NoticeKind.RESOLVED)
    before = desk.incidents.notices(one)[:-1]
    _, over = bodies(desk.picture(), one, before)
    assert over["component_update"]["new_status"] == "operational"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("<b>a\nb</b>", "<b>a<br>b</b>"),
        ('<a href="javascript:x">a</a>', "a"),
        (f'{LINK} onclick="x">a</a>', f'{LINK} rel="nofollow noopener noreferrer">a</a>'),
        ("<tg-spoiler>a</tg-spoiler> <span class='x'>b</span>", "a b"),
        ("&lt;script&gt; <script>x</script>", "&lt;script&gt; x"),
        ("<b><i>a</b></i>", "<b><i>a</i></b>"),
        ("<b>a", "<b>a</b>"),
        ("</p></b>a", "a"),
        ("<pre>a\n b</pre>", "<pre>a\n b</pre>"),
    ],
)
def test_formatting_does_no_harm(told: str, shown: str) -> None:
    assert public(told) == shown


@pytest.mark.parametrize("address", ["data:x", " JaVaScript:x", "//a", "/a", "", None, "http://[", "x"])
def test_only_addresses_that_lead_somewhere_are_links(address: str | None) -> None:
    assert safe_address(address) is None


def test_every_path_is_written_down() -> None:
    page = (Path(__file__).parents[2] / "docs" / "howto" / "status-page.md").read_text("utf-8")
    assert [
        path for path in PATHS if f"/{path}" not in page and path.removeprefix("api/v2/") not in page
    ] == []
