"""The texts of an incident: its post in the channel, the replies, and what operators are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcasts.incident import Incident, IncidentPlan, Notice, NoticeKind, as_told
from desk.content import TEXT_LIMIT
from desk.formatted import Html, in_brief, length_of
from desk.profile import Profile

About = IncidentPlan | Incident
FRAME = 600
"""Characters kept free for what stands around a post in a preview and in the operators' group."""
POST_LIMIT = TEXT_LIMIT - FRAME
REMEMBERED = 10
STEP = 200
HOUR = 60


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One earlier notice below the newest."""

    at: datetime
    text: str


class IncidentWording:
    """Writes an incident's texts in the desk's language and zone."""

    def __init__(self, profile: Profile) -> None:
        self._profile, self._texts, self._language = profile, profile.texts, profile.language

    def post(self, about: About, notices: Sequence[Notice]) -> Html:
        """The post: the newest notice, and as much of the history as there is room for."""
        steps = as_told(notices)
        for shown in range(min(len(steps) - 1, REMEMBERED), 0, -1):
            html = self._post(about, notices, steps[-2 : -2 - shown : -1])
            if length_of(html) <= POST_LIMIT:
                return html
        return self._post(about, notices, ())

    def excess(self, about: About, notices: Sequence[Notice]) -> int:
        """By how many characters the newest notice is too long for a post; 0 if it fits."""
        return max(0, length_of(self._post(about, notices, ())) - POST_LIMIT)

    def reply(self, notices: Sequence[Notice]) -> Html:
        """The newest notice as a reply to the post."""
        last = notices[-1]
        opened = last.kind is NoticeKind.OPENED
        key = f"incident.title.{last.severity.value}" if opened else f"incident.reply.{last.kind.value}"
        title = self._texts.plain(key, self._language, length=_spell(self._profile, notices))
        said = self._texts.say(
            "incident.headed", self._language, sign=_sign(last), title=title, text=last.text
        )
        return Html(said)

    def to_operators(self, notices: Sequence[Notice], author: str, *, channel: bool) -> str:
        """The newest notice for operators, with what customers will ask and what to answer."""
        last = notices[-1]
        about = last.kind.value if last.kind.ends else last.severity.value
        return self._texts.say(
            "incident.to_operators",
            self._language,
            kind=last.kind.value,
            author=author,
            channel=channel,
            notice=self.reply(notices),
            asked=self._texts.say(f"incident.asked.{about}", self._language),
            answer=self._texts.say(f"incident.answer.{about}", self._language),
        )

    def _post(self, about: About, notices: Sequence[Notice], history: Sequence[Notice]) -> Html:
        last, zone = notices[-1], self._profile.zone
        how = last.kind.value if last.kind.ends else last.severity.value
        said = self._texts.say(
            "incident.post",
            self._language,
            sign=_sign(last),
            title=self._texts.plain(
                f"incident.title.{how}", self._language, length=_spell(self._profile, notices)
            ),
            text=last.text,
            started=notices[0].at.astimezone(zone),
            updated=last.at.astimezone(zone) if len(notices) > 1 else None,
            history=[HistoryLine(each.at.astimezone(zone), in_brief(each.text, STEP)) for each in history],
        )
        return Html(said.strip())


def _sign(notice: Notice) -> str:
    return {NoticeKind.RESOLVED: "✅", NoticeKind.WITHDRAWN: "⚪️"}.get(notice.kind, notice.severity.sign)


def _spell(profile: Profile, notices: Sequence[Notice]) -> str:
    """How long the incident has lasted, in the desk's language."""
    lasted = notices[-1].at - notices[0].at
    minutes = max(1, round(lasted.total_seconds() / 60))
    if minutes < HOUR:  # "for a minute" takes a case of its own in Russian, "1 min" does not
        return profile.texts.plain("time.short.minutes", profile.language, n=minutes)
    return profile.texts.spell(profile.language, lasted)
