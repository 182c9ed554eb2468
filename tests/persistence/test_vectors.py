"""Sentence vectors: kept by desk and model, and asked for by the thread that makes an edition."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.knowledge.vectors import KeptVectors
from tests.persistence.conftest import Archive

ROWS = {f"{number:032x}": bytes([number % 256]) * 8 for number in range(1200)}


async def test_what_was_put_is_found_again_by_desk_and_model(archive: Archive) -> None:
    await archive.run(lambda stores: stores.vectors.put("m1", ROWS))
    await archive.run(lambda stores: stores.vectors.put("m1", {**ROWS, "new": b"\0\xff"}))
    found = await archive.run(lambda stores: stores.vectors.get("m1", [*ROWS, "new", "none"]))
    assert found == {**ROWS, "new": b"\0\xff"}
    assert await archive.run(lambda stores: stores.vectors.get("m2", ROWS)) == {}
    assert await archive.run(lambda stores: stores.vectors.get("m1", ROWS), desk="second") == {}


async def test_a_thread_asks_while_the_loop_goes_on(archive: Archive) -> None:
    class Desk:
        async def write(self, unit: Callable[[Any], Any]) -> Any:
            class Opened:
                def __init__(self, stores: Any) -> None:
                    self.stores = stores

            return await archive.run(lambda stores: unit(Opened(stores)))

    vectors = KeptVectors(Desk(), asyncio.get_running_loop())  # type: ignore[arg-type]

    def make() -> object:
        vectors.put("m", {"a": b"1"})
        return vectors.get("m", iter(["a", "b"]))

    assert await asyncio.to_thread(make) == {"a": b"1"}
