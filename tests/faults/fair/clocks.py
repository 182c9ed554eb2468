"""A process whose clock on the wall is put from outside, where there is a compiler to make that possible."""

import os
import shutil
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

SOURCE = Path(__file__).with_name("put_clock.c")


def compiler() -> str | None:
    """A compiler of this machine."""
    return shutil.which("cc") or shutil.which("gcc")


class PutClock:
    """The clock of processes that are started with its environment; the steady clock is left alone."""

    def __init__(self, cc: str, folder: Path) -> None:
        self._library, self._file = folder / "put_clock.so", folder / "clock"
        subprocess.run([cc, "-shared", "-fPIC", "-O1", "-o", self._library, SOURCE], check=True)
        self._file.write_bytes(struct.pack("=q", 0))

    def put(self, seconds: int) -> None:
        """So many seconds off the true time, from now on."""
        with self._file.open("r+b") as file:
            file.write(struct.pack("=q", seconds))

    @property
    def environment(self) -> Mapping[str, str]:
        """What a process needs to go by it."""
        return {**os.environ, "LD_PRELOAD": str(self._library), "PUT_CLOCK": str(self._file)}
