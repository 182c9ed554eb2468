"""From the first word to the press: what is asked for, what a preview shows, whose press publishes what."""

from dataclasses import replace
from datetime import timedelta

import pytest

from broadcasts.composing.severities import named
from broadcasts.incident import Severity
from desk.formatted import length_of
from desk.post import Chat
from locales import Texts
from tests.managers import ANNA, BORIS, CHANNEL, GENERAL, GROUP, PRIVATE, STRANGER
from tests.unit_broadcasts.newsroom import Newsroom


def test_the_preview_is_the_post_and_says_where_it_goes(newsroom: Newsroom) -> None:
    preview = newsroom.broadcast("red", "Не работает <i>оплата</i>")
    newsroom.presses("Опубликовать")
    [post] = newsroom.chats[CHANNEL]
    assert list(preview.buttons) == []
    assert post.text == "🔴 <b>Сбой</b>\n\nНе работает <i>оплата</i>"
    published = newsroom.chats[ANNA.telegram_id][0]
    assert published.text.startswith(post.text)
    assert "Опубликовано" in published.text


def test_bare_it_asks_severity_then_text(newsroom: Newsroom) -> None:
    asked = newsroom.broadcast(None, "")
    assert list(asked.buttons) == ["🔴 Красный", "🟡 Жёлтый", "🟢 Зелёный", "Отменить"]
    newsroom.presses("Жёлтый")
    assert "Пришлите текст" in newsroom.newest_message(ANNA.telegram_id).text
    assert newsroom.writes("Медленно открывается каталог")
    preview = newsroom.newest_message(ANNA.telegram_id)
    assert preview.text.startswith("🟡 <b>Перебои</b>\n\nМедленно открывается каталог")
    assert "без звука" in preview.text
    assert list(preview.buttons) == ["Опубликовать", "Отменить", "Изменить…"]


def test_a_text_without_severity_gets_one(newsroom: Newsroom) -> None:
    asked = newsroom.broadcast(None, "blue Не работает вход")
    assert "blue Не работает вход" in asked.text
    newsroom.presses("Красный")
    assert newsroom.newest_message(ANNA.telegram_id).text.startswith(
        "🔴 <b>Сбой</b>\n\nblue Не работает вход"
    )


def test_severity_may_be_written_instead_of_pressed(newsroom: Newsroom) -> None:
    newsroom.broadcast(None, "")
    assert newsroom.writes("Красный")
    assert newsroom.writes("Не работает вход")
    assert newsroom.newest_message(ANNA.telegram_id).text.startswith("🔴 <b>Сбой</b>")


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("red RED красный Красная 🔴", "red"),
        ("yellow Жёлтый желтый 🟡", "yellow"),
        ("Green зелёный зеленый 🟢", "green"),
    ],
)
def test_severity_goes_by_many_names(words: str, severity: str) -> None:
    assert {named(word, Texts()) for word in words.split()} == {Severity(severity)}


@pytest.mark.parametrize("word", ["", "blue", "redd", "Не"])
def test_other_words_are_no_severity(word: str) -> None:
    assert named(word, Texts()) is None


def test_a_text_too_long_is_named_with_how_much_and_the_draft_stays(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "я" * 4000)
    said = newsroom.newest_message(ANNA.telegram_id)
    assert "длиннее на" in said.text
    assert "Опубликовать" not in said.buttons
    assert newsroom.writes("Коротко")
    assert newsroom.newest_message(ANNA.telegram_id).text.startswith("🔴 <b>Сбой</b>\n\nКоротко")


def test_the_longest_text_that_is_taken_fits_everywhere(newsroom: Newsroom) -> None:
    newsroom.publishes("yellow", "Начало " + "истории " * 20)
    for step in range(12):
        newsroom.goes_on("Обновить", f"Шаг {step} " + "слово " * 40)
    low, high = 3000, 4096
    while high - low > 1:
        middle = (low + high) // 2
        newsroom.broadcast("yellow", "🛠" + "я" * (middle - 2))
        fits = "Опубликовать" in newsroom.newest_message(ANNA.telegram_id).buttons
        low, high = (middle, high) if fits else (low, middle)
    newsroom.publishes("yellow", "🛠" + "я" * (low - 2))
    newsroom.goes_on("Обновить", "🛠" + "ю" * (low - 40))
    newsroom.goes_on("Решено", "🛠" + "ё" * (low - 60))
    shown = [message.text for chat in newsroom.chats.values() for message in chat]
    assert max(map(length_of, shown)) <= 4096
    assert low > 3400


