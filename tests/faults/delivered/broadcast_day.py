"""A notice told to very many people while everything goes wrong, and what became of every delivery."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, func, select

from bot.desk_at_work import now
from bot.rooms.stores import Stores
from broadcasts.audience.subscriber import EVERYTHING, ConsentSource
from desk.people import Person
from desk.post import Lane
from desk.profile import DeskPlaces
from sandbox import BotApiServer, Customer, Manager
from sandbox.chats import Message
from sandbox.faults import Fault, Rule
from sandbox.log import Call
from storage.tables import outbox
from tests.faults.kills import FAQ, WINDOW, Day
from tests.stories.waiting import comes_true

NOTICE = "Не проходит оплата картой"
SERVED, EVERY = 10, 2.0
RETRY = re.compile(r"retry after (\d+)")
DONE, PRESS_AGAIN = "Рассылка закончена", "Отправить ещё раз"
LIMITS = "chat_per_second = {pace}\ngroup_per_minute = {pace}\nbulk_per_second = {bulk}\n"


@dataclass
class BroadcastToll:
    """What it cost, and how quick it was."""

    people: int
    blocked: int
    kills: int
    ambiguous: int = 0
    refused: int = 0
    uncertain: int = 0
    lost: int = 0
    doubled: int = 0
    told_though_blocked: int = 0
    in_penalty: int = 0
    per_second: float = 0.0
    waits: list[float] = field(default_factory=list)
    left_over: int = 0

    @property
    def p99(self) -> float:
        """Seconds from an operator's reply to its copy."""
        return sorted(self.waits)[int(len(self.waits) * 0.99)] if self.waits else 0.0

    @property
    def allowed_doubles(self) -> int:
        """What was on its way at a kill, and what was sent without an answer."""
        return WINDOW * self.kills + self.ambiguous

    def line(self) -> str:
        """In one line, for whoever watches."""
        return (
            f"{self.people} people ({self.blocked} blocked), kills {self.kills}, lost {self.lost}, "
            f"doubled {self.doubled} of {self.allowed_doubles} allowed, uncertain {self.uncertain}, "
            f"refused 429/500 {self.refused}, ambiguous {self.ambiguous}, in a penalty {self.in_penalty}, "
            f"{self.per_second:.1f} a second, replies {len(self.waits)}, p99 {self.p99 * 1000:.0f} ms"
        )


