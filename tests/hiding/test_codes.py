"""Security codes, one-time codes and what a desk adds are hidden; other numbers beside them are left."""

import pytest

from desk.content import Content
from desk.hiding.own_patterns import objection
from desk.hiding.secrets import Secrets

CARD = "4111 1111 1111 1111"
DOTS = "•••• •••• •••• ••••"
HIDDEN = {
    "cvv 123": "cvv •••",
    "CVC2: 1 2 3": "CVC2: • • •",
    "cvv123": "cvv•••",
    "цвв 123": "цвв •••",
    "три цифры на обороте 123": "три цифры на обороте •••",
    "123 — это cvv": "••• — это cvv",
    "security code 123": "security code •••",
    "код из смс 4821": "код из смс ••••",
    "код из смс: 48-21-33": "код из смс: ••-••-••",
    "482133 — код из смс": "•••••• — код из смс",
    "пришёл код из смс, ввожу 4821, не подходит": "пришёл код из смс, ввожу ••••, не подходит",
    "код подтверждения 482133": "код подтверждения ••••••",
    "одноразовый пароль 4821": "одноразовый пароль ••••",
    "код для входа 48213": "код для входа •••••",
    "OTP 4821": "OTP ••••",
    "пришла смс с кодом 4821": "пришла смс с кодом ••••",
    "вот код: 4821": "вот код: ••••",
    "пришёл код 482133": "пришёл код ••••••",
    "my code 482133": "my code ••••••",
    "код на обратной стороне карты 123": "код на обратной стороне карты •••",
    "my otp is 482133": "my otp is ••••••",
    "verification code is 482133": "verification code is ••••••",
    "482133 is your Google verification code": "•••••• is your Google verification code",
    "Код: 4821. Никому его не сообщайте": "Код: ••••. Никому его не сообщайте",
    "пин-код 4821": "пин-код ••••",
    "код из смс\n4821": "код из смс\n••••",
    f"{CARD} 12/27 123": f"{DOTS} ••/•• •••",
    f"{CARD}\n12/27\nIVAN IVANOV\n123": f"{DOTS}\n••/••\nIVAN IVANOV\n•••",
    f"карта {CARD}, срок 12/27, код 123": f"карта {DOTS}, срок ••/••, код •••",
    f"код 123 карта {CARD} до 12.2027": f"код ••• карта {DOTS} до ••.••••",
    f"{CARD} exp 1227": f"{DOTS} exp ••••",
}
LEFT = [
    "код ошибки 404, заказ 123456",
    "промокод 1234",
    "код 123",
    "срок доставки 12/27",
    "код подтверждения не приходит уже 30 минут, заказ 123456",
    "код из смс не пришёл, номер 89161234567",
    "кодовое слово 1234",
    "код 4821",
    "вот код товара 4821",
    "почтовый код 630090",
    "позвоните 8 916 123-45-67, дом 12/27, квартира 123",
    "встреча 12/27 в 10:30",
    "спинка 1234",
    "в 2024 году было 3 заказа по 4500 рублей",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_codes_are_hidden(text: str) -> None:
    assert Secrets().hide(text) == HIDDEN[text]


@pytest.mark.parametrize("text", LEFT)
def test_other_numbers_are_left(text: str) -> None:
    assert Secrets().hide(text) == text


def test_a_sum_or_a_telephone_behind_a_card_is_left() -> None:
    behind = ", сумма 500 рублей, телефон 8 916 123-45-67"
    assert Secrets().hide(CARD + behind) == DOTS + behind
    assert Secrets().hide(f"{CARD} 500 руб") == f"{DOTS} 500 руб"


def test_content_says_that_it_hides_something() -> None:
    content = Content(text="вот", quote=CARD, extra={"link_preview_options": {"url": f"https://a.b/{CARD}"}})
    hidden = Secrets().content(content)
    assert (hidden.quote, hidden.masked) == (DOTS, True)
    assert hidden.extra["link_preview_options"]["url"] == "https://a.b/**** **** **** ****"
    assert Content.from_json(hidden.as_json()) == hidden
    ordinary = Content(text="вот", quote="заказ 123456")
    assert Secrets().content(ordinary) is ordinary


def test_a_desk_hides_more() -> None:
    ours = Secrets([r"логин:?\s*\S+", r"\bДОГ-\d+"])
    assert ours.hide("Логин: anna_k, дог-12 и заказ 7") == "•••••: ••••_•, •••-•• и заказ 7"


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(", "broken"),
        ("a{1,99999999999999999999}", "broken"),
        ("", "everything"),
        (".", "everything"),
        (r"\w+", "everything"),
        (r"\d+", "everything"),
        ("[а-яё]+", "everything"),
        ("x*", "everything"),
        ("(a+)+b", "slow"),
        ("(?:a|aa)+b", "slow"),
        (r"(\w+\s?)*$", "slow"),
        (r"\s*\s*\s*x", "slow"),
        ("x" * 301, "slow"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused(pattern: str, why: str) -> None:
    assert objection(pattern) == why


@pytest.mark.parametrize("pattern", [r"\bДОГ-\d{6}\b", r"пароль\s*:?\s*\S+", r"(?:\d{2}-){3}\d{2}", r"\d{4}"])
def test_a_pattern_of_use_is_taken(pattern: str) -> None:
    assert objection(pattern) is None