def test_markup_takes_no_room(newsroom: Newsroom) -> None:
    link = '<a href="https://example.com/{}">здесь</a>'
    newsroom.publishes("red", "Не работает вход")
    newsroom.goes_on("Обновить", " ".join(link.format("я" * 200) for _ in range(20)))
    assert "Как это было" in newsroom.sees(CHANNEL)[0]


def test_an_empty_text_asks_for_one(newsroom: Newsroom) -> None:
    said = newsroom.broadcast("red", "  \n ")
    assert "Пришлите текст" in said.text
    assert newsroom.writes("<b> </b>")
    assert "Нужен текст" in newsroom.newest_message(ANNA.telegram_id).text
    assert newsroom.writes("Не работает вход")
    assert newsroom.presses("Опубликовать") == "Опубликовано"


def test_a_changed_draft_kills_the_old_preview(newsroom: Newsroom) -> None:
    old = replace(newsroom.broadcast("red", "Не работает вход"))
    newsroom.broadcast("red", "Не работает оплата")
    assert "больше не действует" in (newsroom.presses("Опубликовать", on=old) or "")
    assert CHANNEL not in newsroom.chats
    assert newsroom.presses("Опубликовать") == "Опубликовано"
    assert "оплата" in newsroom.sees(CHANNEL)[0]


def test_other_words_in_private_change_the_draft(newsroom: Newsroom) -> None:
    old = replace(newsroom.broadcast("red", "Не работает вход"))
    assert newsroom.writes("Не работает оплата")
    assert newsroom.presses("Опубликовать", on=old) != "Опубликовано"
    assert newsroom.presses("Опубликовать") == "Опубликовано"
    assert len(newsroom.sees(CHANNEL)) == 1


def test_pressed_twice_or_by_two_managers_it_is_published_once(newsroom: Newsroom) -> None:
    preview = replace(newsroom.broadcast("red", "Не работает вход", where=GENERAL))
    assert newsroom.presses("Опубликовать", BORIS, GENERAL, on=preview) == "Опубликовано"
    assert newsroom.presses("Опубликовать", ANNA, GENERAL, on=preview) == "Это уже опубликовано"
    assert newsroom.presses("Опубликовать", BORIS, GENERAL, on=preview) == "Это уже опубликовано"
    assert len(newsroom.sees(CHANNEL)) == 1
    assert len(newsroom.live()) == 1


