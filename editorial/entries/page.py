"""The page of one entry: what it says, and the buttons that change its use."""

from desk.post import Button
from desk.talk import Talk
from editorial.entries.changer import ChangeOutcome, EntryChanger, Kept
from editorial.entries.history import EntryHistory
from editorial.entries.shelf import Shelf
from editorial.entries.view import EntryView, below
from faq.entries.entry import Entry
from faq.entries.version import Version
from tickets.customer_side.menu import short_tag


class EntryPage:
    """Shows an entry's page and carries out presses on it."""

    def __init__(
        self, *, shelf: Shelf, view: EntryView, history: EntryHistory, changer: EntryChanger
    ) -> None:
        self._shelf, self._view, self._history, self._changer = shelf, view, history, changer

    def show(self, version: Version, talk: Talk, message_id: int | None = None, above: str = "") -> None:
        """The entry as it stands, with what can be done about it."""
        if version.entry is None:
            html = below(above, self._line("editor.gone", version, talk))
        else:
            html = self._view.page(version.entry, talk, version=version, above=above)
        if message_id is None:
            talk.say(html, self._rows(version, talk))
        else:
            talk.rewrite(message_id, html, self._rows(version, talk))

    def pressed(self, action: str, version: Version, number: int, message_id: int, talk: Talk) -> str | None:
        """Carry out a press that is about the version that was shown."""
        person = talk.person
        match action:
            case "history":
                self._history.show(version, number, message_id, talk)
                return None
            case "version":
                return self._history.version(version, number, message_id, talk)
        if action != "bring" and version.number != number:
            self.show(version, talk, message_id, above=self._line("editor.overtaken", version, talk))
            return talk.plain("editor.toast.overtaken")
        match action:
            case "remove":
                self._ask_removal(version, message_id, talk)
                return None
            case "removed":
                return self._do(self._changer.remove(version, person), message_id, talk, "removed")
            case "off":
                return self._do(self._changer.switch(version, person, on=False), message_id, talk, "off")
            case "on":
                return self._do(self._changer.switch(version, person, on=True), message_id, talk, "on")
            case "undo":
                return self._do(self._changer.undo(version, person), message_id, talk, "undone")
            case "bring" if (old := self._shelf.numbered(version, number)) is not None:
                outcome = self._changer.bring_back(version, old, person)
                return self._do(outcome, message_id, talk, "brought_back")
        return talk.plain("editor.dead_button")

    def _do(self, outcome: ChangeOutcome, message_id: int, talk: Talk, done: str) -> str:
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

    def _line(self, key: str, version: Version, talk: Talk) -> str:
        return self._view.line(key, version, self._shelf.last(version), talk)
