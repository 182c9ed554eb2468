"""The command `otklik`: quick to start, and never a traceback for whoever typed it."""

import io
import os
import sys

import typer

from bot.terminal import entries, keeping, serving, stuck, subscribers
from bot.terminal.loading import problem_line
from bot.terminal.speaking import WRONG, said

FAILED = 1

# Errors of the world outside: the line says it all, our own stack would not help anybody.
OUTSIDE = ("aiogram", "aiohttp", "asyncpg", "sqlalchemy")


def build() -> typer.Typer:
    """Put the commands together; plain help, since rich alone would cost half of the time to start."""
    app = typer.Typer(
        help=said("cli.about"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.command("run", help=said("cli.run"))(serving.run)
    app.command("check", help=said("cli.check"))(serving.check)
    app.command("demo", help=said("cli.demo"))(serving.demo)
    app.command("backup", help=said("cli.backup"))(keeping.backup)
    app.command("restore", help=said("cli.restore"))(keeping.restore)
    app.command("migrate", help=said("cli.migrate"))(keeping.migrate)
    app.add_typer(entries.commands(), name="faq")
    app.add_typer(stuck.commands(), name="stuck")
    app.add_typer(subscribers.commands(), name="subscribers")
    return app


def main() -> None:
    """Run the command line; anything unforeseen becomes one line and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        build()()
    except Exception as error:
        sys.exit(_failed(error))


def _failed(error: Exception) -> int:
    from bot.redaction import unquoted, without_tokens
    from faq.entries.problem import BrokenFaq
    from storage.engine.schema import UnknownSchemaError
    from storage.engine.trouble import StorageUnusableError
    from storage.keeping.refusals import KeepingError, KeepingRefusedError

    if isinstance(error, BrokenFaq):
        typer.echo("\n".join(map(problem_line, error.problems)), err=True)
        return WRONG
    if isinstance(error, UnknownSchemaError):
        typer.echo(said("cli.newer_database", found=error.found, known=error.known), err=True)
        return FAILED
    if isinstance(error, StorageUnusableError):
        typer.echo(without_tokens(said("cli.storage", reason=error)), err=True)
        return FAILED
    if isinstance(error, KeepingError):
        typer.echo(without_tokens(said(error.reason, **error.params)), err=True)
        return WRONG if isinstance(error, KeepingRefusedError) else FAILED
    said_itself = str(error).partition("\n")[0] if isinstance(error, OSError) else unquoted(str(error))
    reason = said_itself or type(error).__name__
    typer.echo(without_tokens(said("cli.failed", reason=reason)), err=True)
    _keep_details(error)
    return FAILED


def _keep_details(error: Exception) -> None:
    """Log where it happened, if that is wanted; otherwise say how to get it."""
    if os.environ.get("OTKLIK_LOG__LEVEL", "").lower() == "debug":
        import logging

        from bot import logs
        from bot.config import Log

        logs.set_up(Log(level="debug"))
        logging.getLogger("bot").debug("failed", exc_info=error)
    elif not isinstance(error, OSError) and not type(error).__module__.startswith(OUTSIDE):
        typer.echo(said("cli.failed_details"), err=True)
