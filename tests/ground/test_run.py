"""otklik run: from the command to a customer's answer, and a clean end."""

import asyncio
import subprocess
import sys
from pathlib import Path

import faq
from sandbox import BotApiServer, Customer, World
from tests.ground.terminal import OTKLIK, environment

STARTER = Path(faq.__file__).with_name("starter.yaml")
READY_MODELS = """
from bot.terminal.models_at_need import import_aiogram

import_aiogram()
from aiogram import methods, types
from pydantic import BaseModel

named = (getattr(module, name) for module in (types, methods) for name in module.__all__)
models = {each for each in named if isinstance(each, type) and issubclass(each, BaseModel)}
print(sum(each.__pydantic_complete__ for each in models))
assert all(each.__pydantic_validator__.title for each in models)
print(sum(each.__pydantic_complete__ for each in models), len(models))
"""


async def test_it_serves_until_asked_to_stop_and_ends_well(tmp_path: Path) -> None:
    world = World(seed=7)
    bot, group = world.bot("support_bot"), world.forum("Operators")
    world.admit(group, bot, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True)
    customer = Customer(world, bot, "Sample")
    async with BotApiServer(world) as server:
        (tmp_path / "config.toml").write_text(
            f"""
            [telegram]
            api_url = "{server.url}"
            [log]
            format = "json"
            [desk.main]
            token = "{bot.token}"
            operators_group = {group.id}
            faq = ["{STARTER}"]
            """,
            "utf-8",
        )
        running = await asyncio.create_subprocess_exec(
            OTKLIK, "run", cwd=tmp_path, env=environment("ru_RU"), stderr=asyncio.subprocess.PIPE
        )
        try:
            await customer.says("как вернуть деньги")
            await customer.sees("возврат", within=30)
            running.terminate()
            _, said = await asyncio.wait_for(running.communicate(), 15)
        finally:
            if running.returncode is None:
                running.kill()
    assert running.returncode == 0, said.decode()
    assert all(line.startswith("{") for line in said.decode().splitlines())
    assert bot.token not in said.decode()
    assert "вернуть" not in said.decode()


def test_no_model_of_telegram_is_made_ready_before_it_is_needed_and_each_can_be() -> None:
    """All of them together take two seconds and 80 MB, at every start."""
    told = subprocess.run([sys.executable, "-c", READY_MODELS], stdout=subprocess.PIPE, text=True, check=True)
    at_first, at_last, all_there_are = map(int, told.stdout.split())
    assert at_first < all_there_are / 20
    assert at_last == all_there_are > 400
