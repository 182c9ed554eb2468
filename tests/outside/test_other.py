"""Whatever apprise knows: a webhook on this machine stands for all of it."""

import asyncio
import json
import logging
from typing import Any

import pytest
from aiohttp import web

from bot.channels import apprise_service
from bot.channels.apprise_service import AppriseService
from desk.letters.letter import ChannelBroken, LetterLate, LetterTaken, LetterUncertain
from tests.outside.letters import letter
from tests.outside.standing import HANG, StandIn

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


class Webhook:
    """Takes any JSON."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Any]] = []

    async def answer(self, request: web.Request) -> web.Response:
        self.taken.append((request.raw_path, json.loads(await request.read())))
        return web.Response(text="ok")


def address_of(server: StandIn) -> str:
    return f"{server.url.replace('http://', 'json://sample:pa55@')}/to/{{address}}"


async def test_a_letter_goes_where_the_person_s_address_makes_it_go() -> None:
    webhook = Webhook()
    async with StandIn(webhook.answer) as server:
        channel = AppriseService(address_of(server))
        assert await channel.check() == LetterTaken()
        assert webhook.taken == []
        assert await channel.send(letter(), "+7 999/0?x") == LetterTaken()
    [(path, said)] = webhook.taken
    assert path.startswith("/to/")
    assert "/0" not in path.removeprefix("/to/")
    assert said["title"] == "Оплата не работает"
    assert said["message"].startswith("Не проходит оплата картой & СБП.")


async def test_what_is_not_taken_is_tried_later_and_nothing_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    webhook = Webhook()
    async with StandIn(webhook.answer, ill=[web.Response(status=500)]) as server:
        with caplog.at_level(logging.DEBUG):
            outcome = await AppriseService(address_of(server)).send(letter(), "anna")
    assert outcome == LetterLate("not taken", 60.0)
    assert [line for line in caplog.messages if "anna" in line or "pa55" in line] == []


async def test_a_service_that_hangs_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apprise_service, "THREADS", 2)
    webhook = Webhook()
    async with StandIn(webhook.answer, ill=[HANG, HANG]) as server:
        channel = AppriseService(address_of(server), patience=0.3)
        sent = await asyncio.gather(*(channel.send(letter(), "anna") for _ in range(2)))
        assert sent == [LetterUncertain("no answer in time")] * 2
        assert await channel.send(letter(), "anna") == LetterLate("all threads hang", 120.0)


async def test_an_address_that_apprise_does_not_know_breaks_the_channel() -> None:
    for url in ("nosuchservice://{address}", "json://", "://"):
        assert await AppriseService(url).check() == ChannelBroken("apprise does not know the address")
        assert isinstance(await AppriseService(url).send(letter(), "anna"), ChannelBroken)
