"""Files with real bytes: what one side sends, the other can fetch."""

import random
import re
from dataclasses import dataclass
from typing import Any

from sandbox.accounts import BotAccount, Json
from sandbox.clock import Clock
from sandbox.errors import ApiError, Refusal

MEGABYTE = 1 << 20
MAX_UPLOAD = 50 * MEGABYTE
MAX_PHOTO = 10 * MEGABYTE
MAX_DOWNLOAD = 20 * MEGABYTE
LINK_LIFE = 3600.0
FOLDERS = {
    "photo": "photos",
    "video": "videos",
    "voice": "voice",
    "audio": "music",
    "video_note": "video_notes",
    "sticker": "stickers",
    "animation": "animations",
    "document": "documents",
    "thumbnail": "thumbnails",
}
FILE_ID = re.compile(r"([a-z_]+)-([A-Za-z0-9]{16})(?:-(\d+))?$")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True)
class Upload:
    """A file as it came in with a request, or as a person attaches it."""

    data: bytes
    name: str
    mime: str = "application/octet-stream"


@dataclass(eq=False)
class Stored:
    key: str
    kind: str
    data: bytes
    name: str
    mime: str
    number: int
    shape: Json
    smaller: "Stored | None" = None
    whole: "Stored | None" = None
    """A photo has another size; that one knows the photo it is of."""

    @property
    def file_id(self) -> str:
        """The world's own id of the file; each bot is shown its own (see `for_bot`)."""
        return f"{self.kind}-{self.key}"

    @property
    def path(self) -> str:
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{FOLDERS[self.kind]}/file_{self.number}.{suffix}"

    def ids(self) -> Json:
        return {"file_id": self.file_id, "file_unique_id": f"U{self.key[:12]}", "file_size": len(self.data)}


class Files:
    def __init__(self, clock: Clock, rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng
        self._by_key: dict[str, Stored] = {}
        self._links: dict[tuple[int, str], tuple[Stored, float]] = {}

    def keep(self, kind: str, upload: Upload, *, key: str = "", **shape: Any) -> Stored:
        key = key or "".join(self._rng.choices(LETTERS, k=16))
        stored = Stored(key, kind, upload.data, upload.name, upload.mime, len(self._by_key) + 1, shape)
        self._by_key[key] = stored
        return stored

    def get(self, file_id: str) -> Stored | None:
        """A file by the world's id or any bot's."""
        found = FILE_ID.match(file_id)
        return self._by_key.get(found[2]) if found else None

    def of_bot(self, bot: BotAccount, file_id: str) -> Stored | None:
        """A file by an id that was given to this very bot."""
        found = FILE_ID.match(file_id)
        return self._by_key.get(found[2]) if found and found[3] == str(bot.id) else None

    def link(self, bot: BotAccount, file_id: str) -> Json:
        """What getFile answers; the path then works for an hour."""
        stored = self.of_bot(bot, file_id)
        if stored is None:
            known = FILE_ID.match(file_id)
            raise ApiError(Refusal.FILE_UNAVAILABLE if known else Refusal.FILE_ID_INVALID)
        if len(stored.data) > MAX_DOWNLOAD:
            raise ApiError(Refusal.FILE_TOO_BIG)
        self._links[bot.id, stored.path] = stored, self._clock.now() + LINK_LIFE
        return stored.ids() | {"file_id": for_bot(stored.file_id, bot), "file_path": stored.path}

    def fetch(self, bot: BotAccount, path: str) -> Stored | None:
        stored, until = self._links.get((bot.id, path), (None, 0.0))
        return stored if until > self._clock.now() else None


def for_bot(file_id: str, bot: BotAccount) -> str:
    return f"{file_id}-{bot.id}"


def with_ids_for(bot: BotAccount, value: Any) -> Any:
    """The same JSON with this bot's own file ids in it."""
    if isinstance(value, dict):
        return {k: for_bot(v, bot) if k == "file_id" else with_ids_for(bot, v) for k, v in value.items()}
    if isinstance(value, list):
        return [with_ids_for(bot, item) for item in value]
    return value
