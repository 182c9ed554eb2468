"""otklik faq: the knowledge base as files."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands import evaluating
from bot.commands.evaluating import FaqOption, Files, named_files, problem_line
from bot.commands.speaking import refuse, said

Output = Annotated[Path | None, typer.Option("--to", help=said("cli.option.to"))]


def export(files: Files = None, faq: FaqOption = None, to: Output = None) -> None:
    """Put several files together."""
    from faq.cli import export as export_files
    from faq.knowledge import BrokenFaq

    try:
        _write(export_files(named_files(files, faq)), to)
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
    app.command("check", help=said("cli.faq.check"))(evaluating.check)
    app.command("import", help=said("cli.faq.import"))(import_)
    app.command("export", help=said("cli.faq.export"))(export)
    app.command("eval", help=said("cli.faq.eval"))(evaluating.evaluate)
    return app
