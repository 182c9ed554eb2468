"""What every benchmark stands on: a sandbox Telegram on one core, a bot's process on another."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox import BotApiServer, Customer, Operator, World
from sandbox.changes import Change

ROOT = Path(__file__).parents[2]
BOT_CORE, SANDBOX_CORE = 0, 1
FAQ = """
- id: refund
  question: Как вернуть деньги?
  phrasings: [хочу возврат, верните деньги]
  answer: Оформите возврат в разделе «Заказы».
"""


@dataclass
class Stage:
    """A world with one forum desk and its people; `spawn` starts a bot that talks to it.

    `home` is the checkout whose bot plays: the world and its people are always of this one. `more` stands at
    the end of its configuration.
    """

    world: World
    server: BotApiServer
    folder: Path
    limits: bool
    url: str
    home: Path = ROOT
    more: str = ""
    customers: list[Customer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bot = self.world.bot("bench_bot")
        self.group = self.world.forum("Operators")
        self.channel = self.world.channel("Status")
        rights = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True}
        self.world.admit(self.group, self.bot, **rights)
        self.world.admit(self.channel, self.bot, can_post_messages=True, can_edit_messages=True)
        self.operator = Operator(self.world, self.group, "Operator")
        (self.folder / "faq.yaml").write_text(FAQ, "utf-8")

    def config(self) -> Path:
        """The configuration of our own bot."""
        pace = "" if self.limits else "chat_per_second = 0\ngroup_per_minute = 0\nbulk_per_second = 0\n"
        if not self.limits and "person_per_second" in (self.home / "bot/config/settings.py").read_text(
            "utf-8"
        ):
            pace += "person_per_second = 0\n"
        path = self.folder / "config.toml"
        path.write_text(
            f"""
[storage]
url = "{self.url}"
[telegram]
api_url = "{self.server.url}"
[log]
level = "warning"
[limits]
{pace}
[desk.main]
token = "{self.bot.token}"
operators_group = {self.group.id}
incident_channel = {self.channel.id}
managers = [1001]
faq = ["faq.yaml"]
{self.more}""",
            "utf-8",
        )
        return path

    def spawn(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a bot's process on its own core."""
        environment = {**os.environ, "PYTHONPATH": str(self.home)}
        process = subprocess.Popen(command, env=environment, cwd=self.folder)
        pin(BOT_CORE, process.pid)
        return process

    def otklik(self) -> subprocess.Popen[bytes]:
        """Start the bot of `home`."""
        return self.spawn([str(otklik_of(self.home)), "run", "--config", str(self.config())])

    async def polled(self, within: float = 60) -> float:
        """Seconds until the bot first asked for updates."""
        begun = time.perf_counter()
        while not self.world.log.calls("getUpdates"):
            if time.perf_counter() - begun > within:
                raise TimeoutError("the bot never asked for updates")
            await asyncio.sleep(0.005)
        return time.perf_counter() - begun

    async def until(self, done: Callable[[], bool], within: float) -> None:
        """Wait for something to be so, looking often."""
        begun = time.perf_counter()
        while not done():
            if time.perf_counter() - begun > within:
                raise TimeoutError("it did not happen in time")
            await asyncio.sleep(0.005)


@asynccontextmanager
async def stage(
    folder: Path, *, limits: bool, url: str | None = None, home: Path = ROOT
) -> AsyncIterator[Stage]:
    """A stage on the sandbox's core; without a url the database is a file in the folder."""
    pin(SANDBOX_CORE, 0)
    world = World(seed=7)
    world.limits.enforced = limits
    async with BotApiServer(world) as server:
        yield Stage(world, server, folder, limits, url or f"sqlite:///{folder / 'otklik.db'}", home)


@asynccontextmanager
async def running(process: subprocess.Popen[bytes]) -> AsyncIterator[subprocess.Popen[bytes]]:
    """Stop the process at the end, gently, then by force."""
    try:
        yield process
    finally:
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, 15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def answers(set_up: Stage, people: Sequence[Customer], per_second: int, questions: int) -> list[float]:
    """Milliseconds from each of these questions to the FAQ's answer in its chat, people asking in turn."""
    asked: dict[int, float] = {}
    waits: list[float] = []

    def watch(change: Change) -> None:
        if "«Заказы»" in text_of(change) and change.chat is not None and change.chat.id in asked:
            waits.append((time.perf_counter() - asked.pop(change.chat.id)) * 1000)

    set_up.world.subscribe(watch)
    for n in range(questions):
        person = people[n % len(people)]
        asked.setdefault(person.id, time.perf_counter())
        await person.says("как вернуть деньги")
        await asyncio.sleep(1 / per_second)
    await set_up.until(lambda: not asked, 120)
    return waits


def waited(what: str, waits: Sequence[float]) -> dict[str, Any]:
    """The figures of so many waits."""
    return {
        "what": what,
        "questions": len(waits),
        "p50_ms": round(percentile(waits, 0.5), 1),
        "p99_ms": round(percentile(waits, 0.99), 1),
    }


def otklik_of(home: Path) -> Path:
    """The command of a checkout: each has an environment of its own."""
    return Path(sys.executable).with_name("otklik") if home == ROOT else home / ".venv" / "bin" / "otklik"


def pin(core: int, pid: int) -> None:
    """Keep a process (0: this one) on one core, where there are several."""
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(pid, {core})


def memory_mb(pid: int) -> float:
    """The resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def text_of(change: Change) -> str:
    """The text of a message that has just appeared."""
    return str((change.message or {}).get("text", "")) if change.what == "message" else ""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def show(results: dict[str, Any]) -> None:
    """One result as a line of JSON, for whoever collects them."""
    sys.stdout.write(json.dumps(results, ensure_ascii=False) + "\n")
    sys.stdout.flush()
