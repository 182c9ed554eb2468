"""The file_id cache: a file is uploaded once, and sent by Telegram's id for it the next time."""

import asyncio
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.engine.units import Units
from bot.engine.verdicts import CallAccepted, CallRefused, Verdict
from bot.telegram.uploads import Call, DiskFile
from desk.kinds import MEDIA

KINDS = tuple(MEDIA)


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """A call with the digest of its file; `known` if the file goes by its file_id and is not uploaded."""

    call: Call
    digest: str | None = None
    known: bool = False


class FileIds:
    """Keeps file_ids for one desk."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._digests: dict[tuple[str, str], tuple[tuple[int, int], str]] = {}

    async def pack(self, call: Call) -> OutgoingCall:
        """Put the file_id in the place of a file that Telegram has already."""
        found = _upload(call)
        if found is None:
            return OutgoingCall(call)
        kind, path = found
        digest = await self._digest(kind, path)
        if digest is None:
            return OutgoingCall(call)
        file_id = await self._units.look(lambda rooms: rooms.stores.files.known(digest))
        return (
            OutgoingCall(call, digest)
            if file_id is None
            else OutgoingCall(_named(call, file_id), digest, known=True)
        )

    async def sent(self, packed: OutgoingCall, verdict: Verdict) -> None:
        """Keep the file_id of an uploaded file, and forget one that Telegram does not know any more."""
        digest = packed.digest
        if digest is None:
            return
        match verdict:
            case CallAccepted(result) if not packed.known and (file_id := _file_id(result)) is not None:
                await self._units.write(lambda rooms: rooms.stores.files.keep(digest, file_id))
            case CallRefused() if packed.known:
                await self._units.write(lambda rooms: rooms.stores.files.forget(digest))
            case _:
                return

    async def _digest(self, kind: str, path: str) -> str | None:
        """A digest of the file's bytes and role; a file that has not changed is not read again."""
        try:
            found = await asyncio.to_thread(Path(path).stat)
            stamp = (found.st_mtime_ns, found.st_size)
            seen, digest = self._digests.get((kind, path), (None, ""))
            if seen != stamp:
                content = await asyncio.to_thread(Path(path).read_bytes)
                digest = blake2b(content, digest_size=16, person=kind.encode()).hexdigest()
                self._digests[kind, path] = stamp, digest
        except OSError:
            return None  # the client will say what is wrong with it
        return digest


def _upload(call: Call) -> tuple[str, str] | None:
    """The role and the path of the file on disk in a call."""
    media = call.get("media")
    if isinstance(media, dict):
        call = {media["type"]: media["media"]}
    for kind in KINDS:
        match call.get(kind):
            case DiskFile(path):
                return kind, str(path)
    return None


def _named(call: Call, file_id: str) -> Call:
    media = call.get("media")
    if isinstance(media, dict):
        return {**call, "media": {**media, "media": file_id}}
    return {name: file_id if name in KINDS else value for name, value in call.items()}


def _file_id(result: Any) -> str | None:
    """The file_id in a message; a photo comes in several sizes, the biggest last."""
    if not isinstance(result, dict):
        return None
    for kind in KINDS:
        if kind in result:
            file = result[kind][-1] if kind == "photo" else result[kind]
            return str(file["file_id"])
    return None
