"""What managers see of alerts: what is wrong, the draft as it will look, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadcasts.alerts.alert import AlertSource
from broadcasts.alerts.kept import Alerts, KeptAlert
from broadcasts.composing.draft import NoticeDraft
from broadcasts.composing.second import takes_two
from broadcasts.composing.templates import ReadyTexts, fits
from broadcasts.incident import Incidents, Severity
from broadcasts.telling.wording import IncidentWording
from desk.content import TEXT_LIMIT
from desk.formatted import Html, length_of
from desk.post import Button, Chat, Rows, press
from desk.profile import Profile

PRESSES = "alert"
ABOUT = 400
"""Characters of what the source says; the draft below it needs its room."""
NAMED = 5
"""So many of those that joined are named, and the others counted."""
TOKEN = 16
NOBODY = Chat(0)


@dataclass(frozen=True, slots=True)
class AlertSheet:
    """The message about a draft: its text, and its buttons; those for who may publish nothing are fewer."""

    html: str
    rows: Rows
    drafting: Rows = ()

    def for_one(self, *, publishes: bool) -> Rows:
        """The buttons of a role; what a press may do is asked when it comes."""
        return self.rows if publishes else self.drafting


class AlertWording:
    """Writes alerts in the desk's language, and the drafts that come of them."""

    def __init__(self, profile: Profile, *, alerts: Alerts, incidents: Incidents, now: datetime) -> None:
        self._profile, self._alerts, self._incidents, self._now = profile, alerts, incidents, now
        self._wording = IncidentWording(profile)

    def sheet(self, first: KeptAlert) -> AlertSheet:
        """The message about a draft as it stands now."""
        how, draft = self._how(first), self.draft(first)
        two = self.takes_two(draft)
        html = self._html(first, how, draft, two=two)
        if length_of(html) > TEXT_LIMIT:  # a long ready text needs the room
            html = self._html(replace(first, text=""), how, draft, two=two, named=0)
        acts = self._acts(first, draft, two=two)
        return AlertSheet(html, self._rows(first, how, acts), self._drafting(first, how))

    def _html(self, first: KeptAlert, how: str, draft: NoticeDraft, *, two: bool, named: int = NAMED) -> str:
        others = [each.title for each in self._alerts.feeding(first.id) if each.id != first.id][:named]
        texts, language = self._profile.texts, self._profile.language
        return texts.say(
            "alerted.sheet",
            language,
            how=how,
            questions=first.source is AlertSource.QUESTIONS,
            source=texts.plain(f"alerted.source.{first.source.value}", language),
            title=first.title,
            text=_brief(first.text),
            since=self._moment(first.first_at),
            fired=first.fired,
            others=others,
            more=self._alerts.count(first.id).all - 1 - len(others),
            last=self._moment(first.last_at),
            decided=first.decided,
            post=self._post(draft) if how in {"waits", "put_off"} and draft.text is not None else None,
            channel=self._profile.places.channel is not None,
            rings=first.severity is Severity.RED,
            two=two,
        )

    def draft(self, first: KeptAlert, manager_id: int = 0, where: Chat = NOBODY) -> NoticeDraft:
        """The draft that an alert suggests: with the ready text its rule names, else with words of ours.

        What customers have noticed themselves, without either, needs a person's words.
        """
        asked = first.source is AlertSource.QUESTIONS and first.component is None
        draft = NoticeDraft(
            manager_id=manager_id,
            where=where,
            severity=first.severity,
            text=None if asked else self._suggested(first),
            components=() if first.component is None else (first.component,),
            started_at=first.first_at if manager_id == 0 else self._now,
            alert_id=first.id,
        )
        template = ReadyTexts(self._profile, self._now).named(first.template or "")
        if template is not None and fits(draft, template):
            moment = promised_from(first.first_at, template.minutes, self._now)
            draft = ReadyTexts(self._profile, moment).filled(draft, template, first.first_at)
        return draft.sealed(0)

    def token(self, first: KeptAlert) -> str:
        """What ties a button to the draft that stands above it."""
        return self.draft(first).token[:TOKEN]

    def over(self, first: KeptAlert) -> AlertSheet:
        """A message of its own that says that what opened an incident is over."""
        texts, language = self._profile.texts, self._profile.language
        incident = None if first.incident_id is None else self._incidents.get(first.incident_id)
        title = first.title if incident is None else incident.title
        html = texts.say("alerted.over", language, title=title)
        rows = [[self._resolve(first)]]
        return AlertSheet(html, rows, rows)

    def _how(self, first: KeptAlert) -> str:
        """How it stands with a draft."""
        incident = None if first.incident_id is None else self._incidents.get(first.incident_id)
        firing = self._alerts.count(first.id).firing > 0
        if incident is not None:
            return ("live" if firing else "over") if incident.live else "ended"
        if first.muted:
            return "muted"
        if not firing:
            return "gone"
        return "put_off" if first.put_off else "waits"

    def _rows(self, first: KeptAlert, how: str, acts: Sequence[Button]) -> Rows:
        """What somebody who publishes may do."""
        mute = self._button("alerted.button.mute", "mute", first.id)
        rows: dict[str, Rows] = {
            "waits": [acts, [self._later(first), mute] if first.alike else [self._later(first)]],
            "put_off": [acts],
            "gone": [acts[-1:]],
            "muted": [[self._button("alerted.button.unmute", "unmute", first.id)]],
            "over": [[self._resolve(first)]],
        }
        return rows.get(how, [])

    def _drafting(self, first: KeptAlert, how: str) -> Rows:
        """What somebody may do who only drafts: nothing that is public, or keeps others from seeing it."""
        begin = self._begin(first)
        return {
            "waits": [[begin], [self._later(first)]],
            "put_off": [[begin]],
            "gone": [[begin]],
            "over": [[self._resolve(first)]],
        }.get(how, [])

    def _acts(self, first: KeptAlert, draft: NoticeDraft, *, two: bool) -> Sequence[Button]:
        """Publish what stands in the message, where one may do that alone, or open it."""
        if draft.text is None or two:
            return [self._begin(first)]
        return [
            self._button("button.publish", "publish", first.id, draft.token[:TOKEN]),
            self._begin(first),
        ]

    def _begin(self, first: KeptAlert) -> Button:
        worded = self.draft(first).text is not None
        return self._button(
            "alerted.button.open" if worded else "alerted.button.open_incident", "open", first.id
        )

    def _later(self, first: KeptAlert) -> Button:
        return self._button("alerted.button.later", "later", first.id)

    def takes_two(self, draft: NoticeDraft) -> bool:
        """Whether nobody may publish it alone."""
        announcement = draft.complete(0, 0, self._now)
        return announcement is not None and takes_two(self._profile, announcement.notice, [])

    def _resolve(self, first: KeptAlert) -> Button:
        caption = self._profile.texts.plain("button.resolve", self._profile.language)
        return Button(caption, press("incident", "resolve", first.incident_id or 0))

    def _button(self, key: str, *says: str | int) -> Button:
        return Button(self._profile.texts.plain(key, self._profile.language), press(PRESSES, *says))

    def _post(self, draft: NoticeDraft) -> Html | None:
        announcement = draft.complete(0, 0, self._now)
        return None if announcement is None else self._wording.post(announcement.plan, [announcement.notice])

    def _suggested(self, first: KeptAlert) -> Html:
        """What customers are told: their word for the component, never the source's for a machine."""
        language = self._profile.language
        name = None if first.component is None else self._profile.component(first.component).name(language)
        title = first.title if first.source is AlertSource.GENERIC else None
        key = f"alerted.words.{first.severity.value}"
        return Html(self._profile.texts.say(key, language, component=name, title=title).strip())

    def _moment(self, at: datetime) -> str:
        zone = self._profile.zone
        return self._profile.texts.moment(
            self._profile.language, at.astimezone(zone), self._now.astimezone(zone)
        )


def promised_from(began: datetime, minutes: int, now: datetime) -> datetime:
    """The moment a promise counts from: it must not run on while people read, nor be over when they press."""
    step = timedelta(minutes=minutes) / 2
    passed = max(now - began, timedelta(0))  # what is kept of a time may be a little later than it was
    return began + step * (passed // step) if step else began


def _brief(text: str) -> str:
    return text if len(text) <= ABOUT else text[: ABOUT - 1].rstrip() + "…"
