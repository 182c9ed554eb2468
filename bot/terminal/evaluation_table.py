"""An evaluation for the terminal: every figure, then the worst confusions."""

from collections.abc import Callable, Iterator, Sequence

from faq.judging.evaluate import Evaluation, MatchFigures
from faq.judging.flaws import shortened
from faq.judging.review import Confusion, confusions

SHOWN = 5
SHARES = ("top_1", "top_3", "solved", "direct", "wrong_direct", "choice", "person")
TIMES = ("median_ms", "p99_ms")
Plain = Callable[..., str]


def table(passes: Sequence[Evaluation], plain: Plain, language: str) -> Iterator[str]:
    """A line for every figure, names to the left and a number for each pass to the right of them.

    Below it one for every confusion of the first pass.
    """
    columns = [list(figures(one.figures, plain, language)) for one in passes]
    names = [name for name, _ in columns[0]]
    named, counted = max(map(len, names)), max(len(value) for rows in columns for _, value in rows)
    for at, name in enumerate(names):
        yield "  ".join([f"{name:<{named}}", *(f"{rows[at][1]:>{counted}}" for rows in columns)])
    if worst := confusions(passes[0], SHOWN):
        yield ""
        yield plain("cli.eval.confusions")
        for each in worst:
            yield f"  {_line(each, plain)}"


def figures(found: MatchFigures, plain: Plain, language: str) -> Iterator[tuple[str, str]]:
    """Every figure by its name, written as the language writes numbers."""
    yield plain("cli.eval.questions"), str(found.questions)
    yield plain("cli.eval.out_of_scope"), str(found.out_of_scope)
    for name in SHARES:
        yield plain(f"cli.eval.{name}"), percent(getattr(found, name), language, "0.0")
    yield plain("cli.eval.auroc"), number(found.auroc, language, "0.000")
    for name in TIMES:
        yield plain(f"cli.eval.{name}"), number(getattr(found, name), language, "0.00")


def number(value: float | None, language: str, pattern: str) -> str:
    """A number with so many places, or a dash."""
    from babel.numbers import format_decimal

    return "—" if value is None else format_decimal(value, pattern, locale=language)


def percent(share: float | None, language: str, pattern: str = "0") -> str:
    """A share in per cent, or a dash."""
    if share is None:
        return "—"
    space = "\u00a0" if language == "ru" else ""
    return f"{number(share * 100, language, pattern)}{space}%"


def _line(each: Confusion, plain: Plain) -> str:
    return plain(
        "cli.eval.confusion",
        expected=each.expected,
        found=each.found,
        n=len(each.asked),
        answered=each.answered,
        example=shortened(each.asked[0].text),
    )
