"""otklik faq: the knowledge base as files, and the database's as a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal import evaluating
from bot.terminal.loading import FaqOption, Files, load_settings, named_files, problem_line, remark_line
from bot.terminal.speaking import refuse, said

if TYPE_CHECKING:
    from faq.files.formats import Imported

Output = Annotated[Path | None, typer.Option("--to", help=said("cli.option.to"))]
DeskOption = Annotated[str | None, typer.Option("--desk", help=said("cli.option.desk"))]


def export(
    files: Files = None,
    faq: FaqOption = None,
    config: Annotated[Path | None, typer.Option("--config", help=said("cli.option.export_config"))] = None,
    desk: DeskOption = None,
    to: Output = None,
) -> None:
    """Put several files together, or write down what stands in the database."""
    from faq.cli import export as export_files
    from faq.entries.problem import BrokenFaq

    if config is not None:
        if files or faq:
            raise refuse([said("cli.files_or_config")])
        _write(_standing(config, desk), to)
        return
    try:
        _write(export_files(named_files(files, faq)), to)
    except BrokenFaq as broken:
        raise refuse(map(problem_line, broken.problems)) from None


def _column(key: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{key}", metavar="COLUMN", help=said("cli.option.column", key=said(f"faq.column.{key}"))
    )
    return option


QuestionColumns = Annotated[list[str] | None, _column("question")]
AnswerColumns = Annotated[list[str] | None, _column("answer")]
PhrasingsColumns = Annotated[list[str] | None, _column("phrasings")]
CategoryColumns = Annotated[list[str] | None, _column("category")]
IdColumn = Annotated[str | None, _column("id")]


def import_(
    source: Annotated[Path, typer.Argument(help=said("cli.option.source"))],
    config: Annotated[Path | None, typer.Option("--config", help=said("cli.option.import_config"))] = None,
    desk: DeskOption = None,
    *,
    replace: Annotated[bool, typer.Option("--replace", help=said("cli.option.replace"))] = False,
    to: Output = None,
    question: QuestionColumns = None,
    answer: AnswerColumns = None,
    phrasings: PhrasingsColumns = None,
    category: CategoryColumns = None,
    id_: IdColumn = None,
) -> None:
    """Take a knowledge base over from whatever people have; what was done with it is said line by line."""
    from faq.cli import import_ as import_file

    named = {"question": question, "answer": answer, "phrasings": phrasings, "category": category}
    told = {key: tuple(names) for key, names in {**named, "id": id_ and [id_]}.items() if names}
    text, taken = import_file(source, told)
    lines = _lines(taken)
    if not taken.entries:
        raise refuse(lines or [said("cli.nothing_taken")])
    if config is None:
        _write(text, to)
        lines.append(said("cli.taken", n=len(taken.entries)))
    else:
        lines += _take_in(config, desk, taken, source.name, replace=replace)
    typer.echo("\n".join(lines), err=True)


def _lines(taken: "Imported") -> list[str]:
    """What an import did and what it left out, in the file's order; how to put a wrong guess right."""
    from faq.entries.problem import ProblemKind
    from faq.entries.remark import RemarkKind

    told = [(each.line, remark_line(each)) for each in taken.remarks]
    told += [(each.line, problem_line(each)) for each in taken.problems]
    lines = [line for _, line in sorted(told, key=lambda pair: pair[0])]
    guesses = {RemarkKind.GUESSED, RemarkKind.CHOSEN_BY_CONTENT, RemarkKind.NO_HEADER}
    guessed = any(each.kind in guesses for each in taken.remarks)
    missing = any(each.kind is ProblemKind.NO_COLUMN for each in taken.problems)
    return [*lines, said("cli.name_columns")] if guessed or missing else lines


def _standing(config: Path, desk: str | None) -> str:
    """The database's entries as a text of faq.yaml."""
    import asyncio

    from faq.files.formats import export_yaml

    url, name = _place(config, desk)
    from bot.terminal.records import NoRecords, entries_of

    try:
        return export_yaml(asyncio.run(entries_of(url, name)))
    except NoRecords:
        raise refuse([said("cli.no_records")]) from None


def _take_in(
    config: Path, desk: str | None, imported: "Imported", source: str, *, replace: bool
) -> Iterator[str]:
    """Add the entries to the database; the report, a line each."""
    import asyncio

    url, name = _place(config, desk)
    from bot.terminal.records import take_in

    taken = asyncio.run(take_in(url, name, imported.entries, source, replace=replace))
    yield said(
        "cli.taken_in",
        added=len(taken.added),
        replaced=len(taken.replaced),
        same=len(taken.same),
        skipped=len({(each.line, each.entry) for each in imported.problems}),
    )
    if taken.other:
        yield said("cli.not_replaced", n=len(taken.other), ids=", ".join(taken.other))


def _place(config: Path, desk: str | None) -> tuple[str, str]:
    """The database's address and the desk's name, which may be left out where there is one desk."""
    settings = load_settings(config)
    names = ", ".join(settings.desk)
    if desk is None and len(settings.desk) > 1:
        raise refuse([said("cli.which_desk", desks=names)])
    name = desk or next(iter(settings.desk))
    if name not in settings.desk:
        raise refuse([said("cli.no_such_desk", desk=name, desks=names)])
    return settings.storage.url, name


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
