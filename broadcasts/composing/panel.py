"""The panel of a preview: what of a notice can be changed beside its text, and each button's effect."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from broadcasts.composing.draft import NoticeDraft
from broadcasts.composing.faster import FASTER
from broadcasts.incident import MAINTAINING, Audience, IncidentKind, NoticeKind, Severity, Status
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk

SPANS = (15, 30, 60)
"""Minutes until the next notice, as buttons."""
PHASES = {
    IncidentKind.INCIDENT: (Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING),
    IncidentKind.MAINTENANCE: MAINTAINING[:3],
}
COLUMNS = 2

T = TypeVar("T")
Change = Callable[[NoticeDraft, str], NoticeDraft | None]


class NoticePanel:
    """Changes a draft by its buttons; what a button asks in words is heard by the conversation."""

    def __init__(self, profile: Profile, now: datetime) -> None:
        self._profile, self._now = profile, now
        self._changes: dict[str, Change] = {
            "change": lambda draft, _: replace(draft, asking=None),
            "color": self._color,
            "status": self._status,
            "phase": self._phase,
            "whom": self._whom,
            "parts": lambda draft, _: draft,
            "part": self._part,
            "title": lambda draft, _: replace(draft, asking="title"),
            "window": lambda draft, _: replace(draft, asking="window"),
            "until": lambda draft, _: replace(draft, asking="until"),
            "span": self._span,
            "bare": lambda draft, _: replace(draft, attached=None),
            "advert": self._advertising,
        }

    def changed(self, action: str, draft: NoticeDraft, word: str) -> NoticeDraft | None:
        """The draft after a press; None if no button of ours does this to it."""
        change = self._changes.get(action)
        return None if change is None else change(draft, word)

    def knows(self, action: str) -> bool:
        """Whether a press is the panel's."""
        return action in self._changes

    def rows(self, action: str, draft: NoticeDraft, talk: Talk, *, faster: bool) -> list[list[Button]]:
        """The buttons that stand there after a press; `faster`: Stars would save time."""
        if action in {"parts", "part"}:
            return self._parts(draft, talk)
        if action == "until":
            return self._spans(draft, talk)
        return self._all(draft, talk, faster=faster)

    def _all(self, draft: NoticeDraft, talk: Talk, *, faster: bool) -> list[list[Button]]:
        token = draft.token
        buttons = [talk.button(f"panel.audience.{draft.audience.value}", "whom", token)]
        if draft.kind in {NoticeKind.OPENED, NoticeKind.RESCHEDULED} and draft.window is not None:
            buttons.append(talk.button("panel.window", "window", token))
        if not draft.kind.ends:
            buttons.append(talk.button("panel.until", "until", token))
        if draft.kind in {NoticeKind.OPENED, NoticeKind.CORRECTED, NoticeKind.UPDATED}:
            buttons.append(talk.button("panel.title", "title", token))
        if self._profile.components and not draft.kind.ends:
            buttons.append(talk.button("panel.components", "parts", token))
        if draft.kind is NoticeKind.UPDATED and draft.status is not None:
            buttons.append(talk.button(f"panel.status.{draft.status.value}", "status", token))
        if draft.of is IncidentKind.INCIDENT and not draft.kind.ends and draft.severity is not None:
            buttons.append(talk.button(f"severity.{draft.severity.value}", "color", token))
        if draft.attached is not None:
            buttons.append(talk.button("panel.bare", "bare", token))
        if self._profile.advertising:
            buttons.append(
                talk.button(f"panel.advert.{'yes' if draft.advertising else 'no'}", "advert", token)
            )
        if faster:
            buttons.append(talk.button(f"panel.faster.{'yes' if draft.stars else 'no'}", FASTER, token))
        return [buttons[at : at + COLUMNS] for at in range(0, len(buttons), COLUMNS)]

    def _parts(self, draft: NoticeDraft, talk: Talk) -> list[list[Button]]:
        buttons = [
            talk.named(
                f"{'✓ ' if each.id in draft.components else ''}{each.name(talk.language)}",
                "part",
                draft.token,
                each.id,
            )
            for each in self._profile.components
        ]
        rows = [buttons[at : at + COLUMNS] for at in range(0, len(buttons), COLUMNS)]
        return [*rows, self._back(draft, talk)]

    def _spans(self, draft: NoticeDraft, talk: Talk) -> list[list[Button]]:
        spans = [
            talk.named(self._profile.texts.spell(talk.language, timedelta(minutes=n)), "span", draft.token, n)
            for n in SPANS
        ]
        return [spans, [talk.button("panel.no_promise", "span", draft.token, 0)], self._back(draft, talk)]

    def _back(self, draft: NoticeDraft, talk: Talk) -> list[Button]:
        return [talk.button("panel.back", "change", draft.token)]

    def _color(self, draft: NoticeDraft, _: str) -> NoticeDraft:
        return replace(draft, severity=_after(tuple(Severity), draft.severity))

    def _status(self, draft: NoticeDraft, _: str) -> NoticeDraft:
        return replace(draft, status=_after(PHASES[draft.of], draft.status))

    def _phase(self, draft: NoticeDraft, word: str) -> NoticeDraft | None:
        chosen = [each for each in PHASES[draft.of] if each.value == word]
        return replace(draft, status=chosen[0]) if chosen else None

    def _whom(self, draft: NoticeDraft, _: str) -> NoticeDraft:
        return replace(draft, audience=_after(tuple(Audience), draft.audience))

    def _part(self, draft: NoticeDraft, word: str) -> NoticeDraft | None:
        if word not in {each.id for each in self._profile.components}:
            return None
        chosen = set(draft.components) ^ {word}
        return replace(
            draft, components=tuple(each.id for each in self._profile.components if each.id in chosen)
        )

    def _span(self, draft: NoticeDraft, word: str) -> NoticeDraft | None:
        if word not in {str(n) for n in (0, *SPANS)}:
            return None
        next_by = self._now + timedelta(minutes=int(word)) if word != "0" else None
        return replace(draft, next_by=next_by, asking=None)

    def _advertising(self, draft: NoticeDraft, _: str) -> NoticeDraft | None:
        return replace(draft, advertising=not draft.advertising) if self._profile.advertising else None


def _after(choices: Sequence[T], chosen: T | None) -> T:
    """The choice behind the chosen one, round and round."""
    at = choices.index(chosen) if chosen in choices else -1
    return choices[(at + 1) % len(choices)]
