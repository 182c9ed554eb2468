"""Clients that others wrote, unmodified and from their registries, do a round of features here."""

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

pytestmark = pytest.mark.proof

FOREIGN = Path(__file__).with_name("foreign")
PYTHON = {"ptb_bot.py": "python-telegram-bot", "telebot_bot.py": "pyTelegramBotAPI"}
NODE = {"grammy_bot.mjs": "grammy", "telegraf_bot.mjs": "telegraf"}


def installed(script: str, folder: Path) -> list[str]:
    """The command that runs a bot, with its library installed beside it."""
    shutil.copy(FOREIGN / script, folder)
    if script in PYTHON:
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        python = str(folder / "venv" / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", PYTHON[script]], check=True)
        return [python, script]
    subprocess.run(["npm", "install", "--silent", "--prefix", folder, NODE[script]], check=True)
    return ["node", script]


@asynccontextmanager
async def ended(process: asyncio.subprocess.Process) -> AsyncIterator[asyncio.subprocess.Process]:
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


class Sandbox:
    """`python -m sandbox --lenient`, worked over the wire."""

    def __init__(self, about: dict[str, Any], http: aiohttp.ClientSession) -> None:
        self.about, self._http = about, http

    async def does(self, who: str, does: str, *args: Any, **kwargs: Any) -> Any:
        asked = {"who": who, "does": does, "args": args, "kwargs": kwargs}
        async with self._http.post(f"{self.about['url']}/sandbox/act", json=asked) as response:
            heard = await response.json()
        assert "result" in heard, heard
        return heard["result"]

    async def refusals(self) -> list[str]:
        async with self._http.get(f"{self.about['url']}/sandbox/log") as response:
            entries = (await response.json())["entries"]
        return [f"{each['method']}: {each['error']}" for each in entries if each.get("error")]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    command = [sys.executable, "-m", "sandbox", "--lenient", "--no-limits"]
    started = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    async with ended(started) as process, aiohttp.ClientSession() as http:
        assert process.stdout is not None
        yield Sandbox(json.loads(await process.stdout.readline()), http)


@pytest.mark.parametrize("script", [*PYTHON, *NODE])
async def test_a_foreign_client_does_its_round(sandbox: Sandbox, script: str, tmp_path: Path) -> None:
    command = await asyncio.to_thread(installed, script, tmp_path)
    about = sandbox.about
    words = [about["url"], about["token"], str(about["group"])]
    started = await asyncio.create_subprocess_exec(*command, *words, cwd=tmp_path)
    async with ended(started):
        await sandbox.does("customer-1", "starts")
        await sandbox.does("customer-1", "says", "Здравствуйте")
        await sandbox.does("customer-1", "sees", "edited", within=60)
        assert await sandbox.does("customer-1", "presses", "Press") == "answered"
        await sandbox.does("customer-1", "sees", "round is over", within=60)

    assert await sandbox.refusals() == []
