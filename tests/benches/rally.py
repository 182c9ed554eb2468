"""Customers and the operator in a rally: each customer writes, the operator answers at once, and again."""

import asyncio
import sys
import time
from collections.abc import Coroutine, Sequence
from typing import Any

from sandbox import Customer
from sandbox.changes import Change
from tests.benches.stage import Stage, text_of


class Rally:
    """Two messages a round, as many rallies side by side as there are players."""

    def __init__(self, set_up: Stage, players: Sequence[Customer]) -> None:
        self._stage, self._players = set_up, players
        self._by_id = {player.id: player for player in players}
        self._left: dict[int, int] = {}
        self._topics: set[int] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._finished = self._carried = 0

    async def warm_up(self) -> None:
        """Everybody has a topic and an open ticket before the clock starts."""
        stop = self._stage.world.subscribe(self._settle_in)
        for player in self._players:
            await player.starts()
            await player.says("a zonkerflute nobody has heard of")
        await self._stage.until(lambda: len(self._topics) == len(self._players), 600)
        await asyncio.sleep(1)
        stop()

    async def play(self, rounds: int) -> float:
        """Messages a second over so many rounds."""
        stop, begun = self._begin(rounds)
        await self._end(stop)
        return self._carried / (time.perf_counter() - begun)

    async def play_for(self, seconds: float) -> float:
        """Messages a second over so many seconds; what is in the air then is not counted."""
        stop, begun = self._begin(sys.maxsize)
        await asyncio.sleep(seconds)
        per_second = self._carried / (time.perf_counter() - begun)
        self._left = dict.fromkeys(self._by_id, 1)
        await self._end(stop)
        return per_second

    def _begin(self, rounds: int) -> tuple[Any, float]:
        self._left = dict.fromkeys(self._by_id, rounds)
        self._finished = self._carried = 0
        stop, begun = self._stage.world.subscribe(self._watch), time.perf_counter()
        for player in self._players:
            self._go(player.says("ping"))
        return stop, begun

    async def _end(self, stop: Any) -> None:
        await self._stage.until(lambda: self._finished == len(self._players), 300)
        stop()

    def _settle_in(self, change: Change) -> None:
        if change.chat is self._stage.group and "zonkerflute" in text_of(change):
            self._topics.add((change.message or {})["message_thread_id"])

    def _watch(self, change: Change) -> None:
        text, chat = text_of(change), change.chat
        if text == "ping" and chat is self._stage.group:
            self._carried += 1
            topic = chat.topics[(change.message or {})["message_thread_id"]]
            self._go(self._stage.operator.replies(topic, "pong"))
        elif text == "pong" and chat is not None and chat.id in self._by_id:
            self._carried += 1
            self._left[chat.id] -= 1
            if self._left[chat.id]:
                self._go(self._by_id[chat.id].says("ping"))
            else:
                self._finished += 1

    def _go(self, action: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.ensure_future(action)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
