"""Maintenance from its plan to its end: what is asked, what the clock does, what people read."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from broadcasts.composing.windows import WindowReader
from broadcasts.incident import IncidentState, Status
from desk.formatted import bare
from locales import Texts
from tests.managers import ANNA, BORIS, CHANNEL, STRANGER, Shown
from tests.unit_broadcasts.newsroom import Newsroom

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=ZoneInfo("Europe/Moscow"))
PLANNED = "завтра 02:00–04:00 Обновляем базу. Оплата может не проходить."


def plans(newsroom: Newsroom, words: str = PLANNED) -> None:
    newsroom.commands("maintenance", words)
    assert newsroom.presses("Опубликовать") == "Опубликовано"


def opens(newsroom: Newsroom) -> Shown:
    shown = newsroom.commands("maintenance")
    newsroom.press(next(data for name, data in shown.buttons.items() if name.startswith("🛠")), shown.id)
    return newsroom.newest_message()


def status(newsroom: Newsroom) -> Status:
    [incident] = newsroom.incidents.live()
    return incident.status


@pytest.mark.parametrize(
    ("text", "begins", "ends", "rest"),
    [
        ("завтра 02:00-04:00 Обновляем", "21 02:00", "21 04:00", "Обновляем"),
        ("21.11 с 23:00 до 01:00", "21 23:00", "22 01:00", ""),
        ("02:00–04:00. Базу", "21 02:00", "21 04:00", "Базу"),
        ("сегодня 23-1", "20 23:00", "21 01:00", ""),
        ("tomorrow from 2:00 to 4:00 We", "21 02:00", "21 04:00", "We"),
        ("2026-11-25 02:00 — 26.11 05:00", "25 02:00", "26 05:00", ""),
    ],
)
def test_a_window_is_understood(text: str, begins: str, ends: str, rest: str) -> None:
    found = WindowReader(Texts()).head(text, NOW)
    assert found is not None
    assert f"{found.window.begins:%d %H:%M}" == begins
    assert f"{found.window.ends:%d %H:%M}" == ends
    assert text[found.end :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "завтра ночью",
        "20.11 13:00-13:30",
        "32.11 1:00-2:00",
        "21.11.2030 1:00-2:00",
        "",
        "Обновляем 2:00-4:00",
    ],
)
def test_what_is_no_window_or_is_over_is_none(text: str) -> None:
    assert WindowReader(Texts()).head(text, NOW) is None


def test_one_line_plans_it(newsroom: Newsroom) -> None:
    preview = newsroom.commands("maintenance", PLANNED)
    assert bare(preview.text).startswith(
        "🛠 Плановые работы\n🕑 21.11 в 2:00\xa0— 4:00\n\nОбновляем базу. Оплата может не проходить."
    )
    assert "без звука" in preview.text
    newsroom.presses("Опубликовать")
    assert status(newsroom) is Status.SCHEDULED
    assert newsroom.live() == [], "nothing is broken yet"
    assert "/incidents" in newsroom.lists_incidents().text or "спокойно" in newsroom.newest_message().text


def test_step_by_step_it_asks_when_and_what(newsroom: Newsroom) -> None:
    shown = newsroom.commands("maintenance")
    assert "Плановых работ нет" in shown.text
    newsroom.presses("Запланировать")
    assert "Когда работы?" in newsroom.newest_message().text
    assert newsroom.writes("ночью")
    assert "Не понял, когда работы" in newsroom.newest_message().text
    assert newsroom.writes("завтра 02:00-04:00")
    assert "Что написать клиентам?" in newsroom.newest_message().text
    assert newsroom.writes("Обновляем базу")
    assert "Обновляем базу" in newsroom.newest_message().text
    newsroom.presses("Опубликовать")
    assert "Обновляем базу" in newsroom.sees(CHANNEL)[0]


def test_the_clock_reminds_begins_and_asks_about_the_end(newsroom: Newsroom) -> None:
    plans(newsroom, "22.11 02:00-04:00 Обновляем базу")
    newsroom.now = datetime(2026, 11, 21, 2, 0, tzinfo=ZoneInfo("Europe/Moscow"))
    newsroom.ticks()
    assert "работы начнутся завтра в\xa02:00" in bare(newsroom.sees(CHANNEL)[-1])
    newsroom.passes(hours=23)
    newsroom.ticks()
    assert "работы начнутся сегодня в\xa02:00" in bare(newsroom.sees(CHANNEL)[-1])
    newsroom.passes(hours=1)
    newsroom.ticks()
    assert status(newsroom) is Status.IN_PROGRESS
    assert "Работы начались" in newsroom.sees(CHANNEL)[-1]
    assert newsroom.live() != []
    told = len(newsroom.sees(CHANNEL))
    newsroom.passes(minutes=110)
    newsroom.ticks()
    asked = newsroom.newest_message(BORIS.telegram_id)
    assert "Успеваем?" in asked.text
    assert list(asked.buttons) == ["Закончены", "Ещё 30 минут"]
    assert len(newsroom.sees(CHANNEL)) == told, "nobody but a person says that it is over"
    newsroom.passes(minutes=10)
    newsroom.ticks()
    assert "по плану уже закончены" in newsroom.newest_message(BORIS.telegram_id).text


def test_longer_by_one_press_and_over_by_another_once(newsroom: Newsroom) -> None:
    plans(newsroom, "сегодня 15:00-16:00 Обновляем базу")
    newsroom.passes(minutes=55)
    newsroom.ticks()
    newsroom.passes(minutes=50)
    newsroom.ticks()
    asked = newsroom.newest_message(BORIS.telegram_id)
    longer, over = asked.buttons["Ещё 30 минут"], asked.buttons["Закончены"]
    assert newsroom.press(longer, asked.id, who=BORIS) == "Опубликовано"
    assert newsroom.press(longer, asked.id, who=BORIS) == "Уже вышло другое сообщение"
    assert newsroom.press(over, asked.id) == "Уже вышло другое сообщение"
    assert "16:30" in bare(newsroom.sees(CHANNEL)[0])
    newsroom.passes(minutes=35)
    newsroom.ticks()
    assert "Успеваем?" in newsroom.newest_message(BORIS.telegram_id).text
    assert newsroom.presses("Закончены") == "Опубликовано"
    assert newsroom.incidents.live() == []
    assert newsroom.sees(CHANNEL)[0].startswith("✅ <b>Работы закончены, длились")
    newsroom.passes(hours=3)
    newsroom.ticks()
    assert "по плану уже" not in newsroom.newest_message(BORIS.telegram_id).text


def test_moving_asks_for_the_time_and_the_clock_follows(newsroom: Newsroom) -> None:
    plans(newsroom)
    opens(newsroom)
    newsroom.presses("Перенести")
    assert "Когда работы?" in newsroom.newest_message().text
    assert newsroom.writes("22.11 03:00-05:00")
    assert "22.11 в 3:00" in bare(newsroom.newest_message().text)
    newsroom.presses("Опубликовать")
    assert "Работы перенесены" in newsroom.sees(CHANNEL)[1]
    newsroom.now = datetime(2026, 11, 21, 2, 30, tzinfo=ZoneInfo("Europe/Moscow"))
    newsroom.ticks()
    assert status(newsroom) is Status.SCHEDULED
    newsroom.now = datetime(2026, 11, 22, 3, 0, tzinfo=ZoneInfo("Europe/Moscow"))
    newsroom.ticks()
    assert status(newsroom) is Status.IN_PROGRESS


def test_what_is_called_off_never_begins(newsroom: Newsroom) -> None:
    plans(newsroom)
    opens(newsroom)
    newsroom.presses("Отменить работы")
    newsroom.presses("Опубликовать")
    [called_off] = newsroom.incidents.ended(newsroom.now)
    assert called_off.state is IncidentState.WITHDRAWN
    assert newsroom.sees(CHANNEL)[0].startswith("⚪️ <b>Работы отменены</b>")
    newsroom.passes(hours=48)
    newsroom.ticks()
    assert len(newsroom.sees(CHANNEL)) == 2


def test_a_window_that_passed_before_the_press_is_asked_anew(newsroom: Newsroom) -> None:
    newsroom.commands("maintenance", "сегодня 15:00-16:00 Обновляем базу")
    newsroom.passes(hours=3)
    assert "уже прошло" in (newsroom.presses("Опубликовать") or "")
    assert CHANNEL not in newsroom.chats
    assert newsroom.writes("завтра 15:00-16:00")
    assert newsroom.presses("Опубликовать") == "Опубликовано"


def test_a_stranger_plans_nothing(newsroom: Newsroom) -> None:
    shown = newsroom.commands("maintenance", PLANNED, who=STRANGER)
    assert "только менеджеры" in shown.text
    plans(newsroom)
    [incident] = newsroom.incidents.live()
    for action in ("off", "done", "longer", "plan"):
        said = newsroom.press(f"works:{action}:{incident.id}:1", 1, who=STRANGER)
        assert "только менеджеры" in (said or "")
    assert newsroom.attempts()[-1] == (STRANGER.telegram_id, "maintenance_plan", False)
    assert len(newsroom.incidents.notices(incident.id)) == 1
    assert ANNA.telegram_id != STRANGER.telegram_id
