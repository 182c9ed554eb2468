"""The browser: shows managers the home, categories, what they look for, and entries."""

from desk.conversation import Press, number
from desk.talk import Talk
from editorial.entries.customer_view import CustomerView
from editorial.entries.home import Home
from editorial.entries.page import EntryPage
from editorial.entries.shelf import Shelf
from editorial.entries.trial import PhraseTrial
from faq.entries.entry import Entry
from faq.entries.version import Version


class EntryBrowser:
    """Finds and shows entries, and carries out presses on lists and entries' pages."""

    def __init__(
        self, *, shelf: Shelf, home: Home, page: EntryPage, trial: PhraseTrial, as_customers: CustomerView
    ) -> None:
        self._shelf, self._home, self._page = shelf, home, page
        self._trial, self._as_customers = trial, as_customers

    def enter(self, talk: Talk) -> None:
        """Show the home of the knowledge base."""
        self._home.show(talk)

    def search(self, words: str, talk: Talk) -> None:
        """Show the entry with this id, the entries with these words, or those that may be meant."""
        found = self._shelf.search(words, talk.language) or self._guessed(words, talk)
        if len(found) == 1:
            self._page.show(found[0], talk)
        else:
            self._home.found(talk, words, found)

    def get(self, entry_id: str) -> tuple[Version, Entry] | None:
        """The newest version of an entry that is not removed."""
        version = self._shelf.get(entry_id)
        return None if version is None or version.entry is None else (version, version.entry)

    def pressed(self, press: Press, talk: Talk) -> str | None:
        """Carry out a press on a list or an entry's page; returns the toast, if any."""
        match press.action, press.words:
            case "home", [page]:
                self._home.show(talk, press.message_id, number(page) or 0)
                return None
            case "section", [tag, page]:
                return self._home.section(talk, tag, number(page) or 0, press.message_id)
            case _, [entry_id, *rest] if (version := self._shelf.get(entry_id)) is not None:
                return self._about(version, press, rest, talk)
        return talk.plain("editor.dead_button")

    def _about(self, version: Version, press: Press, rest: list[str], talk: Talk) -> str | None:
        """Carry out a press on an entry's page; if it is no longer possible, show the page as it is."""
        match press.action, version.entry, rest:
            case "view", entry, _ if entry is not None:
                self._as_customers.show(entry, talk.language, talk)
            case (("show" | "view" | "edit"), _, _):
                self._page.show(version, talk, press.message_id)
            case action, _, [word]:
                return self._page.pressed(action, version, number(word) or 0, press.message_id, talk)
            case _:
                return talk.plain("editor.dead_button")
        return None

    def _guessed(self, words: str, talk: Talk) -> list[Version]:
        """The entries that a customer with these words may have meant."""
        found = (self.get(entry.id) for entry in self._trial.guesses(words, talk))
        return [each[0] for each in found if each is not None]
