"""Meta says after a while what became of a letter: it was delivered, or goes another way."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.faults.database import comes_to, sql
from tests.outside.cloud_api import CloudApi, receipt
from tests.outside.post_office import PostOffice
from tests.stories.conftest import SetUp
from tests.stories.outside.visiting import Outside, free_port, publishes

SECRET, WORD = "5f2c0000app0secret00", "a-word-of-the-company"
ANNA, NUMBER = "anna@example.com", "+79990000001"
GIVEN = "INSERT INTO backup_addresses (desk, customer_id, channel, address, component, consented_at)"
STATES = "SELECT channel, state, reason, delivered_at IS NOT NULL FROM backup_letters ORDER BY channel"
TAKEN = [("email", 4, None, 0), ("whatsapp", 2, None, 0)]
"""E-mail is spare."""


@dataclass
class Receiving:
    """A desk with WhatsApp and e-mail that Meta may call."""

    outside: Outside
    meta: CloudApi
    office: PostOffice

    async def posts(self, body: Any, secret: str = SECRET, path: str = "/hooks/whatsapp") -> int:
        """Meta tells something: the status of the answer."""
        raw = json.dumps(body).encode()
        signed = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": signed, "Content-Type": "application/json"}
        url = self.outside.url + path
        async with ClientSession() as session, session.post(url, data=raw, headers=headers) as answer:
            return answer.status

    async def tells(self, status: str, code: int | None = None, **more: str) -> int:
        """Meta tells of the letter."""
        return await self.posts(receipt(self.meta.phone_id, "wamid.sample1", status, code), **more)

    async def states(self, *wanted: tuple[object, ...]) -> None:
        """The letters come to this."""
        await comes_to(self.outside.scene, lambda: sql(self.outside.scene, STATES), list(wanted))


@asynccontextmanager
async def receiving(set_up: SetUp) -> AsyncIterator[Receiving]:
    """A customer with both addresses has had a letter in WhatsApp."""
    meta, port = CloudApi(), free_port()
    async with PostOffice() as office, meta.stand_in() as server:
        channels: dict[str, Any] = {
            "email": {"url": f"smtp+plain://127.0.0.1:{office.port}", "sender": "support@example.com"},
            "whatsapp": {
                "token": meta.token,
                "phone_id": meta.phone_id,
                "template": "incident",
                "api_url": f"{server.url}/{meta.version}",
                "app_secret": SECRET,
                "verify_token": WORD,
            },
        }
        web = {"listen": f"127.0.0.1:{port}"}
        async with set_up(web=web, desk={"backup_channels": channels}) as scene, scene.at_work():
            anna, maria = scene.customer("Анна"), scene.manager("Мария")
            await anna.starts()
            await anna.sees("")
            [(customer,)] = sql(scene, "SELECT id FROM customers")
            for channel, address in (("email", ANNA), ("whatsapp", NUMBER)):
                sql(scene, f"{GIVEN} VALUES ('main', ?, ?, ?, '', 0)", customer, channel, address)
            await publishes(maria, "red Не проходит оплата")
            await maria.says("/incidents")
            listed = await maria.sees("не закрыто")
            await maria.presses("Не проходит оплата", on=listed)
            await maria.presses("Отправить по запасным каналам", on=listed)
            await maria.presses("Опубликовать", on=await maria.sees("Адресов"))
            desk = Receiving(Outside(scene, port), meta, office)
            await desk.states(*TAKEN)
            yield desk


async def test_what_was_not_delivered_goes_to_the_next_address(set_up: SetUp) -> None:
    async with receiving(set_up) as desk:
        assert await desk.tells("sent") == 200
        assert await desk.tells("failed", 131026) == 200
        await desk.states(("email", 2, None, 0), ("whatsapp", 3, "131026", 0))
        assert desk.office.to == [ANNA]
        for status, code in (("failed", 131026), ("delivered", None)):
            assert await desk.tells(status, code) == 200
        await desk.states(("email", 2, None, 0), ("whatsapp", 3, "131026", 0))
        figures = (await desk.outside.asks("/metrics")).text
        assert 'otklik_letters_total{channel="whatsapp",desk="main",outcome="nobody_there"} 1.0' in figures


async def test_what_was_delivered_is_noted_and_stays_so(set_up: SetUp) -> None:
    async with receiving(set_up) as desk:
        for status, code in (("delivered", None), ("read", None), ("failed", 131000)):
            assert await desk.tells(status, code, path="/d/main/hooks/whatsapp") == 200
        await desk.states(("email", 4, None, 0), ("whatsapp", 2, None, 1))
        assert desk.office.to == []
        assert 'outcome="delivered"} 1.0' in (await desk.outside.asks("/metrics")).text


async def test_a_receipt_that_comes_before_our_own_note_is_looked_at_again(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.whatsapp_hook.AGAIN", 0.5)
    async with receiving(set_up) as desk:
        sql(desk.outside.scene, "UPDATE backup_letters SET message_id = 'later' WHERE channel = 'whatsapp'")
        assert await desk.tells("failed", 131026) == 200
        sql(desk.outside.scene, "UPDATE backup_letters SET message_id = 'wamid.sample1' WHERE state = 2")
        await comes_to(desk.outside.scene, lambda: desk.office.to, [ANNA])


async def test_whoever_is_not_meta_changes_nothing(set_up: SetUp) -> None:
    async with receiving(set_up) as desk:
        failed = receipt(desk.meta.phone_id, "wamid.sample1", "failed", 131026)
        assert await desk.posts(failed, secret="x" * 20) == 401
        assert (await desk.outside.asks("/hooks/whatsapp", "POST")).status == 401
        assert await desk.posts(failed, path="/d/nobody/hooks/whatsapp") == 404
        for strange in (
            receipt("999999", "wamid.sample1", "failed", 131026),
            [],
            {"entry": [{"changes": [{"value": 5}, 7]}, "x"]},
            {"entry": {"changes": []}},
            receipt(desk.meta.phone_id, "w" * 500, "failed", 1),
        ):
            assert await desk.posts(strange) == 200
        await desk.states(*TAKEN)
        asked = "/hooks/whatsapp?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
        proved = await desk.outside.asks(asked + WORD)
        assert (proved.status, proved.text) == (200, "1158201444")
        assert proved.headers["Content-Type"].startswith("text/plain")
        assert (await desk.outside.asks(asked + "another-word-of-16")).status == 403
        assert (await desk.outside.asks("/hooks/whatsapp")).status == 403
