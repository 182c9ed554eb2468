"""The terminal's side of the talk: in the language of whoever sits there, problems a line each."""

import os
from collections.abc import Iterable, Mapping

import typer

from locales import Texts

LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
WRONG = 2

texts = Texts()


def terminal_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language the terminal is set to, if we speak it."""
    named = next((environ[name] for name in LOCALE_VARIABLES if environ.get(name)), "")
    return texts.best(named.partition(".")[0], default="en")


def said(key: str, /, **params: object) -> str:
    """Say a text in the terminal's language."""
    return texts.plain(key, terminal_language(), **params)


def refuse(lines: Iterable[str]) -> typer.Exit:
    """Say what is wrong, a line each; raise what this returns."""
    for line in lines:
        typer.echo(line, err=True)
    return typer.Exit(WRONG)
