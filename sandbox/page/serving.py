"""Bytes for the browser: never anything a browser would run."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

STATIC = Path(__file__).with_name("static")
SAMPLES = Path(__file__).with_name("samples")

# The page runs its own scripts and nothing else, whatever a message holds.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}
# What a file is, is read from its first bytes: the type it came with is only somebody's word.
SIGNATURES = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
)


def kind_of(data: bytes) -> str | None:
    """The content type of a picture, a film or a sound; None for anything else."""
    return next((kind for at, mark, kind in SIGNATURES if data[at : at + len(mark)] == mark), None)


def own(path: str, frames: Sequence[str] = ()) -> web.FileResponse:
    """A file of the page itself, which may show what comes from these origins in frames."""
    wanted = (STATIC / path).resolve()
    if not wanted.is_relative_to(STATIC) or not wanted.is_file():
        raise web.HTTPNotFound
    policy = f"{POLICY}; frame-src {' '.join(frames)}" if frames else POLICY
    return web.FileResponse(wanted, headers=HEADERS | {"Content-Security-Policy": policy})


def foreign(request: web.Request, data: bytes, name: str) -> web.Response:
    """A file somebody sent: shown only if it is a picture, a film or a sound, else downloaded."""
    kind = kind_of(data)
    manner = "inline" if kind and "name" not in request.query else "attachment"
    headers = HEADERS | {
        "Content-Disposition": f"{manner}; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Accept-Ranges": "bytes",
    }
    wanted = request.http_range
    status = 200
    if wanted.start is not None or wanted.stop is not None:
        start, stop, _ = wanted.indices(len(data))
        headers["Content-Range"] = f"bytes {start}-{max(start, stop - 1)}/{len(data)}"
        data, status = data[start:stop], 206
    return web.Response(
        body=data, status=status, headers=headers, content_type=kind or "application/octet-stream"
    )
