"""How long until the bot asks for updates, how much memory it holds, how quick the other commands are."""

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benches.stage import Stage, memory_mb, running, show, stage

OTKLIK = str(Path(sys.executable).with_name("otklik"))
TIMES = 5
IMPORT = (
    "import time; begun = time.perf_counter(); import aiogram; took = time.perf_counter() - begun\n"
    "print(took, next(int(l.split()[1]) for l in open('/proc/self/status') if l.startswith('VmRSS')) / 1024)"
)


def aiogram_alone() -> tuple[float, float]:
    """Seconds and megabytes of a Python that has only imported aiogram."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        alone = [sys.executable, "-c", IMPORT]
        output = subprocess.run(alone, capture_output=True, text=True, check=True).stdout
        taken.append((time.perf_counter() - begun, float(output.split()[1])))
    return min(taken)


async def ours(set_up: Stage, times: int = TIMES) -> tuple[float, float]:
    """Seconds from the start of the process to its first getUpdates, and megabytes a second later."""
    taken = []
    for _ in range(times + 1):  # the first one makes the database
        set_up.world.log.entries.clear()
        begun = time.perf_counter()
        async with running(set_up.otklik()) as process:
            await set_up.polled()
            seconds = time.perf_counter() - begun
            await asyncio.sleep(1)
            taken.append((seconds, memory_mb(process.pid)))
    return min(taken[1:])


def command(*words: str) -> float:
    """Seconds that a command takes, the best of several."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        subprocess.run([OTKLIK, *words], capture_output=True, check=True)
        taken.append(time.perf_counter() - begun)
    return min(taken)


async def measure() -> dict[str, Any]:
    """All of it."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False) as set_up:
            seconds, megabytes = await ours(set_up)
            config = str(set_up.config())
            bare_seconds, bare_megabytes = aiogram_alone()
            return {
                "what": "start",
                "to_first_poll_s": round(seconds, 2),
                "importing_aiogram_s": round(bare_seconds, 2),
                "beyond_aiogram_s": round(seconds - bare_seconds, 2),
                "memory_mb": round(megabytes),
                "beyond_aiogram_mb": round(megabytes - bare_megabytes),
                "help_s": round(command("--help"), 2),
                "check_s": round(command("check", "--config", config), 2),
                "faq_check_s": round(command("faq", "check", str(set_up.folder / "faq.yaml")), 2),
            }


async def main() -> None:
    """Once."""
    show(await measure())


if __name__ == "__main__":
    asyncio.run(main())
