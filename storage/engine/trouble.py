"""What an error says about the database and the machine: trouble that passes, or a database that is unusable.

Sources: https://www.postgresql.org/docs/current/errcodes-appendix.html and https://www.sqlite.org/rescode.html.
"""

import errno
import sqlite3
from collections.abc import Iterator
from enum import StrEnum


class Trouble(StrEnum):
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

    def __init__(self, trouble: Trouble, *, only_log: bool = False) -> None:
        super().__init__(trouble.value)
        self.trouble, self.only_log = trouble, only_log


class StorageUnusableError(Exception):
    """The database cannot be used as it is set up, and waiting will not help; the text says why."""


BY_SQLSTATE = {
    "25006": Trouble.READ_ONLY,
    "25P03": Trouble.AWAY,
    "53100": Trouble.FULL,
    "53200": Trouble.EXHAUSTED,
    "55P03": Trouble.LOCKED,
    "57014": Trouble.LOCKED,
    "XX001": Trouble.FAILING,
    "XX002": Trouble.FAILING,
}
BY_CLASS = {
    "08": Trouble.AWAY,
    "40": Trouble.LOCKED,
    "53": Trouble.AWAY,
    "57": Trouble.AWAY,
    "58": Trouble.FAILING,
}
BY_SQLITE_CODE = {
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
    sqlite3.SQLITE_PROTOCOL: Trouble.LOCKED,
    sqlite3.SQLITE_NOMEM: Trouble.EXHAUSTED,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_IOERR: Trouble.FAILING,
    sqlite3.SQLITE_CORRUPT: Trouble.FAILING,
    sqlite3.SQLITE_NOTADB: Trouble.FAILING,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_CANTOPEN: Trouble.AWAY,
}
BY_ERRNO = {
    errno.EMFILE: Trouble.EXHAUSTED,
    errno.ENFILE: Trouble.EXHAUSTED,
    errno.ENOMEM: Trouble.EXHAUSTED,
    errno.ENOBUFS: Trouble.EXHAUSTED,
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EIO: Trouble.FAILING,
    errno.ESTALE: Trouble.FAILING,
}
REFUSED = {"28000", "28P01"}
"""Who we are is not accepted: no time heals that."""
NOT_AT_THE_START = {"3D000", "3F000", "42501"}
"""While we run, somebody may be putting these right; a database that begins like this is set up wrongly."""
NEVER_A_DATABASE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


def trouble_of(error: BaseException) -> Trouble | None:
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


def _trouble(error: BaseException) -> Trouble | None:
    match error:
        case FileTroubleError():
            return error.trouble
        case sqlite3.Error():
            return BY_SQLITE_CODE.get(_sqlite_code(error) or 0)
        case MemoryError():
            return Trouble.EXHAUSTED
        case TimeoutError():
            return Trouble.MUTE
        case ConnectionError():
            return Trouble.AWAY
        case OSError():
            return BY_ERRNO.get(error.errno or 0) or (Trouble.AWAY if _is_network(error) else None)
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return BY_SQLSTATE.get(state) or BY_CLASS.get(state[:2])
    # what asyncpg says of a connection that is gone; its DataError is a ValueError too, and ours to mend
    driver = type(error).__module__.startswith("asyncpg") and type(error).__name__ == "InterfaceError"
    return Trouble.AWAY if driver else None


def _sqlite_code(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def _is_network(error: OSError) -> bool:
    """Whether it is about a way to somewhere: a host without a name, a network without a route."""
    unreachable = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EPIPE}
    return type(error).__name__ == "gaierror" or error.errno in unreachable
