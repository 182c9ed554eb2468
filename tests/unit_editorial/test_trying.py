"""A manager tries a phrase out, and sees what a customer would get and why."""

from dataclasses import replace

from tests.unit_editorial.writers import DELIVERY, REFUND, Writers


def test_a_phrase_shows_its_candidates_and_what_happens(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY)
    writers.faq("try хочу возврат")
    assert "Бот ответит сам" in writers.text
    assert "%\u00a0— Как вернуть деньги?" in writers.text
    assert "хочу возврат" in writers.text
    writers.presses("Как вернуть деньги?")
    assert "<b>Как спрашивают</b>" in writers.text


def test_a_phrase_in_another_layout_shows_how_it_was_understood(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY)
    writers.faq("try rfr dthyenm ltymub")
    assert "Понято как" in writers.text
    assert "вернуть деньги" in writers.text


def test_nothing_is_known_of_umbrellas(writers: Writers) -> None:
    writers.has(REFUND, DELIVERY)
    writers.faq("try почему мой зонтик поёт")
    assert "позовёт человека" in writers.text


def test_the_phrase_may_be_asked_for(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("try")
    assert "Пришлите фразу" in writers.text
    assert writers.writes("хочу <b>возврат</b>")
    assert "Бот ответит сам" in writers.text
    assert not writers.writes("а это уже не проба")
    writers.presses("Ещё фразу")
    assert writers.writes("верните деньги")


def test_an_entry_half_written_stays_while_a_phrase_is_tried(writers: Writers) -> None:
    writers.has(REFUND)
    writers.faq("refund")
    writers.presses("Изменить")
    writers.presses("Вопрос")
    writers.writes("Новый?")
    page = writers.newest_message()
    writers.faq("try")
    writers.writes("хочу возврат")
    assert writers.presses("Сохранить", on=page) == "Сохранено"


def test_an_entry_that_calls_a_person_says_so(writers: Writers) -> None:
    writers.has(replace(REFUND, call_person=True, answer={}), DELIVERY)
    writers.faq("try хочу возврат")
    assert "сразу позовёт человека: так задано в записи" in writers.text


def test_hostile_phrases_are_shown_as_they_are(writers: Writers) -> None:
    writers.has(REFUND)
    for phrase in ("<b>{{ 7 * 7 }}</b>", "\u202e\u0000🦄" * 30, "(" * 900, "%s {name}"):
        writers.faq(f"try {phrase}")
    assert "%s {name}" in writers.text
    writers.faq("try <script>")
    assert "&lt;script&gt;" in writers.text
