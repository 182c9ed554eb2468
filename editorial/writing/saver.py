"""Saves a previewed draft; if the entry was changed meanwhile, both changes are shown."""

from dataclasses import replace
from datetime import datetime

from desk.formatted import Html, bare, cut
from desk.people import Person
from desk.post import Button
from desk.talk import Talk
from editorial.entries.changer import ChangedMeanwhile, ChangeOutcome, EntryChanger, Kept
from editorial.entries.difference import PARTS, PartChange, changed, merged
from editorial.entries.page import EntryPage
from editorial.entries.shelf import Shelf
from editorial.entries.view import EntryView
from editorial.writing.composer import EntryComposer
from editorial.writing.draft import EntryDraft, EntryDrafts
from faq.entries.entry import Entry
from faq.entries.version import Version

SHOWN = 160
"""Characters of each side where two changes of one part stand side by side."""


class DraftSaver:
    """Carries out the presses under a preview."""

    def __init__(
        self,
        *,
        drafts: EntryDrafts,
        shelf: Shelf,
        view: EntryView,
        changer: EntryChanger,
        composer: EntryComposer,
        page: EntryPage,
        now: datetime,
    ) -> None:
        self._drafts, self._shelf, self._view = drafts, shelf, view
        self._changer, self._composer, self._page, self._now = changer, composer, page, now

    def save(self, draft: EntryDraft, message_id: int, talk: Talk) -> str:
        """Save exactly what the preview shows; returns the toast."""
        if not draft.complete:
            return talk.plain("editor.incomplete")
        match self._kept(draft, talk.person):
            case Kept(version):
                self._drafts.drop(draft)
                self._page.show(version, talk, message_id, above=talk.text("editor.saved"))
                return talk.plain("editor.toast.saved")
            case ChangedMeanwhile(newest):
                self._compare(draft, newest, message_id, talk)
                return talk.plain("editor.toast.overtaken")
            case same:
                self._drafts.drop(draft)
                self._page.show(same.newest, talk, message_id)
                return talk.plain("editor.toast.same")

    def settle(self, choice: str, draft: EntryDraft, number: int, message_id: int, talk: Talk) -> str:
        """Keep theirs, mine, or both joined, after a comparison; returns the toast."""
        newest = self._shelf.get(draft.entry_id or "")
        if newest is None:
            return talk.plain("editor.dead_button")
        if choice == "theirs":
            self._drafts.drop(draft)
            self._page.show(newest, talk, message_id)
            return talk.plain("editor.toast.theirs")
        if newest.number != number:
            self._compare(draft, newest, message_id, talk)
            return talk.plain("editor.toast.overtaken")
        if choice == "mine":
            return self.save(replace(draft, base=newest.number), message_id, talk)
        entry = self._joined(draft, newest)
        if entry is None:
            return talk.plain("editor.dead_button")
        talk.disarm(message_id)
        self._composer.go_on(replace(draft, entry=entry, base=newest.number), talk, preview=True)
        return talk.plain("editor.toast.joined")

    def _kept(self, draft: EntryDraft, person: Person) -> ChangeOutcome:
        if draft.entry_id is None:
            return Kept(self._changer.add(draft.entry, person, draft.proposal_id))
        return self._changer.edit(draft.entry_id, draft.base, draft.entry, person)

    def _compare(self, draft: EntryDraft, newest: Version, message_id: int, talk: Talk) -> None:
        """Show their change beside mine; the draft stays."""
        self._drafts.keep(replace(draft, touched_at=self._now))
        base = self._base(draft, newest)
        theirs, mine = changed(base, newest.entry), changed(base, draft.entry)
        html = talk.text(
            "editor.conflict",
            removed=newest.entry is None,
            who=newest.author.name,
            when=self._view.when(newest.at, talk),
            theirs=self._sides(theirs, newest.entry, talk),
            mine=self._sides(mine, draft.entry, talk),
        )
        talk.rewrite(message_id, html, self._choices(draft, newest, talk))

    def _choices(self, draft: EntryDraft, newest: Version, talk: Talk) -> list[list[Button]]:
        choices = ["mine", "theirs"]
        if self._joined(draft, newest) is not None:
            choices.insert(0, "join_both")
        return [[talk.button(f"editor.button.{each}", each, draft.token, newest.number)] for each in choices]

    def _joined(self, draft: EntryDraft, newest: Version) -> Entry | None:
        base = self._base(draft, newest)
        if base is None or newest.entry is None:
            return None
        return merged(base, draft.entry, newest.entry)

    def _base(self, draft: EntryDraft, newest: Version) -> Entry | None:
        version = self._shelf.numbered(newest, draft.base or 0)
        return None if version is None else version.entry

    def _sides(
        self, changes: tuple[PartChange, ...], entry: Entry | None, talk: Talk
    ) -> list[dict[str, str]]:
        if entry is None:
            return []
        return [
            {"part": Html(self._view.changes([each], talk)), "value": self._value(each.part, entry, talk)}
            for each in changes
        ]

    def _value(self, part: str, entry: Entry, talk: Talk) -> str:
        """A part of an entry on one line."""
        match part:
            case "answer" | "question" | "section":
                texts = [bare(text) for text in getattr(entry, PARTS[part][0]).values()]
                return cut(" / ".join(texts), SHOWN)
            case "phrasings":
                return cut("; ".join(each for said in entry.phrasings.values() for each in said), SHOWN)
            case "dates":
                return bare(self._view.dates(entry, talk))
            case "media":
                return bare(self._view.attachment(entry, talk))
        return ""
