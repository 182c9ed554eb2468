"""The files of a desk: looked at again and again, read when they have changed, said once when broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from faq.entries.problem import BrokenFaq, Problem
from faq.files.body import to_body
from faq.files.filing import FileEntry
from faq.files.glossary import Glossary
from faq.files.loading import pages_of


@dataclass(frozen=True, slots=True)
class FilesUnchanged:
    """Nobody touched the files since they were last looked at."""


@dataclass(frozen=True, slots=True)
class FilesRead:
    """The files are whole; this is what they say, in their order."""

    said: tuple[FileEntry, ...]
    glossary: Glossary


@dataclass(frozen=True, slots=True)
class FilesBroken:
    """The files cannot be used as they are. Said once for each state they are in."""

    problems: tuple[Problem, ...]


Look: TypeAlias = FilesUnchanged | FilesRead | FilesBroken
Stamp: TypeAlias = tuple[tuple[int, int] | None, ...]


class Source:
    """The knowledge base's files and the glossary's. Reading takes a moment: a server looks in a thread."""

    def __init__(self, paths: Sequence[Path], glossary: Sequence[Path] = ()) -> None:
        self._paths, self._glossary = tuple(map(Path, paths)), tuple(map(Path, glossary))
        self._seen: Stamp | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the desk has no knowledge base in files: they then say nothing at all."""
        return not self._paths

    @property
    def names(self) -> str:
        """The names of the knowledge base's files."""
        return ", ".join(path.name for path in self._paths)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where media may lie, in the order in which it is looked for."""
        return tuple(dict.fromkeys(path.parent for path in self._paths))

    def look(self) -> Look:
        """What the files say, if they have changed since the last look."""
        stamp = tuple(map(_stamp_of, (*self._paths, *self._glossary)))
        if stamp == self._seen:
            return FilesUnchanged()
        self._seen = stamp
        try:
            said = [
                FileEntry(entry.id, to_body(entry), page.path.name)
                for page in pages_of(self._paths)
                for entry in page.entries
            ]
            return FilesRead(tuple(said), Glossary.load(self._glossary))
        except BrokenFaq as broken:
            return FilesBroken(broken.problems)

    def forget(self) -> None:
        """What was heard could not be kept: the next look is to be as the first one."""
        self._seen = None


def _stamp_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
