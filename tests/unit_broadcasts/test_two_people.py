"""Some notices take two people: who may let out what, and what comes back to its author."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from desk.people import Person
from desk.post import Blocked, Chat, Parcel, Say, Sent, rebutton
from storage.tables import audit
from tests.managers import ANNA, BORIS, CHANNEL, GENERAL, PRIVATE
from tests.unit_broadcasts.newsroom import Newsroom

VERA = Person(telegram_id=1003, first_name="Вера", language_code="ru")
PETR = Person(telegram_id=1004, first_name="Пётр", language_code="ru")
ALLA = Person(telegram_id=1005, first_name="Алла", language_code="ru")
ROLES = {VERA.telegram_id: "draft", PETR.telegram_id: "publish", ALLA.telegram_id: "approve"}


def at_home(person: Person) -> Chat:
    return Chat(person.telegram_id)


@pytest.fixture(autouse=True)
def roles(newsroom: Newsroom) -> None:
    rules(newsroom, publishers=ROLES)


def rules(newsroom: Newsroom, **more: Any) -> None:
    newsroom.profile = replace(newsroom.profile, **more)


def drafts(newsroom: Newsroom, who: Person, said: str = "Не проходит оплата", severity: str = "red") -> None:
    newsroom.broadcast(severity, said, who, at_home(who))


def submits(newsroom: Newsroom, who: Person, caption: str = "Отправить") -> None:
    assert newsroom.presses(caption, who, at_home(who)) == "Отправлено"


def posts(newsroom: Newsroom) -> list[str]:
    return newsroom.sees(CHANNEL)


def last(newsroom: Newsroom, who: Person) -> str:
    return newsroom.newest_message(who.telegram_id).text


def test_who_drafts_submits_to_everybody_who_publishes(newsroom: Newsroom) -> None:
    drafts(newsroom, VERA)
    assert list(newsroom.newest_message(VERA.telegram_id).buttons) == [
        "Отправить на публикацию",
        "Отменить",
        "Изменить…",
    ]
    submits(newsroom, VERA)
    for person in (ANNA, BORIS, PETR, ALLA):
        shown = newsroom.newest_message(person.telegram_id)
        assert shown.text.startswith("🔴 <b>Сбой</b>\n\nНе проходит оплата")
        assert "<b>Вера</b> просит" in shown.text
        assert list(shown.buttons) == ["Опубликовать", "Отклонить"]
    assert posts(newsroom) == []
    hers = newsroom.newest_message()
    pressed = hers.buttons["Опубликовать"]
    assert newsroom.presses("Опубликовать", PETR, at_home(PETR)) == "Опубликовано"
    assert newsroom.press(pressed, hers.id) == "Это уже опубликовано"
    assert len(posts(newsroom)) == 1
    assert "Нажал Пётр" in last(newsroom, VERA)


def test_who_declines_says_why(newsroom: Newsroom) -> None:
    drafts(newsroom, VERA)
    submits(newsroom, VERA)
    his = newsroom.newest_message(PETR.telegram_id)
    pressed = his.buttons["Опубликовать"]
    assert newsroom.presses("Отклонить", ANNA) == "Напишите, почему"
    assert newsroom.writes("Это <b>не</b> сбой", ANNA)
    told = newsroom.newest_message(VERA.telegram_id)
    assert "Анна не публикует «Не проходит оплата». Причина: Это не сбой" in told.text
    assert newsroom.press(pressed, his.id, PETR, at_home(PETR)) != "Опубликовано"
    assert posts(newsroom) == []
    newsroom.presses("Открыть черновик", VERA, at_home(VERA))
    submits(newsroom, VERA)
    assert newsroom.presses("Опубликовать", PETR, at_home(PETR)) == "Опубликовано"


def test_who_declines_may_keep_silent_and_loses_no_draft(newsroom: Newsroom) -> None:
    drafts(newsroom, VERA)
    submits(newsroom, VERA)
    asked = newsroom.newest_message()
    newsroom.presses("Отклонить", ANNA, on=asked)
    assert newsroom.presses("без объяснений", ANNA) == "Отклонено"
    assert "Причина" not in last(newsroom, VERA)
    newsroom.presses("Открыть черновик", VERA, at_home(VERA))
    submits(newsroom, VERA)
    asked = newsroom.newest_message()
    writing = newsroom.broadcast("yellow", "Медленно открывается каталог")
    newsroom.presses("Отклонить", ANNA, on=asked)
    assert newsroom.writes("Это не сбой", ANNA)
    assert "Причина: Это не сбой" in last(newsroom, VERA)
    assert newsroom.writes("Медленно открывается поиск", ANNA)
    assert newsroom.presses("Опубликовать", ANNA, on=writing) != "Опубликовано"
    assert newsroom.presses("Опубликовать", ANNA) == "Опубликовано"
    assert "поиск" in posts(newsroom)[0]


@pytest.mark.parametrize("fate", ["declined", "too late", "overtaken", "taken back"])
def test_what_comes_back_takes_no_words_from_what_is_being_written(newsroom: Newsroom, fate: str) -> None:
    rules(newsroom, approval=timedelta(minutes=30))
    newsroom.publishes("yellow", "Медленно открывается каталог")
    shown = newsroom.lists_incidents(VERA, at_home(VERA))
    newsroom.press(next(iter(shown.buttons.values())), shown.id, VERA, at_home(VERA))
    newsroom.presses("Обновить", VERA, at_home(VERA))
    newsroom.writes("Чиним каталог", VERA, at_home(VERA))
    submits(newsroom, VERA)
    submitted, asked = newsroom.newest_message(VERA.telegram_id), newsroom.newest_message()
    drafts(newsroom, VERA, "Не проходит оплата")
    match fate:
        case "declined":
            newsroom.presses("Отклонить", ANNA, on=asked)
            newsroom.presses("без объяснений", ANNA)
        case "too late":
            newsroom.passes(minutes=30)
            newsroom.ticks()
        case "overtaken":
            newsroom.goes_on("Обновить", "Нашли причину")
            newsroom.presses("Опубликовать", ANNA, on=asked)
    if fate == "taken back":
        assert newsroom.presses("Забрать", VERA, at_home(VERA), submitted) == "Черновик снова у вас"
    else:
        newsroom.presses("Открыть черновик", VERA, at_home(VERA))
    assert "Чиним каталог" in last(newsroom, VERA)
    submits(newsroom, VERA)
    newsroom.writes("Не проходит оплата картой", VERA, at_home(VERA))
    assert "Не проходит оплата картой" in last(newsroom, VERA)
    submits(newsroom, VERA)
    assert newsroom.presses("Опубликовать", ANNA) == "Опубликовано"
    assert "картой" in posts(newsroom)[-1]


def test_the_author_takes_it_back(newsroom: Newsroom) -> None:
    drafts(newsroom, VERA)
    submits(newsroom, VERA)
    hers = newsroom.newest_message()
    pressed = hers.buttons["Опубликовать"]
    assert newsroom.presses("Забрать", VERA, at_home(VERA)) == "Черновик снова у вас"
    assert newsroom.press(pressed, hers.id) != "Опубликовано"
    newsroom.writes("Не проходит оплата картой", VERA, at_home(VERA))
    submits(newsroom, VERA)
    assert newsroom.presses("Опубликовать", ANNA) == "Опубликовано"
    assert "картой" in posts(newsroom)[0]


def copies(newsroom: Newsroom) -> dict[int, list[str]]:
    """The buttons of the newest message of whoever may have to do with it."""
    people = (VERA, ANNA, BORIS, PETR, ALLA)
    return {each.telegram_id: list(newsroom.newest_message(each.telegram_id).buttons) for each in people}


@pytest.mark.parametrize("fate", ["approved", "declined", "taken back", "too late"])
def test_nobody_is_left_with_buttons_of_what_is_decided(newsroom: Newsroom, fate: str) -> None:
    drafts(newsroom, VERA)
    submits(newsroom, VERA)
    waiting = copies(newsroom)
    assert waiting.pop(VERA.telegram_id) == ["Забрать"]
    assert set(map(tuple, waiting.values())) == {("Опубликовать", "Отклонить")}
    mine = newsroom.newest_message(VERA.telegram_id)
    match fate:
        case "approved":
            newsroom.presses("Опубликовать", PETR, at_home(PETR))
        case "declined":
            newsroom.presses("Отклонить", ANNA)
            newsroom.presses("без объяснений", ANNA)
        case "taken back":
            newsroom.presses("Забрать", VERA, at_home(VERA))
        case "too late":
            newsroom.passes(minutes=61)
            newsroom.ticks()
    shown = [each for messages in newsroom.chats.values() for each in messages if each.buttons]
    assert [each.text for each in shown if "Опубликовать" in each.buttons] == []
    assert mine.buttons == {}


def test_a_copy_that_comes_after_the_decision_has_no_buttons_for_long(newsroom: Newsroom) -> None:
    rules(newsroom, publishers={VERA.telegram_id: "draft", PETR.telegram_id: "publish"})
    drafts(newsroom, VERA)
    newsroom.refuses[PETR.telegram_id, Say] = "Forbidden: bot was blocked by the user"
    submits(newsroom, VERA)
    in_group = newsroom.newest_message(GENERAL.chat_id)
    assert list(in_group.buttons) == ["Опубликовать", "Отклонить"]
    late = newsroom.newest_message(ANNA.telegram_id)
    newsroom.presses("Опубликовать", BORIS, at_home(BORIS))
    assert (in_group.buttons, late.buttons) == ({}, {})
    said = len(newsroom.sees(GENERAL.chat_id))
    ref = {"submission": "0" * 32}
    again = Parcel(to=PRIVATE, body=late.body, kind="submission", ref=ref)
    newsroom.approvals.heard(again, Sent((late.id,)))
    assert [each.body for each in newsroom.posted] == [rebutton(late.id)]
    newsroom.approvals.heard(again, Blocked())
    newsroom.deliver()
    assert len(newsroom.sees(GENERAL.chat_id)) == said, "nobody is asked about what is decided"


def test_red_takes_two_but_not_at_first(newsroom: Newsroom) -> None:
    rules(newsroom, two_person="red")
    newsroom.publishes("red", "Не проходит оплата")
    shown = newsroom.lists_incidents()
    newsroom.press(next(iter(shown.buttons.values())), shown.id)
    newsroom.presses("Обновить")
    newsroom.writes("Чиним")
    assert "Опубликовать без второго" in newsroom.newest_message().buttons
    newsroom.presses("Отправить на одобрение")
    assert newsroom.sees(PETR.telegram_id) == []  # a publisher is no approver
    assert newsroom.presses("Опубликовать", ALLA, at_home(ALLA)) == "Опубликовано"
    assert "Нажал Алла" in last(newsroom, ANNA)


def test_red_that_turns_yellow_is_red_still(newsroom: Newsroom) -> None:
    rules(newsroom, two_person="red")
    newsroom.publishes("red", "Не проходит оплата")
    shown = newsroom.lists_incidents()
    newsroom.press(next(iter(shown.buttons.values())), shown.id)
    newsroom.presses("Обновить")
    newsroom.writes("Чиним")
    newsroom.presses("Изменить…")
    newsroom.presses("🔴")
    assert "Опубликовать" not in newsroom.newest_message().buttons


def test_nobody_approves_what_is_their_own(newsroom: Newsroom) -> None:
    rules(newsroom, two_person="always")
    drafts(newsroom, ANNA, severity="yellow")
    token = newsroom.newest_message().buttons["Отправить на одобрение"].rpartition(":")[2]
    submits(newsroom, ANNA)
    assert "Своё одобрить нельзя" in (newsroom.press(f"incident:approve:{token}", 1) or "")
    assert newsroom.attempts()[-1] == (ANNA.telegram_id, "approve", False)
    assert posts(newsroom) == []
    assert newsroom.presses("Опубликовать", BORIS, at_home(BORIS)) == "Опубликовано"


def test_a_preview_from_before_the_rule_asks_for_the_second_now(newsroom: Newsroom) -> None:
    drafts(newsroom, ANNA, severity="yellow")
    rules(newsroom, two_person="always")
    assert "второй человек" in (newsroom.presses("Опубликовать") or "").replace("\u00a0", " ")
    assert posts(newsroom) == []
    assert "Отправить на одобрение" in newsroom.newest_message().buttons


def test_what_waits_too_long_comes_back(newsroom: Newsroom) -> None:
    drafts(newsroom, VERA)
    submits(newsroom, VERA)
    newsroom.passes(minutes=60)
    assert "Уже нельзя" in (newsroom.presses("Опубликовать", ANNA) or "").replace("\u00a0", " ")
    assert newsroom.attempts()[-1] == (ANNA.telegram_id, "approve", False)
    assert "вовремя" in last(newsroom, VERA)
    newsroom.presses("Открыть черновик", VERA, at_home(VERA))
    submits(newsroom, VERA)
    newsroom.passes(minutes=61)
    newsroom.ticks()
    assert "вовремя" in last(newsroom, VERA)


def test_what_was_overtaken_comes_back(newsroom: Newsroom) -> None:
    newsroom.publishes("yellow", "Медленно открывается каталог")
    shown = newsroom.lists_incidents(VERA, at_home(VERA))
    newsroom.press(next(iter(shown.buttons.values())), shown.id, VERA, at_home(VERA))
    newsroom.presses("Обновить", VERA, at_home(VERA))
    newsroom.writes("Чиним", VERA, at_home(VERA))
    submits(newsroom, VERA)
    asked = newsroom.newest_message()
    newsroom.goes_on("Обновить", "Нашли причину")
    said = len(posts(newsroom))
    newsroom.presses("Опубликовать", ANNA, on=asked)
    assert len(posts(newsroom)) == said
    assert "кое-что изменилось" in last(newsroom, VERA)


def test_without_a_second_person_it_takes_a_reason_that_all_hear(newsroom: Newsroom) -> None:
    rules(newsroom, two_person="always")
    drafts(newsroom, PETR, severity="yellow")
    newsroom.presses("Опубликовать без второго", PETR, at_home(PETR))
    assert posts(newsroom) == []
    assert newsroom.writes("Второй не отвечает", PETR, at_home(PETR))
    assert len(posts(newsroom)) == 1
    for person in (ANNA, BORIS):
        assert "Пётр публикует без второго" in last(newsroom, person).replace("\u00a0", " ")
        assert "Второй не отвечает" in last(newsroom, person)
    assert newsroom.writes("Оба дежурных были в дороге", PETR, at_home(PETR))
    assert "Оба дежурных" in last(newsroom, ANNA)
    rows = newsroom.connection.execute(select(audit).where(audit.c.details.is_not(None)))
    kept = {row.action: row.details for row in rows}
    assert kept == {
        "glass": "Второй не отвечает",
        "published": "yellow concerned service",
        "note": "Оба дежурных были в дороге",
    }


def test_a_reason_is_for_the_draft_as_it_was(newsroom: Newsroom) -> None:
    rules(newsroom, two_person="always")
    for between in ("Изменить…", "Отправить на одобрение"):
        drafts(newsroom, PETR, severity="yellow")
        preview = newsroom.newest_message(PETR.telegram_id)
        newsroom.presses("Опубликовать без второго", PETR, at_home(PETR))
        newsroom.presses(between, PETR, at_home(PETR), on=preview)
        if between.startswith("Отправить"):
            newsroom.presses("Забрать", PETR, at_home(PETR))
        assert newsroom.writes("Не открывается каталог", PETR, at_home(PETR))
        assert posts(newsroom) == []
        assert "Не открывается каталог" in last(newsroom, PETR)


def test_a_picture_is_no_reason(newsroom: Newsroom) -> None:
    rules(newsroom, two_person="always")
    drafts(newsroom, PETR, severity="yellow")
    newsroom.presses("Опубликовать без второго", PETR, at_home(PETR))
    assert newsroom.writes("", PETR, at_home(PETR), kind="photo", file_id="1")
    assert posts(newsroom) == []
    assert "Нужен текст" in last(newsroom, PETR)
    assert newsroom.writes("Второй не отвечает", PETR, at_home(PETR), kind="photo", file_id="1")
    assert len(posts(newsroom)) == 1


def test_who_lost_the_right_before_the_reason_declines_nothing(newsroom: Newsroom) -> None:
    drafts(newsroom, VERA)
    submits(newsroom, VERA)
    newsroom.presses("Отклонить", PETR, at_home(PETR))
    rules(newsroom, publishers={PETR.telegram_id: "draft"})
    newsroom.writes("Это не сбой", PETR, at_home(PETR))
    assert newsroom.attempts()[-1] == (PETR.telegram_id, "decline", False)
    assert newsroom.presses("Опубликовать", ANNA) == "Опубликовано"


def test_who_lost_the_right_between_press_and_reason_publishes_nothing(newsroom: Newsroom) -> None:
    rules(newsroom, two_person="always")
    drafts(newsroom, PETR, severity="yellow")
    newsroom.presses("Опубликовать без второго", PETR, at_home(PETR))
    rules(newsroom, publishers={PETR.telegram_id: "draft"})
    newsroom.writes("Второй не отвечает", PETR, at_home(PETR))
    assert posts(newsroom) == []


def test_advertising_that_was_switched_off_is_refused(newsroom: Newsroom) -> None:
    rules(newsroom, advertising=True)
    drafts(newsroom, ANNA, severity="green")
    newsroom.presses("Изменить…")
    newsroom.presses("Сервисное")
    rules(newsroom, advertising=False)
    assert "Рекламу" in (newsroom.presses("Опубликовать") or "")
    assert posts(newsroom) == []
    assert newsroom.presses("Опубликовать") == "Опубликовано"


def test_nobody_to_submit_to(newsroom: Newsroom) -> None:
    rules(newsroom, two_person="always", publishers={}, managers=frozenset({ANNA.telegram_id}))
    drafts(newsroom, ANNA, severity="yellow")
    assert "некому" in (newsroom.presses("Отправить на одобрение", ANNA, PRIVATE) or "")
    assert "Опубликовать без второго" in newsroom.newest_message().buttons
