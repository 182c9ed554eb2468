"""otklik check --online: what is missing in Telegram is told with its key and what to do there."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.config import load
from bot.telegram.check import Findings, check_online
from locales import Texts
from sandbox import BotApiServer, Customer, Fault, World
from sandbox.accounts import BotAccount
from sandbox.chats import Chat
from sandbox.migration import migrate
from tests.faults.roads import HTTP, REFUSED, SOCKS5, Road
from tests.ground.terminal import otklik

TEXTS = Texts()


@dataclass
class Setup:
    """A desk as somebody has set it up in Telegram and in the file."""

    world: World
    server: BotApiServer
    home: Path
    bot: BotAccount
    group: Chat
    channel: Chat
    manager: int
    more: str = ""
    api_url: str = ""
    routes: list[str] = field(default_factory=lambda: ["direct"])

    def write(self) -> Path:
        path = self.home / "config.toml"
        path.write_text(
            f"""
            [telegram]
            api_url = "{self.api_url or self.server.url}"
            routes = {json.dumps(self.routes)}
            [desk.main]
            token = "{self.bot.token}"
            operators_group = {self.group.id}
            incident_channel = {self.channel.id}
            managers = [{self.manager}]
            {self.more}
            """,
            "utf-8",
        )
        return path

    async def check(self) -> Findings:
        return await check_online(load(self.write(), {}))

    async def problems(self) -> list[tuple[str, str]]:
        found = await self.check()
        assert [problem.line(TEXTS, language) for problem in found.problems for language in ("ru", "en")]
        return [(problem.key, problem.text) for problem in found.problems]


@pytest.fixture
async def setup(tmp_path: Path) -> AsyncIterator[Setup]:
    """Everything as it should be."""
    world = World(seed=7)
    bot = world.bot("support_bot")
    group, channel = world.forum("Operators"), world.channel("Incidents")
    world.admit(group, bot, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True)
    world.admit(channel, bot, can_post_messages=True, can_edit_messages=True)
    manager = Customer(world, bot, "Sample")
    await manager.starts()
    async with BotApiServer(world) as server:
        yield Setup(world, server, tmp_path, bot, group, channel, manager.id)


async def test_a_desk_set_up_rightly_has_nothing_to_put_right(setup: Setup) -> None:
    found = await setup.check()
    assert (found.problems, found.remarks) == ([], [])
    assert [route.key for route in found.routes] == ["telegram.routes[0]"]
    assert re.search(r": direct: answers in \d+ ms$", found.routes[0].line(TEXTS, "en"))


async def test_every_way_to_telegram_is_tried_and_the_first_that_answers_is_taken(setup: Setup) -> None:
    async with Road(SOCKS5, to=setup.server.url) as proxy, Road(HTTP, to=setup.server.url) as broken:
        await broken.breaks(REFUSED)
        setup.routes = [broken.route.replace("://", "://anna:pa55@"), proxy.route, f"api:{setup.server.url}"]
        setup.api_url = "http://telegram.invalid"
        found = await setup.check()
    assert found.problems == []
    assert [route.key for route in found.routes] == ["telegram.routes[1]", "telegram.routes[2]"]
    assert [(remark.key, remark.text) for remark in found.remarks] == [
        ("telegram.routes[0]", "check.route_silent")
    ]
    assert "pa55" not in found.remarks[0].line(TEXTS, "en")


async def test_too_few_stars_for_what_may_cost_some(setup: Setup) -> None:
    setup.more = "paid_broadcast = true"
    found = await setup.check()
    (remark,) = found.remarks
    assert (remark.key, remark.text) == ("desk.main.paid_broadcast", "check.too_few_stars")
    assert "at least 10\u00a0000" in remark.line(TEXTS, "en")
    setup.bot.star_tenths = 10_000 * 10
    assert (await setup.check()).remarks == []


async def test_a_token_that_is_not_the_bot_s(setup: Setup) -> None:
    setup.bot.token = setup.bot.token[:-1] + ("x" if setup.bot.token[-1] != "x" else "y")
    assert await setup.problems() == [("desk.main.token", "check.token_refused")]


async def test_nobody_at_the_address(setup: Setup) -> None:
    await setup.server.stop()
    assert await setup.problems() == [("telegram.api_url", "check.no_connection")]


async def test_a_server_that_is_ill(setup: Setup) -> None:
    setup.world.faults.add(Fault.internal_error(), method="getMe")
    assert await setup.problems() == [("telegram.api_url", "check.telegram_says")]
    setup.world.faults.clear()
    setup.world.faults.add(Fault.internal_error(), method="getChatMember", chat=setup.group.id)
    assert await setup.problems() == [("telegram.api_url", "check.telegram_says")]


async def test_a_group_the_bot_is_not_in(setup: Setup) -> None:
    setup.world.expel(setup.group, setup.bot)
    assert await setup.problems() == [("desk.main.operators_group", "check.no_such_chat")]


async def test_a_group_where_the_bot_is_nobody_special(setup: Setup) -> None:
    setup.world.demote(setup.group, setup.bot)
    assert await setup.problems() == [("desk.main.operators_group", "check.not_an_administrator")]


@pytest.mark.parametrize("missing", ["can_manage_topics", "can_delete_messages", "can_pin_messages"])
async def test_a_right_missing_in_the_group(setup: Setup, missing: str) -> None:
    membership = setup.group.member(setup.bot)
    assert membership is not None
    membership.rights[missing] = False
    assert await setup.problems() == [("desk.main.operators_group", f"check.right.{missing}")]


@pytest.mark.parametrize("missing", ["can_post_messages", "can_edit_messages"])
async def test_a_right_missing_in_the_channel(setup: Setup, missing: str) -> None:
    membership = setup.channel.member(setup.bot)
    assert membership is not None
    membership.rights[missing] = False
    assert await setup.problems() == [("desk.main.incident_channel", f"check.right.{missing}")]


async def test_group_and_channel_in_each_other_s_place(setup: Setup) -> None:
    setup.group, setup.channel = setup.channel, setup.group
    assert await setup.problems() == [
        ("desk.main.operators_group", "check.not_a_group"),
        ("desk.main.incident_channel", "check.not_a_channel"),
    ]


async def test_a_channel_whose_discussion_is_the_operators_group(setup: Setup) -> None:
    setup.channel.linked = setup.group
    assert await setup.problems() == [("desk.main.incident_channel", "check.linked_to_group")]


async def test_a_plain_group_is_good_enough_and_said(setup: Setup) -> None:
    setup.group = setup.world.supergroup("Without topics")
    setup.world.admit(setup.group, setup.bot, can_delete_messages=True)
    found = await setup.check()
    assert found.problems == []
    assert [remark.text for remark in found.remarks] == ["check.plain_group"]


async def test_a_manager_who_has_never_started_the_bot_is_only_a_remark(setup: Setup) -> None:
    setup.manager = setup.world.person("Stranger").id
    found = await setup.check()
    assert found.problems == []
    assert [(remark.key, remark.text) for remark in found.remarks] == [
        ("desk.main.managers", "check.manager_unreachable")
    ]


async def test_a_group_that_has_become_a_supergroup(setup: Setup) -> None:
    setup.group = setup.world.group("Small")
    setup.world.admit(setup.group, setup.bot, can_delete_messages=True)
    successor = migrate(setup.world, setup.group)
    found = await setup.check()
    assert [problem.text for problem in found.problems] == ["check.moved"]
    assert str(successor.id) in found.problems[0].line(TEXTS, "en")


async def test_a_webhook_left_behind_by_another_program(setup: Setup) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(setup.server.url))
    async with Bot(setup.bot.token, session=session) as bot:
        await bot.set_webhook("http://127.0.0.1:9/elsewhere")
    assert await setup.problems() == [("telegram.updates", "check.webhook_is_set")]


async def test_every_desk_is_looked_at(setup: Setup) -> None:
    other = setup.world.bot("other_bot")
    setup.more = f'[desk.other]\ntoken = "{other.token}"\noperators_group = {setup.group.id}'
    assert await setup.problems() == [("desk.other.operators_group", "check.no_such_chat")]


async def test_at_the_terminal_remarks_and_problems_are_lines_and_problems_decide(setup: Setup) -> None:
    setup.manager = setup.world.person("Stranger").id
    setup.world.demote(setup.channel, setup.bot)
    setup.write()
    typed = await asyncio.to_thread(otklik, "check", "--online", home=setup.home)
    assert typed.code == 2
    assert typed.out.startswith("telegram.routes[0]: direct: answers in ")
    assert typed.lines[0].startswith("remark: desk.main.managers: ")
    assert "@support_bot" in typed.lines[0]
    assert typed.lines[1].startswith("desk.main.incident_channel: ")
    assert len(typed.lines) == 2
