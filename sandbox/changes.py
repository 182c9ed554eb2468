"""Watching the world: whoever subscribes is told of each change as it happens."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from sandbox.accounts import Json
from sandbox.chats import Chat, Message

What = Literal["message", "edited", "deleted", "reaction", "topic", "callback", "member", "pin", "call"]


@dataclass(frozen=True, eq=False)
class Change:
    """`chat` and `message` are the live objects; `details` depends on `what` (see docs/sandbox.md)."""

    what: What
    chat: Chat | None = None
    message: Message | None = None
    details: Json = field(default_factory=dict)


Watcher = Callable[[Change], None]


class Changes:
    def __init__(self) -> None:
        self._watchers: list[Watcher] = []

    def subscribe(self, watcher: Watcher) -> Callable[[], None]:
        """Start watching; call what is returned to stop."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def tell(self, change: Change) -> None:
        for watcher in tuple(self._watchers):
            watcher(change)

    async def until(self, wanted: Callable[[Change], bool], within: float) -> Change | None:
        """The next change that fits, or None when the time is up."""
        found: asyncio.Future[Change] = asyncio.get_running_loop().create_future()

        def look(change: Change) -> None:
            if not found.done() and wanted(change):
                found.set_result(change)

        stop = self.subscribe(look)
        try:
            return await asyncio.wait_for(found, within)
        except TimeoutError:
            return None
        finally:
            stop()
