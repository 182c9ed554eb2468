"""Far too many messages of one person: all the words arrive in few messages, and the person is told once."""

from typing import Any

import pytest

from bot.telegram.joining import joined
from sandbox import Customer
from tests.faults.database import comes_to, inbox
from tests.stories.conftest import SetUp

TOLD = "сообщения, которые идут подряд, собираем в\u00a0одно"
FLOOD = 160


@pytest.fixture(autouse=True)
def soon_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engine.backlog.FAR", 20)


def lines(messages: list[dict[str, Any]]) -> list[str]:
    return [line for each in messages for line in each.get("text", "").split("\n")]


def times_told(customer: list[dict[str, Any]]) -> int:
    return sum(TOLD in each.get("text", "") for each in customer)


async def floods(anna: Customer, said: list[str]) -> None:
    for word in said:
        await anna.says(word)


async def test_all_the_words_arrive_in_order_in_few_messages_and_it_is_said_once(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"person_burst": 5, "person_per_second": 1}
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        said = [f"почему молчите, раз {n}!" for n in range(FLOOD)]
        await floods(anna, said)
        async with scene.at_work():
            topic = await oleg.topic("Анна")
            await oleg.sees(topic, said[-1], within=30)
            await comes_to(scene, lambda: set(inbox(scene)), {"handled"}, within=30)
            await anna.sees(TOLD)
        carried = [each for each in await oleg.reads(topic) if "раз" in each.get("text", "")]
        found = [line for line in lines(carried) if line in said]
        assert [line for n, line in enumerate(found) if line not in found[:n]] == said
        assert times_told(await anna.reads()) == 1
        kept = scene.world.log.calls("sendMessage", chat=scene.group.id)
        assert len(kept) < FLOOD / 2


async def test_commands_pictures_and_links_of_a_flood_stay_what_they_are(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"person_burst": 1, "person_per_second": 0.01}
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        await floods(anna, [f"слово {n}." for n in range(30)])
        await anna.sends_document(caption="Накладная")
        await anna.says("/help")
        await floods(anna, [f"слово {n}." for n in range(30, 60)])
        async with scene.at_work():
            topic = await oleg.topic("Анна")
            await oleg.sees_kind(topic, "document", "Накладная", within=30)
            await oleg.sees(topic, "слово 59.", within=30)
            await comes_to(scene, lambda: set(inbox(scene)), {"handled"}, within=30)
        assert any("/operator" in each.get("text", "") for each in await anna.reads())


async def test_of_an_operators_topic_nothing_is_gathered(set_up: SetUp) -> None:
    async with set_up() as scene:
        scene.limits |= {"person_burst": 1, "person_per_second": 0.01}
        anna, oleg = scene.customer("Анна"), scene.operator("Олег")
        async with scene.at_work():
            await anna.says("почему мой зонтик поёт по ночам?")
            topic = await oleg.topic("Анна")
            await anna.sees("Передали вопрос людям")
        for n in range(60):
            await oleg.replies(topic, f"ответ {n}")
        async with scene.at_work():
            await anna.sees("ответ 59", within=30)
        assert times_told(await anna.reads()) == 0


def update(number: int, **message: Any) -> dict[str, Any]:
    plain = {"message_id": number, "from": {"id": 7}, "chat": {"id": 7}, "date": 1}
    return {"update_id": number, "message": {**plain, **message}}


def test_what_is_not_plain_ends_what_goes_together() -> None:
    plain = [update(n, text=f"слово {n}") for n in range(3)]
    together = update(0, text="слово 0\nслово 1\nслово 2")
    together["message"]["otklik.joined"] = [[0, 7], [1, 7], [2, 7]]
    assert joined([*plain, update(3, text="/start")]) == (together, 3)
    for odd in ({"text": "a", "entities": []}, {"photo": []}, {"text": "b", "reply_to_message": {}}):
        assert joined([plain[0], update(4, **odd), plain[1]]) == (plain[0], 1)
        assert joined([update(4, **odd), *plain]) == (update(4, **odd), 1)
    assert joined([update(0), {"update_id": 1, "edited_message": {}}]) == (update(0), 1)


def test_no_more_goes_together_than_one_message_holds() -> None:
    long = [update(n, text="я" * 1500) for n in range(4)]
    message, many = joined(long)
    assert (len(message["message"]["text"]), many) == (3001, 2)
    emoji = [update(n, text="🙂" * 1500) for n in range(2)]
    assert joined(emoji) == (emoji[0], 1), "Telegram counts an emoji twice"
