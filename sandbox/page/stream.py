"""Changes of the world, as the page's browsers hear of them."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sandbox.accounts import Json
from sandbox.changes import Change
from sandbox.chats import Chat
from sandbox.log import Call, Made
from sandbox.page import showing
from sandbox.page.cast import Cast
from sandbox.world import World

CALLS_KEPT = 500
BEHIND = 2000
BOT_SET_UP = {"setMyCommands", "deleteMyCommands", "setMyName"}


class Stream:
    """Watches the world from the first moment; keeps the last calls; tells whoever listens."""

    def __init__(self, world: World, cast: Cast) -> None:
        self._world = world
        self._cast = cast
        self._listeners: set[asyncio.Queue[Json | None]] = set()
        self._read = len(world.log)
        self._flushing = False
        self.calls: deque[Json] = deque(maxlen=CALLS_KEPT)
        self._stop = world.subscribe(self._watch)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Json | None]]:
        """Changes from now on; None at the end of the world, or for a listener that fell behind."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        self._stop()
        self.part()

    def begin_anew(self) -> None:
        """The world is empty again: browsers come back and look at all of it."""
        self._read = 0
        self.calls.clear()
        self.part()

    def part(self) -> None:
        """Let every listener go."""
        for queue in self._listeners:
            queue.put_nowait(None)

    def flush(self) -> None:
        """Updates enter the log without a change of their own, so the log is read to its end."""
        self._flushing = False
        entries = self._world.log.entries
        fresh, self._read = entries[self._read :], len(entries)
        for entry in fresh:
            if isinstance(entry, Made):
                self._log(entry)

    def announce_people(self) -> None:
        for chat in self._cast.chats():
            self._tell_chat(chat)
        self._tell({"type": "people", "people": [showing.person(part) for part in self._cast.parts]})

    def _watch(self, change: Change) -> None:
        chat, message = change.chat, change.message
        match change.what:
            case "message" | "edited" | "reaction" if chat and message:
                self._tell(
                    {"type": "message", "chat": showing.key(chat), "message": showing.message(message)}
                )
                if "_markup" in message:
                    self._tell_chat(chat)
            case "deleted" if chat and message:
                self._tell_deleted(chat, [message["message_id"]])
                self._tell_chat(chat)
            case "topic" if chat:
                self._tell_topic(chat, change)
            case "pin" | "member" if chat:
                self._tell_chat(chat)
            case "call":
                self._heard(change.details["call"])
        self._flush_soon()

    def _heard(self, call: Call) -> None:
        if call.method == "getUpdates" and call.ok:
            return
        self._log(call)
        if call.method in BOT_SET_UP:
            for chat in self._cast.chats():
                self._tell_chat(chat)

    def _tell_topic(self, chat: Chat, change: Change) -> None:
        if change.details["event"] == "deleted":
            self._tell_deleted(chat, chat.threads.get(change.details["topic"].id, []))
        self._tell_chat(chat)

    def _tell_deleted(self, chat: Chat, ids: list[int]) -> None:
        self._tell({"type": "deleted", "chat": showing.key(chat), "ids": ids})

    def _tell_chat(self, chat: Chat) -> None:
        if self._listeners and chat in self._cast.chats():
            self._tell({"type": "chat", "chat": showing.chat(self._cast, chat)})

    def _log(self, entry: Call | Made) -> None:
        line = showing.call(self._world, entry)
        self.calls.append(line)
        self._tell({"type": "call", "call": line})

    def _tell(self, change: Json) -> None:
        for queue in tuple(self._listeners):
            queue.put_nowait(change)
            if queue.qsize() > BEHIND:
                self._listeners.discard(queue)
                queue.put_nowait(None)

    def _flush_soon(self) -> None:
        if not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self.flush)
