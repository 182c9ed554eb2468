"""The file and Telegram changed one entry: nothing is overwritten silently, a manager decides by a press."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from bot.rooms.stores import Stores
from desk.profile import DeskPlaces
from faq.entries.entry import ANY, Entry
from faq.entries.version import Action, Author
from sandbox.people.looking import buttons, words
from storage.engine.engines import open_engine
from storage.engine.ledger import Ledger
from tests.stories.conftest import FAQ, Scene, SetUp
from tests.stories.forgery import forges, says_of
from tests.stories.waiting import is_no_longer_offered

T = TypeVar("T")
MARIA = Author(1001, "Мария")
QUESTION = "Сколько стоит доставка?"
FILED = FAQ.replace("Доставка стоит 300 ₽.", "Доставка стоит 350 ₽.")
BROKEN = FAQ + "- id: parcel\n"
PLACES = DeskPlaces(group=-1)


async def elsewhere(scene: Scene, unit: Callable[[Stores], T], desk: str = "main") -> T:
    """Another process works on the same database."""
    ledger = Ledger(await open_engine(f"sqlite:///{scene.folder / 'otklik.db'}"))
    try:
        return await ledger.run(
            lambda conn: unit(Stores(conn, desk, scene.bot.id, datetime.now(UTC), PLACES))
        )
    finally:
        await ledger.close()


async def writes(scene: Scene, answer: str | None, entry_id: str = "delivery") -> None:
    """Maria changes an entry in Telegram, by another process; None removes it."""

    def unit(stores: Stores) -> None:
        before = stores.versions.get(entry_id)
        known = before and before.entry
        assert known
        entry: Entry | None = replace(known, answer={ANY: answer}) if answer else None
        action = Action.EDITED if answer else Action.REMOVED
        stores.versions.add(entry_id, action, entry, author=MARIA, at=datetime.now(UTC))

    await elsewhere(scene, unit)


async def answered(scene: Scene, expected: str, text: str = "цена доставки") -> None:
    """Somebody keeps asking until this is the answer."""
    eager = scene.customer("Нетерпеливый")
    for _ in range(40):
        await eager.says(text)
        shown = words(await eager.sees(""))
        if expected in shown:
            return
        await scene.world.changes.until(lambda _: False, 0.1)
    raise AssertionError(f"no {expected!r} after four seconds")


async def disputed(scene: Scene) -> None:
    """Maria writes 400 in Telegram, somebody else writes 350 in the file."""
    await writes(scene, "Доставка стоит 400 ₽.")
    await answered(scene, "400")
    scene.faq.write_text(FILED, "utf-8")


async def test_what_telegram_changed_stays_and_the_file_is_offered(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.starts()
    await maria.sees("Здравствуйте")
    await disputed(scene)
    asked = await maria.sees("Файл и Telegram разошлись")
    said = words(asked)
    assert f"Статью «{QUESTION}» правили и в\u00a0файле, и в\u00a0Telegram (Мария, сегодня" in said
    assert "Разное: ответ." in said
    assert buttons(asked) == ["1. Взять из файла", "1. Оставить как в Telegram"]
    await answered(scene, "400")
    assert await maria.presses("1. Взять из файла") == "Взяли из файла"
    await answered(scene, "350")
    await maria.sees("расхождений больше нет")
    history = await elsewhere(scene, lambda stores: stores.versions.of("delivery", 9))
    assert [(each.action, each.author.name) for each in history] == [
        (Action.FILED, "Мария"),
        (Action.EDITED, "Мария"),
        (Action.FILED, "faq.yaml"),
    ]


async def test_kept_as_in_telegram_and_asked_again_only_when_the_file_changes_again(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.starts()
    await maria.sees("Здравствуйте")
    await disputed(scene)
    first = await maria.sees("Файл и Telegram разошлись")
    keep, take = says_of(first, "1. Оставить как в Telegram"), says_of(first, "1. Взять из файла")
    assert await maria.presses("1. Оставить как в Telegram") == "Оставили как в Telegram"
    await maria.sees("расхождений больше нет")
    for late in (take, keep):
        assert "Уже решено" in (await forges(maria, late, first) or "")
    await answered(scene, "400")
    scene.faq.write_text(FILED + "# a remark\n", "utf-8")
    await maria.sees_nothing(1.5)
    scene.faq.write_text(FILED.replace("350", "375"), "utf-8")
    again = await maria.sees("Файл и Telegram разошлись")
    assert "Уже решено" in (await forges(maria, take, again) or "")
    await answered(scene, "400")


async def test_only_managers_decide_and_every_attempt_is_noted(scene: Scene) -> None:
    maria, anna = scene.manager("Мария"), scene.customer("Анна")
    await maria.starts()
    await maria.sees("Здравствуйте")
    await anna.starts()
    own = await anna.sees("Здравствуйте")
    await disputed(scene)
    asked = await maria.sees("Файл и Telegram разошлись")
    assert "только менеджеры" in (await forges(anna, says_of(asked, "1. Взять из файла"), own) or "")
    await answered(scene, "400")
    await maria.presses("1. Оставить как в Telegram")
    await maria.sees("расхождений больше нет")
    assert "Здравствуйте" in words((await anna.reads())[-1])
    with closing(sqlite3.connect(scene.folder / "otklik.db")) as database:
        noted = database.execute(
            "SELECT actor_id, action, subject, allowed FROM audit ORDER BY id"
        ).fetchall()
    assert noted == [
        (anna.id, "file.take", "delivery", False),
        (maria.id, "file.keep", "delivery", True),
    ]


async def test_removed_from_the_file_is_removed_unless_telegram_has_changed_it(scene: Scene) -> None:
    maria, anna = scene.manager("Мария"), scene.customer("Анна")
    await maria.starts()
    await maria.sees("Здравствуйте")
    await writes(scene, "Доставка стоит 400 ₽.")
    await answered(scene, "400")
    head, _, _ = FAQ.partition("- id: refund-wait")
    scene.faq.write_text(head, "utf-8")
    asked = await maria.sees("Файл и Telegram разошлись")
    assert f"Статью «{QUESTION}» убрали из\u00a0файла, но правили в\u00a0Telegram" in words(asked)
    assert "деньги за возврат" not in words(asked)
    await anna.starts()
    assert buttons(await anna.sees("Здравствуйте"))[:2] == ["Оплата", "Доставка"]
    await is_no_longer_offered(anna, "Когда придут деньги за возврат?", under="Оплата")
    await maria.presses("1. Взять из файла")
    await maria.sees("расхождений больше нет")
    await is_no_longer_offered(anna, "Доставка")


async def test_from_the_knowledge_base_s_home_and_back(scene: Scene) -> None:
    maria = scene.manager("Мария")
    await maria.starts()
    await maria.sees("Здравствуйте")
    await disputed(scene)
    await maria.sees("Файл и Telegram разошлись")
    await maria.says("/faq")
    home = await maria.sees("База знаний")
    door = next(caption for caption in buttons(home) if "азошлись" in caption or "асхожден" in caption)
    await maria.presses(door, on=home)
    listed = await maria.sees("Файл и Telegram разошлись")
    assert listed["message_id"] == home["message_id"]
    await maria.presses("1. Взять из файла", on=listed)
    await maria.sees("расхождений больше нет")
    await answered(scene, "350")
    await maria.presses("« База знаний", on=home)
    assert door not in buttons(await maria.sees("База знаний"))


async def test_many_disputes_fit_on_pages(set_up: SetUp) -> None:
    entries = [f"- {{id: e{n}, question: Вопрос {n}, answer: Раз}}\n" for n in range(1, 8)]
    async with set_up() as scene:
        scene.faq.write_text("".join(entries), "utf-8")
        async with scene.at_work():
            maria = scene.manager("Мария")
            await maria.starts()
            await maria.sees("Здравствуйте")
            for n in range(1, 8):
                await writes(scene, "Два", f"e{n}")
            scene.faq.write_text("".join(entries).replace("Раз", "Три"), "utf-8")
            asked = await maria.sees("Файл и Telegram разошлись")
            assert "5. Статью «Вопрос 5»" in words(asked)
            assert "«Вопрос 6»" not in words(asked)
            await maria.presses("Дальше ›")
            page = await maria.sees("7. Статью «Вопрос 7»")
            assert page["message_id"] == asked["message_id"]
            await maria.presses("7. Взять из файла")
            await maria.sees("1. Статью «Вопрос 1»")
            left = await elsewhere(scene, lambda stores: [each.entry_id for each in stores.filed.disputed()])
            assert left == [f"e{n}" for n in range(1, 7)]


async def test_a_start_with_a_broken_file_goes_on_with_the_versions(set_up: SetUp) -> None:
    async with set_up() as scene:
        maria = scene.manager("Мария")
        async with scene.at_work():
            await maria.starts()
            await maria.sees("Здравствуйте")
            await writes(scene, "Доставка стоит 400 ₽.")
        scene.faq.write_text(BROKEN, "utf-8")
        async with scene.at_work():
            assert "faq.yaml, строка" in words(await maria.sees("прочитать его нельзя"))
            await answered(scene, "400")
            scene.faq.write_text(FILED, "utf-8")
            await maria.sees("Файл и Telegram разошлись")


async def test_a_restart_with_the_same_file_changes_nothing(set_up: SetUp) -> None:
    async with set_up() as scene:
        maria = scene.manager("Мария")
        async with scene.at_work():
            await maria.starts()
            await maria.sees("Здравствуйте")
            await writes(scene, "Доставка стоит 400 ₽.")
        before = await elsewhere(scene, lambda stores: stores.versions.mark())
        async with scene.at_work():
            await answered(scene, "400")
            await maria.sees_nothing(0.2)
        assert await elsewhere(scene, lambda stores: stores.versions.mark()) == before


async def test_without_files_the_versions_are_all_there_is(set_up: SetUp) -> None:
    async with set_up() as scene:
        async with scene.at_work():
            await answered(scene, "300")
        scene.desk = {"faq": []}
        async with scene.at_work():
            await answered(scene, "300")


@pytest.mark.parametrize(
    "forged", ["file", "file:take", "file:take:", "file:list:x", "file:list:99", "file:burn:1"]
)
async def test_a_press_that_says_nonsense_does_nothing(scene: Scene, forged: str) -> None:
    maria = scene.manager("Мария")
    await maria.starts()
    await maria.sees("Здравствуйте")
    await maria.says("цена доставки")
    await forges(maria, forged, await maria.sees("Доставка стоит 300"))
    await answered(scene, "300")
