"""A backup: one file with all that the database holds at one moment, read whole before it gets its name."""

import shutil
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

from storage.keeping import postgres_tools
from storage.keeping.folder import clean_up
from storage.keeping.new_file import make_folders, new_file, refuse_existing
from storage.keeping.refusals import KeepingError, KeepingRefusedError
from storage.keeping.sqlite_copy import copy_whole
from storage.keeping.stopping import Interruption


def back_up(url: str, target: Path, interruption: Interruption, *, spare: bool = False) -> None:
    """Write a backup; a bot may be at work on the database meanwhile.

    With `spare` the disk must keep as much room again as the backup takes. Raises KeepingError.
    """
    refuse_existing(target)
    with suppress(OSError):  # if anything is wrong with the folder, writing to it says so
        clean_up(target.parent)
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        source = Path(parsed.database or "")
        if not source.is_file():
            raise KeepingRefusedError("keeping.no_database", path=source)
        _look_for_room(target, source.stat().st_size * (2 if spare else 1))
        copy_whole(source, target, interruption)
        return
    with new_file(target) as beside:
        postgres_tools.dump(parsed, beside, interruption)
        postgres_tools.inspect_dump(beside, interruption)


def suffix_of(url: str) -> str:
    """How the name of a backup of such a database ends."""
    return ".db" if make_url(url).get_backend_name() == "sqlite" else ".dump"


def _look_for_room(target: Path, size: int) -> None:
    """A disk is not filled to its end in vain: the bot may be writing to the same one."""
    try:
        make_folders(target)
        free = shutil.disk_usage(target.parent).free
    except OSError as error:
        raise KeepingError("keeping.disk", path=target, reason=error.strerror or error) from error
    if free < size:
        raise KeepingError("keeping.full", path=target.parent)
