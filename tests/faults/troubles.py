"""Troubles on the way: waiting for them to pass, and whether anybody was called before the time."""

import asyncio
import time
from collections.abc import Callable

from sandbox import Customer, Operator, World
from sandbox.chats import Topic
from sandbox.limits import is_counted
from sandbox.log import Call

UNDER_WAY = 0.1
"""Calls that had left before a refusal arrived are nobody's fault."""


async def until(wanted: Callable[[], bool], within: float = 30.0) -> None:
    """Wait for something to be so."""
    end = time.monotonic() + within
    while not wanted():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.01)


def heard(who: Customer | Operator, topic: Topic | None = None) -> list[str]:
    """Everything others have said to somebody, line by line: a burst may have gone as one message."""
    chat = who.group if isinstance(who, Operator) else who.chat
    messages = (chat.messages[number] for number in chat.threads.get(topic.id if topic else None, []))
    return [
        line
        for message in messages
        if message["_by"] != who.id and not message.get("_deleted")
        for line in message.get("text", "").split("\n")
    ]


def premature(world: World) -> list[tuple[float, Call]]:
    """Calls to a chat that had been told to wait, before the wait was over; and by how much."""
    penalties: dict[int, tuple[float, float]] = {}
    found = []
    for call in world.log.calls():
        if call.chat is None or not is_counted(call.method):
            continue
        told, until = penalties.get(call.chat, (0.0, 0.0))
        if told + UNDER_WAY < call.at < until:
            found.append((until - call.at, call))
        if call.status == 429 and call.result:
            penalties[call.chat] = call.at, call.at + call.result["retry_after"]
    return found
