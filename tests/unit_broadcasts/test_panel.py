"""What a preview's panel changes: title, components, promise, audience, colour; what an old button does."""

from dataclasses import replace

import pytest

from broadcasts.incident import Audience
from desk.component import Component
from desk.conversation import Command
from desk.formatted import bare
from desk.post import Say
from tests.managers import ANNA, CHANNEL, GROUP, PRIVATE, Shown
from tests.unit_broadcasts.newsroom import Newsroom


@pytest.fixture(autouse=True)
def components(newsroom: Newsroom) -> None:
    parts = (
        Component(id="payments", names={"ru": "Оплата"}, words=("карта",)),
        Component(id="catalogue", names={"ru": "Каталог"}),
    )
    newsroom.profile = replace(newsroom.profile, components=parts, advertising=True)


def newest(newsroom: Newsroom) -> Shown:
    return newsroom.newest_message(ANNA.telegram_id)


def changes(newsroom: Newsroom, *captions: str) -> Shown:
    newsroom.presses("Изменить…")
    for caption in captions:
        newsroom.presses(caption)
    return newest(newsroom)


def test_a_title_of_its_own_calls_the_incident(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "Банк не отвечает, деньги не списываются")
    assert newsroom.presses("Изменить…") is None
    assert newsroom.presses("Заголовок…") == "Пришлите заголовок"
    assert newsroom.writes("Не проходят оплаты")
    assert "Не проходят оплаты\nБанк не отвечает" in bare(newest(newsroom).text)
    newsroom.presses("Опубликовать")
    newsroom.goes_on("Обновить", "Чиним")
    assert list(newsroom.lists_incidents().buttons) == ["🔴 Не проходят оплаты"]


def test_what_an_old_preview_asks_for_is_still_heard(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "Банк не отвечает, деньги не списываются")
    newsroom.passes(hours=3)
    newsroom.presses("Изменить…")
    newsroom.presses("Заголовок…")
    assert newsroom.writes("Не проходят оплаты")
    assert "Не проходят оплаты" in newest(newsroom).text


def test_what_is_affected_stands_in_the_post(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "Всё сломалось")
    shown = changes(newsroom, "Что затронуто…", "Каталог", "Оплата")
    assert "Оплата, Каталог" in shown.text
    assert {"✓ Оплата", "✓ Каталог"} <= set(shown.buttons)
    newsroom.presses("✓ Каталог")
    newsroom.presses("« Назад")
    newsroom.presses("Опубликовать")
    [incident] = newsroom.incidents.live()
    assert incident.components == ("payments",)
    assert "<i>Оплата</i>" in newsroom.sees(CHANNEL)[0]


def test_a_promise_is_read_from_the_text_chosen_by_button_or_written(newsroom: Newsroom) -> None:
    shown = newsroom.broadcast("red", "Не проходят оплаты. Следующее обновление в 15:30")
    assert "новости до" not in bare(shown.text), "the text says it already"
    newsroom.presses("Опубликовать")
    newsroom.broadcast("red", "Не открывается каталог")
    shown = changes(newsroom, "Обещать новости…", "30\xa0минут")
    assert "новости до 14:35" in bare(shown.text)
    changes_again = newsroom.presses("Обещать новости…")
    assert changes_again == "Выберите или напишите время"
    assert newsroom.writes("когда-нибудь")
    assert "Не понял время" in newest(newsroom).text
    assert newsroom.writes("завтра в 9")
    assert "новости до 21.11 в 9:00" in bare(newest(newsroom).text)
    newsroom.presses("Опубликовать")
    catalogue, payments = newsroom.incidents.live()
    zone = newsroom.profile.zone
    assert [
        f"{each.next_by.astimezone(zone):%d %H:%M}" for each in (payments, catalogue) if each.next_by
    ] == [
        "20 15:30",
        "21 09:00",
    ]


def test_a_promise_that_passed_before_the_press_is_not_published(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "Не проходят оплаты. Следующее обновление в 14:30")
    newsroom.passes(minutes=40)
    assert "уже прошло" in (newsroom.presses("Опубликовать") or "")
    assert CHANNEL not in newsroom.chats
    assert "обещано 14:30, но это время уже прошло" in newest(newsroom).text


