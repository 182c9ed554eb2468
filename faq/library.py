"""The knowledge base in use: read from its files, read again when they change, never half of either."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from faq.fuzzy import THRESHOLDS, FuzzyMatcher
from faq.knowledge import BrokenFaq, Clock, Knowledge, utc_now
from faq.match import Matcher, Thresholds
from faq.problem import Problem


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nobody touched the files since they were last looked at."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The new version is in use."""

    count: int


@dataclass(frozen=True, slots=True)
class Broken:
    """The new version cannot be used, the one before stays. Said once for each version."""

    problems: tuple[Problem, ...]


Refreshed: TypeAlias = Unchanged | Reloaded | Broken


@dataclass(frozen=True, slots=True)
class Edition:
    """A knowledge base and the matcher made for it: they change together."""

    knowledge: Knowledge
    matcher: Matcher


class Library:
    """Holds one edition at a time. Reading takes a moment, so a server calls `refresh` in a thread."""

    def __init__(
        self, paths: Sequence[Path], thresholds: Thresholds = THRESHOLDS, now: Clock = utc_now
    ) -> None:
        """Raises BrokenFaq: without a first good version there is nothing to go on with."""
        self._paths = tuple(map(Path, paths))
        self._thresholds = thresholds
        self._now = now
        self._lock = Lock()
        self._seen = self._stamp()
        self._edition = self.build()

    @property
    def edition(self) -> Edition:
        """Take it once for a question, so that its matcher and its entries belong together."""
        return self._edition

    @property
    def knowledge(self) -> Knowledge:
        return self._edition.knowledge

    @property
    def matcher(self) -> Matcher:
        return self._edition.matcher

    def refresh(self) -> Refreshed:
        """Looks at the files and takes a new version over if it is whole."""
        with self._lock:
            stamp = self._stamp()
            if stamp == self._seen:
                return Unchanged()
            self._seen = stamp
            try:
                self._edition = self.build()
            except BrokenFaq as broken:
                return Broken(broken.problems)
            return Reloaded(len(self._edition.knowledge.entries))

    def build(self) -> Edition:
        """Reads the files and makes a matcher for them; changes nothing here and needs no event loop."""
        knowledge = Knowledge.load(self._paths, self._now)
        return Edition(knowledge, FuzzyMatcher(knowledge, self._thresholds.sure, self._thresholds.unsure))

    def _stamp(self) -> tuple[tuple[int, int] | None, ...]:
        return tuple(map(_stamp_of, self._paths))


def _stamp_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
