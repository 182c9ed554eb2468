"""Telegram is away: red incidents go by backup channels, once, and nobody is told twice when it is back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.health.absence import AbsenceWatch
from broadcasts.deliveries.broadcast import DeliveryState
from sandbox import Fault
from tests.faults.database import comes_to, sql
from tests.outside.max_api import MaxApi
from tests.outside.post_office import PostOffice
from tests.outside.standing import StandIn
from tests.stories.clock import Clock, in_a_hurry
from tests.stories.conftest import Scene, SetUp
from tests.stories.managers.test_incidents import channel_posts, goes_on, publishes
from tests.stories.outside.visiting import free_port

ANNA, BORIS, BOSS = "anna@example.com", "boris@example.com", "boss@example.com"
ADDRESS = "INSERT INTO backup_addresses (desk, customer_id, channel, address, component, consented_at)"
THERE = "SELECT count(*) FROM absences"


class Looks:
    """How often the bot has looked whether Telegram is there; a look has ended when it counts."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.ended, look = 0, AbsenceWatch.look

        async def counted(watch: AbsenceWatch) -> None:
            await look(watch)
            self.ended += 1

        patch.setattr(AbsenceWatch, "look", counted)


@dataclass
class Abroad:
    """A desk with its backup channels, and a clock that can be pushed forward."""

    scene: Scene
    clock: Clock
    office: PostOffice
    max: MaxApi
    max_server: StandIn
    looks: Looks
    web: str

    async def counted(self, wanted: dict[tuple[str, str], float]) -> None:
        """The figures become these: what became of a letter is counted once it is durable."""
        async with asyncio.timeout(10):
            while await self.figures() != wanted:
                await self.scene.world.changes.until(lambda _: True, 0.05)

    async def figures(self) -> dict[tuple[str, str], float]:
        """What /metrics says of attempts to send letters, by channel and outcome."""
        async with ClientSession() as session, session.get(f"{self.web}/metrics") as answer:
            said = await answer.text()
        return {
            (sample.labels["channel"], sample.labels["outcome"]): sample.value
            for family in text_string_to_metric_families(said)
            for sample in family.samples
            if sample.name == "otklik_letters_total"
        }

    def mails(self) -> list[tuple[str, str]]:
        """Who got what by e-mail."""
        return [
            (to, str(mail["Subject"])) for to, mail in zip(self.office.to, self.office.received, strict=True)
        ]

    def wants_letters(self, channel: str, address: str, customer: int | None = None, of: str = "") -> None:
        """Somebody has given an address."""
        sql(self.scene, f"{ADDRESS} VALUES ('main', ?, ?, ?, ?, 0)", customer, channel, address, of)

    async def telegram_goes(self) -> None:
        """No call is answered any more."""
        polls = self.scene.world.faults.add(Fault.internal_error(), method="getUpdates")
        self.scene.world.faults.add(Fault.internal_error())
        await comes_to(self.scene, lambda: polls.struck > 0, wanted=True, within=40)

    async def telegram_comes_back(self) -> None:
        """All is well again."""
        self.scene.world.faults.clear()
        await comes_to(self.scene, lambda: sql(self.scene, THERE), [(0,)], within=40)

    async def settles(self) -> None:
        """The bot has looked since, and begun to look again."""
        ended = self.looks.ended
        await comes_to(self.scene, lambda: self.looks.ended > ended + 1, wanted=True)

    async def is_noticed(self) -> None:
        """Less than four minutes go by, three would be too few."""
        for seconds in (15, 61, 61, 61):
            assert sql(self.scene, THERE) == [(0,)]
            self.clock.passes(seconds=seconds)
            await self.settles()
        await comes_to(self.scene, lambda: sql(self.scene, THERE), [(1,)])

    async def sent(self, *mails: tuple[str, str]) -> None:
        """These e-mails are out, and no others."""
        await comes_to(self.scene, lambda: sorted(self.mails()), sorted(mails))


@pytest.fixture
async def abroad(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Abroad]:
    async with going_abroad(set_up, monkeypatch) as abroad, abroad.scene.at_work():
        yield abroad


