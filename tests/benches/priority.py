"""An operator's reply while 10,000 deliveries wait, with Telegram's limits enforced."""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

from bot.desk_at_work import now
from desk.post import Chat, Lane, Parcel, say
from desk.profile import DeskPlaces
from sandbox import Customer
from sandbox.changes import Change
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.outbox import OutboxStore
from storage.topics import TopicStore
from tests.benches.stage import Stage, percentile, running, show, stage, text_of
from tickets.topics.team import Teams

DELIVERIES, SERVED, REPLIES, EVERY = 10_000, 20, 100, 0.5


async def post_bulk(set_up: Stage, people: list[Customer]) -> None:
    """What a broadcast to everybody would leave in the outbox."""
    ledger = Ledger(await open_engine(f"sqlite:///{set_up.folder / 'otklik.db'}"))
    parcels = [Parcel(to=Chat(each.id), lane=Lane.BULK, body=say("A notice")) for each in people]

    def unit(conn: Any) -> None:
        outbox = OutboxStore(
            conn, "main", now(), Teams(DeskPlaces(group=set_up.group.id), TopicStore(conn, "main")).chat_of
        )
        for parcel in parcels:
            outbox.post(parcel)

    await ledger.run(unit)
    await ledger.close()


async def serve_tickets(set_up: Stage, people: list[Customer]) -> dict[int, Any]:
    """Open a ticket for each, without limits; the topic of each customer."""
    topics: dict[int, Any] = {}

    def watch(change: Change) -> None:
        text = text_of(change)
        if change.chat is set_up.group and text.startswith("zonkerflute "):
            topics[int(text.split()[1])] = set_up.group.topics[(change.message or {})["message_thread_id"]]

    stop = set_up.world.subscribe(watch)
    async with running(set_up.otklik()):
        for person in people:
            await person.starts()
            await person.says(f"zonkerflute {person.id}")
        await set_up.until(lambda: len(topics) == len(people), 60)
        await asyncio.sleep(5)
    stop()
    return topics


async def measure() -> dict[str, Any]:
    """Milliseconds from an operator's reply to its copy in the customer's chat."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False) as set_up:
            served = [Customer(set_up.world, set_up.bot, f"Served {n}") for n in range(SERVED)]
            topics = await serve_tickets(set_up, served)
            crowd = [Customer(set_up.world, set_up.bot, f"Crowd {n}") for n in range(DELIVERIES)]
            for person in crowd:
                person.chat.standing = "open"
            await post_bulk(set_up, crowd)
            set_up.limits = set_up.world.limits.enforced = True
            waits, sent = await reply_under_load(set_up, served, topics)
            refused = [call for call in set_up.world.log.calls() if call.status == 429]
            return {
                "what": "reply while bulk waits",
                "replies": len(waits),
                "p50_ms": round(percentile(waits, 0.5), 1),
                "p99_ms": round(percentile(waits, 0.99), 1),
                "bulk_per_second": round(sent / (REPLIES * EVERY), 1),
                "refused_429": len(refused),
            }


async def reply_under_load(
    set_up: Stage, served: list[Customer], topics: dict[int, Any]
) -> tuple[list[float], int]:
    """Reply steadily while deliveries go out: the waits, and how many deliveries went."""
    begun: dict[str, float] = {}
    waits: list[float] = []
    delivered = 0

    def watch(change: Change) -> None:
        nonlocal delivered
        text = text_of(change)
        delivered += text == "A notice"
        if change.chat is not set_up.group and text in begun:
            waits.append((time.perf_counter() - begun.pop(text)) * 1000)

    async with running(set_up.otklik()):
        set_up.world.subscribe(watch)
        await set_up.until(lambda: delivered > 30, 60)
        before = delivered
        for n in range(REPLIES):
            person = served[n % SERVED]
            begun[f"reply {n}"] = time.perf_counter()
            await set_up.operator.replies(topics[person.id], f"reply {n}")
            await asyncio.sleep(EVERY)
        await set_up.until(lambda: len(waits) == REPLIES, 60)
        return waits, delivered - before


async def main() -> None:
    """Once."""
    show(await measure())


if __name__ == "__main__":
    asyncio.run(main())
