"""Ready texts: the buttons that fill them in, and a draft filled by one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from broadcasts.composing.draft import NoticeDraft
from broadcasts.incident import IncidentKind, NoticeKind, Severity, Status
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
        """A button for each that is meant for this step of an incident."""
        fitting = [each for each in self._profile.templates if fits(draft, each)]
        return [[talk.named(each.title, "fill", draft.token, each.id)] for each in fitting[:SHOWN]]

    def filled(
        self, draft: NoticeDraft, template: NoticeTemplate, began: datetime | None = None
    ) -> NoticeDraft:
        """The draft with the template's words and promise; a new one is called and coloured by it too."""
        new = draft.kind is NoticeKind.OPENED
        minutes = 0 if draft.kind.ends else template.minutes
        next_by = self._now + timedelta(minutes=minutes) if minutes else None
        components = template.components if new and template.components else draft.components
        said = template.filled(self._profile.language, self._known(components, began, next_by))
        return replace(
            draft,
            severity=draft.severity or Severity(template.severity),
            status=Status(template.status) if template.status and fits(draft, template) else draft.status,
            title=template.title if new else draft.title,
            text=Html(said) if bare(said).strip() else draft.text,
            components=components,
            next_by=next_by,
        )

    def _known(
        self, components: Sequence[str], began: datetime | None, next_by: datetime | None
    ) -> Mapping[str, str]:
        """What the words may name."""
        language, zone, texts = self._profile.language, self._profile.zone, self._profile.texts
        names = [self._profile.component(each).name(language) for each in components]
        return {
            "company": self._profile.company,
            "components": ", ".join(names),
            "now": texts.clock(language, self._now.astimezone(zone)),
            "started": texts.clock(language, (began or self._now).astimezone(zone)),
            "next_by": "" if next_by is None else texts.clock(language, next_by.astimezone(zone)),
        }


def fits(draft: NoticeDraft, template: NoticeTemplate) -> bool:
    """Whether a text is meant for a step of an incident; maintenance and corrections take none."""
    if draft.of is IncidentKind.MAINTENANCE:
        return False
    match draft.kind:
        case NoticeKind.OPENED:
            return template.status in {"", Status.INVESTIGATING}
        case NoticeKind.UPDATED:
            return template.status != Status.RESOLVED
        case NoticeKind.RESOLVED:
            return template.status == Status.RESOLVED
    return False
