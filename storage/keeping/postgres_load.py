"""Fills a database of PostgreSQL's from a backup, in one transaction that is ours to end.

What pg_restore writes goes through us to psql, and the commit comes from us: if we are killed in the middle,
both find their other end gone, and nothing of it stands. Alone, pg_restore would go on without us.
"""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import URL

from storage.keeping.postgres_tools import complaint, started
from storage.keeping.refusals import KeepingError
from storage.keeping.stopping import Interruption

Process = subprocess.Popen[bytes]

QUIETLY = ("--no-psqlrc", "--quiet", f"--output={os.devnull}", "--set=ON_ERROR_STOP=1")


def load(path: Path, url: URL, interruption: Interruption, last: str) -> None:
    """Fill an empty database, whole or not at all; `last` is said in the same transaction."""
    with (
        started("psql", *QUIETLY, url=url, stdin=subprocess.PIPE) as writer,
        interruption.by(writer.kill),
        started("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(path)) as reader,
        interruption.by(reader.kill),
    ):
        said = _poured(reader, writer, last)
    if interruption.stopped:
        raise KeepingError("keeping.interrupted")
    if said is not None:
        raise KeepingError("keeping.not_restored", reason=said)


def _poured(reader: Process, writer: Process, last: str) -> str | None:
    """What either complained of, once both have ended; None if all of it is there for good."""
    if writer.stdin is None or reader.stdout is None:
        raise RuntimeError("they have no pipes")
    try:
        writer.stdin.write(b"BEGIN;\n")
        shutil.copyfileobj(reader.stdout, writer.stdin)
    except BrokenPipeError:  # psql says why it has ended
        reader.kill()
    _, told = reader.communicate()
    if reader.returncode == 0:
        # the backup took the search path away, so that none of its own names was mistaken
        _, said = writer.communicate(f"RESET search_path;\n{last}\nCOMMIT;\n".encode())
    else:
        _, said = writer.communicate()
    if writer.returncode:
        return complaint(said, "psql")
    return complaint(told, "pg_restore") if reader.returncode else None
