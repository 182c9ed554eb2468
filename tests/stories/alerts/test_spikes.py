"""Seven people ask the same within minutes: managers hear of it before any monitoring tells."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, insert, select

from sandbox import Customer
from sandbox.people.looking import buttons
from storage.tables import customers, incident_followers, questions
from tests.stories.alerts.conftest import Monitoring, Watched, comes_to_say, posts_in_channel
from tests.stories.conftest import Scene

ASKED = (
    "почему не проходит оплата картой?",
    "не проходит оплата картой второй час",
    "оплата картой не проходит, что делать",
    "у вас оплата картой не проходит",
    "опять не проходит оплата картой, мой номер 89161234567",
    "не проходит оплата картой <b>",
    "карта в порядке, а оплата картой не проходит",
)


@pytest.fixture
async def monitoring(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Monitoring]:
    monkeypatch.setattr("bot.knowledge.spike_watch.EVERY", 0.2)
    async with watched() as monitoring:
        yield monitoring


async def asks(scene: Scene, number: int, text: str) -> Customer:
    person = scene.customer(f"Гость{number}")
    await person.starts()
    await person.says(text)
    await person.sees("Передали вопрос людям")
    return person


async def everybody_asks(scene: Scene, texts: tuple[str, ...], first: int = 0) -> list[Customer]:
    return await asyncio.gather(*(asks(scene, first + n, text) for n, text in enumerate(texts)))


async def test_one_alert_with_examples_that_grows(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria = await monitoring.maria()
    await everybody_asks(scene, ASKED[:5])
    sheet = await maria.sees("🔎 Похоже на сбой")
    assert "5 вопросов за 1" in sheet["text"]
    assert sheet["text"].count("• ") == 3
    assert "89161234567" not in sheet["text"]
    assert "Оплата: возможны перебои" in sheet["text"], "the component is known by its words"
    await everybody_asks(scene, ASKED[5:], first=5)
    await comes_to_say(maria, sheet, "7 вопросов за 1")
    told = [each for each in await maria.reads() if "Похоже на сбой" in each.get("text", "")]
    assert len(told) == 1


async def test_those_who_asked_follow_the_incident_that_one_press_opens(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria = await monitoring.maria()
    people = await everybody_asks(scene, ASKED[:5])
    sheet = await maria.sees("🔎 Похоже на сбой")
    await maria.presses("Открыть черновик", on=sheet)
    preview = await maria.sees("Так будет выглядеть новый пост")
    assert await maria.presses("Опубликовать", on=preview) == "Опубликовано"
    for person in people:
        await person.sees("Оплата: возможны перебои")
    await comes_to_say(maria, sheet, "Опубликовано: Мария")
    engine = create_engine(scene.settings().storage.url)
    with engine.connect() as connection:
        linked = connection.execute(
            select(customers.c.telegram_id, incident_followers.c.why).join(
                customers, customers.c.id == incident_followers.c.customer_id
            )
        ).all()
    engine.dispose()
    assert sorted(tuple(each) for each in linked) == sorted((each.id, "spike") for each in people)


async def test_what_no_component_is_known_for_is_worded_by_a_person(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria = await monitoring.maria()
    await everybody_asks(scene, tuple(f"почему зонтик поёт по ночам {'!' * n}" for n in range(5)))
    sheet = await maria.sees("🔎 Похоже на сбой")
    assert buttons(sheet) == ["Открыть инцидент", "Не сейчас", "Это не для клиентов"]
    await maria.presses("Открыть инцидент", on=sheet)
    await maria.sees("Пришлите текст")
    await maria.says("Зонтики поют, мы знаем")
    preview = await maria.sees("Так будет выглядеть новый пост")
    assert await maria.presses("Опубликовать", on=preview) == "Опубликовано"
    assert len(posts_in_channel(scene)) == 1


async def test_one_person_who_asks_ten_times_is_no_spike(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria, anna = await monitoring.maria(), scene.customer("Анна")
    await anna.starts()
    for text in ASKED:
        await anna.says(text)
    await everybody_asks(scene, tuple(f"почему зонтик поёт по ночам {'!' * n}" for n in range(5)))
    assert "зонтик" in (await maria.sees("🔎 Похоже на сбой"))["text"]
    assert len([each for each in await maria.reads() if "Похоже на сбой" in each.get("text", "")]) == 1


async def test_what_is_asked_every_week_at_this_hour_is_no_spike(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    maria = await monitoring.maria()
    await everybody_asks(scene, ASKED[:1])
    usually_asked(scene, ASKED[0], times=80)
    await everybody_asks(scene, ASKED[1:6], first=1)
    await everybody_asks(scene, tuple(f"почему зонтик поёт по ночам {'!' * n}" for n in range(5)), first=9)
    sheet = await maria.sees("🔎 Похоже на сбой")
    assert "зонтик" in sheet["text"]
    assert len([each for each in await maria.reads() if "Похоже на сбой" in each.get("text", "")]) == 1


def usually_asked(scene: Scene, text: str, times: int) -> None:
    """Four weeks in which so many asked it within the hour around this time."""
    engine = create_engine(scene.settings().storage.url)
    with engine.begin() as connection:
        who = connection.execute(select(customers.c.id)).scalars().first()
        rows = [
            {
                "desk": "main",
                "customer_id": who,
                "text": text,
                "zone": "person",
                "offered": [],
                "asked_at": datetime.now(UTC) - timedelta(weeks=week, minutes=20) + timedelta(seconds=n),
            }
            for week in range(1, 5)
            for n in range(times)
        ]
        connection.execute(insert(questions), rows)
    engine.dispose()
