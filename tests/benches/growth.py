"""The rally on an empty database and on one with a million messages of history, turn by turn in one run."""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

from sandbox import Customer
from tests.benches.databases import Database, databases
from tests.benches.history import REGULARS, Past, write
from tests.benches.rally import Rally
from tests.benches.stage import Stage, running, show, stage

REGULAR, ORDINARY, NEW = 8, 24, 32
TURNS, SECONDS = 4, 5.0


async def fill(set_up: Stage, database: Database, past: Past) -> None:
    """The whole history, before the bot starts."""
    begun = time.perf_counter()
    await database.fill(set_up.url, lambda conn: write(conn, past))
    seconds = round(time.perf_counter() - begun)
    sys.stderr.write(f"{database.name}: {past.messages} messages of history written in {seconds} s\n")


def players(set_up: Stage, past: Past | None) -> list[Customer]:
    """Half of them old customers, some of those with hundreds of tickets; without a past all are new."""
    regulars, ordinary = range(1, REGULAR + 1), range(REGULARS + 1, REGULARS + ORDINARY + 1)
    old = [past.person(n) if past else None for n in (*regulars, *ordinary)]
    ids: list[int | None] = [*old, *([None] * NEW)]
    return [Customer(set_up.world, set_up.bot, f"Player {n}", id=known) for n, known in enumerate(ids)]


@asynccontextmanager
async def warm(folder: Path, database: Database, *, history: bool) -> AsyncIterator[Rally]:
    """A bot at work on its database, and a rally ready to begin."""
    async with stage(folder, limits=False, url=database.empty(folder)) as set_up:
        past = Past("main", set_up.bot.id, set_up.group.id) if history else None
        if past is not None:
            await fill(set_up, database, past)
        async with running(set_up.otklik()):
            await set_up.polled()
            rally = Rally(set_up, players(set_up, past))
            await rally.warm_up()
            yield rally


async def measure(database: Database) -> dict[str, Any]:
    """Messages a second on both: medians of turns that alternate, so that a busy minute meets both alike."""
    async with AsyncExitStack() as stack:
        sides = []
        for history in (False, True):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            sides.append(await stack.enter_async_context(warm(folder, database, history=history)))
        rates: dict[bool, list[float]] = {False: [], True: []}
        for turn in range(TURNS):
            for history in (False, True) if turn % 2 == 0 else (True, False):
                rates[history].append(await sides[history].play_for(SECONDS))
    empty, full = median(rates[False]), median(rates[True])
    return {
        "database": database.name,
        "empty_per_second": round(empty),
        "history_per_second": round(full),
        "ratio": round(full / empty, 2),
        "turns": TURNS,
        "messages": Past.messages,
        "tickets": Past.tickets,
        "customers": Past.customers,
        "seconds": SECONDS,
    }


async def main() -> None:
    """On every database there is."""
    with databases() as found:
        for database in found:
            show(await measure(database))
        if len(found) == 1:
            sys.stderr.write("This machine has no PostgreSQL: growth was NOT measured on it.\n")


if __name__ == "__main__":
    asyncio.run(main())
