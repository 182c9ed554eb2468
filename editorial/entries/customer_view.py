"""An answer by itself, with its attachment, as it will stand in a customer's chat."""

from dataclasses import replace

from desk.talk import Talk
from editorial.entries.view import EntryView
from faq.entries.entry import Entry
from tickets.answers import Faq
from tickets.attached import bodies, media_of


class CustomerView:
    """Shows managers what customers get."""

    def __init__(self, faq: Faq, view: EntryView) -> None:
        self._faq, self._view = faq, view

    def show(self, entry: Entry, language: str, talk: Talk) -> None:
        """Nothing is said where there is nothing to see: an entry may only call a person."""
        known = self._faq.knowledge.get(entry.id)
        media = media_of(entry if known is None else replace(entry, folder=known.folder))
        html = self._view.answer(entry, talk, language or talk.language) if entry.answer else ""
        if html or media:
            for body in bodies(media, html):
                talk.send(body)
