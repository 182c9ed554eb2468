"""The preview of a draft: as customers will see it, and with all that belongs to it."""

from dataclasses import replace

from desk.formatted import cut
from desk.post import Button
from desk.profile import Profile
from desk.talk import Talk
from editorial.entries.difference import changed
from editorial.entries.languages import languages_of
from editorial.entries.shelf import Shelf
from editorial.entries.view import EntryView
from editorial.writing.draft import EntryDraft, Wanted
from faq.entries.entry import Entry
from faq.matching.match import NoMatch
from tickets.answers import Faq
from tickets.customer_side.menu import short_tag

CAPTION = 34
NEAR = 2
"""Entries that are shown as being like a new one."""


class Preview:
    """Shows a draft before it is saved."""

    def __init__(self, profile: Profile, *, shelf: Shelf, view: EntryView, faq: Faq) -> None:
        self._profile, self._shelf, self._view, self._faq = profile, shelf, view, faq

    def show(self, draft: EntryDraft, talk: Talk) -> None:
        """Show the entry, what has changed, entries like it, and the buttons."""
        shelved = None if draft.entry_id is None else self._shelf.get(draft.entry_id)
        changes = () if shelved is None else changed(shelved.entry, draft.entry)
        near = self.near(draft, talk) if draft.entry_id is None else []
        head = talk.text(
            "editor.draft",
            new=draft.entry_id is None,
            changes=self._view.changes(changes, talk),
            near=list(dict.fromkeys(cut(each.question_in(talk.language), CAPTION * 2) for each in near)),
        )
        page = self._view.page(draft.entry, talk, language=draft.language or talk.language, above=head)
        saves = draft.complete and (shelved is None or shelved.entry != draft.entry)
        talk.say(page, self._rows(draft, near, talk, saves=saves))

    def near(self, draft: EntryDraft, talk: Talk) -> list[Entry]:
        """The entries that customers would get for this question now."""
        question = draft.entry.question_in(draft.language)
        match self._faq.matcher.match(question, draft.language or talk.language):
            case NoMatch():
                return []
            case found:
                return [each.entry for each in found.ranked[:NEAR] if each.entry.id != draft.entry_id]

    def _rows(self, draft: EntryDraft, near: list[Entry], talk: Talk, *, saves: bool) -> list[list[Button]]:
        token = draft.token
        called = "person_yes" if draft.entry.call_person else "person_no"
        person = talk.button(f"editor.button.{called}", "person", token)
        rows = [[talk.button("editor.button.save", "save", token)]] if saves else []
        for each in near[:1]:
            says = ("join", token, short_tag(each.id))
            rows.append([talk.button("editor.button.join", *says, question=_named(each, talk))])
        rows += [
            [self._field(draft, part, talk) for part in pair]
            for pair in ((Wanted.QUESTION, Wanted.PHRASINGS), (Wanted.ANSWER, Wanted.SECTION))
        ]
        rows.append([self._field(draft, Wanted.DATES, talk), person])
        return [*rows, *self._languages(draft, talk), [talk.button("button.cancel", "cancel", token)]]

    def _field(self, draft: EntryDraft, part: Wanted, talk: Talk) -> Button:
        return talk.button(f"editor.field.{part.value}", "field", draft.token, part.value, 0)

    def _languages(self, draft: EntryDraft, talk: Talk) -> list[list[Button]]:
        """The languages it is written in, and those in which it could be."""
        written = languages_of(draft.entry)
        spoken = [each for each in self._profile.texts.languages if each not in written]
        others = [each for each in written if each != draft.language]
        if not written:
            spoken = [each for each in spoken if each != self._profile.language]
        texts = [("editor.button.language", each) for each in others]
        texts += [("editor.button.new_language", each) for each in spoken]
        return [
            [talk.button(key, "lang", draft.token, each, language=self._view.language(each, talk))]
            for key, each in texts
        ]


def joined(draft: EntryDraft, entry: Entry) -> Entry:
    """The entry with a draft's question and phrasings added."""
    question = draft.entry.question_in(draft.language)
    said = [question, *draft.entry.phrasings.get(draft.language, ())]
    place = next(iter(entry.phrasings), draft.language)
    known = entry.phrasings.get(place, ())
    more = tuple(each for each in said if each not in known)
    return replace(entry, phrasings={**entry.phrasings, place: (*known, *more)})


def _named(entry: Entry, talk: Talk) -> str:
    return cut(entry.question_in(talk.language), CAPTION - 14)
