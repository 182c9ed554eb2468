"""otklik faq eval and check: how good a knowledge base is."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.speaking import refuse, said
from bot.words import what_is_wrong

if TYPE_CHECKING:
    from faq.evaluate import Evaluation
    from faq.problem import Problem

Files = Annotated[list[Path] | None, typer.Argument(help=said("cli.option.faq"), show_default=False)]
FaqOption = Annotated[list[Path] | None, typer.Option("--faq", help=said("cli.option.faq"))]


def check(files: Files = None, faq: FaqOption = None) -> None:
    """Say everything that is wrong with the files."""
    paths = named_files(files, faq)
    if lines := broken_lines(paths):
        raise refuse(lines)
    typer.echo(said("cli.check_passed", path=", ".join(map(str, paths))))


def evaluate(
    questions: Annotated[Path, typer.Option("--questions", help=said("cli.option.questions"))],
    faq: FaqOption = None,
    language: Annotated[str, typer.Option("--language", help=said("cli.option.language"))] = "ru",
    *,
    as_json: Annotated[bool, typer.Option("--json", help=said("cli.option.json"))] = False,
) -> None:
    """Ask every labelled question and say how well the answers were found."""
    from faq.cli import eval_
    from faq.knowledge import BrokenFaq

    try:
        evaluation, unknown = eval_(named_files(None, faq), questions, language=language)
    except BrokenFaq as broken:
        raise refuse(map(problem_line, broken.problems)) from None
    for problem in unknown:
        typer.echo(problem_line(problem), err=True)
    lines = (json.dumps(one.as_json(), ensure_ascii=False) for one in evaluation.asked)
    typer.echo("\n".join(lines if as_json else _table(evaluation)))


def broken_lines(paths: Sequence[Path]) -> list[str]:
    """What is wrong with a knowledge base, a line each."""
    from faq.cli import check as check_files

    return [problem_line(problem) for problem in check_files(paths)]


def glossary_lines(paths: Sequence[Path]) -> list[str]:
    """What is wrong with glossaries, a line each."""
    from faq.glossary import Glossary
    from faq.knowledge import BrokenFaq

    try:
        Glossary.load(paths)
    except BrokenFaq as broken:
        return [problem_line(problem) for problem in broken.problems]
    return []


def problem_line(problem: "Problem") -> str:
    """Say where it is and what it is."""
    place = f"{problem.path}:{problem.line}" + (f" ({problem.entry})" if problem.entry else "")
    return f"{place}: {what_is_wrong(problem, said)}"


def named_files(files: Sequence[Path] | None, faq: Sequence[Path] | None) -> list[Path]:
    """The files named either way; without any, faq.yaml of this folder."""
    return [*(files or ()), *(faq or ())] or [Path("faq.yaml")]


def _table(evaluation: "Evaluation") -> Iterator[str]:
    figures = evaluation.figures
    yield f"{said('cli.eval.questions')}  {figures.questions} ({figures.out_of_scope})"
    shares = ("top_1", "top_3", "solved", "direct", "wrong_direct", "choice", "person")
    for name in shares:
        share = getattr(figures, name)
        yield f"{said(f'cli.eval.{name}')}  {'—' if share is None else f'{share:.1%}'}"
    yield f"{said('cli.eval.median_ms')}  {figures.median_ms or 0:.2f}"
