"""A PostgreSQL to test on: the one we are told of, the usual one on this machine, or one of our own."""

import asyncio
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

T = TypeVar("T")

TOLD = "OTKLIK_TEST_POSTGRES_URL"
USUAL = "postgresql://postgres@127.0.0.1:5432/postgres"
PATIENCE = 60
OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=50"


def apart(make: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run something asynchronous from anywhere, in a thread with a loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(make())).result()


@cache
def within_reach() -> bool:
    """Whether there is a server, or at least what it takes to start one."""
    return TOLD in os.environ or _answers(USUAL) or binaries() is not None


@contextmanager
def server() -> Iterator[str]:
    """The address of a database from which others can be made."""
    if TOLD in os.environ:
        yield os.environ[TOLD]
    elif _answers(USUAL):
        yield USUAL
    else:
        with own_server() as ours:
            yield ours.url


@contextmanager
def fresh_database(maintenance_url: str, template: str | None = None) -> Iterator[str]:
    """An empty database, or a copy of one that nobody is connected to; gone afterwards."""
    name = f"otklik_test_{secrets.token_hex(6)}"
    execute(maintenance_url, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    try:
        yield urlunsplit(urlsplit(maintenance_url)._replace(path=f"/{name}"))
    finally:
        execute(maintenance_url, f"DROP DATABASE {name} WITH (FORCE)")


def execute(url: str, statement: str) -> str:
    """Run one statement on a connection of its own."""

    async def run() -> str:
        connection = await asyncpg.connect(url, timeout=30)
        try:
            return str(await connection.execute(statement))
        finally:
            await connection.close()

    return apart(run)


def _answers(url: str) -> bool:
    try:
        return bool(execute(url, "SELECT 1"))
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False


def binaries() -> Path | None:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).parent if found else None


def _owner() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root, so root borrows somebody."""
    if os.getuid():
        return pwd.getpwuid(os.getuid())
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class OwnServer:
    """A server that we have started; `restart` ends it as a power cut would, and starts it again."""

    def __init__(self, url: str, restart: Callable[[], None]) -> None:
        self.url, self.restart = url, restart


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """A server that only we use."""
    found, owner, port = binaries(), _owner(), _free_port()
    if found is None:
        raise RuntimeError("there is no PostgreSQL on this machine")
    home = Path(tempfile.mkdtemp(prefix="otklik-postgres-"))
    os.chown(home, owner.pw_uid, owner.pw_gid)
    ids: dict[str, Any] = {} if os.getuid() else {"user": owner.pw_uid, "group": owner.pw_gid}

    def run(command: str, *args: str) -> None:
        subprocess.run(
            [found / command, "-D", home / "data", *args],
            check=True,
            timeout=PATIENCE,
            cwd=home,
            stdout=subprocess.DEVNULL,
            **ids,
        )

    try:
        run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync")
        start = ("start", "-w", "-l", str(home / "log"), "-o", f"{OPTIONS} -p {port} -k {home}")
        run("pg_ctl", *start)

        def restart() -> None:
            run("pg_ctl", "stop", "-m", "immediate")
            run("pg_ctl", *start)

        try:
            yield OwnServer(f"postgresql://postgres@127.0.0.1:{port}/postgres", restart)
        finally:
            run("pg_ctl", "stop", "-m", "immediate")
    finally:
        shutil.rmtree(home)
