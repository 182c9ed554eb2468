"""The folder of backups: their names, the newest of them, and how the oldest go."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

from storage.keeping.new_file import UNFINISHED

STAMP = "%Y%m%d-%H%M%S"
LEFT_BEHIND = 86_400
"""Seconds."""
OURS = re.compile(r"otklik-(\d{8}-\d{6})\.(?:db|dump)")


def backup_name(at: datetime, suffix: str) -> str:
    """The name of a backup made at that time; it says nothing about whose it is."""
    return f"otklik-{at.astimezone(UTC):{STAMP}}{suffix}"


def backups_in(folder: Path) -> list[Path]:
    """The backups by their names, the oldest first; nothing else in the folder is ours."""
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if OURS.fullmatch(each.name) and each.is_file())


def made_at(backup: Path) -> datetime:
    """When a backup was made, by its name."""
    found = OURS.fullmatch(backup.name)
    if found is None:
        raise ValueError(f"{backup.name} is no backup's name")
    return datetime.strptime(found[1], STAMP).replace(tzinfo=UTC)


def clean_up(folder: Path) -> None:
    """Remove what a killed backup has left; one that is younger than a day may still be written."""
    for each in folder.glob(f".otklik-*{UNFINISHED}*") if folder.is_dir() else ():
        if time.time() - each.stat().st_mtime > LEFT_BEHIND:
            each.unlink(missing_ok=True)


def keep_newest(folder: Path, count: int, made: Path) -> list[Path]:
    """Remove all but the newest; the one just made stays, whatever a clock has done to names."""
    others = [each for each in backups_in(folder) if each != made]
    too_many = others[: max(0, len(others) - count + 1)]
    for each in too_many:
        each.unlink(missing_ok=True)
    return too_many
