"""The process is told to end while something hangs: it ends all the same, and says where it hung."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WAITS = 60
"""Seconds that a busy machine may take to run a little program; it hangs for ever if nobody ends it."""
PROGRAM = """
import asyncio, concurrent.futures, sqlite3, sys, threading, time
from bot import ending, logs
from bot.config import Log

ending.LIMIT = {limit}
logs.set_up(Log(format="json"))
FOR_EVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"

def in_the_database(): sqlite3.connect(":memory:", check_same_thread=False).execute(FOR_EVER).fetchall()
def in_python():
    while True: pass

async def main():
    stop = asyncio.Event()
    with ending.told_to(stop):
        print("at work", flush=True)
        {hangs}

if {uvloop}:
    import uvloop
    uvloop.run(main())
else:
    asyncio.run(main())
"""
HANGS = {
    "the loop in Python": "in_python()",
    "the loop in a call that hears no signal": "in_the_database()",
    "a thread": "asyncio.get_running_loop().run_in_executor(None, in_the_database); await stop.wait()",
    "a task that will not end": "while True:\n            try: await asyncio.sleep(60)\n"
    "            except asyncio.CancelledError: pass",
    "a log that nobody reads": "\n        while True: sys.stderr.write('x' * 4096)",
}


@contextmanager
def hanging(hangs: str, *, limit: float = 0.3, uvloop: bool = True) -> Iterator[subprocess.Popen[str]]:
    program = PROGRAM.format(hangs=hangs, limit=limit, uvloop=uvloop)
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "at work\n"
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("uvloop", [True, False])
@pytest.mark.parametrize("hangs", HANGS)
def test_it_ends_whatever_hangs(hangs: str, uvloop: bool) -> None:
    with hanging(HANGS[hangs], uvloop=uvloop) as process:
        process.terminate()
        assert process.wait(WAITS) == 1


@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGINT])
def test_whatever_signal_tells_it_to(sent: signal.Signals) -> None:
    with hanging(HANGS["the loop in Python"]) as process:
        process.send_signal(sent)
        assert process.wait(WAITS) == 1


def test_it_says_so_in_one_line_with_the_place() -> None:
    with hanging(HANGS["the loop in a call that hears no signal"]) as process:
        process.terminate()
        _, said = process.communicate(timeout=WAITS)
    (line,) = said.splitlines()
    assert "told to end, but something hangs" in line
    assert "in_the_database" in line


def test_what_ends_in_time_ends_well() -> None:
    with hanging("await stop.wait()", limit=WAITS) as process:
        process.terminate()
        assert process.communicate(timeout=WAITS) == ("", "")
        assert process.returncode == 0


@pytest.mark.proof
@pytest.mark.parametrize("hangs", HANGS)
def test_within_ten_seconds(hangs: str) -> None:
    with hanging(HANGS[hangs], limit=9) as process:
        process.terminate()
        assert process.wait(10) == 1
