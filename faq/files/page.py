"""One file of the knowledge base while it is being read."""

from dataclasses import dataclass, field
from pathlib import Path

from faq.entries.entry import Entry
from faq.entries.problem import Problem, ProblemKind
from faq.entries.remark import Remark, RemarkKind


@dataclass(slots=True)
class Page:
    """What could be read of the file, and what could not; ids are named even if the rest is broken.

    `media` are the files of this machine that its entries may name; None is any beside it or below.
    `ids` are those that no other entry may get, `made` how many of them nobody had written.
    """

    path: Path
    media: frozenset[str] | None = None
    entries: list[Entry] = field(default_factory=list)
    named: list[tuple[str, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    made: int = 0

    def wrong(self, line: int, entry: str, kind: ProblemKind, **params: str | int) -> None:
        self.problems.append(Problem(self.path, line, entry, kind, params))

    def remark(self, line: int, entry: str, kind: RemarkKind, **params: str | int) -> None:
        self.remarks.append(Remark(self.path, line, entry, kind, params))

    def finish(self) -> None:
        """Say how many ids were made, and put problems and remarks into the order of the file."""
        if self.made:
            self.remark(1, "", RemarkKind.IDS_MADE, n=self.made)
        self.problems.sort(key=lambda problem: problem.line)
        self.remarks.sort(key=lambda remark: remark.line)

    def unreadable(self, error: OSError | UnicodeDecodeError) -> None:
        reason = (
            error.strerror or type(error).__name__ if isinstance(error, OSError) else "it is not UTF-8 text"
        )
        self.wrong(1, "", ProblemKind.UNREADABLE, reason=reason)
