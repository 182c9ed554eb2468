"""The words of feeds and pages in one language: names, titles, statuses, times for machines."""

from datetime import datetime

from broadcasts.feeds.picture import Picture, ShownIncident
from broadcasts.incident import Status
from desk.formatted import bare


class FeedWording:
    """Says what stands in a picture in one language."""

    def __init__(self, picture: Picture, language: str) -> None:
        self._picture, self.language = picture, language

    def say(self, key: str, **params: object) -> str:
        """A text of ours without formatting."""
        return self._picture.texts.plain(key, self.language, **params)

    def title(self, incident: ShownIncident) -> str:
        """What an incident is called; nothing of one that was withdrawn is said again."""
        if incident.withdrawn:
            return self.say(f"feed.withdrawn.{incident.kind.value}")
        return clean(incident.title) or self.say(f"feed.untitled.{incident.kind.value}")

    def status(self, status: Status) -> str:
        """How far something has come."""
        return self.say(f"feed.status.{status.value}")

    def component(self, component_id: str) -> str:
        """A component's name."""
        return clean(self._picture.names[component_id].name(self.language))

    def components(self, incident: ShownIncident) -> str:
        """The names of an incident's components."""
        return ", ".join(map(self.component, incident.components))

    def impact(self) -> str:
        """How the whole service is, in a sentence."""
        return self.say(f"feed.impact.{self._picture.impact.value}")

    def span(self, begins: datetime, ends: datetime) -> tuple[str, str, str]:
        """From when, a dash, until when: "сегодня в 14:20", "–", "16:20"."""
        zone, texts = self._picture.zone, self._picture.texts
        if begins.astimezone(zone).date() != ends.astimezone(zone).date():
            return self.moment(begins), " — ", self.moment(ends)
        return self.moment(begins), "–", texts.clock(self.language, ends.astimezone(zone))

    def moment(self, at: datetime) -> str:
        """A time as seen from now, in the desk's zone."""
        zone = self._picture.zone
        return self._picture.texts.moment(
            self.language, at.astimezone(zone), self._picture.taken_at.astimezone(zone)
        )


def iso(picture: Picture, at: datetime) -> str:
    """A time as machines read it: milliseconds, and how far the desk's zone is from UTC."""
    return at.astimezone(picture.zone).isoformat(timespec="milliseconds")


def plain(html: str) -> str:
    """A notice without formatting."""
    return clean(bare(html))


def clean(text: str) -> str:
    """A text without the characters that XML has no way to say."""
    return "".join(each for each in text if each in "\t\n" or _sayable(each))


def _sayable(character: str) -> bool:
    code = ord(character)
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF
