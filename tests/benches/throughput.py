"""Customer -> group -> customer, as fast as it goes: ours, durable, against bare aiogram, in the same run."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from sandbox import Customer
from sandbox.changes import Change
from tests.benches.stage import Stage, running, show, stage, text_of

PLAYERS = 64
ROUNDS = 30


class Rally:
    """Each customer writes, the operator answers at once, the customer writes again: two messages a round."""

    def __init__(self, set_up: Stage, players: int, rounds: int) -> None:
        self._stage, self._rounds = set_up, rounds
        self._players = [Customer(set_up.world, set_up.bot, f"Player {n}") for n in range(players)]
        self._by_id = {player.id: player for player in self._players}
        self._left = dict.fromkeys(self._by_id, rounds)
        self._topics: set[int] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._finished = 0

    async def warm_up(self) -> None:
        """Everybody has a topic and an open ticket before the clock starts."""
        stop = self._stage.world.subscribe(self._settle_in)
        for player in self._players:
            await player.starts()
            await player.says("a zonkerflute nobody has heard of")
        await self._stage.until(lambda: len(self._topics) == len(self._players), 120)
        await asyncio.sleep(1)
        stop()

    async def play(self) -> float:
        """Seconds for all rounds."""
        stop = self._stage.world.subscribe(self._watch)
        begun = time.perf_counter()
        for player in self._players:
            self._go(player.says("ping"))
        await self._stage.until(lambda: self._finished == len(self._players), 300)
        stop()
        return time.perf_counter() - begun

    @property
    def messages(self) -> int:
        """How many are carried in all."""
        return 2 * self._rounds * len(self._players)

    def _settle_in(self, change: Change) -> None:
        if change.chat is self._stage.group and "zonkerflute" in text_of(change):
            self._topics.add((change.message or {})["message_thread_id"])

    def _watch(self, change: Change) -> None:
        text, chat = text_of(change), change.chat
        if text == "ping" and chat is self._stage.group:
            topic = chat.topics[(change.message or {})["message_thread_id"]]
            self._go(self._stage.operator.replies(topic, "pong"))
        elif text == "pong" and chat is not None and chat.id in self._by_id:
            self._left[chat.id] -= 1
            if self._left[chat.id]:
                self._go(self._by_id[chat.id].says("ping"))
            else:
                self._finished += 1

    def _go(self, action: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(action)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def measure(name: str, players: int, rounds: int) -> dict[str, Any]:
    """Messages a second of one bot."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False) as set_up:
            bare = [sys.executable, str(Path(__file__).with_name("bare_bot.py")), set_up.server.url]
            process = (
                set_up.otklik()
                if name == "otklik"
                else set_up.spawn([*bare, set_up.bot.token, str(set_up.group.id)])
            )
            async with running(process):
                await set_up.polled()
                rally = Rally(set_up, players, rounds)
                await rally.warm_up()
                seconds = await rally.play()
                per_second = round(rally.messages / seconds)
                return {"bot": name, "messages": rally.messages, "per_second": per_second}


async def main() -> None:
    """Both, one after the other."""
    for name in ("aiogram", "otklik"):
        show(await measure(name, PLAYERS, ROUNDS))


if __name__ == "__main__":
    asyncio.run(main())
