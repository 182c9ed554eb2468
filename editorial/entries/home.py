"""The home of the editor: how many entries there are, their categories, what waits for a decision."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from desk.formatted import cut
from desk.pages import on_page, pages
from desk.post import Button, press
from desk.talk import Talk
from editorial.entries.shelf import Shelf
from editorial.entries.view import EntryView
from faq.entries.version import Version

CAPTION = 38
SHORT_CAPTION = 18
ENTRIES_ON_A_PAGE = 10
SECTIONS_ON_A_PAGE = 16
PAIR = 2
REMOVED = "removed"
"""Stands for the list of removed entries; a category's tag has eight characters."""


class Pending(Protocol):
    """What waits for a manager's decision."""

    def proposals(self) -> int:
        """How many proposals are not decided."""

    def disputes(self) -> int:
        """How many entries are disputed."""


class Home:
    """Shows the home and lists of entries; each can replace the one before."""

    def __init__(self, *, shelf: Shelf, view: EntryView, pending: Pending) -> None:
        self._shelf, self._view, self._pending = shelf, view, pending

    def show(self, talk: Talk, message_id: int | None = None, page: int = 0) -> None:
        """Show the home."""
        entries = self._shelf.entries
        states = Counter(self._view.state(entry) for entry in entries)
        html = talk.text(
            "editor.home",
            count=len(entries),
            hidden=states["hidden"],
            ended=states["ended"],
            soon=sum(map(self._view.ends_soon, entries)),
        )
        self._put(talk, message_id, html, [*self._sections(talk, page), *self._doors(talk)])

    def section(self, talk: Talk, tag: str, page: int, message_id: int | None) -> str | None:
        """Show the entries of a category; returns a toast if it is gone."""
        if tag == REMOVED:
            name, versions = talk.plain("editor.removed"), self._shelf.removed
        else:
            found = [each for each in self._shelf.sections(talk.language) if each.tag == tag]
            if not found:
                self.show(talk, message_id)
                return talk.plain("editor.section_gone")
            name, versions = found[0].name or talk.plain("editor.no_section"), list(found[0].versions)
        count = pages(len(versions), ENTRIES_ON_A_PAGE)
        page = min(page, count - 1)
        html = talk.text("editor.section", name=name, n=len(versions), page=page + 1, pages=count)
        shown = on_page(versions, page, ENTRIES_ON_A_PAGE)
        turning = self._turning(talk, "section", tag, page, count)
        self._put(talk, message_id, html, [*self._entries(talk, shown), *turning, self._back(talk)])
        return None

    def found(self, talk: Talk, words: str, versions: Sequence[Version]) -> None:
        """Show the entries that were found; with more than a page, ask for more words."""
        shown = versions[:ENTRIES_ON_A_PAGE]
        html = talk.text("editor.found", words=cut(words, 60), n=len(versions), shown=len(shown))
        self._put(talk, None, html, [*self._entries(talk, shown), self._back(talk)])

    def _entries(self, talk: Talk, versions: Sequence[Version]) -> list[list[Button]]:
        return [
            [talk.named(self._view.caption(each, talk, CAPTION), "show", each.entry_id)] for each in versions
        ]

    def _sections(self, talk: Talk, page: int) -> list[list[Button]]:
        sections = self._shelf.sections(talk.language)
        count = pages(len(sections), SECTIONS_ON_A_PAGE)
        page = min(page, count - 1)
        shown = on_page(sections, page, SECTIONS_ON_A_PAGE)
        buttons = [
            talk.named(
                f"{cut(each.name or talk.plain('editor.no_section'), SHORT_CAPTION)} · {len(each.versions)}",
                "section",
                each.tag,
                0,
            )
            for each in shown
        ]
        rows = [buttons[start : start + PAIR] for start in range(0, len(buttons), PAIR)]
        return rows + self._turning(talk, "home", "", page, count)

    def _doors(self, talk: Talk) -> list[list[Button]]:
        rows = [
            [talk.button(f"editor.button.{each}", each, 0) for each in pair]
            for pair in (("add", "try"), ("export", "import"))
        ]
        rows.append([Button(talk.plain("proposal.button.digest"), press("prop", "digest", 0))])
        if removed := len(self._shelf.removed):
            rows.append([talk.button("editor.button.removed", "section", REMOVED, 0, n=removed)])
        if proposals := self._pending.proposals():
            caption = talk.plain("editor.button.proposals", n=proposals)
            rows.append([Button(caption, press("prop", "list", 0))])
        if disputes := self._pending.disputes():
            caption = talk.plain("editor.button.disputes", n=disputes)
            rows.append([Button(caption, press("file", "list", 0))])
        return rows

    def _turning(self, talk: Talk, action: str, tag: str, page: int, count: int) -> list[list[Button]]:
        if count == 1:
            return []
        says = (action, tag) if tag else (action,)
        before, after = (page - 1) % count, (page + 1) % count
        return [
            [
                talk.button("editor.button.before", *says, before),
                talk.button("editor.button.after", *says, after, page=page + 1, pages=count),
            ]
        ]

    def _back(self, talk: Talk) -> list[Button]:
        return [talk.button("editor.button.home", "home", 0)]

    def _put(self, talk: Talk, message_id: int | None, html: str, rows: list[list[Button]]) -> None:
        if message_id is None:
            talk.say(html, rows)
        else:
            talk.rewrite(message_id, html, rows)
