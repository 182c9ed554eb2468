"""otklik faq: the knowledge base as files."""

import json
from collections.abc import Iterable, Sequence
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
Output = Annotated[Path | None, typer.Option("--to", help=said("cli.option.to"))]


def check(files: Files = None, faq: FaqOption = None) -> None:
    """Say everything that is wrong with the files."""
    paths = _paths(files, faq)
    if lines := broken_lines(paths):
        raise refuse(lines)
    typer.echo(said("cli.check_passed", path=", ".join(map(str, paths))))


def export(files: Files = None, faq: FaqOption = None, to: Output = None) -> None:
    """Put several files together."""
    from faq.cli import export as export_files
    from faq.knowledge import BrokenFaq

    try:
        _write(export_files(_paths(files, faq)), to)
    except BrokenFaq as broken:
        raise refuse(map(problem_line, broken.problems)) from None


def import_(
    source: Annotated[Path, typer.Argument(help=said("cli.option.source"))], to: Output = None
) -> None:
    """Take a knowledge base over from CSV, Markdown or YAML; what cannot be used is said and left out."""
    from faq.cli import import_ as import_file

    text, taken = import_file(source)
    lines = [problem_line(problem) for problem in taken.problems]
    if not taken.entries:
        raise refuse(lines or [said("cli.nothing_taken")])
    _write(text, to)
    typer.echo("\n".join([*lines, said("cli.taken", n=len(taken.entries))]), err=True)


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
        evaluation = eval_(_paths(None, faq), questions, language=language)
    except BrokenFaq as broken:
        raise refuse(map(problem_line, broken.problems)) from None
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


def _table(evaluation: "Evaluation") -> Iterable[str]:
    figures = evaluation.figures
    yield f"{said('cli.eval.questions')}  {figures.questions} ({figures.out_of_scope})"
    shares = ("top_1", "top_3", "solved", "direct", "wrong_direct", "choice", "person")
    for name in shares:
        share = getattr(figures, name)
        yield f"{said(f'cli.eval.{name}')}  {'—' if share is None else f'{share:.1%}'}"
    yield f"{said('cli.eval.median_ms')}  {figures.median_ms or 0:.2f}"


def _paths(files: Sequence[Path] | None, faq: Sequence[Path] | None) -> list[Path]:
    """The files named either way; without any, faq.yaml of this folder."""
    return [*(files or ()), *(faq or ())] or [Path("faq.yaml")]


def _write(text: str, to: Path | None) -> None:
    if to is None:
        typer.echo(text, nl=False)
    elif to.exists():
        raise refuse([said("cli.file_exists", path=to)])
    else:
        to.write_text(text, "utf-8")


def commands() -> typer.Typer:
    """The commands under `otklik faq`."""
    app = typer.Typer(help=said("cli.faq"), no_args_is_help=True, rich_markup_mode=None)
    app.command("check", help=said("cli.faq.check"))(check)
    app.command("import", help=said("cli.faq.import"))(import_)
    app.command("export", help=said("cli.faq.export"))(export)
    app.command("eval", help=said("cli.faq.eval"))(evaluate)
    return app
