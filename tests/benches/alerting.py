"""From monitoring's POST to managers' messages, while thousands are told of an incident and people reply."""

import asyncio
import json
import os
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from sqlalchemy import Connection

from bot.desk_at_work import now
from bot.rooms.stores import Stores
from broadcasts.audience.subscriber import EVERYTHING, ConsentSource
from desk.people import Person
from desk.profile import DeskPlaces
from sandbox import Customer, Manager
from sandbox.changes import Change
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from tests.benches.priority import serve_tickets
from tests.benches.stage import Stage, percentile, running, show, stage
from tests.benches.visitors import free_port, opened

PAYLOADS = Path(__file__).parents[1] / "unit_broadcasts" / "alerts" / "payloads"
SOURCES = ("alertmanager", "grafana", "zabbix", "kuma", "healthchecks", "generic")
ALERTS, EVERY = 200, 0.25
PEOPLE, SERVED, REPLY_EVERY = 2000, 20, 0.5
MANAGER, PUBLISHERS = 1001, (1002, 1003, 1004, 1005)
TOKEN = "a-token-of-this-bench"
NOTICE = "Не проходит оплата картой"
MORE = re.compile(r"и ещё (\d+) сигнал")
TOGETHER = "Вместе с ним: "


def rules() -> str:
    """Each source speaks of a component of its own, so that its alerts feed one draft."""
    tokens = "".join(f'{source} = "{TOKEN}"\n' for source in SOURCES)
    parts = "".join(f'[desk.main.components.{source}]\nname = "{source}"\n' for source in SOURCES)
    each = "".join(
        f'[[desk.main.alerts.rules]]\nmatch = {{source = "{source}"}}\ncomponent = "{source}"\n'
        for source in SOURCES
    )
    people = "".join(f'{person} = "publish"\n' for person in PUBLISHERS)
    return f"[desk.main.publishers]\n{people}{parts}[desk.main.alerts]\n{tokens}{each}"


def payload(source: str, number: int) -> Any:
    """What the source posts, as its documentation shows it, about another thing each time."""
    body, title = json.loads((PAYLOADS / f"{source}.json").read_text("utf-8")), f"{source} {number}"
    match source:
        case "alertmanager" | "grafana":
            body["alerts"] = body["alerts"][:1]
            body["alerts"][0] |= {"fingerprint": f"{number:016x}", "annotations": {"summary": title}}
        case "zabbix":
            body |= {"event_id": str(number), "trigger_id": str(number), "event_name": title}
        case "kuma":
            body["monitor"] |= {"id": number, "name": title, "pathName": title}
        case "healthchecks":
            body |= {"uuid": f"{number}", "name": title}
        case "generic":
            body = {"title": title, "key": title, "severity": "critical"}
    return body


@dataclass
class Sight:
    """When each alert was posted, and how long it took until each person's chat showed it."""

    posted: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))
    first: list[float] = field(default_factory=list)
    further: list[float] = field(default_factory=list)
    told: int = 0

    def watch(self, change: Change) -> None:
        """A message of alerts counts all that its draft is fed by."""
        text = str((change.message or {}).get("text", ""))
        self.told += change.what == "message" and NOTICE in text
        if change.chat is None or change.what not in {"message", "edited"} or not text.startswith("🚨 "):
            return
        source = text.split()[1]
        others = next((line for line in text.splitlines() if line.startswith(TOGETHER)), "")
        more = MORE.search(others)
        shown = 1 + (others.count(";") + 1 if others else 0) + (int(more[1]) if more else 0)
        at, known = time.perf_counter(), self.seen[change.chat.id, source]
        for number in range(known, shown):
            (self.further if number else self.first).append(at - self.posted[source][number])
        self.seen[change.chat.id, source] = max(known, shown)


def subscribe(conn: Connection, set_up: Stage, crowd: list[Customer]) -> None:
    """Everybody in the crowd wants to hear of everything."""
    stores = Stores(conn, "main", set_up.bot.id, now(), DeskPlaces(group=set_up.group.id))
    for person in crowd:
        customer = stores.customers.meet(Person(telegram_id=person.id, first_name="Crowd"))
        stores.subscribers.subscribe(customer.id, {EVERYTHING}, ConsentSource.BOT, now())


