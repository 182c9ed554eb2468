"""The history of one entry: who changed it, when, and how it was before."""

from desk.formatted import Html
from desk.talk import Talk
from editorial.entries.difference import changed
from editorial.entries.shelf import Shelf
from editorial.entries.view import EntryView
from faq.entries.version import Version, Versions

STEPS_ON_A_PAGE = 8


class EntryHistory:
    """Shows the versions of an entry in the place of its page."""

    def __init__(self, versions: Versions, shelf: Shelf, view: EntryView) -> None:
        self._versions, self._shelf, self._view = versions, shelf, view

    def show(self, newest: Version, page: int, message_id: int, talk: Talk) -> None:
        """List the versions, newest first."""
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
        html = self._view.line(
            "editor.history", newest, self._shelf.last(newest), talk, steps=Html("\n\n".join(steps))
        )
        talk.rewrite(message_id, html, [*rows, [talk.button("editor.button.back", "show", newest.entry_id)]])

    def version(self, newest: Version, number: int, message_id: int, talk: Talk) -> str | None:
        """The entry as one version left it."""
        version = self._shelf.numbered(newest, number)
        if version is None or version.entry is None:
            return talk.plain("editor.dead_button")
        above = talk.text("editor.old", number=number, newest=newest.number)
        html = self._view.page(version.entry, talk, version=version, above=above)
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
            when=self._view.when(version.at, talk),
            changes=self._view.changes([each for each in changes if each.part != "hidden"], talk),
        )
