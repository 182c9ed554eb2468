"""Waiting until something in the world is so."""

from collections.abc import Callable

from sandbox import World


async def comes_true(world: World, claim: Callable[[], bool], within: float = 15) -> bool:
    """Whether it is so, or becomes so in time."""
    return claim() or await world.changes.until(lambda _: claim(), within) is not None
