"""The texts of an incident: its post in the channel, the replies, and what operators are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadcasts.incident import (
    Audience,
    Incident,
    IncidentKind,
    IncidentPlan,
    Notice,
    NoticeKind,
    Status,
    as_told,
)
from desk.content import CAPTION_LIMIT, TEXT_LIMIT
from desk.formatted import Html, bare, between, good_end, in_brief, length_of
from desk.post import Media
from desk.profile import Profile

About = IncidentPlan | Incident
FRAME = 600
"""Characters kept free for what stands around a post in a preview and in the operators' group."""
POST_LIMIT = TEXT_LIMIT - FRAME
SPANNER = "🛠"
REMEMBERED = 10
STEP = 200
HOUR = 60
SAID = frozenset({Status.IDENTIFIED, Status.MONITORING, Status.IN_PROGRESS, Status.VERIFYING})
"""The statuses that a post names; the others are told by its title."""


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
        """The post: the newest notice, and as much of the history as there is room for.

        Below a picture there is room for less: a text that is too long for that is shortened, and the reply
        has it whole.
        """
        steps, limit = as_told(notices), POST_LIMIT if media_of(notices) is None else CAPTION_LIMIT
        told = [each for each in steps[:-1] if each.audience is not Audience.NOBODY]
        for shown in range(min(len(told), REMEMBERED), 0, -1):
            html = self._post(about, notices, told[: -1 - shown : -1])
            if length_of(html) <= limit:
                return html
        html = self._post(about, notices, ())
        excess = length_of(html) - limit
        return html if excess <= 0 else self._post(about, notices, (), shorter=excess)

    def excess(self, about: About, notices: Sequence[Notice]) -> int:
        """By how many characters the newest notice is too long; 0 if it fits."""
        last = notices[-1]
        html = self._post(about, notices, ()) if last.number == 1 else self.reply(about, notices)
        limit = POST_LIMIT if last.attached is None else CAPTION_LIMIT
        return max(0, length_of(html) - limit)

    def reply(self, about: About, notices: Sequence[Notice]) -> Html:
        """The newest notice as a reply to the post."""
        last = notices[-1]
        said = self._texts.say(
            "incident.told",
            self._language,
            sign=_sign(about, last),
            title=self._title(about, notices, reply=True),
            status=self._status(about, last) if last.number > 1 else None,
            text=last.text,
            next_by=self._unsaid(last),
            at=self._local(last.at),
        )
        return Html(said.strip())

    def to_operators(self, about: About, notices: Sequence[Notice], author: str, *, channel: bool) -> str:
        """The newest notice for operators, with what customers will ask and what to answer."""
        last = notices[-1]
        how = last.kind.value if last.kind.ends else _about(about, last)
        return self._texts.say(
            "incident.to_operators",
            self._language,
            kind=last.kind.value,
            author=author,
            channel=channel,
            audience=last.audience.value,
            title=about.title if last.number > 1 else None,
            notice=self.reply(about, notices),
            asked=self._texts.say(f"incident.asked.{how}", self._language),
            answer=self._texts.say(f"incident.answer.{how}", self._language),
        )

    def _post(
        self, about: About, notices: Sequence[Notice], history: Sequence[Notice], *, shorter: int = 0
    ) -> Html:
        last = notices[-1]
        said = self._texts.say(
            "incident.post",
            self._language,
            sign=_sign(about, last),
            title=self._title(about, notices, reply=False),
            named=None
            if last.kind is NoticeKind.WITHDRAWN or _says(as_told(notices)[0], about)
            else about.title,
            status=self._status(about, last),
            text=_shortened(last.text, shorter),
            started=self._local(notices[0].at),
            updated=self._local(last.at) if len(notices) > 1 else None,
            next_by=self._unsaid(last) if len(notices) == 1 else self._local(last.next_by),
            begins=None if last.kind.ends or about.window is None else self._local(about.window.begins),
            ends=None if last.kind.ends or about.window is None else self._local(about.window.ends),
            history=[
                HistoryLine(each.at.astimezone(self._profile.zone), in_brief(each.text, STEP))
                for each in history
            ],
        )
        return Html(said.strip())

    def _title(self, about: About, notices: Sequence[Notice], *, reply: bool) -> str:
        """What stands beside the coloured circle: what kind of notice it is, or how long it lasted."""
        last = notices[-1]
        if last.kind is NoticeKind.REVIEWED and not reply:  # a post-mortem changes nothing above it
            last = next(each for each in reversed(notices) if each.kind.ends)
        if last.kind.ends:
            how = f"incident.title.{_ended(about, last)}"
        elif reply and last.kind is not NoticeKind.OPENED:
            how = f"incident.reply.{last.kind.value}"
        else:
            how = f"incident.title.{_about(about, last)}"
        return self._texts.plain(how, self._language, length=_spell(self._profile, about, notices))

    def _status(self, about: About, last: Notice) -> str | None:
        """How far it has come and what it touches, on one line; None if there is nothing to say."""
        if last.kind is NoticeKind.WITHDRAWN:
            return None
        named = last.status in SAID
        said = [self._texts.plain(f"incident.status.{last.status.value}", self._language)] if named else []
        touched = [self._profile.component(each).name(self._language) for each in about.components]
        return " · ".join([*said, *([", ".join(touched)] if touched else [])]) or None

    def _unsaid(self, last: Notice) -> datetime | None:
        """When the next notice is promised, if the text does not say it itself."""
        at = self._local(last.next_by)
        return None if at is None or re.search(rf"\b0?{at.hour}[:.]{at.minute:02}\b", bare(last.text)) else at

    def _local(self, at: datetime | None) -> datetime | None:
        return None if at is None else at.astimezone(self._profile.zone)


