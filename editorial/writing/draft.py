"""A manager's draft for the knowledge base, and the token that ties a button to exactly that draft."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Protocol, Self

from desk.conversation import PATIENCE
from desk.post import Chat
from faq.entries.entry import ANY, Entry
from faq.files.body import to_body


class Wanted(StrEnum):
    """What a draft asks for next."""

    QUESTION = "question"
    PHRASINGS = "phrasings"
    ANSWER = "answer"
    SECTION = "section"
    DATES = "dates"
    INSTEAD = "instead"
    """Phrasings in the place of all that there are."""
    TRIAL = "trial"
    """A phrase to be tried out; it changes nothing."""
    FILE = "file"
    """A file to be imported."""
    READY = "ready"
    """Nothing: what is written now is meant for others."""


GUIDED = (Wanted.QUESTION, Wanted.PHRASINGS, Wanted.ANSWER, Wanted.SECTION, Wanted.READY)
"""A new entry is asked for in this order."""
OPTIONAL = frozenset({Wanted.PHRASINGS, Wanted.SECTION})

BLANK = Entry(id="", category={}, question={}, phrasings={}, answer={})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """A change in the making; a manager has at most one in each chat.

    `entry_id` is None for a new entry, else `base` is the number of the version it began with. `language`
    says which of the entry's texts are being written, ANY where they are for everybody. `batch` holds entries
    of an imported file, each with the number of the version it would replace. `album` is that of the last
    file taken: its neighbours in the album are nobody's question.
    """

    manager_id: int
    where: Chat
    wanted: Wanted
    entry: Entry = BLANK
    entry_id: str | None = None
    base: int | None = None
    proposal_id: int | None = None
    language: str = ANY
    guided: bool = False
    batch: tuple[tuple[Entry, int | None], ...] = field(default=(), hash=False)
    album: str | None = None
    token: str = ""
    touched_at: datetime

    @property
    def says_something(self) -> bool:
        """Whether anything typed would be lost with it; a file can be sent again."""
        return self.entry != BLANK

    @property
    def complete(self) -> bool:
        """Whether it can be saved: it has a question, and an answer or a person."""
        return bool(self.entry.question) and (bool(self.entry.answer) or self.entry.call_person)

    def after(self, told: Wanted) -> Wanted:
        """What to ask for once this has been told."""
        if not self.guided or told not in GUIDED:
            return Wanted.READY
        return GUIDED[min(GUIDED.index(told) + 1, len(GUIDED) - 1)]

    def sealed(self, now: datetime) -> Self:
        """The draft with its token, which changes with its content."""
        batch = [(to_body(entry), base) for entry, base in self.batch]
        parts = (self.manager_id, self.where, self.entry_id, self.base, to_body(self.entry), batch)
        token = blake2b(repr(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
        return replace(self, token=token, touched_at=now)

    def waits(self, where: Chat, now: datetime) -> bool:
        """Whether the draft waits for its manager's words."""
        return where == self.where and self.wanted is not Wanted.READY and not self.forgotten(now)

    def forgotten(self, now: datetime) -> bool:
        """Whether nothing was written for too long."""
        return now - self.touched_at > PATIENCE


class EntryDrafts(Protocol):
    """The drafts of entries of one desk."""

    def of(self, manager_id: int, chat_id: int) -> EntryDraft | None:
        """The manager's draft in a chat."""

    def find(self, token: str) -> EntryDraft | None:
        """The draft that a button's token belongs to."""

    def keep(self, draft: EntryDraft) -> None:
        """Insert the draft, or replace the manager's former one in that chat."""

    def drop(self, draft: EntryDraft) -> None:
        """Delete the draft."""
