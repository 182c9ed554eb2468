"""Customer -> group -> customer, as fast as it goes: ours, durable, against bare aiogram, in the same run."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

from sandbox import Customer
from tests.benches.rally import Rally
from tests.benches.stage import ROOT, running, show, stage

PLAYERS = 64
ROUNDS = 30


async def measure(name: str, *, home: Path = ROOT) -> dict[str, Any]:
    """Messages a second of one bot: "aiogram" or "otklik", the latter from any checkout."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False, home=home) as set_up:
            bare = [sys.executable, str(Path(__file__).with_name("bare_bot.py")), set_up.server.url]
            process = (
                set_up.otklik()
                if name == "otklik"
                else set_up.spawn([*bare, set_up.bot.token, str(set_up.group.id)])
            )
            async with running(process):
                await set_up.polled()
                players = [Customer(set_up.world, set_up.bot, f"Player {n}") for n in range(PLAYERS)]
                rally = Rally(set_up, players)
                await rally.warm_up()
                return {"bot": name, "per_second": round(await rally.play(ROUNDS))}


async def main() -> None:
    """Both, one after the other."""
    for name in ("aiogram", "otklik"):
        show(await measure(name))


if __name__ == "__main__":
    asyncio.run(main())
