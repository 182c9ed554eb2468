"""A customer gives an address for e-mail, shows by a code that it is theirs, and takes it back."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sandbox import Customer
from sandbox.people.looking import buttons
from tests.faults.database import comes_to, sql
from tests.outside.post_office import PostOffice
from tests.stories.audience.test_subscribing import COMPONENTS
from tests.stories.clock import Clock
from tests.stories.conftest import Scene, SetUp
from tests.stories.forgery import forges

OFFER, TAKE_BACK = "Ещё и на почту, если Telegram недоступен", "Не писать на почту"
ANNA = "anna@example.com"
KEPT = "SELECT address, component, customer_id FROM backup_addresses ORDER BY component"


@dataclass
class Writing:
    """A desk that writes e-mail, and the post office that takes it."""

    scene: Scene
    office: PostOffice

    async def asks_for_mail(self, customer: Customer) -> None:
        """Subscribe to everything and press the offer."""
        await customer.says("/subscribe")
        told = await customer.sees("Вы подписаны")
        await customer.presses(OFFER, on=told)
        await customer.sees("Пришлите адрес почты")

    async def code(self, letters: int = 1) -> str:
        """The code of the newest of so many letters."""
        await comes_to(self.scene, lambda: len(self.office.received), letters)
        [code] = re.findall(r"\d{6}", str(self.office.received[-1]["Subject"]))
        return str(code)


@asynccontextmanager
async def writing(set_up: SetUp, **desk: Any) -> AsyncIterator[Writing]:
    async with PostOffice() as office:
        url = f"smtp+plain://127.0.0.1:{office.port}"
        channels = {"email": {"url": url, "sender": "support@example.com"}}
        async with set_up(desk={"backup_channels": channels, **desk}) as scene, scene.at_work():
            yield Writing(scene, office)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


async def test_an_address_is_confirmed_by_a_code_follows_the_choice_and_is_taken_back(set_up: SetUp) -> None:
    async with writing(set_up, components=COMPONENTS, name="Пример") as desk:
        anna = desk.scene.customer("Анна")
        await anna.says("/subscribe")
        asked = await anna.sees("О чём сообщать?")
        await anna.presses("Вход", on=asked)
        await anna.presses("Готово", on=asked)
        chosen = await anna.sees("Вы подписаны: Вход")
        await anna.presses(OFFER, on=chosen)
        await anna.sees("Пришлите адрес почты")
        await anna.says("anna@почта")
        await anna.sees("На адрес почты не похоже: anna@почта")
        await anna.says(ANNA)
        await anna.sees(f"Отправили письмо на {ANNA}")
        code = await desk.code()
        assert str(desk.office.received[0]["Subject"]) == f"Пример: код {code}"
        assert desk.office.received[0]["List-Unsubscribe"] is None
        await anna.says(other_than(code))
        await anna.sees("Попыток осталось: 4")
        assert sql(desk.scene, KEPT) == []
        await anna.says(f"код {code[:3]} {code[3:]}")
        await anna.sees(f"напишем на {ANNA}")
        [(customer,)] = sql(desk.scene, "SELECT id FROM customers")
        assert sql(desk.scene, KEPT) == [(ANNA, "login", customer)]
        await anna.says("/subscribe")
        again = await anna.sees("О чём сообщать?")
        await anna.presses("Деньги:", on=again)
        await anna.presses("✓ Вход", on=again)
        await anna.presses("Готово", on=again)
        told = await anna.sees(f"о серьёзных авариях напишем на {ANNA}")
        assert [component for _, component, _ in sql(desk.scene, KEPT)] == ["payments", "payouts"]
        assert OFFER not in buttons(told)
        await anna.presses(TAKE_BACK, on=told)
        await anna.sees(f"Больше не пишем на {ANNA}")
        assert sql(desk.scene, KEPT) == []


async def test_a_question_stays_a_question_and_beside_a_ticket_only_the_code_is_taken(set_up: SetUp) -> None:
    async with writing(set_up) as desk:
        anna, oleg = desk.scene.customer("Анна"), desk.scene.operator("Олег")
        await desk.asks_for_mail(anna)
        await anna.says("Сколько стоит доставка?")
        await anna.sees("Доставка стоит 300 ₽")
        await anna.says("почему мой зонтик поёт по ночам?")
        topic = await oleg.topic("Анна")
        await anna.sees("Передали вопрос людям")
        await anna.says(ANNA)
        await anna.sees("Отправили письмо")
        code = await desk.code()
        await anna.says(other_than(code))
        await oleg.sees(topic, other_than(code))
        await anna.says(code)
        await anna.sees("Готово")
        await anna.says("второй адрес: other@example.com")
        await oleg.sees(topic, "other@example.com")
        await anna.says("boris@example.com")
        await oleg.sees(topic, "boris@example.com")
        posts = desk.scene.world.log.calls("sendMessage")
        group = [
            str(each.params) for each in posts if str(each.params["chat_id"]) == str(desk.scene.group.id)
        ]
        assert [said for said in group if code in said or ANNA in said] == []


async def test_forty_tries_are_three_letters_and_five_guesses(set_up: SetUp) -> None:
    async with writing(set_up) as desk:
        anna = desk.scene.customer("Анна")
        await desk.asks_for_mail(anna)
        for number in range(40):
            await anna.says(f"anna{number}@example.com")
        await anna.sees("Сегодня писем с кодом было уже много")
        await comes_to(desk.scene, lambda: desk.office.to[-1:], ["anna2@example.com"])
        letters = len(desk.office.to)
        await anna.says(await desk.code(letters))
        await anna.sees("напишем на anna2@example.com")
        boris = desk.scene.customer("Борис", id=77)
        await desk.asks_for_mail(boris)
        await boris.says("boris@example.com")
        code = await desk.code(letters + 1)
        for _ in range(5):
            await boris.says(other_than(code))
        await boris.sees("Код так и не подошёл")
        await boris.says(code)
        await boris.sees("Передали вопрос людям")
        assert [address for address, *_ in sql(desk.scene, KEPT)] == ["anna2@example.com"]
        assert set(desk.office.to[:-1]) <= {f"anna{number}@example.com" for number in range(3)}


async def test_nobody_enrols_another_and_no_mailbox_is_flooded_by_many(set_up: SetUp) -> None:
    async with writing(set_up) as desk:
        for number in range(4):
            someone = desk.scene.customer(f"Гость {number}", id=500 + number)
            await desk.asks_for_mail(someone)
            await someone.says(ANNA)
            await someone.sees("Отправили письмо" if number < 3 else "писем с кодом было уже много")
        await comes_to(desk.scene, lambda: len(desk.office.received), 3)
        assert sql(desk.scene, KEPT) == []


async def test_who_stops_meanwhile_gets_no_letters_and_a_wrong_address_is_said(
    set_up: SetUp, monkeypatch: Any
) -> None:
    clock = Clock(monkeypatch)
    async with writing(set_up) as desk:
        anna = desk.scene.customer("Анна")
        desk.office.says["RCPT nobody@example.com"] = ["550 5.1.1 nobody@example.com: no such user"]
        await desk.asks_for_mail(anna)
        await anna.says("nobody@example.com")
        await anna.sees("Письмо на nobody@example.com не принимают")
        await anna.says(ANNA)
        code = await desk.code()
        await anna.says("/unsubscribe")
        await anna.sees("Отписали")
        await anna.says(code)
        await anna.sees("Передали вопрос людям")
        assert sql(desk.scene, KEPT) == []
        await anna.says("/subscribe")
        told = await anna.sees("Вы подписаны")
        for forged in ("mail:remove", "mail:ask:7:x", "mail:"):
            await forges(anna, forged, told)
        await anna.presses(OFFER, on=told)
        prompt = await anna.sees("Пришлите адрес почты")
        assert await anna.presses("Не надо", on=prompt) == "Хорошо, без почты"
        clock.passes(hours=25)
        await comes_to(desk.scene, lambda: sql(desk.scene, "SELECT count(*) FROM address_trials"), [(0,)])
