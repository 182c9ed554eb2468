"""The history of entries: every change is a version, and the newest version is the entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from faq.entries.entry import Entry


class Action(StrEnum):
    """What made a version."""

    ADDED = "added"
    EDITED = "edited"
    DISABLED = "disabled"
    RESTORED = "restored"
    REMOVED = "removed"
    UNDONE = "undone"
    FILED = "filed"
    """Taken over from the desk's files."""
    IMPORTED = "imported"
    """Taken over from a file that a manager sent."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a version: a manager by Telegram id and name, or a file by its name."""

    id: int | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An entry as it was left by one change; `number` counts from 1, `entry` is None once removed."""

    entry_id: str
    number: int
    action: Action
    entry: Entry | None
    author: Author
    at: datetime


class Versions(Protocol):
    """The versions of one desk's entries."""

    def newest(self) -> Sequence[Version]:
        """The newest of every entry, removed ones too, in the order in which customers browse them."""

    def of(self, entry_id: str, limit: int) -> Sequence[Version]:
        """The history of one entry, newest first."""

    def add(
        self, entry_id: str, action: Action, entry: Entry | None, *, author: Author, at: datetime
    ) -> Version:
        """Put another version on top."""