@asynccontextmanager
async def going_abroad(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Abroad]:
    monkeypatch.setattr("bot.health.absence.BACK_AFTER", 2.0)
    monkeypatch.setattr("bot.health.absence.LOOK_EVERY", 0.2)
    monkeypatch.setattr("bot.telegram.poller.POLL_SECONDS", 1)
    clock, api, looks = Clock(monkeypatch), MaxApi(people={42}), Looks(monkeypatch)
    in_a_hurry(monkeypatch)
    async with PostOffice() as office, api.stand_in() as max_server:
        channels: dict[str, Any] = {
            "managers": [f"email:{BOSS}"],
            "email": {"url": f"smtp+plain://127.0.0.1:{office.port}", "sender": "support@example.com"},
            "max": {"token": api.token, "api_url": max_server.url},
        }
        listen = f"127.0.0.1:{free_port()}"
        async with set_up(desk={"backup_channels": channels}, web={"listen": listen}) as scene:
            yield Abroad(scene, clock, office, api, max_server, looks, f"http://{listen}")


async def red_that_reaches_nobody(abroad: Abroad) -> None:
    """A manager publishes while the channel is out of reach, and then all of Telegram is."""
    abroad.scene.world.faults.add(Fault.internal_error(), method="sendMessage", chat=abroad.scene.channel.id)
    await publishes(abroad.scene.manager("Мария"), "red Не проходит оплата")
    await abroad.telegram_goes()


RED, AWAY, BACK = "🔴 Не проходит оплата", "Telegram недоступен", "Telegram снова работает"


@pytest.mark.parametrize("length", [{"minutes": 30}, {"hours": 25}], ids=["half an hour", "25 hours"])
async def test_red_is_told_within_four_minutes_and_never_twice(
    abroad: Abroad, length: dict[str, float]
) -> None:
    scene, anna = abroad.scene, abroad.scene.customer("Анна")
    await anna.starts()
    await anna.sees("")
    [(customer,)] = sql(scene, "SELECT id FROM customers")
    abroad.wants_letters("email", ANNA, customer)
    abroad.wants_letters("max", "42", customer)
    abroad.wants_letters("email", BORIS)
    await red_that_reaches_nobody(abroad)
    await abroad.is_noticed()
    await abroad.sent((BORIS, RED), (BOSS, AWAY))
    await comes_to(scene, lambda: [person for person, _ in abroad.max.sent], [42])
    assert "Не проходит оплата" in abroad.max.sent[0][1]["text"]
    abroad.clock.passes(**length)
    assert channel_posts(scene) == []
    await abroad.telegram_comes_back()
    await abroad.sent((BORIS, RED), (BOSS, AWAY), (BOSS, BACK))
    await anna.sees_in(scene.channel, "🔴 Сбой", within=75)
    await goes_on(scene.manager("Мария"), "🔴 Не проходит оплата", "Решено")
    await abroad.sent((BORIS, RED), (BOSS, AWAY), (BOSS, BACK), (BORIS, RED))
    abroad.clock.passes(minutes=2)
    await comes_to(scene, lambda: len(abroad.max.sent), 2)
    assert "Решено" in abroad.max.sent[1][1]["text"]


SUBSCRIBES = (
    "INSERT INTO subscribers (desk, customer_id, consented_at, source) VALUES ('main', ?, 0, 'bot')",
    "INSERT INTO subscriptions (desk, customer_id, component) VALUES ('main', ?, '')",
)
WAITING = "SELECT count(*) FROM outbox"
DELIVERY = "SELECT state FROM deliveries"


async def test_a_subscriber_who_had_a_letter_gets_no_message_when_telegram_is_back(abroad: Abroad) -> None:
    scene, anna = abroad.scene, abroad.scene.customer("Анна")
    await anna.starts()
    await anna.sees("")
    [(customer,)] = sql(scene, "SELECT id FROM customers")
    for subscribes in SUBSCRIBES:
        sql(scene, subscribes, customer)
    abroad.wants_letters("email", ANNA, customer)
    scene.world.faults.add(Fault.internal_error(), method="sendMessage", chat=anna.id)
    await red_that_reaches_nobody(abroad)
    await abroad.is_noticed()
    await abroad.sent((ANNA, RED), (BOSS, AWAY))
    await abroad.telegram_comes_back()
    await comes_to(scene, lambda: sql(scene, DELIVERY), [(DeliveryState.SPARED,)])
    await comes_to(scene, lambda: sql(scene, WAITING), [(0,)], within=75)
    await goes_on(scene.manager("Мария"), "🔴 Не проходит оплата", "Решено")
    await anna.sees("Решено")
    abroad.clock.passes(minutes=2)
    await comes_to(scene, lambda: sql(scene, UNSENT), [(0,)])
    await abroad.sent((ANNA, RED), (BOSS, AWAY), (BOSS, BACK))
    assert [message for message in await anna.reads() if "🔴" in message.get("text", "")] == []


UNSENT = "SELECT count(*) FROM backup_letters WHERE state < 2"


