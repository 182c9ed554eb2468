"""A page kept in memory, ready to be sent: its bytes, also packed, and the tag they are known by."""

import gzip
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

from aiohttp import web

PUBLIC = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cache-Control": "public, max-age=30",
    "X-Content-Type-Options": "nosniff",
}
WORTH_PACKING = 1024
"""Bytes from which a page is also kept packed."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One page in one language; `headers` are its own."""

    body: bytes
    packed: bytes | None
    tag: str
    headers: dict[str, str]

    @classmethod
    def of(cls, body: bytes, kind: str, **more: str) -> Self:
        """A page of this content type, and what else its headers say (with _ for -)."""
        packed = gzip.compress(body, 6, mtime=0) if len(body) >= WORTH_PACKING else None
        own = {name.replace("_", "-"): said for name, said in more.items()}
        vary = ", ".join(filter(None, ["Accept-Encoding", own.pop("Vary", "")]))
        tag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        return cls(body, packed, tag, {**PUBLIC, "Content-Type": kind, "Vary": vary, "ETag": tag, **own})

    def answer(self, request: web.Request) -> web.Response:
        """The page, or only that it has not changed since it was last asked for."""
        if self._known(request.headers.get("If-None-Match", "")):
            return web.Response(status=304, headers=self.headers)
        if self.packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=self.packed, headers={**self.headers, "Content-Encoding": "gzip"})
        return web.Response(body=self.body, headers=self.headers)

    def _known(self, tags: str) -> bool:
        wanted = self.tag.removeprefix("W/")
        return tags == "*" or any(each.strip().removeprefix("W/") == wanted for each in tags.split(","))
