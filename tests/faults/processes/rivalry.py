"""A busy day of several processes with one token over one database, and faults that strike whoever serves."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sandbox import BotApiServer
from tests.faults.kills import CONFIG, FAQ, Day, Toll
from tests.faults.processes.entrances import Entrance, Passed
from tests.faults.roads import HALF_OPEN, RELAY, WELL, Road

SENDING = "serves the bot"
PROGRAM = """
import sys
from bot.engine import lease, liveness
name, quick = sys.argv.pop(1), float(sys.argv.pop(1))
liveness._machine = lambda: name  # nobody can look whether it lives: as on a machine of its own
for each in ("BEAT_EVERY", "LOOK_EVERY", "LOST_AFTER", "TAKEN_AFTER", "MOST_CREDIT"):
    setattr(lease, each, getattr(lease, each) / quick)
from bot.cli import main
main()
"""
"""Runs `otklik run` as on a machine of its own, with a lease that is so many times as quick."""
PATIENCE = 120.0


@dataclass
class RivalToll(Toll):
    """What the faults cost: how long nobody sent, and who sent in which order."""

    strikes: list[str] = field(default_factory=list)
    taken_after: dict[str, list[float]] = field(default_factory=dict)
    senders: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)

    def line(self) -> str:
        """In one line, for whoever watches."""
        took = "; ".join(
            f"{how} taken over after {', '.join(f'{each:.1f}' for each in spans)} s"
            for how, spans in self.taken_after.items()
        )
        return f"{super().line()}; {took}; terms {' '.join(self.terms)}; senders {' '.join(self.senders)}"


class Rival:
    """One of the processes: its folder, its ways to Telegram and to the database, its log."""

    def __init__(self, name: str, folder: Path, entrance: Entrance, road: Road | None, quick: float) -> None:
        self.name, self.folder, self.entrance, self.road, self._quick = name, folder, entrance, road, quick
        self.process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> Path:
        """What it has said in all its lives."""
        return self.folder / "log"

    async def start(self) -> None:
        """A new life."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", PROGRAM, self.name, str(self._quick), "run"),
                cwd=self.folder,
                stderr=log,
            )

    def sends(self, number: int) -> None:
        """A signal to it."""
        assert self.process is not None
        os.kill(self.process.pid, number)

    async def ended(self) -> int:
        """Its exit code."""
        assert self.process is not None
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    def said(self) -> list[dict[str, str]]:
        """The lines of its log."""
        if not self.log.exists():
            return []
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]


