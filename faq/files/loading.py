"""A knowledge base made of files: whole, or refused with everything that is wrong with any of them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from faq.entries.knowledge import Clock, Knowledge, utc_now
from faq.entries.problem import BrokenFaq, Problem, ProblemKind
from faq.files.formats import read_file
from faq.files.page import Page


def load_knowledge(paths: Sequence[Path], now: Clock = utc_now) -> Knowledge:
    """Raises BrokenFaq with everything that is wrong with the files."""
    return Knowledge(tuple(entry for page in pages_of(paths) for entry in page.entries), now)


def pages_of(paths: Sequence[Path]) -> list[Page]:
    """The files as they were read. Raises BrokenFaq with everything that is wrong with any of them."""
    pages = [read_file(Path(path)) for path in paths]
    problems = [problem for page in pages for problem in page.problems] + _repeated(pages)
    if problems:
        raise BrokenFaq(problems)
    return pages


def _repeated(pages: Iterable[Page]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for page in pages:
        for entry_id, line in page.named:
            if entry_id in first:
                params = {"first": first[entry_id]}
                problems.append(Problem(page.path, line, entry_id, ProblemKind.REPEATED_ID, params))
            first.setdefault(entry_id, f"{page.path.name}, line {line}")
    return problems