def test_a_silent_correction_edits_the_post_and_calls_nobody(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает вхот")
    shown = newsroom.lists_incidents()
    newsroom.press(next(iter(shown.buttons.values())), shown.id)
    newsroom.presses("Исправить")
    assert newsroom.writes("Не работает вход")
    changes(newsroom, "Кому: всем", "Кому: только канал")
    assert "Тихая правка" in newest(newsroom).text
    newsroom.presses("Опубликовать")
    assert [bare(text) for text in newsroom.sees(CHANNEL)] == [
        "🔴 Сбой · обновлено 14:05\n\nНе работает вход"
    ]
    assert "клиентам уведомление не пришло" in newsroom.sees(GROUP)[-1]
    newsroom.goes_on("Обновить", "Чиним")
    assert len(newsroom.sees(CHANNEL)) == 2, "nor later"


def test_an_incident_for_nobody_is_no_post_until_somebody_is_told(newsroom: Newsroom) -> None:
    newsroom.broadcast("yellow", "Каталог медленный")
    changes(newsroom, "Кому: всем", "Кому: только канал")
    newsroom.presses("Опубликовать")
    assert CHANNEL not in newsroom.chats
    newsroom.goes_on("Обновить", "Стало хуже")
    assert "Стало хуже" in newsroom.sees(CHANNEL)[0]


def test_how_far_it_has_come_is_chosen_with_the_text(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает вход")
    shown = newsroom.lists_incidents()
    newsroom.press(next(iter(shown.buttons.values())), shown.id)
    newsroom.presses("Обновить")
    assert "✓ Разбираемся" in newest(newsroom).buttons
    newsroom.presses("Причина найдена")
    assert "✓ Причина найдена" in newest(newsroom).buttons
    assert newsroom.writes("Сломался сервер СМС")
    newsroom.presses("Опубликовать")
    assert "Причина найдена" in newsroom.sees(CHANNEL)[0]
    assert "Обновление</b> · Причина найдена" in newsroom.sees(CHANNEL)[1]


def test_every_change_kills_the_preview_before_it(newsroom: Newsroom) -> None:
    old = replace(newsroom.broadcast("red", "Не работает вход"))
    newsroom.presses("Изменить…")
    newsroom.presses("🔴 Красный")
    assert "больше не действует" in (newsroom.presses("Опубликовать", on=old) or "")
    assert CHANNEL not in newsroom.chats
    newsroom.broadcast("red", "Не работает вход")
    newsroom.presses("Изменить…")
    newsroom.presses("🔴 Красный")
    newsroom.presses("Опубликовать")
    assert newsroom.sees(CHANNEL)[0].startswith("🟡 <b>Перебои</b>")


def test_forged_words_of_the_panel_do_nothing(newsroom: Newsroom) -> None:
    shown = newsroom.broadcast("red", "Не работает вход")
    token = shown.buttons["Опубликовать"].rpartition(":")[2]
    for words in (f"part:{token}:nothing", f"span:{token}:99999", f"phase:{token}:resolved", f"span:{token}"):
        assert "больше не действует" in (newsroom.press(f"incident:{words}", shown.id) or "")
    assert newsroom.drafts.find(token) is not None


def test_a_picture_is_published_with_the_words(newsroom: Newsroom) -> None:
    command = Command(
        name="broadcast",
        words="red Не работает вход",
        html="red Не работает вход",
        html_behind="Не работает вход",
        kind="photo",
        file_id="file-1",
    )
    newsroom.side.command(ANNA, PRIVATE, command)
    newsroom.deliver()
    picture, frame = newsroom.chats[ANNA.telegram_id]
    assert isinstance(picture.body, Say)
    assert picture.body.media is not None
    assert "Не работает вход" in picture.text
    assert "Так будет выглядеть" in frame.text
    newsroom.presses("Опубликовать")
    [post] = newsroom.chats[CHANNEL]
    assert isinstance(post.body, Say)
    assert post.body.media is not None
    assert post.body.media.file == "file-1"
    newsroom.goes_on("Обновить", "Чиним: " + "слово " * 300)
    post, reply = newsroom.chats[CHANNEL]
    assert len(bare(post.text)) <= 1024
    assert len(bare(reply.text)) > 1500, "the reply has it whole"


def test_a_picture_may_come_after_the_words_and_go_again(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "Не работает вход")
    assert newsroom.writes("", kind="photo", file_id="file-1")
    changes(newsroom, "Без картинки")
    newsroom.presses("Опубликовать")
    [post] = newsroom.chats[CHANNEL]
    assert isinstance(post.body, Say)
    assert post.body.media is None


def test_the_rest_of_an_album_is_said_to_stay_out(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "Не работает вход")
    assert newsroom.writes("", kind="photo", file_id="file-1", album="7")
    assert newsroom.writes("", kind="photo", file_id="file-2", album="7")
    assert "остальное из альбома не войдёт" in newest(newsroom).text
    newsroom.presses("Опубликовать")
    assert len(newsroom.chats[CHANNEL]) == 1


def test_a_text_too_long_for_a_caption_is_said_before_the_press(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "слово " * 300)
    assert newsroom.writes("", kind="photo", file_id="file-1")
    assert "Под картинкой текст не поместится" in newest(newsroom).text
    assert newsroom.writes("Коротко")
    assert newsroom.presses("Опубликовать") == "Опубликовано"


def test_a_post_mortem_is_a_reply_after_the_end(newsroom: Newsroom) -> None:
    newsroom.publishes("red", "Не работает вход")
    newsroom.passes(minutes=10)
    newsroom.goes_on("Решено")
    before = newsroom.sees(CHANNEL)[0]
    newsroom.passes(minutes=60)
    newsroom.lists_incidents()
    newsroom.presses("Недавние")
    newsroom.presses("✅ Не работает вход")
    newsroom.presses("Написать разбор")
    assert newsroom.writes("Закончилось место на диске, теперь следим")
    newsroom.presses("Опубликовать")
    post, _, review = newsroom.sees(CHANNEL)
    assert review.startswith("✅ <b>Разбор: что произошло</b>")
    assert post.startswith(before.partition(" · ")[0]), "still resolved, and as long as it lasted"
    assert newsroom.incidents.live() == []


def test_the_audience_is_kept_with_the_notice(newsroom: Newsroom) -> None:
    newsroom.broadcast("red", "Не работает вход")
    changes(newsroom, "Кому: всем")
    newsroom.presses("Опубликовать")
    [incident] = newsroom.incidents.live()
    assert [each.audience for each in newsroom.incidents.notices(incident.id)] == [Audience.CHANNEL]
