"""Ready texts: the buttons that fill them in, and a draft filled by one."""

from dataclasses import replace
from datetime import datetime, timedelta

from broadcasts.composing.draft import NoticeDraft
from broadcasts.incident import Severity
from desk.formatted import Html, bare
from desk.notice_template import NoticeTemplate
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk

SHOWN = 12


class ReadyTexts:
    """The templates of a desk."""

    def __init__(self, profile: Profile, now: datetime) -> None:
        self._profile, self._now = profile, now

    def named(self, template_id: str) -> NoticeTemplate | None:
        """A template by its id."""
        return next((each for each in self._profile.templates if each.id == template_id), None)

    def rows(self, draft: NoticeDraft, talk: Talk) -> list[list[Button]]:
        """A button for each, where a new incident's text is asked for."""
        if draft.incident_id is not None or draft.window is not None:
            return []
        return [
            [talk.named(each.title, "fill", draft.token, each.id)] for each in self._profile.templates[:SHOWN]
        ]

    def filled(
        self, draft: NoticeDraft, template: NoticeTemplate, began: datetime | None = None
    ) -> NoticeDraft:
        """The draft with the template's words, title and promise, and what it has not itself of the rest."""
        language, zone, texts = self._profile.language, self._profile.zone, self._profile.texts
        next_by = self._now + timedelta(minutes=template.minutes) if template.minutes else None
        components = template.components or draft.components
        names = [self._profile.component(each).name(language) for each in components]
        known = {
            "company": self._profile.company,
            "components": ", ".join(names),
            "now": texts.clock(language, self._now.astimezone(zone)),
            "started": texts.clock(language, (began or self._now).astimezone(zone)),
            "next_by": "" if next_by is None else texts.clock(language, next_by.astimezone(zone)),
        }
        said = template.filled(language, known)
        return replace(
            draft,
            severity=draft.severity or Severity(template.severity),
            title=template.title,
            text=Html(said) if bare(said).strip() else draft.text,
            components=components,
            next_by=next_by,
        )
