"""What is left of an incident comes as a text and as a table, to whoever may see incidents."""

import csv
import io

from sandbox import Manager
from sandbox.chats import Message
from tests.stories.conftest import Scene
from tests.stories.delivered.conftest import subscribers
from tests.stories.forgery import forges, says_of
from tests.stories.managers.test_editor_files import bytes_of
from tests.stories.managers.test_incidents import goes_on, publishes

TITLE = "=HYPERLINK(1) не открывается"


async def exports(scene: Scene, maria: Manager, shown: Message) -> tuple[str, list[dict[str, str]]]:
    """Press the button; the text, and the rows of the table."""
    assert await maria.presses("Выгрузить", on=shown) is None
    text, table = await maria.sees_kind("document"), await maria.sees_kind("document")
    assert [each["document"]["file_name"] for each in (text, table)] == ["incident-1.md", "incident-1.csv"]
    assert TITLE in text["caption"]
    rows = csv.DictReader(io.StringIO(bytes_of(scene, table).decode("utf-8-sig")))
    return bytes_of(scene, text).decode(), list(rows)


async def test_an_incident_is_taken_out_when_it_is_over(scene: Scene) -> None:
    maria = scene.manager("Мария")
    anna, _ = await subscribers(scene, "Анна", "Борис")
    await publishes(maria, f"red {TITLE}. <script> Новости через 30 минут")
    await maria.sees("Рассылка закончена")
    await goes_on(maria, TITLE, "Обновить", "Нашли *причину*, чиним")
    await goes_on(maria, TITLE, "Решено")
    hers = await anna.sees("✅ Решено")
    await maria.sees("Отправлено 2 из\u00a02")
    await maria.says("/incidents")
    listed = await maria.sees("открытых")
    await maria.presses("Недавние", on=listed)
    await maria.presses(TITLE, on=listed)

    asked = says_of(listed, "Выгрузить")
    assert "Публиковать могут только" in (await forges(anna, asked, hers) or "")
    text, rows = await exports(scene, maria, listed)
    assert "Анна" not in text
    assert text.startswith("# 🔴 =HYPERLINK(1) не открывается\n")
    assert r"\<script\>" in text
    assert r"> Нашли \*причину\*, чиним" in text
    assert "\u00a0— сдержано." in text
    assert "сдержано вовремя: 1 из 1" in text
    assert "| 1 | 2 | 2 | 0 |" in text
    assert [each["kind"] for each in rows] == ["opened", "updated", "resolved"]
    assert rows[0]["text"].startswith("'=HYPERLINK(1)")
    assert (rows[0]["promise_kept"], rows[0]["sent"], rows[1]["promised_by"]) == ("yes", "2", "")
