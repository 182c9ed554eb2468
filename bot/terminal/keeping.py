"""otklik backup and restore: the data as one file, whole and looked at."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.terminal.loading import load_settings
from bot.terminal.serving import DEFAULT, ConfigPath
from bot.terminal.speaking import refuse, said

if TYPE_CHECKING:
    from bot.config import Settings

To = Annotated[Path | None, typer.Option("--to", help=said("cli.option.backup_to"))]
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


def _target(settings: "Settings", to: Path | None) -> Path:
    from storage.keeping.backing_up import suffix_of
    from storage.keeping.folder import backup_name

    folder = settings.backup.folder_for(settings.storage.url) if to is None else to
    if folder is None:
        raise refuse([said("cli.no_backup_folder")])
    if to is not None and not to.is_dir():
        return to
    return folder / backup_name(datetime.now(UTC), suffix_of(settings.storage.url))
