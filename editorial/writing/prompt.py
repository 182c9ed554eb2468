"""Prompts: ask a manager for one thing at a time, with buttons that answer without writing."""

from collections.abc import Sequence

from desk.formatted import Html, cut
from desk.pages import on_page, pages
from desk.post import Button
from desk.talk import Talk
from editorial.entries.languages import phrasings_of
from editorial.entries.shelf import Shelf
from editorial.entries.view import EntryView
from editorial.writing.changes import Unusable
from editorial.writing.draft import OPTIONAL, EntryDraft, Wanted

LINES = 25
LINE = 120
CAPTION = 34
SECTIONS = 20
PAIR = 2


class Prompt:
    """Asks one manager in one chat."""

    def __init__(self, shelf: Shelf, view: EntryView) -> None:
        self._shelf, self._view = shelf, view

    def ask(self, draft: EntryDraft, talk: Talk) -> None:
        """Ask for what the draft wants."""
        talk.say(self._question(draft, talk, 0), self._rows(draft, talk, 0))

    def turn(self, draft: EntryDraft, page: int, message_id: int, talk: Talk) -> None:
        """Show another page of the choices."""
        page %= _pages(phrasings_of(draft.entry, draft.language))
        talk.rewrite(message_id, self._question(draft, talk, page), self._rows(draft, talk, page))

    def refuse(self, draft: EntryDraft, refused: Unusable, talk: Talk) -> None:
        """Say why the words cannot be used; the question stays open."""
        problems = self._view.problems(refused.findings, talk)
        html = talk.text(refused.key, **{**refused.params, **({"problems": problems} if problems else {})})
        talk.say(html, self._rows(draft, talk, 0))

    def unfinished(self, draft: EntryDraft, talk: Talk) -> None:
        """Say that another draft is in the way: go on with it, or drop it."""
        entry = draft.entry
        name = entry.question_in(draft.language) if entry.question else talk.plain("editor.nameless")
        rows = [
            [talk.button("editor.button.resume", "resume", draft.token)],
            [talk.button("editor.button.give_up", "cancel", draft.token)],
        ]
        talk.say(talk.text("editor.unfinished", question=cut(name, LINE)), rows)

    def _question(self, draft: EntryDraft, talk: Talk, page: int) -> str:
        if draft.wanted in {Wanted.TRIAL, Wanted.FILE}:
            return talk.text(f"editor.ask.{draft.wanted.value}")
        language = self._view.language(draft.language, talk) if draft.language else ""
        phrasings = phrasings_of(draft.entry, draft.language)
        shown = on_page(list(enumerate(phrasings, start=1)), page, LINES)
        return talk.text(
            "editor.ask",
            step=draft.wanted.value,
            new=draft.guided,
            language=language,
            question=draft.entry.question_in(draft.language) if draft.entry.question else "",
            section=draft.entry.category_in(draft.language) if draft.entry.category else "",
            dates=Html(self._view.dates(draft.entry, talk)),
            numbered=[(number, cut(each, LINE)) for number, each in shown],
        )

    def _rows(self, draft: EntryDraft, talk: Talk, page: int) -> list[list[Button]]:
        rows = list(self._answers(draft, talk, page))
        if draft.guided and draft.wanted in OPTIONAL:
            rows.append([talk.button("editor.button.skip", "skip", draft.token)])
        return [*rows, [talk.button("button.cancel", "cancel", draft.token)]]

    def _answers(self, draft: EntryDraft, talk: Talk, page: int) -> list[list[Button]]:
        token, entry = draft.token, draft.entry
        match draft.wanted:
            case Wanted.PHRASINGS:
                return self._turning(draft, talk, page)
            case Wanted.ANSWER if entry.media is not None and entry.answer:
                return [[talk.button("editor.button.no_media", "clear", token, "media")]]
            case Wanted.ANSWER if draft.guided:
                return [[talk.button("editor.button.only_person", "person", token)]]
            case Wanted.DATES if self._view.dates(entry, talk):
                return [[talk.button("editor.button.always", "clear", token, "dates")]]
            case Wanted.SECTION:
                return self._sections(draft, talk)
        return []

    def _turning(self, draft: EntryDraft, talk: Talk, page: int) -> list[list[Button]]:
        phrasings = phrasings_of(draft.entry, draft.language)
        rows = []
        if (count := _pages(phrasings)) > 1:
            following = (page + 1) % count or count
            says = ("field", draft.token, Wanted.PHRASINGS.value, following)
            rows.append([talk.button("editor.button.further", *says, page=page + 1, pages=count)])
        if phrasings and not draft.guided:
            rows.append([talk.button("editor.button.instead", "field", draft.token, Wanted.INSTEAD.value, 0)])
        return rows

    def _sections(self, draft: EntryDraft, talk: Talk) -> list[list[Button]]:
        buttons = [
            talk.named(cut(section.name, CAPTION), "pick", draft.token, section.tag)
            for section in self._shelf.sections(talk.language)[:SECTIONS]
            if section.name
        ]
        return [buttons[start : start + PAIR] for start in range(0, len(buttons), PAIR)]


def _pages(phrasings: Sequence[str]) -> int:
    return pages(len(phrasings), LINES)
