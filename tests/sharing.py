"""What all tests of a run share: statements that are compiled, and a folder in memory."""

import os
import shutil
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache, immutabledict

MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory
ROOM = 2 * 2**30
NAME = "otklik-tests-"


def compile_once() -> None:
    """Let engines share their compiled statements.

    A bot has one engine and compiles a statement once; a story has an engine of its own, and compiling
    all of its statements again took half of its time.
    """

    def made_alike(one: DefaultDialect, other: object) -> bool:
        return type(one) is type(other) and _json_of(one) is _json_of(other)

    DefaultDialect.__eq__ = made_alike  # type: ignore[assignment,method-assign]
    DefaultDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[assignment,method-assign]
    Engine._execution_options = immutabledict({"compiled_cache": LRUCache(4000)})


def _json_of(dialect: object) -> object:
    return getattr(dialect, "_json_serializer", None)


def folder_in_memory() -> Path | None:
    """Where a run may write without waiting for a disk, if there is room; a killed run's is cleared away."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return None
    for left in MEMORY.glob(f"{NAME}*"):
        if not Path("/proc", left.name.removeprefix(NAME)).exists():
            shutil.rmtree(left, ignore_errors=True)
    return MEMORY / f"{NAME}{os.getpid()}" if shutil.disk_usage(MEMORY).free >= ROOM else None
