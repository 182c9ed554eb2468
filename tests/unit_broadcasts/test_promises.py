"""A promise of news: managers are reminded before it is due, somebody else hears when it is late."""

from dataclasses import replace

from desk.formatted import bare
from tests.managers import ANNA, BORIS, CHANNEL
from tests.unit_broadcasts.newsroom import Newsroom

CHIEF = 3003


def promises_in(newsroom: Newsroom, minutes: int) -> None:
    newsroom.broadcast("red", f"Не проходят оплаты. Новости через {minutes} минут")
    newsroom.presses("Опубликовать")


def test_managers_are_reminded_five_minutes_before(newsroom: Newsroom) -> None:
    promises_in(newsroom, 30)
    newsroom.passes(minutes=24)
    newsroom.ticks()
    assert not any("обещаны новости" in text for text in newsroom.sees(ANNA.telegram_id))
    newsroom.passes(minutes=1)
    newsroom.ticks()
    for manager in (ANNA, BORIS):
        reminder = newsroom.newest_message(manager.telegram_id)
        assert "через пять минут обещаны новости" in reminder.text.lower()
        assert "Не проходят оплаты" in reminder.text
        assert list(reminder.buttons) == ["Новостей нет, ещё 30 минут", "Написать", "Решено"]


def test_one_press_goes_on_promising_and_a_second_does_nothing(newsroom: Newsroom) -> None:
    promises_in(newsroom, 30)
    newsroom.passes(minutes=25)
    newsroom.ticks()
    [data] = [
        each for name, each in newsroom.newest_message().buttons.items() if name.startswith("Новостей нет")
    ]
    assert newsroom.press(data, newsroom.newest_message().id) == "Опубликовано"
    assert newsroom.press(data, 1, who=BORIS) == "Уже вышло другое сообщение"
    post, reply = newsroom.sees(CHANNEL)
    assert "следующее до 15:00" in bare(post)
    assert "новостей пока нет" in reply
    [incident] = newsroom.incidents.live()
    assert len(newsroom.incidents.notices(incident.id)) == 2


def test_what_is_late_is_told_to_those_who_are_named_for_it(newsroom: Newsroom) -> None:
    newsroom.profile = replace(newsroom.profile, escalation=frozenset({CHIEF}))
    promises_in(newsroom, 30)
    newsroom.passes(minutes=30)
    newsroom.ticks()
    assert len(newsroom.sees(CHIEF)) == 1
    assert "не вышли" in newsroom.sees(CHIEF)[0]
    assert "не вышли" in newsroom.newest_message(BORIS.telegram_id).text


def test_news_in_time_keep_the_promise_and_nobody_is_reminded(newsroom: Newsroom) -> None:
    promises_in(newsroom, 30)
    newsroom.passes(minutes=10)
    newsroom.goes_on("Обновить", "Нашли причину")
    newsroom.passes(minutes=60)
    newsroom.ticks()
    assert not any("новости" in text for text in newsroom.sees(BORIS.telegram_id))


def test_an_end_ends_the_promise(newsroom: Newsroom) -> None:
    promises_in(newsroom, 30)
    newsroom.goes_on("Решено")
    newsroom.passes(minutes=60)
    newsroom.ticks()
    assert newsroom.sees(BORIS.telegram_id) == []


def test_an_incident_shows_what_was_kept(newsroom: Newsroom) -> None:
    promises_in(newsroom, 30)
    newsroom.passes(minutes=10)
    newsroom.goes_on("Обновить", "Нашли причину. Новости через 20 минут")
    newsroom.passes(minutes=40)
    newsroom.goes_on("Обновить", "Чиним")
    shown = newsroom.lists_incidents()
    newsroom.press(next(iter(shown.buttons.values())), shown.id)
    assert "Обещаний сдержано вовремя: 1 из 2" in newsroom.newest_message().text