def sign_of(incident: Incident) -> str:
    """The sign before a live incident's words."""
    return SPANNER if incident.kind is IncidentKind.MAINTENANCE else incident.severity.sign


def media_of(notices: Sequence[Notice]) -> Media | None:
    """The picture that a post is made with: the first notice's."""
    first = notices[0].attached
    return None if first is None else Media(first.kind, first.file_id)


def _says(first: Notice, about: About) -> bool:
    """Whether the text itself begins with the title; what is withdrawn bears none."""
    text = " ".join(bare(first.text).split())
    return first.kind is NoticeKind.WITHDRAWN or text.startswith(about.title.rstrip("…"))


def _about(about: About, last: Notice) -> str:
    return "maintenance" if about.kind is IncidentKind.MAINTENANCE else last.severity.value


def _ended(about: About, last: Notice) -> str:
    planned = about.kind is IncidentKind.MAINTENANCE
    return f"maintenance_{last.kind.value}" if planned else last.kind.value


def _sign(about: About, notice: Notice) -> str:
    planned = SPANNER if about.kind is IncidentKind.MAINTENANCE else notice.severity.sign
    ends = {NoticeKind.RESOLVED: "✅", NoticeKind.WITHDRAWN: "⚪️", NoticeKind.REVIEWED: "✅"}
    return ends.get(notice.kind, planned)


def _shortened(text: Html, excess: int) -> Html:
    """The text without so many characters at its end."""
    if not excess:
        return text
    whole = length_of(text)
    end = good_end(bare(text), max(1, whole - excess - 1))
    return Html(between(text, 0, end).rstrip() + "…")


def _spell(profile: Profile, about: About, notices: Sequence[Notice]) -> str:
    """How long the incident has lasted, in the desk's language."""
    over = next((each for each in reversed(notices) if each.kind.ends), notices[-1])
    began = notices[0].at if about.window is None else about.window.begins
    minutes = max(1, round((over.at - began).total_seconds() / 60))
    if minutes < HOUR:  # "for a minute" takes a case of its own in Russian, "1 min" does not
        return profile.texts.plain("time.short.minutes", profile.language, n=minutes)
    return profile.texts.spell(profile.language, over.at - began)
