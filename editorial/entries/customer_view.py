"""Shows a manager an answer with its media, as it will stand in a customer's chat."""

from dataclasses import replace

from desk.talk import Talk
from editorial.entries.view import EntryView
from faq.entries.entry import Entry
from tickets.answer_messages import bodies, media_of
from tickets.answers import Faq


class CustomerView:
    """Shows managers what customers get."""

    def __init__(self, faq: Faq, view: EntryView) -> None:
        self._faq, self._view = faq, view

    def show(self, entry: Entry, language: str, talk: Talk) -> None:
        """Show the answer; an entry without one shows nothing."""
        known = self._faq.knowledge.get(entry.id)
        media = media_of(entry if known is None else replace(entry, folder=known.folder))
        html = self._view.answer(entry, talk, language or talk.language) if entry.answer else ""
        if html or media:
            for body in bodies(media, html):
                talk.send(body)
