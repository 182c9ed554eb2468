"""A manager writes an entry: asked step by step, shown before it is saved, saved by one press."""

from dataclasses import replace

import pytest

from faq.entries.entry import ANY
from faq.entries.version import Action
from tests.managers import ANNA, BORIS, GENERAL, PRIVATE, STRANGER
from tests.unit_editorial.writers import DELIVERY, REFUND, Writers, entry


def test_an_entry_is_asked_for_step_by_step(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY)
    writers.faq()
    assert "2 записи" in writers.text
    writers.presses("Добавить")
    assert "Как звучит вопрос" in writers.text
    assert writers.writes("Как оплатить картой?")
    assert "Как ещё об этом спрашивают" in writers.text
    assert writers.writes("оплата картой\n\n• принимаете карты?\nОплата картой")
    assert "Что ответить" in writers.text
    assert writers.writes("{{ customer.first_name }}, <b>любой</b> картой.")
    assert "В какой раздел" in writers.text
    assert writers.presses("Оплата") is None
    preview, page = writers.chats[ANNA.telegram_id][-2:]
    assert preview.text == "Анна, <b>любой</b> картой."
    assert page.text.startswith("📝 <b>Новая запись.</b> Проверьте и сохраните")
    assert "Анна, <b>любой</b> картой." in page.text
    assert len(writers.versions.newest()) == 2
    assert writers.presses("Сохранить") == "Сохранено"
    made = writers.made("Как оплатить картой?")
    assert made.action is Action.ADDED
    assert (made.author.id, made.author.name) == (ANNA.telegram_id, "Анна")
    assert made.entry is not None
    assert made.entry.phrasings == {ANY: ("оплата картой", "принимаете карты?")}
    assert made.entry.category == {ANY: "Оплата"}
    assert writers.presses("История") is None


def test_what_is_optional_may_be_skipped(writers: Writers) -> None:
    writers.adds("Где мой заказ?", "В пути.")
    made = writers.made("Где мой заказ?").entry
    assert made is not None
    assert (made.phrasings, made.category) == ({}, {})


def test_ids_are_never_given_twice(writers: Writers) -> None:
    writers.adds("Где мой заказ?", "В пути.")
    writers.adds("Где мой заказ?!", "Уже близко.")
    assert len({each.entry_id for each in writers.versions.newest()}) == 2


def test_a_question_may_come_with_the_command(writers: Writers) -> None:
    writers.faq("add Где мой заказ?")
    assert "Как ещё об этом спрашивают" in writers.text


def test_an_attachment_goes_with_its_caption_or_alone(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    writers.presses("Изменить")
    writers.presses("Ответ")
    writers.writes("Вот <i>так</i>", kind="photo", file_id="AgAC-1")
    writers.presses("Ответ")
    assert "Убрать вложение" in writers.buttons
    writers.writes("", kind="video", file_id="BgAC-2")
    writers.presses("Сохранить")
    saved = writers.entry("refund")
    assert (saved.answer, saved.media) == ({ANY: "Вот <i>так</i>"}, "telegram:video:BgAC-2")
    writers.presses("Изменить")
    writers.presses("Ответ")
    writers.presses("Убрать вложение")
    writers.presses("Сохранить")
    assert writers.entry("refund").media is None


def test_a_file_without_words_is_kept_until_the_words_come(writers: Writers) -> None:
    writers.faq("add Где пункт выдачи?")
    writers.presses("Пропустить")
    writers.writes("", kind="photo", file_id="AgAC-1")
    assert "Теперь пришлите текст" in writers.text
    writers.writes("На схеме")
    writers.presses("Пропустить")
    writers.presses("Сохранить")
    made = writers.made("Где пункт выдачи?").entry
    assert made is not None
    assert made.media == "telegram:photo:AgAC-1"


def test_only_one_of_an_album_is_taken_and_none_is_a_question(writers: Writers) -> None:
    writers.faq("add Где пункт выдачи?")
    writers.presses("Пропустить")
    writers.writes("Здесь", kind="photo", file_id="AgAC-1", album="7")
    assert writers.writes("", kind="photo", file_id="AgAC-2", album="7")
    assert "В какой раздел" in writers.text


@pytest.mark.parametrize("kind", ["sticker", "video_note", "poll", "location"])
def test_what_cannot_go_with_an_answer_is_refused(writers: Writers, kind: str) -> None:
    writers.faq("add Где пункт выдачи?")
    writers.presses("Пропустить")
    assert writers.writes("", kind=kind, file_id="x")
    assert "не приложить" in writers.text
    assert writers.writes("Здесь")
    assert "В какой раздел" in writers.text


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("{{ customer.phone }}", "неизвестная переменная customer.phone"),
        ("{% if customer %}", "не читается как шаблон"),
        ("я" * 4097, "4096"),
        ("{{ 9 ** 9 }}", "но не"),
    ],
)
def test_a_broken_answer_is_said_and_the_draft_stays(writers: Writers, html: str, said: str) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    writers.presses("Изменить")
    writers.presses("Ответ")
    assert writers.writes(html)
    assert said in writers.text
    assert writers.writes("Так лучше")
    writers.presses("Сохранить")
    assert writers.entry("refund").answer == {ANY: "Так лучше"}


