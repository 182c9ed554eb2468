"""A world with a desk in it, and both doors into it."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from sandbox import BotApiServer, Customer, Operator, World, WorldSession
from sandbox.accounts import BotAccount
from sandbox.chats import Chat
from tests.referee.front import Desk


@pytest.fixture
def world() -> World:
    return World(seed=7)


@pytest.fixture
def account(world: World) -> BotAccount:
    return world.bot("support_bot", name="Support")


@pytest.fixture
def group(world: World, account: BotAccount) -> Chat:
    group = world.forum("Операторы")
    world.admit(group, account, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True)
    return group


@pytest.fixture(params=["in process", "over HTTP"])
async def bot(request: pytest.FixtureRequest, world: World, account: BotAccount) -> AsyncIterator[Bot]:
    """The bot, through either door."""
    if request.param == "in process":
        yield Bot(account.token, session=WorldSession(world))
        return
    async with BotApiServer(world) as server:
        session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
        async with Bot(account.token, session=session) as bot:
            yield bot


@pytest.fixture
def anna(world: World, account: BotAccount) -> Customer:
    return Customer(world, account, "Анна")


@pytest.fixture
def oleg(world: World, group: Chat) -> Operator:
    return Operator(world, group, "Олег")


@pytest.fixture
def desk() -> Desk:
    """A bot with its group and people, in process and without a pace to keep."""
    desk = Desk()
    desk.world.limits.enforced = False
    return desk
