"""From an update to the reply at 20 questions a second, on an otherwise idle machine; limits off."""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

from sandbox import Customer
from sandbox.changes import Change
from tests.benches.stage import ROOT, percentile, running, show, stage, text_of

PEOPLE, PER_SECOND, SECONDS, WARM = 40, 20, 30, 40


async def measure(*, home: Path = ROOT) -> dict[str, Any]:
    """Milliseconds from a customer's question to the FAQ's answer in their chat."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False, home=home) as set_up, running(set_up.otklik()):
            await set_up.polled()
            people = [Customer(set_up.world, set_up.bot, f"Person {n}") for n in range(PEOPLE)]
            for person in people:
                person.chat.standing = "open"
            asked: dict[int, float] = {}
            waits: list[float] = []

            def watch(change: Change) -> None:
                if "«Заказы»" in text_of(change) and change.chat is not None and change.chat.id in asked:
                    waits.append((time.perf_counter() - asked.pop(change.chat.id)) * 1000)

            set_up.world.subscribe(watch)
            for n in range(PER_SECOND * SECONDS):
                person = people[n % PEOPLE]
                asked[person.id] = time.perf_counter()
                await person.says("как вернуть деньги")
                await asyncio.sleep(1 / PER_SECOND)
            await asyncio.sleep(1)
            kept = waits[WARM:]
            return {
                "what": "update to reply",
                "questions": len(kept),
                "p50_ms": round(percentile(kept, 0.5), 1),
                "p99_ms": round(percentile(kept, 0.99), 1),
            }


async def main() -> None:
    """Once."""
    show(await measure())


if __name__ == "__main__":
    asyncio.run(main())
