"""Who we are as a process, and whether another one of this machine still lives."""

import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path

from storage.leases import LeaseHolder

PROC = Path("/proc")


def here() -> LeaseHolder:
    """Our own process, under a new word."""
    return LeaseHolder(
        word=secrets.token_hex(8),
        host=f"{socket.gethostname()[:200]}, process {os.getpid()}",
        process=mark_of(os.getpid()),
    )


def mark_of(number: int) -> str:
    """What tells a process of this machine from all others; empty where nobody says."""
    machine = _machine()
    return f"{machine} {number} {_begun(number)}" if machine else ""


def has_ended(process: str) -> bool:
    """Whether a process of this machine has surely ended; of another machine's nothing is known.

    A number is given again some day, so the moment of the start counts too. Numbers mean something only to
    whoever shares the kernel and its table of processes: a container has one of its own.
    """
    machine, number, begun = ["", "", "", *process.rsplit(" ", 2)][-3:]
    if not machine or machine != _machine():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):  # it lives, and is somebody else's
        return False
    now = _begun(int(number))
    return now == "" or (now != UNREADABLE and now != begun)


UNREADABLE = "?"


def _machine() -> str:
    """The kernel since its start, and the table of processes that we are in; empty where nobody says."""
    with suppress(OSError):
        boot = (PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot} {(PROC / 'self/ns/pid').readlink()}"
    return ""


def _begun(number: int) -> str:
    """When a process began, in the kernel's own ticks; empty if it has ended."""
    try:
        fields = (PROC / str(number) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    except OSError:
        return UNREADABLE
    return "" if fields[0] in "ZX" else fields[19]
