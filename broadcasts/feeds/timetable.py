"""The timetable: maintenance as a calendar to subscribe to."""

from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from broadcasts.feeds.feed_wording import FeedWording, plain
from broadcasts.feeds.picture import Picture, ShownIncident
from broadcasts.incident import Window

AGAIN = timedelta(minutes=15)
"""How often calendars are asked to look again; most do so when they please."""


def timetable(picture: Picture, language: str) -> bytes:
    """Every maintenance with a window, as iCalendar."""
    wording, calendar = FeedWording(picture, language), Calendar()
    calendar.add("prodid", "-//Otklik//status//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", wording.say("feed.calendar", name=picture.name))
    calendar.add("x-wr-timezone", str(picture.zone))
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for each in picture.every:
        if each.of_maintenance and each.window is not None:
            calendar.add_component(_event(picture, wording, each, each.window))
    written: bytes = calendar.to_ical()
    return written


def _event(picture: Picture, wording: FeedWording, work: ShownIncident, window: Window) -> Event:
    event = Event()
    event.add("uid", f"{work.id}@{urlsplit(picture.url).hostname or picture.desk}")
    event.add("sequence", work.changes)
    event.add("dtstamp", work.updated_at)
    event.add("last-modified", work.updated_at)
    event.add("dtstart", window.begins)
    event.add("dtend", window.ends)
    event.add("summary", wording.title(work))
    event.add("description", plain(work.notices[-1].text) if work.notices else "")
    event.add("status", "CANCELLED" if work.withdrawn else "CONFIRMED")
    event.add("url", picture.link(work))
    if names := wording.components(work):
        event.add("categories", [names])
    return event
