"""Forty things break at once, nobody counts twice, and what was answered 202 is there after a kill."""

import asyncio
import json
import sys
from pathlib import Path

from sandbox import Fault
from sandbox.people.looking import buttons
from tests.stories.alerts.conftest import (
    TOKENS,
    Monitoring,
    Watched,
    comes_to_say,
    free_port,
    listens,
    posts_in_channel,
)
from tests.stories.conftest import SetUp

CONFIG = """
[storage]
url = "{url}"
[telegram]
api_url = "{api}"
[web]
listen = "127.0.0.1:{port}"
[desk.main]
token = "{token}"
operators_group = {group}
incident_channel = {channel}
managers = [1001]
faq = ["faq.yaml"]
[desk.main.alerts]
generic = "{secret}"
"""


async def sheets(monitoring: Monitoring) -> list[str]:
    """What Maria sees of alerts."""
    maria = monitoring.scene.manager("Мария")
    return [each["text"] for each in await maria.reads() if each.get("text", "").startswith("🚨")]


async def test_forty_alerts_about_one_component_are_one_draft(monitoring: Monitoring) -> None:
    maria = await monitoring.maria()
    await asyncio.gather(*(monitoring.tells(f"Сервер {number} молчит") for number in range(40)))
    sheet = await maria.sees("🚨 Сервер")
    await comes_to_say(maria, sheet, "и ещё 34 сигнала")
    assert len(await sheets(monitoring)) == 1
    assert await maria.presses("Опубликовать", on=sheet) == "Опубликовано"
    await monitoring.tells("Сервер 77 молчит")
    await comes_to_say(maria, sheet, "и ещё 35 сигналов")
    assert len(posts_in_channel(monitoring.scene)) == 1


async def test_forty_in_one_message_too(monitoring: Monitoring) -> None:
    maria = await monitoring.maria()
    body = monitoring.payload("alertmanager")
    [one] = body["alerts"]
    body["alerts"] = [{**one, "fingerprint": f"{number:016x}"} for number in range(40)]
    assert (await monitoring.posts("alertmanager", body))[0] == 202
    sheet = await maria.sees("🚨 BlackBox Probe Failure")
    assert "и ещё 34 сигнала" in sheet["text"]
    assert "Вход: не работает" in sheet["text"]


async def test_forty_that_have_nothing_in_common_are_seven_messages(monitoring: Monitoring) -> None:
    maria = await monitoring.maria()
    for number in range(40):
        await monitoring.tells(f"Неполадка номер {number}", component="")
    last = await maria.sees("🚨 Неполадка номер 6")
    await comes_to_say(maria, last, "и ещё 28 сигналов")
    assert len(await sheets(monitoring)) == 7
    assert buttons(last) == ["Опубликовать", "Открыть черновик", "Не сейчас"], "they have nothing in common"


async def test_five_hundred_in_one_message_are_kept_while_people_are_served(monitoring: Monitoring) -> None:
    scene = monitoring.scene
    await monitoring.maria()
    one = {"status": "firing", "annotations": {"summary": "Диск заполнен"}}
    body = {
        "alerts": [
            {**one, "labels": {"alertname": f"Disk{n}", "host": f"h{n}", "component": "login"}}
            for n in range(500)
        ]
    }
    anna = scene.customer("Анна")
    posting = asyncio.create_task(monitoring.posts("alertmanager", body))
    await anna.says("как вернуть деньги")
    await anna.sees("оформите возврат")
    status, said = await posting
    assert (status, json.loads(said)) == (202, {"taken": 500})


async def test_all_sources_are_seen_while_customers_are_told_and_operators_reply(watched: Watched) -> None:
    rules = [{"match": {"source": source}, "component": source} for source in TOKENS]
    parts = {source: {"name": source} for source in TOKENS}
    async with watched(rules=rules, desk={"components": parts}) as monitoring:
        scene, maria, oleg = monitoring.scene, await monitoring.maria(), monitoring.scene.operator("Олег")
        crowd = [scene.customer(f"Гость {number}") for number in range(8)]
        for person in crowd:
            await person.says("/subscribe")
            await person.presses("Всё")
        await crowd[0].says("зонтик поёт по ночам")
        topic = await oleg.topic("Гость 0")
        await maria.says("/broadcast red Не проходит оплата")
        await maria.presses("Опубликовать")
        posted = [monitoring.posts(source, monitoring.payload(source)) for source in TOKENS]
        _, *answers = await asyncio.gather(oleg.replies(topic, "Смотрим зонтик"), *posted)
        assert [status for status, _ in answers] == [202] * len(TOKENS)
        for source in TOKENS:
            await maria.sees(f"{source}: ")
        await crowd[0].sees("Смотрим зонтик")
        for person in crowd:
            await person.sees("Не проходит оплата")