def test_phrasings_are_added_and_taken_away_by_number(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    writers.presses("Изменить")
    writers.presses("Формулировки")
    assert "1. хочу возврат" in writers.text
    writers.writes("-3")
    assert "последняя" in writers.text
    writers.writes("−1\nденьги назад\nВЕРНИТЕ деньги")
    assert "формулировки (+1 −1)" in writers.text
    writers.presses("Сохранить")
    assert writers.entry("refund").phrasings == {ANY: ("верните деньги", "деньги назад")}
    writers.presses("Изменить")
    writers.presses("Формулировки")
    writers.presses("Заменить все")
    writers.writes("одна")
    writers.presses("Сохранить")
    assert writers.entry("refund").phrasings == {ANY: ("одна",)}


def test_hundreds_of_phrasings_are_paged(writers: Writers) -> None:
    writers.has(entry("long", "Длинная?", *(f"формулировка номер {n} " + "ы" * 90 for n in range(120))))
    writers.faq("long")
    assert "и ещё 110" in writers.text
    writers.presses("Изменить")
    writers.presses("Формулировки")
    asked = writers.newest_message()
    assert "25. " in asked.text
    assert "26. " not in asked.text
    for first in (26, 51, 76, 101, 1):
        writers.presses("Ещё формулировки", on=asked)
        assert f"\n{first}. " in asked.text
        assert len(asked.text) < 4096
    assert writers.writes("-120")


def test_dates(writers: Writers) -> None:
    writers.has(REFUND)
    for said, shown in (
        ("31.12.2030", "по 31.12.2030"),
        ("2026-12-01 -", "с 01.12.2026"),
        ("1.12.2026 – 15.01.2027", "с 01.12.2026 по 15.01.2027"),
        ("01.12 - 15.01", "каждый год с 01.12 по 15.01"),
    ):
        writers.faq("refund")
        writers.presses("Изменить")
        writers.presses("Сроки")
        assert writers.writes(said)
        assert writers.presses("Сохранить") == "Сохранено"
        assert shown in writers.text
    assert "Ждёт своего срока" in writers.text
    writers.presses("Изменить")
    writers.presses("Сроки")
    for wrong in ("завтра", "31.02.2030", "31.12", "31.12.2030 - 01.01.2030", "до 31.12.2030"):
        assert writers.writes(wrong)
        assert "прочитать даты" in writers.text
    writers.presses("Без срока")
    writers.presses("Сохранить")
    assert writers.entry("refund") == REFUND


def test_an_entry_may_always_call_a_person(writers: Writers) -> None:
    writers.faq("add Я хочу уволиться")
    writers.presses("Пропустить")
    writers.presses("Без ответа, звать человека")
    writers.presses("Пропустить")
    assert "сразу позовёт человека" in writers.text
    writers.presses("Сохранить")
    saved = writers.newest_message()
    made = writers.versions.newest()[0].entry
    assert made is not None
    assert made.call_person
    assert made.answer == {}
    writers.presses("Изменить", on=saved)
    writers.presses("Человек: всегда")
    assert "Что ответить" in writers.text


def test_texts_of_several_languages_are_written_one_by_one(writers: Writers) -> None:
    both = replace(REFUND, question={"ru": "Как вернуть?", "en": "How?"}, answer={"ru": "Так", "en": "So"})
    writers.has(both)
    writers.faq("refund")
    writers.presses("Изменить")
    writers.presses("English")
    writers.presses("Вопрос")
    assert "English" in writers.text
    writers.writes("How to return?")
    writers.presses("Ответ")
    writers.writes("Like this")
    writers.presses("Сохранить")
    saved = writers.entry("refund")
    assert saved.question == {"ru": "Как вернуть?", "en": "How to return?"}
    assert saved.answer == {"ru": "Так", "en": "Like this"}


def test_a_language_can_be_added(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    writers.presses("Изменить")
    writers.presses("Добавить язык: English")
    writers.writes("How do I get a refund?")
    writers.presses("Сохранить")
    saved = writers.entry("refund")
    assert saved.question == {"ru": "Как вернуть деньги?", "en": "How do I get a refund?"}
    assert saved.answer == {"ru": "Ответ на «Как вернуть деньги?»"}


def test_an_entry_like_it_is_pointed_out_and_can_take_the_phrasing(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY)
    writers.faq("add Хочу вернуть деньги")
    writers.presses("Пропустить")
    writers.writes("Пишите нам")
    writers.presses("Пропустить")
    assert "Похоже на «Как вернуть деньги?»" in writers.text
    writers.presses("Добавить к «Как вернуть")
    assert "формулировки (+1)" in writers.text
    writers.presses("Сохранить")
    assert "Хочу вернуть деньги" in writers.entry("refund").phrasings[ANY]
    assert len(writers.versions.newest()) == 2


def test_a_button_does_exactly_what_its_message_shows_or_nothing(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    writers.presses("Изменить")
    writers.presses("Вопрос")
    writers.writes("Первый?")
    first = writers.newest_message()
    writers.presses("Вопрос")
    writers.writes("Второй?")
    assert "не действует" in (writers.presses("Сохранить", on=first) or "")
    assert writers.entry("refund") == REFUND
    second = writers.newest_message()
    save = second.buttons["Сохранить"]
    assert writers.presses("Сохранить") == "Сохранено"
    assert "не действует" in (writers.press(save, second.id) or "")
    assert writers.newest("refund").number == 2


def test_cancelling_changes_nothing(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    writers.presses("Изменить")
    writers.presses("Вопрос")
    writers.presses("Отменить")
    assert "ничего не изменилось" in writers.text
    assert not writers.writes("а это уже вопрос клиента")


def test_a_draft_is_not_lost_by_beginning_another(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("add Где мой заказ?")
    writers.faq("refund")
    writers.presses("Изменить")
    assert "недописанное: «Где мой заказ?»" in writers.text
    writers.presses("Продолжить")
    assert "Как ещё об этом спрашивают" in writers.text
    writers.faq("add Другое?")
    writers.presses("Удалить черновик")
    writers.faq("add Другое?")
    assert "Как ещё об этом спрашивают" in writers.text


def test_a_draft_is_forgotten_after_an_hour_of_silence(writers: Writers) -> None:
    writers.faq("add Где мой заказ?")
    writers.passes(minutes=50)
    assert writers.writes("где заказ")
    writers.passes(minutes=50)
    assert writers.writes("В пути.")
    writers.passes(minutes=70)
    assert not writers.writes("как вернуть деньги?")
    writers.faq("add Другое?")
    assert "Как ещё об этом спрашивают" in writers.text


def test_a_ready_draft_takes_no_words(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    writers.presses("Изменить")
    assert not writers.writes("как вернуть деньги?")


def test_words_elsewhere_are_not_for_the_draft(writers: Writers) -> None:
    writers.faq("add", where=PRIVATE)
    assert not writers.writes("коллеги, кто сегодня?", where=GENERAL)
    assert not writers.writes("вопрос", who=BORIS)


def test_only_managers_may(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq(who=STRANGER, where=GENERAL)
    assert "только менеджеры" in writers.newest_message(GENERAL.chat_id).text
    writers.faq("refund", where=GENERAL)
    for caption in ("Изменить", "Отключить", "Удалить", "История"):
        assert "только менеджеры" in (writers.presses(caption, who=STRANGER, where=GENERAL) or "")
    assert writers.newest("refund").number == 1
    assert (STRANGER.telegram_id, "faq off", False) in writers.attempts()
    assert (ANNA.telegram_id, "faq command", True) in writers.attempts()


def test_a_draft_belongs_to_who_writes_it(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund", where=GENERAL)
    writers.presses("Изменить", where=GENERAL)
    writers.presses("Вопрос", where=GENERAL)
    writers.writes("Новый?", where=GENERAL)
    assert "другого менеджера" in (writers.presses("Сохранить", who=BORIS, where=GENERAL) or "")
    assert writers.presses("Сохранить", where=GENERAL) == "Сохранено"
