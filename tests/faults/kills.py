"""A busy day during which the bot's process is killed again and again, and what became of every message."""

import asyncio
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from sandbox import BotApiServer, Customer, Operator, World
from sandbox.chats import Topic
from sandbox.log import judge
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from storage.tables import inbox, messages, outbox, tickets

T = TypeVar("T")
TOKEN = re.compile(r"\b[cr]\d+-\d+\b")
WINDOW = 8
LIFE = 4.5
"""Seconds a life of the process takes, most of them to start: people talk through all of them."""


@dataclass
class Toll:
    """What the kills cost."""

    kills: int = 0
    carried: int = 0
    lost: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    doubled_sends: int = 0
    spare_topics: int = 0
    applied_twice: list[str] = field(default_factory=list)
    left_over: dict[str, int] = field(default_factory=dict)

    def line(self) -> str:
        """In one line, for whoever watches."""
        return (
            f"kills {self.kills}, carried {self.carried}, lost {len(self.lost)}, "
            f"applied twice {len(self.applied_twice)}, out of order {len(self.disordered)}, "
            f"doubled on Telegram's side {self.doubled_sends}, spare topics {self.spare_topics}"
        )


class Day:
    """Customers write and an operator replies all the while; the bot is killed at random moments."""

    def __init__(self, folder: Path, url: str, *, people: int, each_way: int, kills: int, seed: int) -> None:
        self._folder, self._url, self._kills = folder, url, kills
        self._random = random.Random(seed)
        self._world = World(seed=seed)
        self._world.limits.enforced = False
        self._bot = self._world.bot("kill_bot")
        self._group = self._world.forum("Operators")
        rights = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True}
        self._world.admit(self._group, self._bot, **rights)
        self._people = [Customer(self._world, self._bot, f"Person {n}") for n in range(people)]
        self._oleg = Operator(self._world, self._group, "Oleg")
        self._rounds = each_way // people
        self._pace = LIFE * kills / each_way
        self._toll = Toll(kills=kills)
        self._process: asyncio.subprocess.Process | None = None

    async def live(self) -> Toll:
        """The whole day: the toll at its end."""
        async with BotApiServer(self._world) as server:
            self._configure(server.url)
            for person in self._people:
                person.chat.standing = "open"
            try:
                await self._busy_hours()
            finally:
                if self._process is not None and self._process.returncode is None:
                    self._process.kill()
        self._count()
        await self._look_into_database()
        return self._toll

    async def _busy_hours(self) -> None:
        talk = asyncio.gather(self._customers(), self._operator())
        await self._killings()
        process = await self._serving()
        await talk
        await self._drained()
        process.terminate()
        await asyncio.wait_for(process.wait(), 20)

    def _configure(self, api_url: str) -> None:
        (self._folder / "faq.yaml").write_text(FAQ, "utf-8")
        (self._folder / "config.toml").write_text(
            CONFIG.format(url=self._url, api=api_url, token=self._bot.token, group=self._group.id), "utf-8"
        )

    @property
    def _environment(self) -> Mapping[str, str] | None:
        """That of the bot's process; None for our own."""
        return None

    async def _serving(self) -> asyncio.subprocess.Process:
        """The bot's process, once it has asked for updates."""
        before = len(self._world.log.calls("getUpdates"))
        otklik = str(Path(sys.executable).with_name("otklik"))
        process = self._process = await asyncio.create_subprocess_exec(
            otklik, "run", cwd=self._folder, env=self._environment
        )
        while len(self._world.log.calls("getUpdates")) == before:  # noqa: ASYNC110 - the log rings no bell
            await asyncio.sleep(0.02)
        return process

    async def _killings(self) -> None:
        for _ in range(self._kills):
            process = await self._serving()
            await asyncio.sleep(self._random.uniform(0.05, 1.5))
            process.kill()
            await process.wait()

    async def _customers(self) -> None:
        for n in range(self._rounds):
            for i, person in enumerate(self._people):
                await person.says(f"zonkerflute c{i}-{n}")
                await asyncio.sleep(self._pace)

    async def _operator(self) -> None:
        """Reply to each customer in turn, as soon as there is a topic to reply in."""
        for n in range(self._rounds):
            for i in range(len(self._people)):
                topic = await self._topic(i)
                await self._oleg.replies(topic, f"r{i}-{n}")
                await asyncio.sleep(self._pace)

    async def _topic(self, i: int) -> Topic:
        while True:
            for topic in self._oleg.topics():
                if topic.name.endswith(f"Person {i}"):
                    return topic
            await asyncio.sleep(0.05)

    async def _drained(self, within: float = 180) -> None:
        """Wait until nothing is left to send; what has not been seen by then is lost."""
        begun = time.monotonic()
        everything = 2 * self._rounds * len(self._people)
        while time.monotonic() - begun < within:
            seen = {token for tokens in self._sends() for token in tokens}
            if len(seen) == everything and not (await self._left_over())["outbox"]:
                return  # cards, titles and marks come last
            await asyncio.sleep(0.5)

    async def _left_over(self) -> dict[str, int]:
        """What the database still holds that should be gone."""

        def count(conn: Connection) -> dict[str, int]:
            waits = select(func.count()).select_from(inbox).where(inbox.c.state != 1)
            return {
                "inbox": conn.execute(waits).scalar_one(),
                "outbox": conn.execute(select(func.count()).select_from(outbox)).scalar_one(),
                "spare tickets": conn.execute(select(func.count()).select_from(tickets)).scalar_one()
                - len(self._people),
                "counted against updates": conn.execute(
                    select(func.coalesce(func.sum(inbox.c.attempts), 0))
                ).scalar_one(),
            }

        return await self._in_database(count)

    async def _in_database(self, unit: Callable[[Connection], T]) -> T:
        ledger = Ledger(await open_engine(self._url))
        try:
            return await ledger.run(unit)
        finally:
            await ledger.close()

    def _sends(self) -> list[list[str]]:
        """The tokens of each message that Telegram took, in order; cards quote questions and are left out."""
        carried = [
            str(call.params.get("text", ""))
            for call in self._world.log.calls("sendMessage", applied=True)
            if not call.params.get("reply_markup")
        ]
        return [TOKEN.findall(text) for text in carried]

    def _count(self) -> None:
        sends = self._sends()
        seen: set[str] = set()
        for tokens in sends:
            self._toll.doubled_sends += any(token in seen for token in tokens)
            seen.update(tokens)
        for i in range(len(self._people)):
            for side in "cr":
                expected = [f"{side}{i}-{n}" for n in range(self._rounds)]
                verdict = judge(expected, [token for tokens in sends for token in tokens])
                self._toll.lost += verdict.lost
                self._toll.disordered += verdict.disordered
                self._toll.carried += len(expected) - len(verdict.lost)
        self._toll.spare_topics = len(self._group.topics) - len(self._people)

    async def _look_into_database(self) -> None:
        def kept(conn: Connection) -> Counter[str]:
            rows = conn.execute(select(messages.c.content))
            return Counter(token for row in rows for token in TOKEN.findall(content_text(row.content)))

        self._toll.left_over = await self._left_over()
        self._toll.applied_twice = [
            token for token, times in (await self._in_database(kept)).items() if times > 1
        ]


def content_text(content: Any) -> str:
    """The text of a stored message."""
    stored = json.loads(content) if isinstance(content, str) else content
    return str(stored.get("text", ""))


FAQ = """
- id: refund
  question: How do I get a refund?
  answer: Ask for it in Orders.
"""
CONFIG = """
[storage]
url = "{url}"
[telegram]
api_url = "{api}"
[log]
level = "error"
[limits]
chat_per_second = 0
group_per_minute = 0
bulk_per_second = 0
[desk.main]
token = "{token}"
operators_group = {group}
faq = ["faq.yaml"]
"""
