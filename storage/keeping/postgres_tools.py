"""PostgreSQL's own programs for backups; a password goes by the environment, never by a command line."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import URL

from storage.keeping.refusals import KeepingError, KeepingRefusedError
from storage.keeping.stopping import Interruption

MAGIC = b"PGDMP"
WE = "otklik keeping"
"""How our programs call themselves at the server: not as a bot at work does."""
NEWER_SERVER = re.compile(r"server version: ([\d.]+).*pg_dump version: ([\d.]+)", re.DOTALL)
PARTS = {
    "PGHOST": "host",
    "PGPORT": "port",
    "PGUSER": "username",
    "PGPASSWORD": "password",
    "PGDATABASE": "database",
}


def dump(url: URL, path: Path, interruption: Interruption) -> None:
    """Write one moment of the whole database to a file that is there already and empty."""
    said = run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}",
               url=url, interruption=interruption)  # fmt: skip
    if said is not None:
        raise _not_dumped(said, path)


def inspect_dump(path: Path, interruption: Interruption) -> None:
    """Read all of a backup, to its last byte: its list of contents stands at its head and says little."""
    said = run("pg_restore", f"--file={os.devnull}", str(path), interruption=interruption)
    if said is not None:
        raise KeepingRefusedError("keeping.damaged", path=path, reason=said)


def revision_in(path: Path, interruption: Interruption) -> str | None:
    """The schema's revision in a backup."""
    script = output("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(path),
                    interruption=interruption)  # fmt: skip
    found = re.search(r"^COPY \S*alembic_version .*\n(\S+)\n", script, re.MULTILINE)
    return found[1] if found else None


def is_dump(path: Path) -> bool:
    """Whether a file begins like one of pg_dump's."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def run(program: str, *words: str, interruption: Interruption, url: URL | None = None) -> str | None:
    """Run it to its end; what it complained of, or None if all went well."""
    ended, _, said = _run(program, words, interruption, url)
    return None if ended == 0 else complaint(said, program)


def output(program: str, *words: str, interruption: Interruption) -> str:
    """What it prints."""
    return _run(program, words, interruption, None)[1].decode("utf-8", "replace")


def complaint(said: bytes, program: str) -> str:
    """What a program complained of, in one line; two versions that do not fit stand in two."""
    told = said.decode("utf-8", "replace")
    lines = [line for line in told.splitlines() if line]
    first = next((line for line in lines if "error:" in line.lower() or "fatal:" in line.lower()), None)
    return told if NEWER_SERVER.search(told) else first or (lines or [program])[0]


def started(
    program: str, *words: str, url: URL | None = None, stdin: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    """The program at work. Raises KeepingRefusedError if this machine has none of that name."""
    try:
        return subprocess.Popen(  # noqa: S603 - our own words, and no shell
            [program, *words],
            env={**os.environ, **({} if url is None else environment(url)), "LC_ALL": "C"},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except FileNotFoundError:
        raise KeepingRefusedError("keeping.no_program", program=program) from None


def _run(
    program: str, words: tuple[str, ...], interruption: Interruption, url: URL | None
) -> tuple[int, bytes, bytes]:
    with started(program, *words, url=url) as process, interruption.by(process.kill):
        printed, said = process.communicate()
    if interruption.stopped:
        raise KeepingError("keeping.interrupted")
    return process.returncode, printed, said


def environment(url: URL) -> Mapping[str, str]:
    """How these programs are told where the database is."""
    asked = {name: value for name, value in url.query.items() if isinstance(value, str)}
    parts = {"host": asked.get("host"), "port": asked.get("port")}
    found = {name: getattr(url, part) or parts.get(part) for name, part in PARTS.items()}
    told = {name: str(value) for name, value in found.items() if value is not None}
    ssl = asked.get("sslmode") or asked.get("ssl")
    if ssl is not None:
        told["PGSSLMODE"] = ssl
    return {"PGCONNECT_TIMEOUT": "10", "PGAPPNAME": WE, **told}


def _not_dumped(said: str, path: Path) -> KeepingError:
    newer = NEWER_SERVER.search(said)
    if newer is not None:
        return KeepingRefusedError("keeping.older_program", server=newer[1], program=newer[2])
    if "No space left" in said:
        return KeepingError("keeping.full", path=path.parent)
    return KeepingError("keeping.database", reason=said)
