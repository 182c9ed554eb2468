"""Repair touches only what means nothing as it stands, and a second time touches nothing."""

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from faq.entries.entry import ways_to_ask
from faq.language.repair import Repair
from faq.language.slips import is_slip
from faq.language.text import fold, words
from tests.knowledge.shelf import starter

SPOKEN = st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz ,.;'[]", max_size=60)


@cache
def of_starter() -> Repair:
    """It knows the words of the starter base."""
    return Repair(
        word for one in starter().entries for text in ways_to_ask(one) for word in words(fold(text))
    )


def repaired(text: str) -> str:
    return " ".join(word.text for word in of_starter().words(text))


@given(SPOKEN)
@example("ghbdtn? rfr dthyenm ltymub")
@example("kak vernut dengi")
@example("гдемойзаказ")
@example("скоко ждатьпосылку")
@settings(deadline=None, max_examples=300)
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repaired(text)
    assert repaired(once) == once


@given(st.text())
@settings(deadline=None, max_examples=100)
def test_any_text_can_be_repaired(text: str) -> None:
    assert all(0 < word.trust <= 1 for word in of_starter().words(text))


@pytest.mark.parametrize(
    "text",
    [
        "берут ли у вас осень",
        "слышишь кеша",
        "съел шеф соки",
        "хотите найти разве",
        "вернулись покупателями",
        "we allow everything overseas",
        "mistake downtown individual",
        "iphone 15",
    ],
)
def test_words_that_are_merely_unknown_stay(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rjulf ghbdtpen pfrfp", "когда привезут заказ"),
        ("где мой pfrfp", "где мой заказ"),
        ("dostavka v subbotu", "доставка в субботу"),
        ("сколькостоитдоставка", "сколько стоит доставка"),
        ("дотсавка", "доставка"),
        ("досавка", "доставка"),
        ("доставкка", "доставка"),
        ("промокот", "промокод"),
    ],
)
def test_slips_and_habits_are_put_right(typed: str, meant: str) -> None:
    assert repaired(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("зкааз", "заказ", True),
        ("хаказ", "заказ", True),
        ("закас", "заказ", True),
        ("закааз", "заказ", True),
        ("заказы", "заказ", False),
        ("приказ", "заказ", False),
        ("cost", "post", False),
        ("payemnt", "payment", True),
    ],
)
def test_only_usual_slips_are_slips(typed: str, meant: str, slip: bool) -> None:
    assert is_slip(typed, meant) is slip
