"""What a command works on: a configuration, files of a knowledge base, and what is wrong with either."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.knowledge.telling import what_could_be_better, what_is_wrong, what_was_done
from bot.terminal.speaking import refuse, said, terminal_language

if TYPE_CHECKING:
    from bot.config import Settings
    from faq.entries.problem import Problem
    from faq.entries.remark import Remark
    from faq.judging.flaws import Flaw
    from faq.matching.encoders.choice import Choice

Files = Annotated[list[Path] | None, typer.Argument(help=said("cli.option.faq"), show_default=False)]
FaqOption = Annotated[list[Path] | None, typer.Option("--faq", help=said("cli.option.faq"))]


def load_settings(path: Path) -> "Settings":
    """The configuration; one that is wrong ends the command with a line for each problem."""
    from bot.config import ConfigProblems, load

    try:
        return load(path)
    except ConfigProblems as refused:
        raise refuse(refused.lines(terminal_language())) from None


def broken_lines(paths: Sequence[Path]) -> list[str]:
    """What is wrong with a knowledge base, a line each."""
    from faq.cli import check as check_files

    return [problem_line(problem) for problem in check_files(paths)]


def glossary_lines(paths: Sequence[Path]) -> list[str]:
    """What is wrong with glossaries, a line each."""
    from faq.entries.problem import BrokenFaq
    from faq.files.glossary import Glossary

    try:
        Glossary.load(paths)
    except BrokenFaq as broken:
        return [problem_line(problem) for problem in broken.problems]
    return []


def encoder_lines(wanted: "Choice") -> tuple[list[str], list[str]]:
    """What is said of an encoder that can be had, and of one that cannot."""
    from faq.matching.encoders.opening import going_on_with

    encoder, why = going_on_with(wanted)
    if why is not None or encoder is None:
        return [], [said(why.text, **why.params)] if why else []
    lines = [said("cli.encoder", encoder=encoder.model)]
    return lines + ([said("cli.encoder_unmeasured")] if isinstance(wanted, Path) else []), []


def remark_lines(paths: Sequence[Path]) -> list[str]:
    """What was guessed, made and simplified in files of a knowledge base, a line each."""
    from faq.cli import remarks

    return [remark_line(remark) for remark in remarks(paths)]


def problem_line(problem: "Problem") -> str:
    """Say where it is and what it is."""
    return f"{_place(problem)}: {what_is_wrong(problem, said)}"


def remark_line(remark: "Remark") -> str:
    """Say where it is and what was done there."""
    return f"{_place(remark)}: {what_was_done(remark, said)}"


def _place(found: "Problem | Remark") -> str:
    return f"{found.path}:{found.line}" + (f" ({found.entry})" if found.entry else "")


def flaw_line(flaw: "Flaw") -> str:
    """Say which entry it is about and what could be better."""
    return f"{flaw.entry}: {what_could_be_better(flaw, said)}"


def named_files(files: Sequence[Path] | None, faq: Sequence[Path] | None) -> list[Path]:
    """The files named either way; without any, faq.yaml of this folder."""
    return [*(files or ()), *(faq or ())] or [Path("faq.yaml")]