async def test_an_incident_is_over_when_the_last_of_its_alerts_is(monitoring: Monitoring) -> None:
    maria, anna = await monitoring.maria(), monitoring.scene.customer("Анна")
    for name in ("one", "two"):
        await monitoring.tells(f"Сервер {name} молчит", key=name)
    sheet = await maria.sees("🚨 Сервер one молчит")
    await comes_to_say(maria, sheet, "Вместе с ним: Сервер two молчит")
    await maria.presses("Опубликовать", on=sheet)
    await anna.sees_in(monitoring.scene.channel, "🔴 Сбой")
    await monitoring.tells("Сервер one молчит", key="one", status="resolved")
    await monitoring.tells("Сервер three молчит", key="three", severity="warning")
    await comes_to_say(maria, sheet, "Сервер three молчит")
    assert buttons(sheet) == []
    for name in ("two", "three"):
        await monitoring.tells(f"Сервер {name} молчит", key=name, status="resolved")
    await maria.sees("Мониторинг больше не видит неполадок")
    await comes_to_say(maria, sheet, "инцидент ещё открыт")
    assert buttons(sheet) == ["Решено"]


async def test_a_manager_who_has_blocked_the_bot_is_told_in_the_group(monitoring: Monitoring) -> None:
    oleg = monitoring.scene.operator("Олег")
    maria = await monitoring.maria()
    await maria.blocks()
    await monitoring.tells()
    await oleg.sees(None, "🚨 Не проходят оплаты")


async def test_what_was_answered_202_survives_a_kill(set_up: SetUp, tmp_path: Path) -> None:
    async with set_up() as scene:
        maria, port = scene.manager("Мария"), free_port()
        settings = scene.settings()
        config = CONFIG.format(
            url=settings.storage.url,
            api=settings.telegram.api_url,
            port=port,
            token=scene.bot.token,
            group=scene.group.id,
            channel=scene.channel.id,
            secret=TOKENS["generic"],
        )
        (tmp_path / "config.toml").write_text(config, "utf-8")
        process = await started(tmp_path, port)
        await maria.starts()
        await maria.sees("Здравствуйте")
        away = scene.world.faults.add(Fault.internal_error(), chat=maria.chat.id)
        monitoring = Monitoring(scene, port)
        await monitoring.tells(component="")
        process.kill()
        await process.wait()
        scene.world.faults.remove(away)
        process = await started(tmp_path, port)
        try:
            await maria.sees("🚨 Не проходят оплаты")
            status, said = await monitoring.posts("generic", {"title": "Не проходят оплаты"})
            assert (status, json.loads(said)) == (202, {"taken": 1})
        finally:
            process.terminate()
            await asyncio.wait_for(process.wait(), 60)
        assert len(await sheets(monitoring)) == 1


async def started(folder: Path, port: int) -> asyncio.subprocess.Process:
    otklik = str(Path(sys.executable).with_name("otklik"))
    process = await asyncio.create_subprocess_exec(otklik, "run", cwd=folder)
    await asyncio.wait_for(listens(port), 60)
    return process


async def test_what_ends_and_begins_much_later_is_told_anew(watched: Watched) -> None:
    async with watched(alerts={"flapping_minutes": 0}) as monitoring:
        maria = await monitoring.maria()
        await monitoring.tells(key="bank")
        first = await maria.sees("🚨 Не проходят оплаты")
        await monitoring.tells(key="bank", status="resolved")
        await comes_to_say(maria, first, "Прошло само")
        await monitoring.tells(key="bank")
        second = await maria.sees("🚨 Не проходят оплаты")
        assert "Начинался" not in second["text"]
        assert await maria.presses("Опубликовать", on=second) == "Опубликовано"
