"""From an update to the reply at 20 questions a second, on an otherwise idle machine; limits off."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from sandbox import Customer
from tests.benches.stage import ROOT, answers, running, show, stage, waited

PEOPLE, PER_SECOND, SECONDS, WARM = 40, 20, 30, 40


async def measure(*, home: Path = ROOT) -> dict[str, Any]:
    """Milliseconds from a customer's question to the FAQ's answer in their chat."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False, home=home) as set_up, running(set_up.otklik()):
            await set_up.polled()
            people = [Customer(set_up.world, set_up.bot, f"Person {n}") for n in range(PEOPLE)]
            for person in people:
                person.chat.standing = "open"
            waits = await answers(set_up, people, PER_SECOND, PER_SECOND * SECONDS)
            return waited("update to reply", waits[WARM:])


async def main() -> None:
    """Once."""
    show(await measure())


if __name__ == "__main__":
    asyncio.run(main())
