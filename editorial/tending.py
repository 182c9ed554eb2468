"""One entry in a manager's hands: its page, its history, out of use and back, and as it was before."""

from collections.abc import Callable

from desk.formatted import Html
from desk.post import Button
from desk.talk import Talk
from editorial.difference import changed
from editorial.keeping import Keeping, Kept, Outcome
from editorial.shelf import Shelf
from editorial.showing import Showing, below
from faq.entries.entry import Entry
from faq.entries.version import Version, Versions
from tickets.menu import short_tag

STEPS_ON_A_PAGE = 8
PAIR = 2
Deed = Callable[[Version], Outcome]


class Tending:
    """What a press on an entry's page does; the page stands in the pressed message afterwards."""

    def __init__(self, versions: Versions, *, shelf: Shelf, showing: Showing, keeping: Keeping) -> None:
        self._versions, self._shelf = versions, shelf
        self._showing, self._keeping = showing, keeping

    def show(self, version: Version, talk: Talk, message_id: int | None = None, above: str = "") -> None:
        """The entry as it stands, with what can be done about it."""
        if version.entry is None:
            html = below(above, self._line("editor.gone", version, talk))
        else:
            html = self._showing.page(version.entry, talk, version=version, above=above)
        if message_id is None:
            talk.say(html, self._rows(version, talk))
        else:
            talk.rewrite(message_id, html, self._rows(version, talk))

    def pressed(self, action: str, version: Version, number: int, message_id: int, talk: Talk) -> str | None:
        """A button that is about one version, the one that was shown."""
        person = talk.person
        match action:
            case "history":
                self._history(version, number, message_id, talk)
                return None
            case "version":
                return self._old(version, number, message_id, talk)
        if action != "bring" and version.number != number:
            self.show(version, talk, message_id, above=self._line("editor.overtaken", version, talk))
            return talk.plain("editor.toast.overtaken")
        match action:
            case "remove":
                self._ask_removal(version, message_id, talk)
                return None
            case "removed":
                return self._do(self._keeping.remove(version, person), message_id, talk, "removed")
            case "off":
                return self._do(self._keeping.switch(version, person, on=False), message_id, talk, "off")
            case "on":
                return self._do(self._keeping.switch(version, person, on=True), message_id, talk, "on")
            case "undo":
                return self._do(self._keeping.undo(version, person), message_id, talk, "undone")
            case "bring" if (old := self._shelf.numbered(version, number)) is not None:
                outcome = self._keeping.bring_back(version, old, person)
                return self._do(outcome, message_id, talk, "brought_back")
        return talk.plain("editor.dead_button")

    def _do(self, outcome: Outcome, message_id: int, talk: Talk, done: str) -> str:
        if isinstance(outcome, Kept):
            self.show(outcome.version, talk, message_id)
            return talk.plain(f"editor.toast.{done}")
        self.show(outcome.newest, talk, message_id)
        return talk.plain("editor.toast.same")

    def _ask_removal(self, version: Version, message_id: int, talk: Talk) -> None:
        rows = [
            [talk.button("editor.button.remove_it", "removed", version.entry_id, version.number)],
            [talk.button("editor.button.back", "show", version.entry_id)],
        ]
        talk.rewrite(message_id, self._line("editor.ask_removal", version, talk), rows)

    def _history(self, newest: Version, page: int, message_id: int, talk: Talk) -> None:
        """Who made what of it and when, newest first."""
        skipped = page * STEPS_ON_A_PAGE
        versions = self._versions.of(newest.entry_id, skipped + STEPS_ON_A_PAGE + 1)[skipped:]
        shown = versions[:STEPS_ON_A_PAGE]
        befores = [*versions[1:], None]
        steps = [self._step(each, before, talk) for each, before in zip(shown, befores, strict=False)]
        buttons = [
            talk.button("editor.button.version", "version", each.entry_id, each.number, number=each.number)
            for each in shown
            if each.entry is not None
        ]
        rows = [buttons[start : start + 4] for start in range(0, len(buttons), 4)]
        turning = []
        if page:
            turning.append(talk.button("editor.button.newer", "history", newest.entry_id, page - 1))
        if len(versions) > len(shown):
            turning.append(talk.button("editor.button.older", "history", newest.entry_id, page + 1))
        rows += [turning] if turning else []
        html = self._line("editor.history", newest, talk, steps=Html("\n\n".join(steps)))
        talk.rewrite(message_id, html, [*rows, [talk.button("editor.button.back", "show", newest.entry_id)]])

    def _old(self, newest: Version, number: int, message_id: int, talk: Talk) -> str | None:
        """The entry as one version left it."""
        version = self._shelf.numbered(newest, number)
        if version is None or version.entry is None:
            return talk.plain("editor.dead_button")
        above = talk.text("editor.old", number=number, newest=newest.number)
        html = self._showing.page(version.entry, talk, version=version, above=above)
        rows = [[talk.button("editor.button.to_history", "history", newest.entry_id, 0)]]
        if version.entry != newest.entry:
            rows.insert(0, [talk.button("editor.button.bring_back", "bring", newest.entry_id, number)])
        talk.rewrite(message_id, html, rows)
        return None

    def _step(self, version: Version, before: Version | None, talk: Talk) -> str:
        changes = changed(None if before is None else before.entry, version.entry)
        return talk.text(
            "editor.step",
            number=version.number,
            action=Html(talk.text(f"editor.action.{version.action.value}")),
            who=version.author.name,
            when=self._showing.when(version.at, talk),
            changes=self._showing.changes([each for each in changes if each.part != "hidden"], talk),
        )

    def _rows(self, version: Version, talk: Talk) -> list[list[Button]]:
        entry_id, number, entry = version.entry_id, version.number, version.entry
        history = talk.button("editor.button.history", "history", entry_id, 0)
        if entry is None:
            back = talk.button("editor.button.on", "undo", entry_id, number)
            return [[back, history], [talk.button("editor.button.home", "home", 0)]]
        switch = "on" if entry.hidden else "off"
        rows = [
            [
                talk.button("editor.button.edit", "edit", entry_id),
                talk.button("editor.button.view", "view", entry_id),
            ],
            [talk.button(f"editor.button.{switch}", switch, entry_id, number), history],
            [talk.button("editor.button.remove", "remove", entry_id, number)],
        ]
        if number > 1:
            rows[-1].insert(0, talk.button("editor.button.undo", "undo", entry_id, number))
        return [*rows, [self._back(entry, talk)]]

    def _back(self, entry: Entry, talk: Talk) -> Button:
        return talk.button("editor.button.back", "section", short_tag(entry.category_in(talk.language)), 0)

    def _line(self, key: str, version: Version, talk: Talk, **more: object) -> str:
        """A text about a version: what it is of, who made it and when."""
        shown = version.entry or next(
            (each.entry for each in self._versions.of(version.entry_id, 2) if each.entry is not None), None
        )
        return talk.text(
            key,
            question=version.entry_id if shown is None else shown.question_in(talk.language),
            who=version.author.name,
            when=self._showing.when(version.at, talk),
            **more,
        )
