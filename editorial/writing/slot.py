"""The slot: the one draft that a manager has in a chat."""

from dataclasses import replace
from datetime import datetime

from desk.talk import Talk
from editorial.writing.changes import Unusable
from editorial.writing.composer import EntryComposer
from editorial.writing.draft import EntryDraft, EntryDrafts, Wanted
from editorial.writing.prompt import Prompt


class DraftSlot:
    """Asks for a phrase or a file without losing an entry half written."""

    def __init__(
        self, drafts: EntryDrafts, *, composer: EntryComposer, prompt: Prompt, now: datetime
    ) -> None:
        self._drafts, self._composer, self._prompt, self._now = drafts, composer, prompt, now

    def waiting(self, talk: Talk) -> EntryDraft | None:
        """The draft that waits for this manager's words here."""
        draft = self._drafts.of(talk.person.telegram_id, talk.where.chat_id)
        return draft if draft is not None and draft.waits(talk.where, self._now) else None

    def written(self, talk: Talk) -> EntryDraft | None:
        """An entry half written in this chat, which must not be replaced."""
        draft = self._drafts.of(talk.person.telegram_id, talk.where.chat_id)
        kept = draft is not None and draft.says_something and not draft.forgotten(self._now)
        return draft if kept else None

    def ask_for(self, wanted: Wanted, talk: Talk) -> None:
        """Ask for a phrase or a file; an entry half written must be finished before a file."""
        former = self.written(talk)
        if former is not None and wanted is Wanted.FILE:
            self._prompt.unfinished(former, talk)
            return
        draft = EntryDraft(
            manager_id=talk.person.telegram_id, where=talk.where, wanted=wanted, touched_at=self._now
        )
        if former is not None:
            draft = replace(former, where=talk.where, wanted=wanted)
        self._composer.go_on(draft, talk)

    def ask_again(self, draft: EntryDraft, talk: Talk) -> None:
        """Ask again, because the words were not what was asked for."""
        self._prompt.refuse(draft, Unusable(f"editor.ask.{draft.wanted.value}"), talk)

    def rest(self, draft: EntryDraft) -> None:
        """Wait for nothing any more; an entry half written can be continued by its buttons."""
        if draft.says_something:
            self._drafts.keep(replace(draft, wanted=Wanted.READY))
        else:
            self._drafts.drop(draft)
