"""Asking for one thing at a time, with the buttons that answer without writing."""

from collections.abc import Sequence

from desk.formatted import Html, cut
from desk.post import Button, press
from desk.talk import Talk
from editorial.changes import Refused, phrasings_of
from editorial.draft import OPTIONAL, Draft, Step
from editorial.shelf import Shelf
from editorial.showing import Showing

LINES = 25
LINE = 120
CAPTION = 34
SECTIONS = 20
PAIR = 2


class Asking:
    """Asks one manager in one place."""

    def __init__(self, shelf: Shelf, showing: Showing) -> None:
        self._shelf, self._showing = shelf, showing

    def ask(self, draft: Draft, talk: Talk) -> None:
        """For what the draft's step names."""
        talk.say(self._question(draft, talk, 0), self._rows(draft, talk, 0))

    def turn(self, draft: Draft, page: int, message_id: int, talk: Talk) -> None:
        """The same question with another part of the list."""
        page = page % _pages(phrasings_of(draft.entry, draft.language))
        talk.rewrite(message_id, self._question(draft, talk, page), self._rows(draft, talk, page))

    def refuse(self, draft: Draft, refused: Refused, talk: Talk) -> None:
        """Say why something cannot be used; everything else stays as it was, and the question too."""
        problems = self._showing.problems(refused.findings, talk)
        html = talk.text(refused.key, **{**refused.params, **({"problems": problems} if problems else {})})
        talk.say(html, self._rows(draft, talk, 0))

    def unfinished(self, draft: Draft, talk: Talk) -> None:
        """Another draft is in the way: go on with it, or give it up."""
        entry = draft.entry
        name = entry.question_in(draft.language) if entry.question else talk.plain("editor.nameless")
        rows = [
            [talk.button("editor.button.resume", "resume", draft.token)],
            [talk.button("editor.button.give_up", "cancel", draft.token)],
        ]
        talk.say(talk.text("editor.unfinished", question=cut(name, LINE)), rows)

    def _question(self, draft: Draft, talk: Talk, page: int) -> str:
        if draft.step in {Step.TRIAL, Step.FILE}:
            return talk.text(f"editor.ask.{draft.step.value}")
        language = self._showing.language(draft.language, talk) if draft.language else ""
        phrasings = phrasings_of(draft.entry, draft.language)
        shown = list(enumerate(phrasings, start=1))[page * LINES : (page + 1) * LINES]
        return talk.text(
            "editor.ask",
            step=draft.step.value,
            new=draft.guided,
            language=language,
            question=draft.entry.question_in(draft.language) if draft.entry.question else "",
            section=draft.entry.category_in(draft.language) if draft.entry.category else "",
            dates=Html(self._showing.dates(draft.entry, talk)),
            numbered=[(number, cut(each, LINE)) for number, each in shown],
        )

    def _rows(self, draft: Draft, talk: Talk, page: int) -> list[list[Button]]:
        rows = list(self._answers(draft, talk, page))
        if draft.guided and draft.step in OPTIONAL:
            rows.append([talk.button("editor.button.skip", "skip", draft.token)])
        return [*rows, [talk.button("button.cancel", "cancel", draft.token)]]

    def _answers(self, draft: Draft, talk: Talk, page: int) -> list[list[Button]]:
        token, entry = draft.token, draft.entry
        match draft.step:
            case Step.PHRASINGS:
                return self._turning(draft, talk, page)
            case Step.ANSWER if entry.media is not None and entry.answer:
                return [[talk.button("editor.button.no_media", "clear", token, "media")]]
            case Step.ANSWER if draft.guided:
                return [[talk.button("editor.button.only_person", "person", token)]]
            case Step.DATES if self._showing.dates(entry, talk):
                return [[talk.button("editor.button.always", "clear", token, "dates")]]
            case Step.SECTION:
                return self._sections(draft, talk)
        return []

    def _turning(self, draft: Draft, talk: Talk, page: int) -> list[list[Button]]:
        phrasings = phrasings_of(draft.entry, draft.language)
        rows = []
        if (pages := _pages(phrasings)) > 1:
            following = (page + 1) % pages or pages
            says = ("field", draft.token, Step.PHRASINGS.value, following)
            rows.append([talk.button("editor.button.further", *says, page=page + 1, pages=pages)])
        if phrasings and not draft.guided:
            rows.append([talk.button("editor.button.instead", "field", draft.token, Step.INSTEAD.value, 0)])
        return rows

    def _sections(self, draft: Draft, talk: Talk) -> list[list[Button]]:
        buttons = [
            Button(cut(section.name, CAPTION), press("kb", "pick", draft.token, section.tag))
            for section in self._shelf.sections(talk.language)[:SECTIONS]
            if section.name
        ]
        return [buttons[start : start + PAIR] for start in range(0, len(buttons), PAIR)]


def _pages(phrasings: Sequence[str]) -> int:
    return max(1, -(-len(phrasings) // LINES))
