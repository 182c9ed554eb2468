"""What an error says about the database and the machine: trouble that passes, or a database that is unusable.

Sources: https://www.postgresql.org/docs/current/errcodes-appendix.html and https://www.sqlite.org/rescode.html.
"""

import errno
import sqlite3
from collections.abc import Iterator
from enum import StrEnum


class StorageTrouble(StrEnum):
    """What is wrong while it is; none of it is the fault of whoever wanted something from the database."""

    AWAY = "away"
    LOCKED = "locked"
    MUTE = "mute"
    FULL = "full"
    READ_ONLY = "read_only"
    FAILING = "failing"
    EXHAUSTED = "exhausted"
    GONE = "gone"
    REPLACED = "replaced"


class FileTroubleError(Exception):
    """The file that we write to, or `only_log` beside it, is not the one that stands at its path any more."""

    def __init__(self, trouble: StorageTrouble, *, only_log: bool = False) -> None:
        super().__init__(trouble.value)
        self.trouble, self.only_log = trouble, only_log


class StorageUnusableError(Exception):
    """The database cannot be used as it is set up, and waiting will not help; the text says why."""


BY_SQLSTATE = {
    "25006": StorageTrouble.READ_ONLY,
    "25P03": StorageTrouble.AWAY,
    "53100": StorageTrouble.FULL,
    "53200": StorageTrouble.EXHAUSTED,
    "55P03": StorageTrouble.LOCKED,
    "57014": StorageTrouble.LOCKED,
    "XX001": StorageTrouble.FAILING,
    "XX002": StorageTrouble.FAILING,
}
BY_CLASS = {
    "08": StorageTrouble.AWAY,
    "40": StorageTrouble.LOCKED,
    "53": StorageTrouble.AWAY,
    "57": StorageTrouble.AWAY,
    "58": StorageTrouble.FAILING,
}
BY_SQLITE_CODE = {
    sqlite3.SQLITE_BUSY: StorageTrouble.LOCKED,
    sqlite3.SQLITE_LOCKED: StorageTrouble.LOCKED,
    sqlite3.SQLITE_PROTOCOL: StorageTrouble.LOCKED,
    sqlite3.SQLITE_NOMEM: StorageTrouble.EXHAUSTED,
    sqlite3.SQLITE_READONLY: StorageTrouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: StorageTrouble.FAILING,
    sqlite3.SQLITE_CORRUPT: StorageTrouble.FAILING,
    sqlite3.SQLITE_NOTADB: StorageTrouble.FAILING,
    sqlite3.SQLITE_FULL: StorageTrouble.FULL,
    sqlite3.SQLITE_CANTOPEN: StorageTrouble.AWAY,
}
BY_ERRNO = {
    errno.EMFILE: StorageTrouble.EXHAUSTED,
    errno.ENFILE: StorageTrouble.EXHAUSTED,
    errno.ENOMEM: StorageTrouble.EXHAUSTED,
    errno.ENOBUFS: StorageTrouble.EXHAUSTED,
    errno.ENOSPC: StorageTrouble.FULL,
    errno.EDQUOT: StorageTrouble.FULL,
    errno.EROFS: StorageTrouble.READ_ONLY,
    errno.EIO: StorageTrouble.FAILING,
    errno.ESTALE: StorageTrouble.FAILING,
}
REFUSED = {"28000", "28P01"}
"""Who we are is not accepted: no time heals that."""
NOT_AT_THE_START = {"3D000", "3F000", "42501"}
"""While we run, somebody may be putting these right; a database that begins like this is set up wrongly."""
NEVER_A_DATABASE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}

OF_A_LOST_CONNECTION = {"InterfaceError", "InternalClientError"}
"""What asyncpg says of a connection that is gone, or went between two of its own steps.

Its DataError is an InterfaceError too, and ours to mend.
"""


def trouble_of(error: BaseException) -> StorageTrouble | None:
    """The trouble that an error comes from, if it is the machine's or the database's and may pass."""
    for each in _whole(error):
        found = _trouble(each)
        if found is not None:
            return found
    return None


def unusable(error: BaseException, *, at_start: bool) -> StorageUnusableError | None:
    """The error as one that no waiting heals, if it is one; a start is stricter than a work that goes on."""
    for each in _whole(error):
        state, code = getattr(each, "sqlstate", None), _sqlite_code(each)
        if state in REFUSED or (at_start and (state in NOT_AT_THE_START or code in NEVER_A_DATABASE)):
            return StorageUnusableError(str(each).partition("\n")[0])
        if at_start and isinstance(each, PermissionError | NotADirectoryError | FileExistsError):
            return StorageUnusableError(str(each).partition("\n")[0])
    return None


def _whole(error: BaseException | None) -> Iterator[BaseException]:
    """The error with what it was made from: drivers' errors are wrapped, sometimes twice."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        inner = getattr(error, "orig", None)
        error = inner if isinstance(inner, BaseException) else error.__cause__


def _trouble(error: BaseException) -> StorageTrouble | None:
    match error:
        case FileTroubleError():
            return error.trouble
        case sqlite3.Error():
            return BY_SQLITE_CODE.get(_sqlite_code(error) or 0)
        case MemoryError():
            return StorageTrouble.EXHAUSTED
        case TimeoutError():
            return StorageTrouble.MUTE
        case ConnectionError():
            return StorageTrouble.AWAY
        case OSError():
            return BY_ERRNO.get(error.errno or 0) or (StorageTrouble.AWAY if _is_network(error) else None)
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return BY_SQLSTATE.get(state) or BY_CLASS.get(state[:2])
    driver = type(error).__module__.startswith("asyncpg") and type(error).__name__ in OF_A_LOST_CONNECTION
    return StorageTrouble.AWAY if driver else None


def _sqlite_code(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def _is_network(error: OSError) -> bool:
    """Whether it is about a way to somewhere: a host without a name, a network without a route."""
    unreachable = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EPIPE}
    return type(error).__name__ == "gaierror" or error.errno in unreachable
