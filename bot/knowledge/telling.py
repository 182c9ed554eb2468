"""Says problems, remarks and flaws of a knowledge base with our texts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faq.entries.problem import Problem
    from faq.entries.remark import Remark
    from faq.judging.flaws import Flaw

Plain = Callable[..., str]
"""Says a key as plain text, in one language."""


def what_is_wrong(problem: "Problem", plain: Plain) -> str:
    """A problem as a text, without its place."""
    params = dict(problem.params)
    if "expected" in params:
        params["expected"] = plain(f"faq.expected.{params['expected']}")
    return plain(f"faq.problem.{problem.kind}", **params)


def what_was_done(remark: "Remark", plain: Plain) -> str:
    """A remark as a text, without its place."""
    params = dict(remark.params)
    if "key" in params:
        params["key"] = plain(f"faq.column.{params['key']}")
    return plain(f"faq.remark.{remark.kind}", **params)


def what_could_be_better(flaw: "Flaw", plain: Plain) -> str:
    """A flaw as a text, without its entry."""
    said = plain(f"faq.lint.{flaw.kind}", **flaw.words)
    return f"{said} {plain(f'faq.cure.{flaw.cure}', **flaw.words)}" if flaw.cure else said