def test_the_same_words_may_be_published_again_another_day(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает вход")
    newsroom.passes(minutes=24 * 60)
    newsroom.publishes("red", "Не работает вход")
    assert len(newsroom.live()) == 2


def test_nobody_else_s_press_publishes(newsroom: Newsroom) -> None:
    preview = replace(newsroom.broadcast("red", "Не работает вход", where=GENERAL))
    assert "только менеджеры" in (newsroom.presses("Опубликовать", STRANGER, GENERAL, on=preview) or "")
    assert CHANNEL not in newsroom.chats
    assert newsroom.attempts()[-1] == (STRANGER.telegram_id, "publish", False)


def test_a_manager_no_more_is_stopped_at_the_press(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "Не работает вход")
    newsroom.profile = replace(newsroom.profile, managers=frozenset({BORIS.telegram_id}))
    assert not newsroom.writes("Другой текст")
    assert "только менеджеры" in (newsroom.presses("Опубликовать") or "")
    assert CHANNEL not in newsroom.chats


def test_strangers_and_anonymous_administrators_are_refused_with_a_line(newsroom: Newsroom) -> None:
    stranger = Chat(STRANGER.telegram_id)
    assert "только менеджеры" in newsroom.broadcast("red", "Обман", STRANGER, stranger).text
    nameless = replace(STRANGER, telegram_id=GROUP)
    assert "Отключите анонимность" in newsroom.broadcast("red", "Обман", nameless, GENERAL).text
    assert not newsroom.writes("Обман", STRANGER, stranger)
    assert [allowed for _, _, allowed in newsroom.attempts()] == [False, False]


def test_cancelled_is_gone(newsroom: Newsroom) -> None:
    preview = replace(newsroom.broadcast("red", "Не работает вход"))
    newsroom.presses("Отменить")
    assert newsroom.newest_message(ANNA.telegram_id).text == "Отменено. Ничего не опубликовано."
    assert "не действует" in (newsroom.presses("Опубликовать", on=preview) or "")
    assert not newsroom.writes("Просто вопрос")
    assert CHANNEL not in newsroom.chats


def test_words_meant_for_others_are_left_to_them(newsroom: Newsroom) -> None:
    topic = Chat(GROUP, 77)
    assert not newsroom.writes("Здравствуйте!")
    newsroom.broadcast("red", "", where=GENERAL)
    assert not newsroom.writes("Сейчас проверю", where=topic), "another topic"
    assert not newsroom.writes("Я не начинал", BORIS, GENERAL), "another manager"
    assert not newsroom.writes("И здесь тоже нет"), "another chat"
    assert newsroom.writes("Не работает вход", where=GENERAL)
    assert not newsroom.writes("Сейчас опубликую", where=GENERAL), "talk in the group over a ready preview"
    assert newsroom.presses("Опубликовать", where=GENERAL) == "Опубликовано"
    assert not newsroom.writes("Готово", where=GENERAL)


def test_a_draft_left_alone_stops_listening(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "")
    newsroom.now += timedelta(hours=2)
    assert not newsroom.writes("Где мой заказ?")


def test_a_topic_is_answered_in_the_topic(newsroom: Newsroom) -> None:
    assert newsroom.broadcast("red", "Не работает вход", where=Chat(GROUP, 77)).thread == 77


def test_another_step_in_between_shows_the_preview_anew(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает вход")
    for who in (ANNA, BORIS):
        where = Chat(who.telegram_id)
        newsroom.lists_incidents(who, where)
        newsroom.presses("Не работает вход", who, where)
        newsroom.presses("Обновить", who, where)
        assert newsroom.writes(f"Пишет {who.first_name}", who, where)
    assert newsroom.presses("Опубликовать", ANNA) == "Опубликовано"
    toast = newsroom.presses("Опубликовать", BORIS, Chat(BORIS.telegram_id))
    assert "вышло другое сообщение" in (toast or "")
    assert "Пишет Анна" in newsroom.newest_message(BORIS.telegram_id).text
    assert newsroom.presses("Опубликовать", BORIS, Chat(BORIS.telegram_id)) == "Опубликовано"


def test_an_ended_incident_takes_no_more_steps(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает вход")
    newsroom.lists_incidents(ANNA, PRIVATE)
    newsroom.presses("Не работает вход")
    menu, desk_of_boris = replace(newsroom.newest_message(ANNA.telegram_id)), Chat(BORIS.telegram_id)
    newsroom.presses("Обновить", BORIS, desk_of_boris, on=menu)
    newsroom.writes("Чиним", BORIS, desk_of_boris)
    newsroom.goes_on("Решено")
    assert newsroom.presses("Решено", on=menu) == "Этот инцидент уже закрыт"
    assert newsroom.presses("Опубликовать", BORIS, desk_of_boris) == "Этот инцидент уже закрыт"
    assert newsroom.sees(CHANNEL)[0].startswith("✅")
    assert len(newsroom.sees(CHANNEL)) == 2


def test_incidents_are_listed_newest_first(newsroom: Newsroom) -> None:
    newsroom.lists_incidents(ANNA, PRIVATE)
    assert "Всё спокойно" in newsroom.newest_message(ANNA.telegram_id).text
    newsroom.publishes("red", "Не работает вход")
    newsroom.passes(minutes=5)
    newsroom.publishes("yellow", "Медленный каталог, потому что много покупателей сегодня")
    newsroom.lists_incidents(ANNA, PRIVATE)
    assert list(newsroom.newest_message(ANNA.telegram_id).buttons) == [
        "🟡 Медленный каталог, потому что много…",
        "🔴 Не работает вход",
    ]
    assert newsroom.live() == [
        "🟡 Медленный каталог, потому что много покупателей сегодня <i>(сегодня в\xa014:10)</i>",
        "🔴 Не работает вход <i>(сегодня в\xa014:05)</i>",
    ]


def test_a_forged_press_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает вход")
    for data in ("incident:update:999", "incident:severity:x:blue", "incident:nonsense:1", "incident:show:x"):
        newsroom.press(data, 1)
    assert len(newsroom.sees(CHANNEL)) == 1
