"""What stands on the status page and on an incident's own page, in words of one language."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from bot.web.pages.kept_page import KeptPage
from bot.web.pages.layout import html_page
from broadcasts.feeds.days import DayState, ShownDay, days_of
from broadcasts.feeds.feed_wording import FeedWording, iso
from broadcasts.feeds.picture import (
    ComponentStatus,
    Impact,
    Picture,
    ShownComponent,
    ShownIncident,
    ShownNotice,
)
from broadcasts.feeds.public_html import public
from broadcasts.incident import Window

FIRST = 10
"""So many of what is over are told at once, the rest is folded."""
COLOUR = {"critical": "red", "major": "red", "minor": "yellow", "maintenance": "blue", "none": "green"}
BY_STATUS = {
    "operational": "green",
    "degraded_performance": "yellow",
    "major_outage": "red",
    "under_maintenance": "blue",
    "unclear": "grey",
}
AS_A_WHOLE = {
    Impact.NONE: "operational",
    Impact.MAINTENANCE: "under_maintenance",
    Impact.MINOR: "degraded_performance",
    Impact.MAJOR: "partial",
    Impact.CRITICAL: "major_outage",
}
UNCLEAR = "unclear"
"""How a component is while nobody knows."""
HEIGHT, WIDTH, STEP = 32, 4, 5
"""Of a bar of the picture of days, and from one bar to the next."""
View = dict[str, Any]


class StatusView:
    """Says a picture as people read it; `up` leads from the page to the desk's root."""

    def __init__(self, picture: Picture, language: str, up: str = "./") -> None:
        self._picture, self._up = picture, up
        self._wording, self._language = FeedWording(picture, language), language

    def page(self) -> KeptPage:
        """The status page."""
        picture = self._picture
        ended = [self.incident(each) for each in picture.ended]
        return html_page(
            "status.j2",
            **self._frame(),
            live=[self.incident(each) for each in picture.unresolved],
            works=[self.incident(each) for each in (*picture.active, *picture.upcoming)],
            groups=self._groups(),
            ended=ended[:FIRST],
            older=ended[FIRST:],
            told_days=self._told_days(days_of(picture)),
        )

    def incident_page(self, incident: ShownIncident) -> KeptPage:
        """The page of one incident."""
        return html_page("incident.j2", **self._frame(), incident=self.incident(incident))

    def incident(self, incident: ShownIncident) -> View:
        """An incident, its newest notice first."""
        wording = self._wording
        return {
            "id": incident.id,
            "title": wording.title(incident),
            "colour": "grey" if incident.withdrawn else COLOUR[incident.impact.value],
            "status": wording.status(incident.status),
            "names": wording.components(incident),
            "started": self._time(incident.started_at),
            "lasted": self._lasted(incident),
            "next_by": self._promise(incident),
            "window": incident.window and self._window(incident.window),
            "notices": [self._notice(each) for each in reversed(incident.notices)],
        }

    def _frame(self) -> View:
        """What stands on every page."""
        picture, wording, stale = self._picture, self._wording, self._picture.stale_since
        others = [each for each in picture.texts.languages if each != self._language]
        return {
            "say": wording.say,
            "language": self._language,
            "others": [(each, picture.texts.plain("language.name", each)) for each in others],
            "name": picture.name,
            "impact": wording.impact()
            if stale is None
            else wording.say("page.stale", when=wording.moment(stale)),
            "colour": COLOUR[picture.impact.value] if stale is None else "grey",
            "at": None if stale else self._time(picture.taken_at),
            "zone": _offset(picture),
            "follow": picture.follow,
            "up": self._up,
        }

    def _time(self, at: datetime) -> View:
        return {"iso": iso(self._picture, at), "said": self._wording.moment(at)}

    def _window(self, window: Window) -> tuple[View, str, View]:
        begins, dash, ends = self._wording.span(window.begins, window.ends)
        from_, until = iso(self._picture, window.begins), iso(self._picture, window.ends)
        return {"iso": from_, "said": begins}, dash, {"iso": until, "said": ends}

    def _promise(self, incident: ShownIncident) -> View | None:
        """When news is promised; a promise that has passed is not repeated as if it were to come."""
        at = incident.next_by
        return self._time(at) if at and incident.live and at > self._picture.taken_at else None

    def _lasted(self, incident: ShownIncident) -> str | None:
        if incident.ended_at is None or incident.withdrawn or incident.of_maintenance:
            return None
        return self._spell(incident.ended_at - incident.started_at)

    def _spell(self, length: timedelta) -> str:
        return self._picture.texts.spell(self._language, length)

    def _notice(self, notice: ShownNotice) -> View:
        corrected = notice.changed_at > notice.at
        return {
            "number": notice.number,
            "status": self._wording.status(notice.status),
            "at": self._time(notice.at),
            "corrected": self._time(notice.changed_at) if corrected else None,
            "html": public(notice.text),
        }

    def _groups(self) -> list[tuple[str, list[View]]]:
        """Components below their headings, in the order of the configuration; those without one first."""
        groups: dict[str, list[View]] = {"": []}
        if not self._picture.components:
            groups[""].append(self._whole(self._picture.name))
        elif self._picture.unplaced:  # no part tells of these, and all would look as if they worked
            groups[""].append(self._whole(self._wording.say("page.whole")))
        for each in self._picture.components:
            groups.setdefault(each.component.group(self._language) or "", []).append(self._component(each))
        return [(heading, those) for heading, those in groups.items() if those]

    def _component(self, shown: ShownComponent) -> View:
        status = UNCLEAR if self._unclear(shown) else shown.status.value
        return {
            "name": self._wording.component(shown.component.id),
            "status": self._wording.say(f"page.component.{status}"),
            "colour": BY_STATUS[status],
            **self._bars(days_of(self._picture, shown.component.id)),
        }

    def _unclear(self, shown: ShownComponent) -> bool:
        """Whether something is down, and nobody has said yet that it is not this."""
        down = (each.live and each.impact is Impact.CRITICAL for each in self._picture.unplaced)
        return shown.status is ComponentStatus.OPERATIONAL and any(down)

    def _whole(self, name: str) -> View:
        """The service as a whole."""
        return {
            "name": name,
            "status": self._wording.say(f"page.component.{AS_A_WHOLE[self._picture.impact]}"),
            "colour": COLOUR[self._picture.impact.value],
            **self._bars(days_of(self._picture)),
        }

    def _bars(self, days: Sequence[ShownDay]) -> View:
        count = Counter(each.state for each in days)
        unknown = sum(bool(each.unknown) for each in days)
        label = self._wording.say(
            "page.bars", red=count[DayState.RED], yellow=count[DayState.YELLOW], unknown=unknown
        )
        return {"label": label, "bars": [self._bar(n, each) for n, each in enumerate(days)]}

    def _bar(self, place: int, day: ShownDay) -> View:
        grey = HEIGHT if day.state is DayState.UNKNOWN else round(HEIGHT * day.share_unknown)
        return {
            "x": place * STEP,
            "state": day.state.value,
            "grey": grey if day.unknown else 0,
            "title": f"{self._day(day)}: {self._said(day)}",
        }

    def _told_days(self, days: Iterable[ShownDay]) -> list[tuple[str, str]]:
        """The days of which there is something to say, the newest first."""
        told = [each for each in days if each.state is not DayState.WELL or each.unknown]
        return [(self._day(each), self._said(each)) for each in reversed(told)]

    def _day(self, day: ShownDay) -> str:
        zone, noon = self._picture.zone, datetime.combine(day.day, time(12))
        texts, now = self._picture.texts, self._picture.taken_at.astimezone(zone)
        return texts.day(self._language, noon.replace(tzinfo=zone), now)

    def _said(self, day: ShownDay) -> str:
        parts = []
        if day.state not in {DayState.WELL, DayState.UNKNOWN}:
            parts.append(self._wording.say(f"page.day.{day.state.value}", length=self._spell(day.lasted)))
        if day.unknown:
            whole = day.state is DayState.UNKNOWN
            parts.append(
                self._wording.say("page.no_data")
                if whole
                else self._wording.say("page.day.unknown", length=self._spell(day.unknown))
            )
        return ", ".join(parts) or self._wording.say("page.day.well")


def _offset(picture: Picture) -> str:
    """How far the times on the page are from UTC: "UTC+3"."""
    said = picture.taken_at.astimezone(picture.zone).strftime("%z")
    minutes = f":{said[3:5]}" if said[3:5] != "00" else ""
    return f"UTC{said[0]}{int(said[1:3])}{minutes}"
