"""A file that appears whole or not at all, for its owner only, and never in another's place."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from storage.keeping.refusals import KeepingError, KeepingRefusedError

UNFINISHED = ".part"


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A place beside the target to write to; when all went well, it becomes the target.

    Raises KeepingRefusedError if something stands there already, also if it came meanwhile.
    """
    refuse_existing(target)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        make_folders(target)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL, 0o600))
        yield beside
        _to_disk(beside)
        _give_name(beside, target)
        _to_disk(target.parent)
    except OSError as error:
        raise KeepingError("keeping.disk", path=target, reason=error.strerror or error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def remove_unfinished(target: Path) -> None:
    """Remove what a killed try to make this very file has left beside it, and SQLite beside that."""
    for each in target.parent.glob(f".{escape(target.name)}.*{UNFINISHED}*"):
        each.unlink(missing_ok=True)


def refuse_existing(target: Path) -> None:
    """Nothing is ever overwritten."""
    if os.path.lexists(target):
        raise KeepingRefusedError("keeping.exists", path=target)


def make_folders(target: Path) -> None:
    """Make the folders above it, for their owner only; what is there keeps its rights."""
    for folder in reversed([each for each in target.parents if not each.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)


def _give_name(beside: Path, target: Path) -> None:
    """A link takes no other file's place, as a rename would; not every file system knows links."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise KeepingRefusedError("keeping.exists", path=target) from None
    except OSError:
        refuse_existing(target)
        beside.rename(target)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
