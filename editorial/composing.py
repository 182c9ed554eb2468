"""Composing: what is missing is asked for, then comes a preview, and one press saves exactly that."""

from dataclasses import replace
from datetime import datetime

from desk.conversation import Told
from desk.formatted import bare, cut
from desk.profile import Profile
from desk.talk import Talk
from editorial.asking import Asking
from editorial.changes import (
    MEDIA,
    QUESTION_LIMIT,
    Refused,
    apply,
    languages_of,
    split_by_language,
    with_answer,
)
from editorial.dates import without_dates
from editorial.draft import OPTIONAL, Draft, Drafts, Step
from editorial.preview import Preview
from faq.entries.entry import ANY, Entry
from faq.entries.version import Version

ENTRY_STEPS = frozenset(Step) - {Step.TRIAL, Step.FILE, Step.READY}


class Composing:
    """Leads a draft from the first word to the press."""

    def __init__(
        self, profile: Profile, *, drafts: Drafts, asking: Asking, preview: Preview, now: datetime
    ) -> None:
        self._profile, self._drafts, self._now = profile, drafts, now
        self._asking, self._preview = asking, preview

    def add(self, talk: Talk, question: str = "") -> None:
        """A new entry, asked for step by step."""
        draft = Draft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            step=Step.QUESTION,
            guided=True,
            touched_at=self._now,
        )
        self.begin(draft, talk, question)

    def edit(self, talk: Talk, version: Version, entry: Entry) -> None:
        """An entry that is there, or that is to be there again."""
        draft = Draft(
            manager_id=talk.person.telegram_id,
            where=talk.where,
            step=Step.READY,
            entry=entry,
            entry_id=version.entry_id,
            base=version.number,
            language=_first_language(entry, talk),
            touched_at=self._now,
        )
        self.begin(draft, talk)

    def propose(self, draft: Draft, question: str, answer: str | None, talk: Talk) -> None:
        """A new entry that begins with somebody's question, and perhaps with an answer as a draft."""
        entry = replace(draft.entry, question={draft.language: cut(question, QUESTION_LIMIT)})
        answered = with_answer(entry, draft.language, answer) if answer else entry
        if isinstance(answered, Refused) or not answered.answer:
            self.begin(replace(draft, entry=entry, step=Step.ANSWER, guided=True), talk)
        else:
            self.begin(replace(draft, entry=answered, step=Step.READY), talk)

    def replace(self, draft: Draft, version: Version, entry: Entry, talk: Talk) -> None:
        """Instead of a new entry an old one is to be changed."""
        draft = replace(draft, entry=entry, entry_id=version.entry_id, base=version.number, step=Step.READY)
        self.go_on(replace(draft, language=_first_language(entry, talk)), talk)

    def begin(self, draft: Draft, talk: Talk, first: str = "") -> None:
        """Start writing; whatever is half written in this chat is not lost for that."""
        former = self._drafts.of(draft.manager_id, draft.where.chat_id)
        if former is not None and former.says_something and not former.forgotten(self._now):
            if former.entry_id is None or former.entry_id != draft.entry_id:
                self._asking.unfinished(former, talk)
                return
            draft = replace(former, where=draft.where, step=Step.READY)
        if first:
            self._told(draft, Told(first), talk)
        else:
            self.go_on(draft, talk, preview=draft.entry_id is None)

    def go_on(self, draft: Draft, talk: Talk, *, preview: bool = False) -> None:
        """Keep the draft and ask for what it lacks; if nothing, show how it will look."""
        draft = self._kept(draft)
        if draft.step is not Step.READY:
            self._asking.ask(draft, talk)
            return
        if preview:
            self._preview.as_customers_see(draft.entry, draft.language, talk)
        self._preview.show(draft, talk)

    def hear(self, draft: Draft, told: Told, talk: Talk) -> None:
        """What was asked for has been told; `draft` is an entry's."""
        if told.album is not None and told.album == draft.album:
            return
        self._told(draft, told, talk)

    def ask_for(self, draft: Draft, step: Step, page: int, message_id: int, talk: Talk) -> None:
        """A part was chosen to be changed."""
        draft = self._kept(replace(draft, step=step))
        if page:
            self._asking.turn(draft, page, message_id, talk)
        else:
            self._asking.ask(draft, talk)

    def skip(self, draft: Draft, talk: Talk) -> None:
        """What was asked for may be left out."""
        if draft.step in OPTIONAL or draft.entry.call_person:
            self._next(draft, draft.entry, talk)

    def pick_section(self, draft: Draft, category: dict[str, str], talk: Talk) -> None:
        """One of the sections that there are."""
        self._next(replace(draft, step=Step.SECTION), replace(draft.entry, category=category), talk)

    def clear(self, draft: Draft, what: str, talk: Talk) -> None:
        """No attachment any more, or no dates."""
        entry = without_dates(draft.entry) if what == "dates" else replace(draft.entry, media=None)
        self.go_on(replace(draft, entry=entry, step=Step.READY), talk, preview=what == "media")

    def call_person(self, draft: Draft, talk: Talk) -> None:
        """From now on this question always calls a person, or does not any more."""
        entry = replace(draft.entry, call_person=not draft.entry.call_person)
        if not entry.call_person and not entry.answer:
            self.go_on(replace(draft, entry=entry, step=Step.ANSWER), talk)
        elif draft.guided and draft.step is Step.ANSWER:
            self._next(draft, entry, talk)
        else:
            self.go_on(replace(draft, entry=entry, step=Step.READY), talk)

    def speak(self, draft: Draft, language: str, talk: Talk) -> None:
        """Go over to the texts in another language; one that is not there yet begins with its question."""
        if language in languages_of(draft.entry):
            self.go_on(replace(draft, language=language, step=Step.READY), talk)
        elif language in self._profile.texts.languages:
            entry = split_by_language(draft.entry, self._profile.language)
            step = Step.READY if language in languages_of(entry) else Step.QUESTION
            self.go_on(replace(draft, entry=entry, language=language, step=step), talk)

    def _told(self, draft: Draft, told: Told, talk: Talk) -> None:
        media = told.kind in MEDIA
        if draft.step is not Step.ANSWER or not (media or told.kind == "text"):
            entry = apply(draft, bare(told.html), told.html) if told.kind == "text" else None
        else:
            entry = self._answered(draft, told)
        match entry:
            case None:
                key = "editor.media_unfit" if draft.step is Step.ANSWER else "editor.words_needed"
                self._asking.refuse(self._kept(draft), Refused(key), talk)
            case Refused():
                self._asking.refuse(self._kept(draft), entry, talk)
            case Entry() if draft.step is Step.ANSWER and not entry.answer:
                draft = self._kept(replace(draft, entry=entry, album=told.album))
                self._asking.refuse(draft, Refused("editor.caption_needed"), talk)
            case Entry():
                self._next(replace(draft, album=told.album), entry, talk)

    def _answered(self, draft: Draft, told: Told) -> Entry | Refused:
        """A text changes the words and leaves the attachment; a file brings its caption, if it has one."""
        entry: Entry | Refused = draft.entry
        if bare(told.html).strip():
            entry = with_answer(draft.entry, draft.language, told.html)
        if isinstance(entry, Refused) or told.file_id is None:
            return entry
        return replace(entry, media=f"telegram:{told.kind}:{told.file_id}")

    def _next(self, draft: Draft, entry: Entry, talk: Talk) -> None:
        """The next step of a new entry, else the preview."""
        step = draft.after(draft.step)
        preview = step is Step.READY and (draft.guided or draft.step is Step.ANSWER)
        ready = step is Step.READY
        self.go_on(
            replace(draft, entry=entry, step=step, guided=draft.guided and not ready), talk, preview=preview
        )

    def _kept(self, draft: Draft) -> Draft:
        draft = draft.sealed(self._now)
        self._drafts.keep(draft)
        return draft


def _first_language(entry: Entry, talk: Talk) -> str:
    """The one spoken here if it is written in that, else the first."""
    written = languages_of(entry)
    return talk.language if talk.language in written else next(iter(written), ANY)
