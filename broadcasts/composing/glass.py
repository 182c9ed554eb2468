"""Break glass: publishing without the second person, with a reason that everybody who manages hears."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from broadcasts.composing.composer import NoticeComposer
from broadcasts.composing.decisions import REASON
from broadcasts.composing.draft import NoticeDraft, NoticeDrafts
from desk.alarm import Alarm
from desk.authority import Attempt, Authority, Right
from desk.formatted import bare, cut
from desk.talk import Talk

GLASS, NOTE = "glass", "note"
"""What its author is asked for: why it cannot wait for a second person, and a note afterwards."""


class BreakGlass:
    """Asks for a reason, publishes at once, tells all managers, and asks for a note."""

    def __init__(
        self,
        composer: NoticeComposer,
        *,
        drafts: NoticeDrafts,
        authority: Authority,
        alarm: Alarm,
        now: datetime,
    ) -> None:
        self._composer, self._drafts = composer, drafts
        self._authority, self._alarm, self._now = authority, alarm, now
        self.answers: dict[str, Callable[[NoticeDraft, str, Talk], None]] = {
            GLASS: self._reason_told,
            NOTE: self._noted,
        }

    def ask(self, token: str, message_id: int, talk: Talk) -> str:
        """Ask why; returns the toast."""
        draft = self._drafts.find(token)
        if draft is None or self._composer.complete(draft) is None:
            return self._composer.dead(token, message_id, talk)
        if draft.manager_id != talk.person.telegram_id:
            return talk.plain("approval.not_yours")
        if (obstacle := self._composer.obstacle(draft)) is not None:
            return self._composer.anew(obstacle, message_id, talk)
        self._drafts.keep(replace(draft, asking=GLASS))
        talk.say(talk.text("glass.ask"), [[talk.button("button.never_mind_glass", "change", token)]])
        return talk.plain("glass.toast.ask")

    def _reason_told(self, draft: NoticeDraft, html: str, talk: Talk) -> None:
        reason = cut(" ".join(bare(html).split()), REASON)
        attempt = Attempt("glass", draft.token, Right.PUBLISH, details=reason)
        announcement, obstacle = self._composer.complete(draft), self._composer.obstacle(draft)
        if not self._authority.admits(talk.person, attempt):
            talk.say(talk.text("manager.refused"))
        elif announcement is None or obstacle is not None:
            self._composer.go_on(replace(draft, asking=None), talk)
        else:
            self._drafts.drop(draft)
            self._composer.let_out(announcement, None, talk)
            name, title = talk.person.name, draft.called
            told = talk.text("glass.told", name=name, title=title, reason=reason)
            self._alarm.say(told)
            note = NoticeDraft(
                manager_id=draft.manager_id,
                where=draft.where,
                title=draft.called,
                asking=NOTE,
                started_at=self._now,
            )
            self._drafts.keep(note.sealed(0))
            talk.say(talk.text("glass.note"))

    def _noted(self, draft: NoticeDraft, html: str, talk: Talk) -> None:
        note = cut(" ".join(bare(html).split()), REASON)
        self._drafts.drop(draft)
        if self._authority.admits(talk.person, Attempt("note", None, Right.PUBLISH, details=note)):
            self._alarm.say(talk.text("glass.noted", name=talk.person.name, title=draft.title, note=note))
            talk.say(talk.text("glass.thanks"))
