"""The knowledge base in use: one edition at a time, changed as a whole."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from faq.entries.attachments import folder_with
from faq.entries.entry import Entry
from faq.entries.knowledge import Clock, Knowledge, utc_now
from faq.files.body import Body, trusted
from faq.matching.match import Matcher
from faq.matching.matcher import build

Build = Callable[[Knowledge], Matcher]


@dataclass(frozen=True, slots=True)
class Edition:
    """A knowledge base and the matcher made for it: they change together."""

    knowledge: Knowledge
    matcher: Matcher


class Library:
    """Holds an edition, an empty one to begin with. Making another takes a moment: it is done in a thread."""

    def __init__(self, now: Clock = utc_now, folders: Sequence[Path] = ()) -> None:
        """Media is looked for in the folders, in their order."""
        self._now, self._folders = now, folders
        self._edition = self.make(())

    @property
    def edition(self) -> Edition:
        """Take it once for a question, so that its matcher and its entries belong together."""
        return self._edition

    @property
    def knowledge(self) -> Knowledge:
        """The entries."""
        return self._edition.knowledge

    @property
    def matcher(self) -> Matcher:
        """What finds an entry for a question."""
        return self._edition.matcher

    def make(self, bodies: Iterable[Body], build: Build = build) -> Edition:
        """Entries and a matcher for them; changes nothing here and needs no event loop."""
        entries = [self._placed(trusted(body)) for body in bodies]
        knowledge = Knowledge.from_entries(entries, self._now)
        return Edition(knowledge, build(knowledge))

    def put(self, edition: Edition) -> None:
        """From now on questions are asked of this one; those being asked finish with the one before."""
        self._edition = edition

    def _placed(self, entry: Entry) -> Entry:
        """With the folder in which its file lies, if it has one."""
        if not isinstance(entry.attachment(), Path) or not self._folders:
            return entry
        found = (folder for folder in self._folders if folder_with(folder, str(entry.media)))
        return replace(entry, folder=next(found, self._folders[0]))
