"""Everything under the bot fails at random for some minutes while people talk, and what became of it."""

import asyncio
import os
import resource
import signal
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from sandbox.faults import Fault
from tests.faults.fair.clocks import PutClock, compiler
from tests.faults.kills import Day, Toll
from tests.faults.roads import HALF_OPEN, REFUSED, RESET, SLOW, WELL, Road

BACK_TO_NORMAL = 30.0
"""Seconds after the last fault in which a message must be through again."""
PROBE = "zonkerflute to see who is there"
STOPPING = 20.0
"""Seconds in which a process that is told to end has ended, on a busy machine too."""
QUIET = 1.5
"""Seconds between two faults, on average."""
PER_SECOND = 20
TELEGRAMS = (
    Fault.bad_gateway(),
    Fault.bad_gateway(applied=True),
    Fault.truncated_json(),
    Fault.reset_before(),
    Fault.reset_after(),
    Fault.internal_error(),
    Fault.too_many_requests(2),
    Fault.hangs(3),
)
UNCERTAIN_EACH = 8
"""How many messages a fault may leave in doubt: the window of the sender."""


@dataclass
class ChaosToll(Toll):
    """What the faults cost, and what the process needed meanwhile."""

    faults: dict[str, int] = field(default_factory=dict)
    back_after: float = 0.0
    memory_mb: list[float] = field(default_factory=list)
    descriptors: list[int] = field(default_factory=list)

    def line(self) -> str:
        """In one line, for whoever watches."""
        struck = ", ".join(f"{name} {times}" for name, times in sorted(self.faults.items()))
        memory, files = self.memory_mb or [0], self.descriptors or [0]
        return (
            f"{super().line()}; back after {self.back_after:.1f} s; "
            f"memory {memory[0]:.0f} to {max(memory):.0f} MB, "
            f"descriptors {files[0]} to {max(files)}; {struck}"
        )


