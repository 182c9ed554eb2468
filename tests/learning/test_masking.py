"""What belongs to one customer stays with them; what everybody may know stays in the text."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk.hiding.masking import masked, masked_html

PERSONAL = {
    "где заказ №12345?": "где заказ …?",
    "заказ 12345 не пришёл, звоните +7 (900) 123-45-67!": "заказ … не пришёл, звоните …!",
    "почта anna@mail.ru и @anna_k, вот https://t.me/x?start=1": "почта … и …, вот …",
    "Анна, вашу карту 2200 1234 1234 1234 видим.": "Вашу карту … видим.",
    "напишите Анне или Kim": "напишите … или …",
    "Здравствуйте, Анна! Добрый день, Анна.": "Здравствуйте! Добрый день.",
    "AB-12345 не едет": "… не едет",
    "shop.example.ru/orders/7 не открывается": "… не открывается",
    "паспорт 45 09 123456 утерян": "паспорт … утерян",
}
EVERYBODY_S = [
    "через 5 минут",
    "работаем 9:00-21:00, 7 дней",
    "доставка 1 500 ₽ или 5000 рублей",
    "не работает…",
    "напишите на почту или по телефону",
    "",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_what_is_personal_becomes_a_hole(text: str) -> None:
    assert masked(text, ("Анна", "Kim")) == PERSONAL[text]


@pytest.mark.parametrize("text", EVERYBODY_S)
def test_what_everybody_may_know_stays(text: str) -> None:
    assert masked(text, ("Анна",)) == text


def test_a_phrasing_has_no_holes() -> None:
    assert masked("заказ №12345 Анна не пришёл!", ("Анна",), hole="") == "заказ не пришёл!"
    assert masked("12345", hole="") == ""


def test_tags_are_left_as_they_are() -> None:
    html = 'Kim и <a href="https://example.com/1234567">здесь</a> ваш <b>заказ 12345</b> &amp; чек'
    assert masked_html(html, ("Kim",)) == (
        '… и <a href="https://example.com/1234567">здесь</a> ваш <b>заказ …</b> &amp; чек'
    )


@example("$", [])
@given(st.text(), st.lists(st.text(max_size=8), max_size=3))
def test_anything_at_all_can_be_masked_and_no_long_number_is_left(text: str, names: list[str]) -> None:
    kept = masked(f"{text} 89001234567 {text}", names)
    assert "89001234567" not in kept
    masked_html(text, names)


@pytest.mark.parametrize("piece", ["a-", "1 ", "a.", "@", "( ", " ", ", ", "1:2", "№", "<"])
def test_a_hostile_text_takes_no_time(piece: str) -> None:
    begun = time.thread_time()
    masked(piece * 4000 + "x", ("Анна",))
    assert time.thread_time() - begun < 0.5
