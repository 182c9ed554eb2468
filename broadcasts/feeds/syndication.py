"""RSS and Atom: one entry for each notice, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from broadcasts.feeds.feed_wording import FeedWording, clean, iso
from broadcasts.feeds.picture import Picture, ShownIncident, ShownNotice
from broadcasts.feeds.public_html import public

MOST = 50
"""So many entries at most: what is older, readers have."""
ATOM = "http://www.w3.org/2005/Atom"
ElementTree.register_namespace("atom", ATOM)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One notice as feeds tell it."""

    key: str
    title: str
    link: str
    at: datetime
    changed_at: datetime
    html: str


def entries(picture: Picture, language: str) -> list[FeedEntry]:
    """What was told, newest first."""
    every = sorted(_every(picture, FeedWording(picture, language)), key=lambda each: each.at, reverse=True)
    return every[:MOST]


def _every(picture: Picture, wording: FeedWording) -> Iterator[FeedEntry]:
    for incident in picture.every:
        for notice in incident.notices:
            yield _entry(picture, wording, incident, notice)


def _entry(picture: Picture, wording: FeedWording, incident: ShownIncident, notice: ShownNotice) -> FeedEntry:
    title = wording.title(incident)
    if not incident.withdrawn:
        title = wording.say("feed.entry", title=title, status=wording.status(notice.status))
    return FeedEntry(
        key=f"{picture.url}/i/{incident.id}#{notice.number}",
        title=title,
        link=f"{picture.link(incident)}#notice-{incident.id}-{notice.number}",
        at=notice.at,
        changed_at=notice.changed_at,
        html=clean(public(notice.text)),
    )


def atom(picture: Picture, language: str) -> bytes:
    """The feed as Atom."""
    wording, told = FeedWording(picture, language), entries(picture, language)
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _text(feed, "id", f"{picture.url}/history.atom")
    _text(feed, "title", wording.say("feed.title", name=clean(picture.name)))
    _text(feed, "updated", iso(picture, picture.updated_at))
    SubElement(feed, "link", {"rel": "self", "href": f"{picture.url}/history.atom"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{picture.url}/"})
    _text(SubElement(feed, "author"), "name", clean(picture.name))
    for each in told:
        entry = SubElement(feed, "entry")
        _text(entry, "id", each.key)
        _text(entry, "title", each.title)
        _text(entry, "published", iso(picture, each.at))
        _text(entry, "updated", iso(picture, each.changed_at))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": each.link})
        _text(entry, "content", each.html, type="html")
    return _written(feed)


def rss(picture: Picture, language: str) -> bytes:
    """The feed as RSS 2.0."""
    wording = FeedWording(picture, language)
    root = Element("rss", {"version": "2.0"})
    channel = SubElement(root, "channel")
    _text(channel, "title", wording.say("feed.title", name=clean(picture.name)))
    _text(channel, "link", f"{picture.url}/")
    _text(channel, "description", wording.say("feed.about", name=clean(picture.name)))
    _text(channel, "language", language)
    _text(channel, "lastBuildDate", format_datetime(picture.updated_at.astimezone(picture.zone)))
    itself = {"rel": "self", "type": "application/rss+xml", "href": f"{picture.url}/history.rss"}
    SubElement(channel, f"{{{ATOM}}}link", itself)
    for each in entries(picture, language):
        item = SubElement(channel, "item")
        _text(item, "title", each.title)
        _text(item, "description", each.html)
        _text(item, "link", each.link)
        _text(item, "guid", each.key, isPermaLink="false")
        _text(item, "pubDate", format_datetime(each.at.astimezone(picture.zone)))
    return _written(root)


def _text(parent: Element, name: str, said: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = said


def _written(root: Element) -> bytes:
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