async def post(port: int, sight: Sight) -> None:
    """The sources post in turn."""
    async with ClientSession() as session:
        for number in range(ALERTS):
            source = SOURCES[number % len(SOURCES)]
            sight.posted[source].append(time.perf_counter())
            url = f"http://127.0.0.1:{port}/hooks/{source}/{TOKEN}"
            async with session.post(url, json=payload(source, number)) as answer:
                if answer.status != 202:
                    raise RuntimeError(f"{source}: {answer.status} {await answer.text()}")
            await asyncio.sleep(EVERY)


async def reply(set_up: Stage, served: list[Customer], topics: dict[int, Any]) -> list[float]:
    """Operators reply until told to stop: milliseconds until each reply arrives."""
    begun, waits = dict[str, float](), list[float]()

    def watch(change: Change) -> None:
        text = str((change.message or {}).get("text", ""))
        if change.what == "message" and change.chat is not set_up.group and text in begun:
            waits.append((time.perf_counter() - begun.pop(text)) * 1000)

    stop = set_up.world.subscribe(watch)
    for n in range(round(ALERTS * EVERY / REPLY_EVERY)):
        person = served[n % len(served)]
        begun[f"reply {n}"] = time.perf_counter()
        await set_up.operator.replies(topics[person.id], f"reply {n}")
        await asyncio.sleep(REPLY_EVERY)
    await set_up.until(lambda: not begun, 60)
    stop()
    return waits


async def measure() -> dict[str, Any]:
    """Seconds from a POST to everybody's message, and what else went on."""
    port = free_port()
    os.environ["OTKLIK_WEB__LISTEN"] = f"127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=False) as set_up:
            set_up.more = rules()
            served = [Customer(set_up.world, set_up.bot, f"Served {n}") for n in range(SERVED)]
            topics = await serve_tickets(set_up, served)
            crowd = [Customer(set_up.world, set_up.bot, f"Crowd {n}") for n in range(PEOPLE)]
            bosses = [Manager(set_up.world, set_up.bot, "Boss", id=each) for each in (MANAGER, *PUBLISHERS)]
            for person in (*crowd, *bosses):
                person.chat.standing = "open"
            ledger = Ledger(await open_engine(f"sqlite:///{set_up.folder / 'otklik.db'}"))
            await ledger.run(partial(subscribe, set_up=set_up, crowd=crowd))
            await ledger.close()
            set_up.limits = set_up.world.limits.enforced = True
            async with running(set_up.otklik()):
                return await under_load(set_up, port, bosses[0], partial(reply, set_up, served, topics))


async def under_load(set_up: Stage, port: int, boss: Manager, replying: Callable[[], Any]) -> dict[str, Any]:
    """Post while a broadcast goes out and operators reply."""
    sight = Sight()
    set_up.world.subscribe(sight.watch)
    await opened(port)
    await boss.says(f"/broadcast red {NOTICE}")
    await boss.presses("Опубликовать", within=30)
    await set_up.until(lambda: sight.told > 100, 60)
    told, begun = sight.told, time.perf_counter()
    waits, _ = await asyncio.gather(replying(), post(port, sight))
    pace = (sight.told - told) / (time.perf_counter() - begun)
    people = 1 + len(PUBLISHERS)
    await set_up.until(lambda: len(sight.first) + len(sight.further) == ALERTS * people, 120)
    every = [*sight.first, *sight.further]
    return {
        "what": "alert to the managers' message",
        "alerts": ALERTS,
        "people": people,
        "messages": len(sight.first),
        "first_p50_s": round(percentile(sight.first, 0.5), 2),
        "first_max_s": round(max(sight.first), 2),
        "p50_s": round(percentile(every, 0.5), 2),
        "p99_s": round(percentile(every, 0.99), 2),
        "max_s": round(max(every), 2),
        "reply_p50_ms": round(percentile(waits, 0.5), 1),
        "reply_p99_ms": round(percentile(waits, 0.99), 1),
        "bulk_per_second": round(pace, 1),
        "still_to_tell": PEOPLE - sight.told,
        "refused_429": len([call for call in set_up.world.log.calls() if call.status == 429]),
    }


async def main() -> None:
    """Once."""
    show(await measure())


if __name__ == "__main__":
    asyncio.run(main())
