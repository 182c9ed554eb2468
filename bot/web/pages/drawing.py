"""From a path and a picture to a page: which path is drawn how."""

import json
import re

from bot.web.pages.kept_page import KeptPage
from bot.web.pages.plate import plate
from bot.web.pages.status_view import StatusView
from broadcasts.feeds.picture import Picture
from broadcasts.feeds.statuspage import PAGES, drawn
from broadcasts.feeds.syndication import atom, rss

JSON = "application/json; charset=utf-8"
API = "api/v2/"
INCIDENT = re.compile("i/([0-9]{1,18})")


ALWAYS = frozenset({"embed.js"})
"""What is given however old the picture is."""


def tells_the_time(path: str) -> bool:
    """Whether what stands at a path changes with the time alone: pages for people do."""
    return not path or INCIDENT.fullmatch(path) is not None


def draw(picture: Picture, path: str, language: str) -> KeptPage | None:
    """The page at a path, without a slash at its beginning; None where there is none."""
    if path.startswith(API) and (name := path.removeprefix(API).removesuffix(".json")) in PAGES:
        return KeptPage.of(_json(drawn(picture, name, language)), JSON)
    match path:
        case "":
            return StatusView(picture, language).page()
        case "embed.js":
            return plate()
        case "history.rss":
            return KeptPage.of(rss(picture, language), "application/rss+xml; charset=utf-8")
        case "history.atom":
            return KeptPage.of(atom(picture, language), "application/atom+xml; charset=utf-8")
        case "maintenance.ics":
            from broadcasts.feeds.timetable import timetable  # only here: its package takes a while to load

            named = 'inline; filename="maintenance.ics"'
            return KeptPage.of(
                timetable(picture, language), "text/calendar; charset=utf-8", Content_Disposition=named
            )
    found = INCIDENT.fullmatch(path)
    incident = None if found is None else picture.find(int(found[1]))
    return None if incident is None else StatusView(picture, language, "../").incident_page(incident)


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