class BroadcastDay(Day):
    """One manager publishes; operators go on replying; the process is killed in the first part of it."""

    def __init__(self, folder: Path, url: str, *, people: int, kills: int, seed: int) -> None:
        super().__init__(folder, url, people=SERVED, each_way=SERVED, kills=kills, seed=seed)
        self._crowd = [Customer(self._world, self._bot, f"Crowd {n}") for n in range(people)]
        self._blocked = self._crowd[:: max(1, people // max(1, people // 100))][: people // 100]
        self._maria = Manager(self._world, self._bot, "Maria", id=1001)
        self._broadcast = BroadcastToll(people, len(self._blocked), kills)
        self._undisturbed, self._waiting_for = False, list[asyncio.Task[None]]()
        self._rules: list[Rule] = []

    async def tell(self) -> BroadcastToll:
        """The whole of it: the toll at its end."""
        async with BotApiServer(self._world) as server:
            self._write_config(server.url, limits=False)
            for person in (*self._people, *self._crowd):
                person.chat.standing = "open"
            try:
                await self._morning()
                self._write_config(server.url, limits=True)
                self._world.limits.enforced = True
                await self._told()
            finally:
                if self._process is not None and self._process.returncode is None:
                    self._process.kill()
        self._judge()
        self._broadcast.left_over = await self._waiting()
        return self._broadcast

    def _write_config(self, api_url: str, *, limits: bool) -> None:
        (self._folder / "faq.yaml").write_text(FAQ, "utf-8")
        own = "" if limits else LIMITS.format(pace=0, bulk=0)
        (self._folder / "config.toml").write_text(
            CONFIG.format(
                url=self._url, api=api_url, token=self._bot.token, group=self._group.id, limits=own
            ),
            "utf-8",
        )

    async def _morning(self) -> None:
        """Everybody in the crowd has subscribed; a few others have tickets."""
        process = await self._serving()
        await self._maria.starts()
        for person in self._people:
            await person.says("zonkerflute")
        for person in self._people:
            topic = await self._oleg.topic(person.account.first_name, within=30)
            await self._oleg.sees(topic, "zonkerflute", within=30)
        process.terminate()
        await process.wait()
        await self._in_database(self._subscribe)
        for person in self._blocked:
            await person.blocks()

    def _subscribe(self, conn: Connection) -> None:
        stores = Stores(conn, "main", self._bot.id, now(), DeskPlaces(group=self._group.id))
        for person in self._crowd:
            customer = stores.customers.meet(Person(telegram_id=person.id, first_name="Crowd"))
            stores.subscribers.subscribe(customer.id, {EVERYTHING}, ConsentSource.BOT, now())

    async def _told(self) -> None:
        await self._serving()
        await self._maria.says(f"/broadcast red {NOTICE}")
        await self._maria.presses("Опубликовать", within=30)
        self._rules = self._faults()
        replying = asyncio.create_task(self._replies())
        try:
            for _ in range(self._kills):
                await self._kill()
            await self._until_done()
        finally:
            replying.cancel()
        await asyncio.gather(*self._waiting_for)
        self._world.faults.clear()
        await self._decide()
        process = self._process
        assert process is not None
        process.terminate()
        await asyncio.wait_for(process.wait(), 20)

    def _faults(self) -> list[Rule]:
        """Two of a hundred are refused with 500 or 429, five of a thousand arrive without an answer."""
        crowd = frozenset(person.id for person in self._crowd)

        def to_crowd(params: object) -> bool:
            return isinstance(params, dict) and int(params.get("chat_id", 0)) in crowd

        return [
            self._world.faults.add(fault, method="sendMessage", probability=chance, having=to_crowd)
            for fault, chance in (
                (Fault.internal_error(), 0.01),
                (Fault.too_many_requests(1), 0.01),
                (Fault.reset_after(), 0.005),
            )
        ]

    async def _kill(self) -> None:
        await asyncio.sleep(self._random.uniform(0.5, 2.5))
        process = self._process
        assert process is not None
        process.kill()
        await process.wait()
        await self._serving()

    async def _replies(self) -> None:
        """The operator replies to each in turn, at a steady pace."""
        n = 0
        while True:
            person = self._people[n % SERVED]
            topic = await self._oleg.topic(person.account.first_name)
            n += 1
            text = f"reply {n}"
            self._waiting_for.append(asyncio.create_task(self._wait_of(person, text)))
            await self._oleg.replies(topic, text)
            await asyncio.sleep(EVERY)

    async def _wait_of(self, person: Customer, text: str) -> None:
        """Replies written after the kills count: a process that is dead replies to nobody."""
        begun, counts = time.monotonic(), self._undisturbed
        came = await comes_true(
            self._world, lambda: any(_text(each) == text for each in person.chat.messages.values()), 600
        )
        assert came, f"{text} has not come"
        if counts:
            self._broadcast.waits.append(time.monotonic() - begun)

    async def _until_done(self) -> None:
        """What is left goes out undisturbed by kills: that is the pace."""
        before, begun = self._arrivals(), time.monotonic()
        self._undisturbed = True
        within = 60 + len(self._crowd) / 10
        assert await comes_true(self._world, lambda: self._progress(DONE), within), "it is not done"
        sent = self._arrivals() - before
        self._broadcast.per_second = sent / (time.monotonic() - begun)

    async def _decide(self) -> None:
        """The manager has what may have arrived sent once more, until nothing is uncertain."""
        for _ in range(5):
            shown = self._shown()
            found = re.search(r"Неясно, дошло\sли: (\d+)", _text(shown))
            if found is None:
                return
            self._broadcast.uncertain += int(found[1])
            before = _text(shown)
            await self._maria.presses(PRESS_AGAIN, on=shown)
            await comes_true(self._world, partial(self._says_other, before), 60)

    def _says_other(self, before: str) -> bool:
        return self._progress(DONE) and _text(self._shown()) != before

    def _shown(self) -> Message:
        return [each for each in self._maria.chat.messages.values() if "Рассылка" in _text(each)][-1]

    def _progress(self, says: str) -> bool:
        return any(says in _text(each) for each in self._maria.chat.messages.values())

    def _taken(self) -> Sequence[Call]:
        return [
            call
            for call in self._world.log.calls("sendMessage", applied=True)
            if call.chat is not None and NOTICE in str(call.params.get("text"))
        ]

    def _arrivals(self) -> int:
        return len(self._taken())

    def _judge(self) -> None:
        toll, copies = self._broadcast, Counter(call.chat for call in self._taken())
        away = {person.id for person in self._blocked}
        toll.lost = sum(not copies[person.id] for person in self._crowd if person.id not in away)
        toll.doubled = sum(max(0, copies[person.id] - 1) for person in self._crowd)
        toll.told_though_blocked = sum(copies[each] for each in away)
        toll.ambiguous = self._rules[2].struck
        toll.refused = self._rules[0].struck + self._rules[1].struck
        toll.in_penalty = self._called_in_penalty()

    def _called_in_penalty(self) -> int:
        """Calls to a chat before the time that a 429 has named is over."""
        free: dict[int | None, float] = {}
        found = 0
        for call in self._world.log.calls():
            found += call.at < free.get(call.chat, 0.0)
            retry = RETRY.search(call.error or "") if call.status == 429 else None
            if retry is not None:
                free[call.chat] = call.at + int(retry[1])
        return found

    async def _waiting(self) -> int:
        def count(conn: Connection) -> int:
            waiting = select(func.count()).select_from(outbox).where(outbox.c.lane == int(Lane.BULK))
            return conn.execute(waiting).scalar_one()

        return await self._in_database(count)


def _text(message: Message) -> str:
    return str(message.get("text", ""))


CONFIG = """
[storage]
url = "{url}"
[telegram]
api_url = "{api}"
[log]
level = "error"
[limits]
{limits}
[desk.main]
token = "{token}"
operators_group = {group}
managers = [1001]
faq = ["faq.yaml"]
"""