async def test_before_three_minutes_nobody_is_told(abroad: Abroad) -> None:
    abroad.wants_letters("email", BORIS)
    await red_that_reaches_nobody(abroad)
    for _ in range(3):
        abroad.clock.passes(seconds=50)
        await abroad.settles()
    assert abroad.mails() == []
    await abroad.telegram_comes_back()
    assert abroad.mails() == []


async def test_yellow_waits_for_telegram_and_only_managers_hear(abroad: Abroad) -> None:
    abroad.wants_letters("email", BORIS)
    abroad.scene.world.faults.add(Fault.internal_error(), method="sendMessage", chat=abroad.scene.channel.id)
    await publishes(abroad.scene.manager("Мария"), "yellow Оплата тормозит")
    await abroad.telegram_goes()
    await abroad.is_noticed()
    await abroad.sent((BOSS, AWAY))
    assert sql(abroad.scene, "SELECT count(*) FROM backup_rounds") == [(0,)]


async def test_an_address_that_reaches_nobody_gives_way_to_the_next(abroad: Abroad) -> None:
    anna = abroad.scene.customer("Анна")
    await anna.starts()
    await anna.sees("")
    [(customer,)] = sql(abroad.scene, "SELECT id FROM customers")
    abroad.wants_letters("max", "77", customer)
    abroad.wants_letters("email", ANNA, customer)
    await red_that_reaches_nobody(abroad)
    await abroad.is_noticed()
    await abroad.sent((ANNA, RED), (BOSS, AWAY))
    assert abroad.max.sent == []
    await abroad.counted({("max", "nobody_there"): 1, ("email", "taken"): 2})


async def test_what_could_not_be_sent_for_a_day_is_not_sent_any_more(abroad: Abroad) -> None:
    abroad.wants_letters("max", "42")
    abroad.max_server.ill += ["html"] * 99
    await red_that_reaches_nobody(abroad)
    await abroad.is_noticed()
    await comes_to(abroad.scene, lambda: sql(abroad.scene, TRIED), [(1,)])
    abroad.clock.passes(hours=25)
    abroad.max_server.ill.clear()
    await comes_to(abroad.scene, lambda: sql(abroad.scene, REASONS), [("too old",)])
    assert abroad.max.sent == []


TRIED = "SELECT count(*) FROM backup_letters WHERE channel = 'max' AND reason IS NOT NULL"
REASONS = "SELECT reason FROM backup_letters WHERE channel = 'max' AND state = 3"


async def test_a_manager_sends_it_by_hand_and_only_once(abroad: Abroad) -> None:
    scene, maria = abroad.scene, abroad.scene.manager("Мария")
    abroad.wants_letters("email", BORIS)
    await publishes(maria, "red Не проходит оплата")
    await maria.says("/incidents")
    listed = await maria.sees("не закрыто")
    await maria.presses("🔴 Не проходит оплата", on=listed)
    await maria.presses("Отправить по запасным каналам", on=listed)
    asked = await maria.sees("Адресов: 1")
    assert await maria.presses("Опубликовать", on=asked) == "Письма уходят"
    await abroad.sent((BORIS, RED))
    await maria.says("/incidents")
    listed = await maria.sees("не закрыто")
    await maria.presses("🔴 Не проходит оплата", on=listed)
    await maria.presses("Отправить по запасным каналам", on=listed)
    asked = await maria.sees("инциденте: 1")
    assert "уже рассказано" in (await maria.presses("Опубликовать", on=asked) or "")
    await goes_on(maria, "🔴 Не проходит оплата", "Решено")
    await abroad.sent((BORIS, RED), (BORIS, RED))
    assert sql(scene, THERE) == [(0,)]


async def test_a_letter_on_its_way_when_the_process_died_is_sent_again(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with going_abroad(set_up, monkeypatch) as abroad:
        async with abroad.scene.at_work():
            await publishes(abroad.scene.manager("Мария"), "red Не проходит оплата")
        now = round(abroad.clock.now().timestamp() * 1000)
        sql(
            abroad.scene,
            "INSERT INTO backup_letters (desk, subject, incident_id, person, channel, address, rank, state,"
            " due_at, posted_at) VALUES ('main', '1:1', 1, 'email:boris', 'email', ?, 0, 1, ?, ?)",
            BORIS,
            now,
            now,
        )
        async with abroad.scene.at_work():
            await abroad.sent((BORIS, RED))
        async with abroad.scene.at_work():
            await abroad.scene.manager("Мария").says("/incidents")
            await abroad.sent((BORIS, RED))