class Chaos(Day):
    """A day of faults of every kind in random order, one after the other, at a steady pace of messages.

    `road` leads to PostgreSQL and `restart` restarts its server; without a road the database is a file.
    """

    def __init__(
        self,
        folder: Path,
        url: str,
        *,
        seconds: float,
        seed: int,
        road: Road | None = None,
        server_url: str = "",
        restart: Callable[[], None] | None = None,
    ) -> None:
        people = 20
        each_way = int(seconds * PER_SECOND / 2) // people * people
        super().__init__(folder, url, people=people, each_way=each_way, kills=0, seed=seed)
        self._road, self._server_url, self._restart = road, server_url, restart
        self._seconds, self._pace = seconds, 2 / PER_SECOND
        self._toll: ChaosToll = ChaosToll()
        self._at_work: asyncio.subprocess.Process | None = None
        cc = compiler()
        self._clock = None if cc is None else PutClock(cc, folder)

    @property
    def allowed_doubles(self) -> int:
        """Each fault leaves at most a window of messages in doubt."""
        return UNCERTAIN_EACH * sum(self._toll.faults.values())

    async def _killings(self) -> None:
        """Strike until the time is over, then see how soon everything is well."""
        self._at_work = await self._serving()
        watching = asyncio.create_task(self._watch())
        faults, ends = self._faults(), time.monotonic() + self._seconds
        names = list(faults)
        while time.monotonic() < ends:
            name = self._random.choice(names)
            self._toll.faults[name] = self._toll.faults.get(name, 0) + 1
            await faults[name]()
            await asyncio.sleep(self._random.uniform(0.2, 2 * QUIET))
        await self._recovers()
        watching.cancel()
        self._at_work.terminate()  # a life of its own sends what is left
        await asyncio.wait_for(self._at_work.wait(), STOPPING)

    def _faults(self) -> dict[str, Callable[[], Awaitable[None]]]:
        common = {"kill": self._kill, "stand still": self._pause, "Telegram": self._telegram}
        if self._clock is not None:
            common["clock put"] = self._clock_put
        files = {"no descriptors": self._no_descriptors}
        if self._road is None:
            return {**common, **files, "disk full": self._disk_full, "locked": self._locked_file}
        on_road = {how: self._broken(how) for how in (REFUSED, RESET, HALF_OPEN, SLOW)}
        ends = {"connections ended": self._ended, "locked": self._locked_table}
        restart = {} if self._restart is None else {"server restarted": self._restarted}
        return {**common, **files, **on_road, **ends, **restart}

    @property
    def _pid(self) -> int:
        assert self._at_work is not None
        return self._at_work.pid

    async def _kill(self) -> None:
        assert self._at_work is not None
        self._at_work.kill()
        await self._at_work.wait()
        self._at_work = await self._serving()

    async def _pause(self) -> None:
        os.kill(self._pid, signal.SIGSTOP)
        await self._a_while(5)
        os.kill(self._pid, signal.SIGCONT)

    @property
    def _environment(self) -> Mapping[str, str] | None:
        return None if self._clock is None else self._clock.environment

    async def _clock_put(self) -> None:
        """An hour back or a day forward for a while; every step is a leap."""
        assert self._clock is not None
        self._clock.put(self._random.choice((-3600, 86400)))
        await self._a_while(4)
        self._clock.put(0)

    async def _telegram(self) -> None:
        rule = self._world.faults.add(self._random.choice(TELEGRAMS), probability=0.3)
        await self._a_while(4)
        self._world.faults.remove(rule)

    async def _no_descriptors(self) -> None:
        await self._limited(resource.RLIMIT_NOFILE, _descriptors(self._pid))

    async def _disk_full(self) -> None:
        log = self._folder / "otklik.db-wal"
        await self._limited(resource.RLIMIT_FSIZE, log.stat().st_size if log.exists() else 4096)

    async def _limited(self, what: int, most: int) -> None:
        soft, hard = resource.prlimit(self._pid, what)
        resource.prlimit(self._pid, what, (most, hard))
        await self._a_while(4)
        resource.prlimit(self._pid, what, (soft, hard))

    def _broken(self, how: str) -> Callable[[], Awaitable[None]]:
        async def strike() -> None:
            assert self._road is not None
            await self._road.breaks(how)
            await self._a_while(8 if how == HALF_OPEN else 4)
            await self._road.breaks(WELL)

        return strike

    async def _ended(self) -> None:
        ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        for _ in range(self._random.randint(1, 6)):
            await self._on_server(ending + " AND datname = current_database()")
            await asyncio.sleep(0.3)

    async def _locked_table(self) -> None:
        connection = await asyncpg.connect(self._server_url)
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError):
            async with connection.transaction():
                table = self._random.choice(("messages", "outbox", "inbox"))
                await connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
                await self._a_while(8)
        await connection.close()

    async def _locked_file(self) -> None:
        with closing(sqlite3.connect(self._folder / "otklik.db", timeout=10, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await self._a_while(8)
            other.execute("ROLLBACK")

    async def _restarted(self) -> None:
        assert self._restart is not None
        await asyncio.to_thread(self._restart)

    async def _on_server(self, statement: str) -> None:
        connection = await asyncpg.connect(self._server_url)
        await connection.execute(statement)
        await connection.close()

    async def _a_while(self, longest: float) -> None:
        await asyncio.sleep(self._random.uniform(0.3, longest))

    async def _recovers(self) -> None:
        """Seconds until somebody who writes after the last fault is heard."""
        begun, late = time.monotonic(), self._people[0]
        await late.says(PROBE)
        while not any(PROBE in str(call.params.get("text")) for call in self._world.log.calls("sendMessage")):
            assert time.monotonic() - begun < BACK_TO_NORMAL, "nothing moves"
            await asyncio.sleep(0.05)
        self._toll.back_after = time.monotonic() - begun

    async def _watch(self) -> None:
        """Look at the process now and then."""
        while True:
            with suppress(OSError):
                self._toll.memory_mb.append(_memory(self._pid))
                self._toll.descriptors.append(_descriptors(self._pid))
            await asyncio.sleep(2)


def _descriptors(pid: int) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def _memory(pid: int) -> float:
    lines: Iterable[str] = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
