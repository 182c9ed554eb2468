"""A command that works on one desk's database, whether the bot is at work or not."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bot.terminal.loading import load_settings
from bot.terminal.speaking import refuse, said

if TYPE_CHECKING:
    from bot.engine.units import Units

T = TypeVar("T")


def on_desk(config: Path, desk: str | None, work: "Callable[[Units], Coroutine[Any, Any, T]]") -> T:
    """Do the work on the desk that is named, or on the only one there is."""
    settings = load_settings(config)
    names = [*settings.desk]
    if desk not in (names if len(names) > 1 else [*names, None]):
        raise refuse([said("cli.stuck.which_desk", names=" | ".join(names))])

    async def run() -> T:
        from bot.terminal.standing_aside import at_rest

        async with at_rest(settings, desk or names[0]) as units:
            return await work(units)

    return asyncio.run(run())