class Rivalry(Day):
    """People talk at a steady pace, and one fault after the other strikes the process that serves."""

    def __init__(
        self,
        folder: Path,
        url: str,
        *,
        processes: int,
        faults: tuple[str, ...],
        seed: int,
        quick: float = 1.0,
        lasting: float = 60.0,
        talking: float,
        each_way: int,
    ) -> None:
        super().__init__(folder, url, people=10, each_way=each_way, kills=0, seed=seed)
        self._pace = talking / each_way
        self._toll: RivalToll = RivalToll()
        self._names = [f"p{number}" for number in range(1, processes + 1)]
        self._strikes, self._quick, self._lasting = faults, quick, lasting
        self._passed: list[Passed] = []
        self._rivals: dict[str, Rival] = {}
        self._over = asyncio.Event()
        self._stack = AsyncExitStack()

    async def live(self) -> RivalToll:
        """The whole day: the toll at its end."""
        async with BotApiServer(self._world) as server, self._stack:
            for name in self._names:
                self._rivals[name] = await self._made(name, server.url)
            for person in self._people:
                person.chat.standing = "open"
            try:
                await self._whole_day()
            finally:
                for rival in self._rivals.values():
                    if rival.process is not None and rival.process.returncode is None:
                        rival.process.kill()
                        await rival.process.wait()
        self._count()
        self._count_senders()
        await self._look_into_database()
        return self._toll

    async def _made(self, name: str, api_url: str) -> Rival:
        """A folder with a configuration of its own, and ways of its own."""
        folder, url = self._folder / name, self._url
        folder.mkdir()
        entrance = await self._stack.enter_async_context(Entrance(name, api_url, self._passed))
        road = None
        if not url.startswith("sqlite"):
            parts = urlsplit(url)
            road = await self._stack.enter_async_context(
                Road(RELAY, to=f"tcp://{parts.hostname}:{parts.port}")
            )
            url = urlunsplit(parts._replace(netloc=f"{parts.username}@127.0.0.1:{road.port}"))
        (folder / "faq.yaml").write_text(FAQ, "utf-8")
        config = CONFIG.format(url=url, api=entrance.url, token=self._bot.token, group=self._group.id)
        config = config.replace('level = "error"', 'level = "info"\nformat = "json"')
        (folder / "config.toml").write_text(config, "utf-8")
        return Rival(name, folder, entrance, road, self._quick)

    async def _whole_day(self) -> None:
        for rival in self._rivals.values():
            await rival.start()
        await self._until(lambda: len(self._said("at work")) > 0, "one of them serves")
        others = len(self._names) - 1
        await self._until(lambda: len(self._said("another process serves")) >= others, "the others stand by")
        talk = asyncio.gather(self._customers(), self._operator())
        for how in self._strikes:
            await self._in_the_middle_of(talk)
            await FAULTS[how](self)
            self._toll.strikes.append(how)
        await talk
        await self._drained()
        for rival in self._rivals.values():
            rival.sends(signal.SIGTERM)
        assert [await rival.ended() for rival in self._rivals.values()] == [0] * len(self._names)

    async def _in_the_middle_of(self, talk: asyncio.Future[Any]) -> None:
        """Until whoever serves has sent something in this term, for as long as there is anything to send."""
        holder = self._serving_now()
        before = self._sent_by(holder)
        await self._until(lambda: talk.done() or self._sent_by(holder) > before + 3, "it sends")

    def _serving_now(self) -> str:
        """Who has the newest term."""
        return self._terms()[-1]

    def _terms(self) -> list[str]:
        """Who had which term: the first, the second …"""
        found = {
            int(line["term"]): name
            for name, rival in self._rivals.items()
            for line in rival.said()
            if line["event"] in {"this process serves the bot", "this process takes over"}
        }
        return [found[term] for term in sorted(found)]

    def _said(self, event: str) -> list[str]:
        return [
            name
            for name, rival in self._rivals.items()
            for line in rival.said()
            if line["event"].startswith(event)
        ]

    def _sends_of(self, name: str) -> list[float]:
        return [each.at for each in self._passed if each.by == name]

    def _sent_by(self, name: str) -> int:
        return len(self._sends_of(name))

    async def _taken_over(self, how: str, struck: str, begun: float) -> None:
        """Until another process sends; how long that took."""

        def others() -> list[float]:
            return [each.at for each in self._passed if each.at > begun and each.by != struck]

        await self._until(lambda: len(others()) > 0, f"another takes over after {how}")
        self._toll.taken_after.setdefault(how, []).append(others()[0] - begun)

    async def kill(self) -> None:
        """Kill -9; it comes back later and stands by."""
        struck, begun = self._rivals[self._serving_now()], time.monotonic()
        struck.sends(signal.SIGKILL)
        await struck.ended()
        await self._taken_over("kill -9", struck.name, begun)
        await self._returns(struck)

    async def stop(self) -> None:
        """SIGTERM."""
        struck, begun = self._rivals[self._serving_now()], time.monotonic()
        struck.sends(signal.SIGTERM)
        assert await struck.ended() == 0
        await self._taken_over("SIGTERM", struck.name, begun)
        await self._returns(struck)

    async def pause(self) -> None:
        """SIGSTOP for a while. Over SQLite a process that stands still within a transaction locks all out."""
        struck, begun = self._rivals[self._serving_now()], time.monotonic()
        struck.sends(signal.SIGSTOP)
        await asyncio.sleep(self._lasting)
        struck.sends(signal.SIGCONT)
        if any(each.at > begun and each.by != struck.name for each in self._passed):
            await self._taken_over("SIGSTOP", struck.name, begun)

    async def part(self) -> None:
        """Its way to the database swallows everything for a while."""
        struck, begun = self._rivals[self._serving_now()], time.monotonic()
        assert struck.road is not None
        await struck.road.breaks(HALF_OPEN)
        await asyncio.sleep(self._lasting)
        await self._taken_over("partition", struck.name, begun)
        await struck.road.breaks(WELL)
        await self._until(lambda: self._stands_by_again(struck), "it finds that it has lost the lease")

    def _stands_by_again(self, rival: Rival) -> bool:
        events = [line["event"] for line in rival.said() if "process" in line["event"]]
        return events[-1].startswith("another process serves") or self._serving_now() == rival.name

    async def _returns(self, rival: Rival) -> None:
        before = len(rival.said())
        await rival.start()
        stands_by = "another process serves"
        await self._until(
            lambda: any(line["event"].startswith(stands_by) for line in rival.said()[before:]),
            "it stands by when it comes back",
        )

    async def _until(self, wanted: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not wanted():
            assert time.monotonic() < end, f"{what}: not within {PATIENCE:.0f} s; {self._terms()}"
            await asyncio.sleep(0.1)

    def _count_senders(self) -> None:
        sends = sorted(self._passed, key=lambda each: each.at)
        self._toll.senders = [name for name, _ in groupby(each.by for each in sends)]
        self._toll.terms = self._terms()


FAULTS: dict[str, Callable[[Rivalry], Awaitable[None]]] = {
    "kill": Rivalry.kill,
    "stop": Rivalry.stop,
    "pause": Rivalry.pause,
    "part": Rivalry.part,
}
