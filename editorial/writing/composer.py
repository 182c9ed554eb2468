"""The composer of entries: asks for what is missing, shows a preview, and one press saves exactly that."""

from dataclasses import replace
from datetime import datetime

from desk.conversation import ManagerMessage
from desk.formatted import bare, cut
from desk.profile import Profile
from desk.talk import Talk
from editorial.entries.customer_view import CustomerView
from editorial.entries.languages import languages_of, split_by_language
from editorial.writing.changes import (
    MEDIA,
    QUESTION_LIMIT,
    Unusable,
    apply,
    with_answer,
)
from editorial.writing.dates import without_dates
from editorial.writing.draft import OPTIONAL, EntryDraft, EntryDrafts, Wanted
from editorial.writing.preview import Preview
from editorial.writing.prompt import Prompt
from faq.entries.entry import ANY, Entry
from faq.entries.version import Version

ENTRY_PARTS = frozenset(Wanted) - {Wanted.TRIAL, Wanted.FILE, Wanted.READY}


class EntryComposer:
    """Leads a draft from its first word to the press that saves it."""

    def __init__(
        self,
        profile: Profile,
        *,
        drafts: EntryDrafts,
        prompt: Prompt,
        preview: Preview,
        as_customers: CustomerView,
        now: datetime,
    ) -> None:
        self._profile, self._drafts, self._now = profile, drafts, now
        self._prompt, self._preview, self._as_customers = prompt, preview, as_customers

    def add(self, talk: Talk, question: str = "") -> None:
        """Begin a new entry, asked for step by step."""
        draft = EntryDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            wanted=Wanted.QUESTION,
            guided=True,
            touched_at=self._now,
        )
        self.begin(draft, talk, question)

    def edit(self, talk: Talk, version: Version, entry: Entry) -> None:
        """Begin changing an entry, or bringing a removed one back."""
        draft = EntryDraft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            wanted=Wanted.READY,
            entry=entry,
            entry_id=version.entry_id,
            base=version.number,
            language=_first_language(entry, talk),
            touched_at=self._now,
        )
        self.begin(draft, talk)

    def propose(self, draft: EntryDraft, question: str, answer: str | None, talk: Talk) -> None:
        """Begin a new entry with a question, and perhaps a drafted answer."""
        entry = replace(draft.entry, question={draft.language: cut(question, QUESTION_LIMIT)})
        answered = with_answer(entry, draft.language, answer) if answer else entry
        if isinstance(answered, Unusable) or not answered.answer:
            self.begin(replace(draft, entry=entry, wanted=Wanted.ANSWER, guided=True), talk)
        else:
            self.begin(replace(draft, entry=answered, wanted=Wanted.READY), talk)

    def replace(self, draft: EntryDraft, version: Version, entry: Entry, talk: Talk) -> None:
        """Go over from a new entry to changing an existing one."""
        draft = replace(
            draft, entry=entry, entry_id=version.entry_id, base=version.number, wanted=Wanted.READY
        )
        self.go_on(replace(draft, language=_first_language(entry, talk)), talk)

    def begin(self, draft: EntryDraft, talk: Talk, first: str = "") -> None:
        """Begin a draft, without losing another one half written in this chat."""
        former = self._drafts.of(draft.manager_id, draft.where.chat_id)
        if former is not None and former.says_something and not former.forgotten(self._now):
            if former.entry_id is None or former.entry_id != draft.entry_id:
                self._prompt.unfinished(former, talk)
                return
            draft = replace(former, where=draft.where, wanted=Wanted.READY)
        if first:
            self._told(draft, ManagerMessage(first), talk)
        else:
            self.go_on(draft, talk, preview=draft.entry_id is None)

    def go_on(self, draft: EntryDraft, talk: Talk, *, preview: bool = False) -> None:
        """Keep the draft, and ask for what it lacks or show the preview."""
        draft = self._kept(draft)
        if draft.wanted is not Wanted.READY:
            self._prompt.ask(draft, talk)
            return
        if preview:
            self._as_customers.show(draft.entry, draft.language, talk)
        self._preview.show(draft, talk)

    def hear(self, draft: EntryDraft, told: ManagerMessage, talk: Talk) -> None:
        """Take the manager's words as what the draft was waiting for."""
        if told.album is not None and told.album == draft.album:
            return
        self._told(draft, told, talk)

    def ask_for(self, draft: EntryDraft, wanted: Wanted, page: int, message_id: int, talk: Talk) -> None:
        """Ask for the part that was chosen to be changed."""
        draft = self._kept(replace(draft, wanted=wanted))
        if page:
            self._prompt.turn(draft, page, message_id, talk)
        else:
            self._prompt.ask(draft, talk)

    def skip(self, draft: EntryDraft, talk: Talk) -> None:
        """Leave out what was asked for."""
        if draft.wanted in OPTIONAL or draft.entry.call_person:
            self._next(draft, draft.entry, talk)

    def pick_section(self, draft: EntryDraft, category: dict[str, str], talk: Talk) -> None:
        """Set the pressed category."""
        self._next(replace(draft, wanted=Wanted.SECTION), replace(draft.entry, category=category), talk)

    def clear(self, draft: EntryDraft, what: str, talk: Talk) -> None:
        """Remove the media or the dates."""
        entry = without_dates(draft.entry) if what == "dates" else replace(draft.entry, media=None)
        self.go_on(replace(draft, entry=entry, wanted=Wanted.READY), talk, preview=what == "media")

    def call_person(self, draft: EntryDraft, talk: Talk) -> None:
        """Switch whether the entry calls a person too."""
        entry = replace(draft.entry, call_person=not draft.entry.call_person)
        if not entry.call_person and not entry.answer:
            self.go_on(replace(draft, entry=entry, wanted=Wanted.ANSWER), talk)
        elif draft.guided and draft.wanted is Wanted.ANSWER:
            self._next(draft, entry, talk)
        else:
            self.go_on(replace(draft, entry=entry, wanted=Wanted.READY), talk)

    def speak(self, draft: EntryDraft, language: str, talk: Talk) -> None:
        """Go over to the texts in another language."""
        if language in languages_of(draft.entry):
            self.go_on(replace(draft, language=language, wanted=Wanted.READY), talk)
        elif language in self._profile.texts.languages:
            entry = split_by_language(draft.entry, self._profile.language)
            wanted = Wanted.READY if language in languages_of(entry) else Wanted.QUESTION
            self.go_on(replace(draft, entry=entry, language=language, wanted=wanted), talk)

    def _told(self, draft: EntryDraft, told: ManagerMessage, talk: Talk) -> None:
        media = told.kind in MEDIA
        if draft.wanted is not Wanted.ANSWER or not (media or told.kind == "text"):
            entry = apply(draft, bare(told.html), told.html) if told.kind == "text" else None
        else:
            entry = self._answered(draft, told)
        match entry:
            case None:
                key = "editor.media_unfit" if draft.wanted is Wanted.ANSWER else "editor.words_needed"
                self._prompt.refuse(self._kept(draft), Unusable(key), talk)
            case Unusable():
                self._prompt.refuse(self._kept(draft), entry, talk)
            case Entry() if draft.wanted is Wanted.ANSWER and not entry.answer:
                draft = self._kept(replace(draft, entry=entry, album=told.album))
                self._prompt.refuse(draft, Unusable("editor.caption_needed"), talk)
            case Entry():
                self._next(replace(draft, album=told.album), entry, talk)

    def _answered(self, draft: EntryDraft, told: ManagerMessage) -> Entry | Unusable:
        """Set the answer: a text keeps the media, a file brings its caption if it has one."""
        entry: Entry | Unusable = draft.entry
        if bare(told.html).strip():
            entry = with_answer(draft.entry, draft.language, told.html)
        if isinstance(entry, Unusable) or told.file_id is None:
            return entry
        return replace(entry, media=f"telegram:{told.kind}:{told.file_id}")

    def _next(self, draft: EntryDraft, entry: Entry, talk: Talk) -> None:
        """Ask for the next part of a new entry, else show the preview."""
        wanted, guided = draft.after(draft.wanted), draft.guided
        ready = wanted is Wanted.READY
        preview = ready and (guided or draft.wanted is Wanted.ANSWER)
        draft = replace(draft, entry=entry, wanted=wanted, guided=guided and not ready)
        self.go_on(draft, talk, preview=preview)

    def _kept(self, draft: EntryDraft) -> EntryDraft:
        draft = draft.sealed(self._now)
        self._drafts.keep(draft)
        return draft


def _first_language(entry: Entry, talk: Talk) -> str:
    """The language spoken here if the entry has texts in it, else the entry's first."""
    written = languages_of(entry)
    return talk.language if talk.language in written else next(iter(written), ANY)
