"""What is wrong with a knowledge base, and what could be better in it, said with our texts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faq.entries.problem import Problem
    from faq.judging.flaws import Flaw

Plain = Callable[..., str]
"""Says a key as plain text, in one language."""


def what_is_wrong(problem: "Problem", plain: Plain) -> str:
    """What is wrong with a knowledge base, without the place."""
    params = dict(problem.params)
    if "expected" in params:
        params["expected"] = plain(f"faq.expected.{params['expected']}")
    return plain(f"faq.problem.{problem.kind}", **params)


def what_could_be_better(flaw: "Flaw", plain: Plain) -> str:
    """What is worth a look in a knowledge base, without the entry it is about."""
    return plain(f"faq.lint.{flaw.kind}", **flaw.words)
