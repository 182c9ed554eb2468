"""Two managers press the same at the very same time, and Telegram brings it all again: it happens once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox import Customer, Fault, Manager
from sandbox.chats import Message
from sandbox.delivery import push
from sandbox.people.acting import answered, press
from tests.faults.database import comes_to, inbox, outbox, sql
from tests.stories.alerts.conftest import COMPONENTS, TOKENS, Monitoring, free_port, listens
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.delivered.conftest import copies, subscribers
from tests.stories.forgery import says_of
from tests.stories.managers.test_incidents import channel_posts, publishes
from tests.stories.waiting import comes_true

NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SECOND = 1003
ROLES: dict[str, Any] = {"publishers": {SECOND: "approve"}}
SOMETHING = "Не проходит оплата"
PUBLISHED = "Это уже опубликовано"
DEAD = "Черновик изменился или отменён: эта кнопка больше не действует"
OVER = "Эти работы уже закончены или отменены"


@dataclass
class Pair:
    """Maria and Pyotr, Anna who is told of everything, and the desk they are of."""

    scene: Scene
    maria: Manager
    petr: Manager
    anna: Customer
    greeting: dict[int, Message] = field(default_factory=dict)

    async def at_once(
        self, first: str, second: str | None = None, *, until: Callable[[], bool] = bool
    ) -> list[str]:
        """Both press while the bot is away, so that one batch brings both; what each was told, sorted.

        After a restart every press is brought again: under its number, as if Telegram had not heard that we
        have it, and under a new one.
        """
        world, bot = self.scene.world, self.scene.bot
        begun = len(world.log.updates("callback_query"))
        callbacks = [
            press(world, who.chat, who.account, self.greeting[who.id], {"callback_data": data})
            for who, data in ((self.maria, first), (self.petr, second or first))
        ]
        async with self.scene.at_work():
            toasts = [await answered(world, each, 15) for each in callbacks if each is not None]
            assert until is bool or await comes_true(world, until)
            await comes_to(self.scene, lambda: outbox(self.scene), {})
        for made in world.log.updates("callback_query")[begun:]:
            world.duplicate(made.update_id)
            push(world, bot, "callback_query", made.body, None, f"again {made.update_id}")
        async with self.scene.at_work():
            await comes_to(self.scene, lambda: len(world.mail[bot.id]), 0)
            await comes_to(self.scene, lambda: inbox(self.scene).keys(), {"handled"})
            await comes_to(self.scene, lambda: outbox(self.scene), {})
        return sorted(map(str, toasts))

    def told(self, words: str) -> int:
        """How often Anna has heard these words."""
        return copies(self.anna, words)

    def notices(self) -> int:
        return int(sql(self.scene, "SELECT count(*) FROM notices")[0][0])

    def attempts(self, action: str) -> list[tuple[int, bool]]:
        rows = sql(self.scene, "SELECT actor_id, allowed FROM audit WHERE action = ? ORDER BY id", action)
        return [(who, bool(allowed)) for who, allowed in rows]


async def pair(scene: Scene) -> Pair:
    maria, petr = scene.manager("Мария"), scene.manager("Пётр", id=SECOND)
    (anna,) = await subscribers(scene, "Анна")
    found = Pair(scene, maria, petr, anna)
    for who in (maria, petr):
        await who.starts()
        found.greeting[who.id] = await who.sees("Здравствуйте")
    return found


async def test_a_notice_is_published_once(set_up: SetUp) -> None:
    async with set_up(desk=ROLES) as scene:
        async with scene.at_work():
            two = await pair(scene)
            await two.maria.says("/broadcast red Не проходят платежи")
            stale = await two.maria.sees("Так будет выглядеть")
            await two.maria.says(SOMETHING)
            preview = await two.maria.sees("Так будет выглядеть")
            assert await two.maria.presses("Опубликовать", on=stale) == DEAD
        toasts = await two.at_once(says_of(preview, "Опубликовать"), until=lambda: two.told(SOMETHING) > 0)
        assert toasts == ["Опубликовано", PUBLISHED]
        assert (two.notices(), len(channel_posts(scene)), two.told(SOMETHING)) == (1, 1, 1)
        assert sorted(two.attempts("publish")) == [(1001, True)] * 3 + [(SECOND, True)] * 2
        assert len(two.attempts("published")) == 1


async def test_what_was_submitted_is_published_once(set_up: SetUp) -> None:
    async with set_up(desk={"publishers": {SECOND: "approve", 1002: "draft"}}) as scene:
        async with scene.at_work():
            two, vera = await pair(scene), scene.manager("Вера", id=1002)
            await vera.says(f"/broadcast red {SOMETHING}")
            preview = await vera.sees("Так будет выглядеть")
            await vera.presses("Отправить на публикацию", on=preview)
            asked = await two.maria.sees("просит это опубликовать")
            approve = says_of(asked, "Опубликовать")
            reject = approve.replace("approve", "reject")
        toasts = await two.at_once(approve, reject)
        assert toasts in (["Опубликовано", PUBLISHED], ["Отклонено", DEAD])
        published = int("Опубликовано" in toasts)
        assert two.notices() == len(channel_posts(scene)) == published
        assert two.attempts("approve") == [(1001, True)] * 2
        assert two.attempts("reject") == [(SECOND, True)] * 2


@pytest.mark.parametrize(("step", "said"), [("resolve", "Решено"), ("retract", "Отозвано")])
async def test_an_incident_ends_once(set_up: SetUp, step: str, said: str) -> None:
    async with set_up(desk=ROLES) as scene:
        async with scene.at_work():
            two = await pair(scene)
            await publishes(two.maria, f"red {SOMETHING}")
            await two.anna.sees(SOMETHING)
        assert await two.at_once(f"incident:{step}:1") == ["None", "None"]
        for _ in range(2):  # what was brought again began it again
            ready = [await who.sees("Так станет выглядеть") for who in (two.maria, two.petr)]
        assert two.notices() == 1
        publish = (says_of(each, "Опубликовать") for each in ready)
        toasts = await two.at_once(*publish, until=lambda: two.told(said) > 0)
        assert toasts == ["Опубликовано", "Этот инцидент уже закрыт"]
        assert two.notices() == 2
        assert len(channel_posts(scene)) == 2


async def test_there_are_no_news_once(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, NOON)
    async with set_up(desk=ROLES) as scene:
        async with scene.at_work():
            two = await pair(scene)
            await publishes(two.maria, f"red {SOMETHING}. Следующее обновление в 12:30")
            await two.anna.sees(SOMETHING)
            clock.passes(minutes=25)
            reminder = await two.maria.sees("обещаны новости")
        toasts = await two.at_once(says_of(reminder, "Новостей нет"))
        assert toasts == ["Опубликовано", "Уже вышло другое сообщение"]
        assert (two.notices(), len(channel_posts(scene))) == (2, 2)
        assert len(two.attempts("more")) == 4


@pytest.mark.parametrize("caption", ["Закончены", "Ещё 30 минут"])
async def test_maintenance_ends_or_lasts_once(
    set_up: SetUp, monkeypatch: pytest.MonkeyPatch, caption: str
) -> None:
    clock = Clock(monkeypatch, NOON)
    async with set_up(desk=ROLES) as scene:
        async with scene.at_work():
            two = await pair(scene)
            await two.maria.says("/maintenance сегодня 14:00–15:00 Обновляем базу")
            await two.maria.presses("Опубликовать", on=await two.maria.sees("Так будет выглядеть"))
            await two.maria.sees_in(scene.channel, "Плановые работы")
            clock.passes(minutes=121)
            await two.maria.sees_in(scene.channel, "Работы начались")
            clock.passes(minutes=50)
            asked = await two.maria.sees("Успеваем?")
        before, posts = two.notices(), len(channel_posts(scene))
        toasts = await two.at_once(says_of(asked, caption))
        assert toasts[0] == "Опубликовано"
        assert toasts[1] in ("Уже вышло другое сообщение", "Этот инцидент уже закрыт", OVER)
        assert (two.notices(), len(channel_posts(scene))) == (before + 1, posts + 1)


async def test_what_an_alert_suggests_is_published_once(set_up: SetUp) -> None:
    port = free_port()
    web = {"listen": f"127.0.0.1:{port}"}
    desk = {**ROLES, "alerts": TOKENS, "components": COMPONENTS}
    async with set_up(desk=desk, web=web) as scene:
        async with scene.at_work():
            two = await pair(scene)
            await listens(port)
            await Monitoring(scene, port).tells(SOMETHING)
            sheet = await two.maria.sees("🚨")
        toasts = await two.at_once(says_of(sheet, "Опубликовать"), until=lambda: two.told("🔴 Сбой") > 0)
        assert toasts == ["Опубликовано", PUBLISHED]
        assert (two.notices(), len(channel_posts(scene)), two.told("🔴 Сбой")) == (1, 1, 1)


async def test_what_is_uncertain_is_sent_again_once(set_up: SetUp) -> None:
    async with set_up(desk=ROLES) as scene:
        async with scene.at_work():
            two = await pair(scene)
            scene.world.faults.add(Fault.reset_after(), chat=two.anna.id, times=1)
            await publishes(two.maria, f"red {SOMETHING}")
            shown = await two.maria.sees("Неясно, дошло")
        pressed = says_of(shown, "Отправить ещё раз")
        toasts = await two.at_once(pressed, until=lambda: two.told(SOMETHING) > 1)
        assert toasts == ["Здесь уже нечего менять", "Отправим ещё раз"]
        assert two.told(SOMETHING) == 2


async def test_what_the_channel_refused_is_posted_once(set_up: SetUp) -> None:
    async with set_up(desk=ROLES) as scene:
        async with scene.at_work():
            two = await pair(scene)
            scene.channel.members[scene.bot.id].rights["can_post_messages"] = False
            await publishes(two.maria, f"red {SOMETHING}")
            trouble = await two.maria.sees("администратором канала")
        scene.channel.members[scene.bot.id].rights["can_post_messages"] = True
        assert await two.at_once(says_of(trouble, "Повторить")) == ["Пробуем ещё раз"] * 2
        assert len(channel_posts(scene)) == 1
