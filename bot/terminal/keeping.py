"""otklik backup, restore and migrate: all data to a file, back, and to another database."""

import asyncio
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.loading import load_settings
from bot.terminal.serving import DEFAULT, ConfigPath
from bot.terminal.speaking import refuse, said

if TYPE_CHECKING:
    from bot.config import Settings

To = Annotated[Path | None, typer.Option("--to", help=said("cli.option.backup_to"))]
From = Annotated[str, typer.Option("--from", help=said("cli.option.move_from"), show_default=False)]
MoveTo = Annotated[str, typer.Option("--to", help=said("cli.option.move_to"), show_default=False)]
EVERY = 100_000
BackupFile = Annotated[Path, typer.Argument(help=said("cli.option.backup_file"), show_default=False)]


def backup(to: To = None, config: ConfigPath = DEFAULT) -> None:
    """Write all that the database holds to one file; the bot may be at work meanwhile."""
    settings = load_settings(config)
    from storage.keeping.backing_up import back_up
    from storage.keeping.stopping import Interruption

    target = _target(settings, to)
    back_up(settings.storage.url, target, Interruption())
    typer.echo(said("cli.backed_up", path=target, mb=round(target.stat().st_size / 1e6, 1)))


def restore(file: BackupFile, config: ConfigPath = DEFAULT) -> None:
    """Make the database of the configuration from a backup; nothing is ever overwritten."""
    settings = load_settings(config)
    from storage.engine.revisions import newest
    from storage.keeping import restoring
    from storage.keeping.stopping import Interruption

    found = restoring.restore(file, settings.storage.url, Interruption())
    typer.echo(said("cli.restored", path=file, tickets=found.tickets, messages=found.messages))
    if found.revision != newest():
        typer.echo(said("cli.restored_older", found=found.revision, known=newest()))


def migrate(from_: From, to: MoveTo) -> None:
    """Copy all data to another database; said again after a kill, it goes on where it was."""
    source, target = _database(from_, "--from"), _database(to, "--to")
    from storage.keeping.moving import move_all

    rows = asyncio.run(move_all(source, target, _Telling()))
    typer.echo(said("cli.moved", rows=rows))


class _Telling:
    """Says how a move goes on, a line for each table and for each hundred thousand rows of a large one."""

    def __init__(self) -> None:
        self._said: tuple[str, int] = ("", 0)

    def moved(self, table: str, rows: int, found: int) -> None:
        """So many of a table's rows are in the target."""
        step = (table, rows // EVERY)
        if rows >= found or step > self._said:
            self._said = step
            typer.echo(said("cli.moved_rows", table=table, rows=rows, found=found))

    def checking(self) -> None:
        """All rows are there, and are counted and summed now."""
        typer.echo(said("cli.move_checked"))


def _database(url: str, option: str) -> str:
    from pydantic import ValidationError

    from bot.config import Storage

    try:
        found = Storage(url=url).url
    except ValidationError:
        raise refuse([f"{option}: {said('config.storage_url')}"]) from None
    if found.startswith("postgresql:") and find_spec("asyncpg") is None:
        raise refuse([f"{option}: {said('config.no_asyncpg')}"])
    return found


def _target(settings: "Settings", to: Path | None) -> Path:
    from storage.keeping.backing_up import suffix_of
    from storage.keeping.folder import backup_name

    folder = settings.backup.folder_for(settings.storage.url) if to is None else to
    if folder is None:
        raise refuse([said("cli.no_backup_folder")])
    if to is not None and not to.is_dir():
        return to
    return folder / backup_name(datetime.now(UTC), suffix_of(settings.storage.url))
