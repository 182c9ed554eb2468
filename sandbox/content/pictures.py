"""Pictures as bytes: made, and measured."""

import struct
import zlib

PNG, GIF, BMP = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"BM"
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""JPEG segments that say how big the picture is."""


def picture(red: int, green: int, blue: int, width: int = 320, height: int = 200) -> bytes:
    """A PNG of one colour."""
    row = b"\x00" + bytes((red, green, blue)) * width

    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checksum

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(row * height, 9))
    return PNG + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


def measured(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF, WebP or BMP; None if it is none of them."""
    try:
        size = _measured(data)
    except (struct.error, IndexError):
        return None
    return size if size and min(size) > 0 else None


def _measured(data: bytes) -> tuple[int, int] | None:
    if data.startswith(PNG):
        return struct.unpack(">II", data[16:24])
    if data.startswith(GIF):
        return struct.unpack("<HH", data[6:10])
    if data.startswith(BMP):
        width, height = struct.unpack("<ii", data[18:26])
        return width, abs(height)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return _jpeg(data) if data.startswith(b"\xff\xd8") else None


def _webp(data: bytes) -> tuple[int, int] | None:
    match data[12:16]:
        case b"VP8X":
            wide, high = data[24:27] + b"\0", data[27:30] + b"\0"
            return struct.unpack("<I", wide)[0] + 1, struct.unpack("<I", high)[0] + 1
        case b"VP8L":
            bits = struct.unpack("<I", data[21:25])[0]
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", data[26:30])
            return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while data[at] == 0xFF:
        kind, size = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if kind in FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + size
    return None
