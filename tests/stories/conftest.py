"""The scene of every story: a desk at work over real HTTP, on a sandbox Telegram."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.app import serve
from bot.config import Settings
from sandbox import BotApiServer, Customer, Manager, Operator, World
from tests.stories.reading import looks_only_read
from tests.stories.talk import Talk, talking

__all__ = ["looks_only_read"]

FAQ = """
- id: refund
  category: {ru: Оплата, en: Payment}
  question: {ru: "Как вернуть деньги?", en: "How do I get a refund?"}
  phrasings: {ru: [хочу возврат, верните деньги], en: [i want my money back]}
  answer:
    ru: "{{ customer.first_name }}, оформите возврат в разделе «Заказы»."
    en: Ask for it in <b>Orders</b>.
- id: refund-wait
  category: {ru: Оплата, en: Payment}
  question: {ru: "Когда придут деньги за возврат?", en: "When will the refund arrive?"}
  phrasings: {ru: [сколько ждать возврат денег, деньги за возврат не пришли], en: [refund has not arrived]}
  answer: {ru: "Деньги приходят за три дня.", en: "Within three days."}
- id: delivery
  category: {ru: Доставка, en: Delivery}
  question: {ru: "Сколько стоит доставка?", en: "How much is delivery?"}
  phrasings: {ru: [цена доставки, доставка платная?], en: [delivery price]}
  answer: {ru: "Доставка стоит 300 ₽.", en: "Delivery is 300 roubles."}
"""
MANAGER = 1001


@dataclass
class Scene:
    """A world with one desk in it: its places, its people, and the bot while it runs."""

    world: World
    server: BotApiServer
    folder: Path
    forum: bool = True
    desk: dict[str, Any] = field(default_factory=dict)
    limits: dict[str, Any] = field(default_factory=dict)
    database: str = ""
    telegram: dict[str, Any] = field(default_factory=dict)
    retention: dict[str, Any] = field(default_factory=dict)
    backup: dict[str, Any] = field(default_factory=dict)
    web: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        world = self.world
        self.bot = world.bot("support_bot", name="Поддержка")
        self.group = world.forum("Операторы") if self.forum else world.group("Операторы")
        self.channel = world.channel("Статус")
        world.admit(
            self.group, self.bot, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True
        )
        world.admit(self.channel, self.bot, can_post_messages=True, can_edit_messages=True)
        self.faq = self.folder / "faq.yaml"
        self.faq.write_text(FAQ, "utf-8")

    def customer(self, name: str = "Анна", **more: Any) -> Customer:
        return Customer(self.world, self.bot, name, **more)

    def operator(self, name: str = "Олег", **more: Any) -> Operator:
        return Operator(self.world, self.group, name, **more)

    def manager(self, name: str = "Мария", **more: Any) -> Manager:
        return Manager(self.world, self.bot, name, **{"id": MANAGER, **more})

    def settings(self) -> Settings:
        return Settings.model_validate(
            {
                "storage": {"url": self.database or f"sqlite:///{self.folder / 'otklik.db'}"},
                "telegram": {"api_url": self.server.url, **self.telegram},
                "limits": self.limits,
                "retention": self.retention,
                "backup": self.backup,
                "web": self.web,
                "desk": {
                    "main": {
                        "token": self.bot.token,
                        "operators_group": self.group.id,
                        "incident_channel": self.channel.id,
                        "managers": [MANAGER],
                        "faq": [str(self.faq)],
                        **self.desk,
                    }
                },
            },
            context={"home": self.folder},
        )

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """The bot runs; leaving stops it as SIGTERM would."""
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(self.settings(), stop))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(serving, 30)


SetUp = Callable[..., AbstractAsyncContextManager[Scene]]


@pytest.fixture
def set_up(tmp_path: Path, sqlite_template: Path) -> SetUp:
    """Set a scene without starting the bot; limits are off unless the story is about them."""

    @asynccontextmanager
    async def scene(*, limits: bool = False, **more: Any) -> AsyncIterator[Scene]:
        if not (tmp_path / "otklik.db").exists():  # to bring it up to our schema is told elsewhere
            shutil.copy(sqlite_template, tmp_path / "otklik.db")
        world = World(seed=7)
        world.limits.enforced = limits
        async with BotApiServer(world) as server:
            pace = (
                {}
                if limits
                else {"chat_per_second": 0, "group_per_minute": 0, "bulk_per_second": 0}
                | {"person_per_second": 0}
            )
            yield Scene(world, server, tmp_path, limits=pace, **more)

    return scene


@pytest.fixture
async def scene(set_up: SetUp) -> AsyncIterator[Scene]:
    """A desk at work in a forum."""
    async with set_up() as scene, scene.at_work():
        yield scene


@pytest.fixture(params=[True, False], ids=["topics", "plain group"])
async def talk(set_up: SetUp, request: pytest.FixtureRequest) -> AsyncIterator[Talk]:
    """A customer and an operator in the middle of a talk, once in topics and once in a plain group."""
    async with talking(set_up, forum=request.param) as talk:
        yield talk
