"""1,000 messages from 200 new customers until all stand in the operators' group; limits off."""

import asyncio
import re
import tempfile
import time
from pathlib import Path
from typing import Any

from sandbox import Customer
from sandbox.changes import Change
from tests.benches.stage import ROOT, Stage, running, show, stage, text_of

PEOPLE, EACH = 200, 5
WORD = re.compile(r"\bword\d+x\d+\b")


def carried(set_up: Stage, change: Change) -> list[str]:
    """The words of a message just carried into a topic; cards quote, have buttons, and are not counted."""
    quoting = change.chat is not set_up.group or "reply_markup" in (change.message or {})
    return [] if quoting else WORD.findall(text_of(change))


async def measure(*, home: Path = ROOT) -> dict[str, Any]:
    """Messages a second from the first word to the last arrival; each customer gets a topic on the way."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False, home=home) as set_up, running(set_up.otklik()):
            await set_up.polled()
            people = [Customer(set_up.world, set_up.bot, f"New {n}") for n in range(PEOPLE)]
            seen: set[str] = set()
            set_up.world.subscribe(lambda change: seen.update(carried(set_up, change)))
            begun = time.perf_counter()
            for n in range(EACH):
                for i, person in enumerate(people):
                    await person.says(f"word{i}x{n}")
            await set_up.until(lambda: len(seen) == PEOPLE * EACH, 300)
            seconds = time.perf_counter() - begun
            return {
                "what": "first topics",
                "messages": PEOPLE * EACH,
                "topics": len(set_up.group.topics),
                "per_second": round(PEOPLE * EACH / seconds),
            }


async def main() -> None:
    """Once."""
    show(await measure())


if __name__ == "__main__":
    asyncio.run(main())
