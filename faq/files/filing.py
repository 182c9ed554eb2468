"""What the files say against what stands in the database: a three-way comparison, entry by entry.

The files are an input. What they say now is held against what they said when they were last listened to
and against the newest version: only where one side alone has changed is anything taken over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from faq.files.body import Body, same


@dataclass(frozen=True, slots=True)
class FileEntry:
    """An entry as a file says it now; `file` is the file's name."""

    entry_id: str
    body: Body
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An entry as the files said it when they were last listened to; None is an entry they do not have.

    While `disputed`, the files say `offered` by now, and managers decide. `position` counts from 0.
    """

    entry_id: str
    position: int
    body: Body | None
    disputed: bool = False
    offered: Body | None = None
    at: datetime


class Filings(Protocol):
    """What the files of one desk have said."""

    def all(self) -> Sequence[Filed]:
        """Everything they ever said, in their order."""

    def get(self, entry_id: str) -> Filed | None:
        """About one entry."""

    def disputed(self) -> Sequence[Filed]:
        """What managers have to decide, in the files' order."""

    def keep(self, filed: Iterable[Filed]) -> None:
        """Insert, or put in the place of what was said about these entries before."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A version to be added: what the files say, or None where they have removed the entry."""

    entry_id: str
    body: Body | None
    file: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows from the comparison."""

    changes: tuple[FileChange, ...] = ()
    """Nobody but the files has changed these: they become versions."""
    filed: tuple[Filed, ...] = ()
    """What is to be remembered of what the files say."""
    disputed: tuple[Filed, ...] = ()
    """Changed on both sides and not known to managers yet; the newest version stays in use."""


def compare(
    said: Sequence[FileEntry],
    filed: Iterable[Filed],
    newest: Mapping[str, Body | None],
    now: datetime,
    *,
    names: str = "",
) -> Plan:
    """Decide about every entry of the files, and about those they have given up.

    `newest` holds the newest version of each entry, None for a removed one. `names` are those of all files
    together: nobody can tell which of them an entry is missing from. Nothing is read or written.
    """
    before = {each.entry_id: each for each in filed}
    places = {each.entry_id: place for place, each in enumerate(said)}
    files = {each.entry_id: each for each in said}
    gone = [entry_id for entry_id in before if entry_id not in files]
    changes, kept, disputed = [], [], []
    for entry_id in (*files, *gone):
        was = before.get(entry_id) or Filed(entry_id=entry_id, position=-1, body=None, at=now)
        body = files[entry_id].body if entry_id in files else None
        become = _become(was, body, newest.get(entry_id), now)
        if not become.disputed and not same(body, newest.get(entry_id)) and not same(body, was.body):
            changes.append(FileChange(entry_id, body, files[entry_id].file if entry_id in files else names))
        if become.disputed and become != was:
            disputed.append(become)
        become = replace(become, position=places.get(entry_id, was.position))
        if become != was:
            kept.append(become)
    return Plan(tuple(changes), tuple(kept), tuple(disputed))


def _become(was: Filed, body: Body | None, newest: Body | None, now: datetime) -> Filed:
    """What is known of an entry once the files have been listened to."""
    if same(body, was.body):
        return replace(was, disputed=False, offered=None)
    if same(body, newest) or same(newest, was.body):
        return replace(was, body=body, disputed=False, offered=None, at=now)
    if was.disputed and same(body, was.offered):
        return was
    return replace(was, disputed=True, offered=body, at=now)
