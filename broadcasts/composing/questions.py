"""What a draft's manager is asked for: its colour, its window, its text."""

from collections.abc import Sequence

from broadcasts.composing.draft import NoticeDraft
from broadcasts.composing.panel import PHASES
from broadcasts.composing.templates import ReadyTexts
from broadcasts.incident import IncidentKind, Notice, NoticeKind, Severity
from desk.post import Button
from desk.talk import Talk

Rows = list[list[Button]]


class NoticeQuestions:
    """Asks for what a draft lacks, one thing after another."""

    def __init__(self, ready: ReadyTexts) -> None:
        self._ready = ready

    def ask(self, draft: NoticeDraft, before: Sequence[Notice], talk: Talk, left_out: str = "") -> None:
        """Ask for the first thing that is lacking."""
        html, rows = self._question(draft, before, talk)
        talk.say(html + left_out, rows)

    def rephrase(self, draft: NoticeDraft, before: Sequence[Notice], talk: Talk, message_id: int) -> None:
        """Ask the same in a question that stands already."""
        html, rows = self._question(draft, before, talk)
        talk.rewrite(message_id, html, rows)

    def _question(self, draft: NoticeDraft, before: Sequence[Notice], talk: Talk) -> tuple[str, Rows]:
        if draft.severity is None:
            return self._severity(draft, talk)
        if draft.lacks_window:
            return talk.text("manager.ask_window"), cancel(draft, talk)
        return self._text(draft, before, talk)

    def _severity(self, draft: NoticeDraft, talk: Talk) -> tuple[str, Rows]:
        rows = [
            [talk.button(f"severity.{each.value}", "severity", draft.token, each.value)] for each in Severity
        ]
        key = "manager.ask_severity" if draft.text is None else "manager.ask_severity_of_text"
        return talk.text(key, text=draft.text), [*rows, *cancel(draft, talk)]

    def _text(self, draft: NoticeDraft, before: Sequence[Notice], talk: Talk) -> tuple[str, Rows]:
        opens = draft.of is IncidentKind.MAINTENANCE and draft.kind is NoticeKind.OPENED
        key = "manager.ask_text.maintenance" if opens else f"manager.ask_text.{draft.kind.value}"
        sign = "🛠" if draft.of is IncidentKind.MAINTENANCE else draft.severity and draft.severity.sign
        html = talk.text(key, sign=sign, text=before[-1].text if before else "")
        rows = [*self._phases(draft, talk), *self._ready.rows(draft, talk)]
        return html, [*rows, *cancel(draft, talk)]

    def _phases(self, draft: NoticeDraft, talk: Talk) -> Rows:
        """How far it has come, where that may have changed."""
        if draft.kind is not NoticeKind.UPDATED:
            return []
        return [
            [
                talk.named(
                    f"{'✓ ' if each is draft.status else ''}{talk.plain(f'panel.status.{each.value}')}",
                    "phase",
                    draft.token,
                    each.value,
                )
            ]
            for each in PHASES[draft.of]
        ]


def cancel(draft: NoticeDraft, talk: Talk) -> Rows:
    """The button that drops the draft."""
    return [[talk.button("button.cancel", "cancel", draft.token)]]
