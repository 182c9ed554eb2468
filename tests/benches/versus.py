"""Two checkouts measured turn by turn in one run: this one, and another as it was before.

Usage: python versus.py /path/to/another/checkout, which has an environment of its own in .venv/. The stage,
its people and the clock are always this checkout's; only the bot's process is the other one's.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from tests.benches import first_topics, latency, startup, throughput
from tests.benches.stage import ROOT, otklik_of, show, stage

TURNS = 3
FIGURES = {
    "messages/s, durable": "per_second",
    "messages/s to first topics": "first_topics_per_second",
    "update → reply, p50, ms": "p50_ms",
    "update → reply, p99, ms": "p99_ms",
    "start → first getUpdates, s": "start_s",
    "memory after the start, MB": "memory_mb",
}


async def once(home: Path) -> dict[str, float]:
    """Every figure of one checkout, once."""
    rally = await throughput.measure("otklik", home=home)
    topics = await first_topics.measure(home=home)
    waits = await latency.measure(home=home)
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False, home=home) as set_up:
            seconds, megabytes = await startup.ours(set_up, times=2)
    return {
        "per_second": rally["per_second"],
        "first_topics_per_second": topics["per_second"],
        "p50_ms": waits["p50_ms"],
        "p99_ms": waits["p99_ms"],
        "start_s": round(seconds, 2),
        "memory_mb": round(megabytes),
    }


def apart(what: str) -> dict[str, float]:
    """Figures of a checkout or of "aiogram", from a process of its own, so that no turn inherits anything."""
    command = [sys.executable, __file__, "--once", what]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    output = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    figures: dict[str, float] = json.loads(output)
    return figures


def table(before: list[dict[str, float]], after: list[dict[str, float]], bare: list[int]) -> str:
    """Medians side by side, how the second relates to the first, and the rally against bare aiogram."""
    lines = [f"Medians of {len(before)} turns each, taken alternately.", ""]
    lines += ["| figure | before | after | after / before |", "|---|---|---|---|"]
    for said, name in FIGURES.items():
        one, two = (median(turn[name] for turn in turns) for turns in (before, after))
        lines.append(f"| {said} | {one:g} | {two:g} | {two / one:.2f} |")
    shares = [median(turn["per_second"] for turn in turns) / median(bare) for turns in (before, after)]
    lines += ["", f"Bare aiogram that keeps nothing, in the same run: {median(bare):g} messages/s; "]
    lines[-1] += f"before is {shares[0]:.2f} of it, after {shares[1]:.2f}."
    return "\n".join([*lines, ""])


def checked(home: Path) -> Path:
    """Stop at once if the other checkout cannot be run."""
    command = otklik_of(home)
    if not command.exists():
        raise SystemExit(f"{command} is not there: set that checkout up first (make .venv/.ready)")
    origin = subprocess.run(
        [command.with_name("python"), "-P", "-c", "import bot; print(bot.__file__)"],
        env={**os.environ, "PYTHONPATH": str(home)},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    if Path(origin).parents[1] != home:
        raise SystemExit(f"{command} would run {origin}: that environment belongs to another checkout")
    return home


def main() -> None:
    """Alternately, and then the table."""
    if sys.argv[1] == "--once":
        what = sys.argv[2]
        show(asyncio.run(throughput.measure(what) if what == "aiogram" else once(Path(what))))
        return
    homes = (checked(Path(sys.argv[1]).resolve()), ROOT)
    turns: tuple[list[Any], list[Any]] = ([], [])
    bare: list[Any] = []
    for turn in range(TURNS):
        bare.append(apart("aiogram")["per_second"])
        for home, figures in zip(homes, turns, strict=True):
            figures.append(apart(str(home)))
            sys.stderr.write(f"turn {turn + 1} of {TURNS}, {home}: {figures[-1]}\n")
    sys.stdout.write(table(*turns, bare))


if __name__ == "__main__":
    main()
