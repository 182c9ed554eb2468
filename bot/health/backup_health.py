"""How it is with the backups by the clock, as the folder says: a restart knows as much as who made them."""

import time
from dataclasses import dataclass
from pathlib import Path

from bot.config import Settings
from storage.keeping.backing_up import suffix_of
from storage.keeping.folder import backups_in, made_at

NONE = 0.0


@dataclass(slots=True)
class BackupHealth:
    """Where backups of the one database go, how often, and when the newest was made.

    `every` is 0 where none are made by the clock; `newest` is None until somebody has looked, and counts
    from 1970: a folder without a backup has a very old one.
    """

    folder: Path | None
    suffix: str
    every: float
    newest: float | None = None

    @classmethod
    def of(cls, settings: Settings) -> "BackupHealth":
        """As the configuration wants it."""
        url, backup = settings.storage.url, settings.backup
        folder = backup.folder_for(url) if backup.every_hours else None
        return cls(folder, suffix_of(url), backup.every_hours * 3600 if folder else 0.0)

    def look(self) -> None:
        """Look into the folder; while it cannot be read, what was known stays. It may hang, as disks do."""
        if self.folder is None:
            return
        try:
            found = [made_at(each).timestamp() for each in backups_in(self.folder) if self._ours(each)]
        except OSError:
            found = [self.newest or NONE]
        now = time.time()  # a name from the future is that of a clock that went wrong
        self.newest = max((at for at in found if at <= now), default=NONE)

    @property
    def due(self) -> bool:
        """Whether the newest is older than it should be."""
        return self.newest is None or time.time() - self.newest >= self.every

    def _ours(self, backup: Path) -> bool:
        """Whether it is of a database of this kind: the folder may hold what was there before a move."""
        return backup.suffix == self.suffix
