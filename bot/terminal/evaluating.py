"""otklik faq eval and check: how good a knowledge base is."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.loading import (
    FaqOption,
    Files,
    broken_lines,
    flaw_line,
    glossary_lines,
    load_settings,
    named_files,
    problem_line,
    remark_lines,
)
from bot.terminal.speaking import refuse, said, terminal_language

if TYPE_CHECKING:
    from bot.config import Desk
    from faq.cli import TrafficTrial, Trial
    from faq.judging.evaluate import Evaluation
    from faq.matching.encoders.choice import Choice


def check(
    files: Files = None,
    faq: FaqOption = None,
    config: Annotated[Path | None, typer.Option("--config", help=said("cli.option.faq_config"))] = None,
) -> None:
    """Say everything that is wrong with the files, and what could be better in the knowledge base."""
    if config is None:
        _check_files(named_files(files, faq))
    elif files or faq:
        raise refuse([said("cli.files_or_config")])
    else:
        _check_desks(config)


def _check_files(paths: Sequence[Path]) -> None:
    if lines := broken_lines(paths):
        raise refuse(lines)
    from faq.cli import better

    for line in remark_lines(paths):
        typer.echo(line)
    _report(", ".join(map(str, paths)), [flaw_line(one) for one in better(paths)])


def _check_desks(path: Path) -> None:
    import asyncio

    settings = load_settings(path)
    if lines := [line for name, desk in settings.desk.items() for line in _broken(name, desk)]:
        raise refuse(lines)
    from bot.terminal.inspection import inspect, lints

    inspected = asyncio.run(inspect(settings))
    several = len(inspected) > 1
    found = [
        f"{name}: {flaw_line(one)}" if several else flaw_line(one)
        for name, each in inspected.items()
        for one in lints(settings.desk[name], each)
    ]
    if inspected and all(each.usage is None for each in inspected.values()):
        typer.echo(said("cli.remark", remark=said("cli.no_history")), err=True)
    _report(str(path), found)


def _broken(name: str, desk: "Desk") -> list[str]:
    wrong = [f"desk.{name}.faq: {line}" for line in broken_lines(desk.faq)]
    return wrong + [f"desk.{name}.glossary: {line}" for line in glossary_lines(desk.glossary)]


def _report(checked: str, lines: Sequence[str]) -> None:
    for line in lines:
        typer.echo(line)
    count = len(lines)
    typer.echo(
        said("cli.could_be_better", path=checked, n=count)
        if count
        else said("cli.check_passed", path=checked)
    )


def evaluate(
    questions: Annotated[Path, typer.Option("--questions", help=said("cli.option.questions"))],
    faq: FaqOption = None,
    language: Annotated[str, typer.Option("--language", help=said("cli.option.language"))] = "ru",
    glossary: Annotated[
        list[Path] | None, typer.Option("--glossary", help=said("cli.option.glossary"))
    ] = None,
    sure: Annotated[float | None, typer.Option("--sure", help=said("cli.option.sure"), min=0, max=1)] = None,
    unsure: Annotated[
        float | None, typer.Option("--unsure", help=said("cli.option.unsure"), min=0, max=1)
    ] = None,
    traffic: Annotated[Path | None, typer.Option("--traffic", help=said("cli.option.traffic"))] = None,
    page: Annotated[Path | None, typer.Option("--page", help=said("cli.option.page"))] = None,
    *,
    semantic: Annotated[
        bool | None, typer.Option("--semantic/--no-semantic", help=said("cli.option.semantic"))
    ] = None,
    encoder: Annotated[str | None, typer.Option("--encoder", help=said("cli.option.encoder"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=said("cli.option.json"))] = False,
) -> None:
    """Ask every labelled question and say how well the answers were found."""
    from faq.cli import Trial

    paths = named_files(None, faq)
    with _refused_if_wrong():
        chosen = _chosen(semantic, encoder)
        trial = Trial.of(
            paths, questions, glossary or (), sure=sure, unsure=unsure, encoder=chosen, traffic=traffic
        )
    for problem in trial.strangers:
        typer.echo(problem_line(problem), err=True)
    if as_json:
        evaluation = trial.run(language)
        _print_lines(evaluation)
    else:
        tried = trial.twice(language)
        evaluation = tried.new if traffic is None else tried.busy
        _print_table(trial, tried)
    if page is not None:
        _write_page(page, trial, evaluation, paths, questions)


@contextmanager
def _refused_if_wrong() -> Iterator[None]:
    """Ends the command with what is wrong with the files or the encoder that were named."""
    from faq.entries.problem import BrokenFaq
    from faq.matching.encoders.choice import NoEncoder

    try:
        yield
    except BrokenFaq as broken:
        raise refuse(map(problem_line, broken.problems)) from None
    except NoEncoder as why:
        raise refuse([said(why.text, **why.params)]) from None


def _chosen(semantic: bool | None, encoder: str | None) -> "Choice | None":
    """What is to compare meanings; where nobody says, the first encoder if it is installed."""
    from faq.matching.encoders.choice import named
    from faq.matching.encoders.opening import is_installed

    if encoder is not None:
        if semantic is False:
            raise refuse([said("cli.encoder_or_none")])
        return named(encoder, Path.cwd())
    return "use" if (is_installed() if semantic is None else semantic) else None


def _print_lines(evaluation: "Evaluation") -> None:
    for one in evaluation.asked:
        typer.echo(json.dumps(one.as_json(), ensure_ascii=False))


def _print_table(trial: "Trial", tried: "TrafficTrial") -> None:
    if trial.encoder is None:
        typer.echo(said("cli.eval.by_letters"))
    else:
        typer.echo(said("cli.eval.by_meaning", encoder=trial.encoder.model))
    if trial.encoder is not None and trial.unmeasured:
        typer.echo(said("cli.encoder_unmeasured"), err=True)
    _print_passes(trial, tried)


def _print_passes(trial: "Trial", tried: "TrafficTrial") -> None:
    from bot.terminal.evaluation_table import percent, table

    language, found = terminal_language(), tried.traffic
    if found is None:
        typer.echo(said("cli.eval.no_traffic"))
        typer.echo("\n".join(table([tried.new], said, language)))
        return
    typer.echo(said("cli.eval.two_passes" if trial.traffic is None else "cli.eval.with_traffic"))
    right, usually = percent(found.right, language), percent(found.before, language)
    typer.echo(said("cli.eval.traffic", n=found.questions, right=right, usually=usually))
    typer.echo("\n".join(table([tried.new, tried.busy], said, language)))


def _write_page(
    page: Path, trial: "Trial", evaluation: "Evaluation", paths: Sequence[Path], questions: Path
) -> None:
    from datetime import UTC, datetime

    from bot.terminal.evaluation_page import draw

    html = draw(
        evaluation,
        trial.knowledge,
        terminal_language(),
        sure=trial.thresholds.sure,
        paths=paths,
        questions=questions,
        today=datetime.now(UTC).astimezone().date(),
    )
    page.write_text(html, "utf-8")
    typer.echo(said("cli.page_written", path=page), err=True)
