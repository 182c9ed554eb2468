"""A greeting is answered as a greeting, and a question with a greeting as a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.understanding.small_talk import Kind, small_talk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("привет", Kind.GREETING),
        ("Добрый вечер!!!", Kind.GREETING),
        ("здраствуйте", Kind.GREETING),
        ("ghbdtn", Kind.GREETING),
        ("privet", Kind.GREETING),
        ("Hello there", Kind.GREETING),
        ("Спасибо большое, вы мне очень помогли!", Kind.THANKS),
        ("cgfcb,j", Kind.THANKS),
        ("спасибо, до свидания", Kind.THANKS),
        ("thx!", Kind.THANKS),
        ("🙏", Kind.THANKS),
        ("всего доброго", Kind.FAREWELL),
        ("have a nice day", Kind.FAREWELL),
        ("вы бот или человек?", Kind.WHO),
        ("with whom am I talking? are you a bot?", None),
        ("are you a bot?", Kind.WHO),
        ("супер, всё заработало", Kind.PRAISE),
        ("Добрый день! Подскажите, пожалуйста", Kind.OPENER),
        ("у меня вопрос", Kind.OPENER),
        ("can you help me?", Kind.OPENER),
        ("ок, понятно", Kind.AGREEMENT),
        ("👍", Kind.AGREEMENT),
        ("???", Kind.CALL),
        ("ау", Kind.CALL),
        ("🚲", Kind.NOTHING),
        ("", Kind.NOTHING),
        ("не помогло", Kind.NOT_HELPED),
        ("нет, это не то", Kind.NOT_HELPED),
        ("this didn't help", Kind.NOT_HELPED),
        ("вы издеваетесь", Kind.ANGER),
        ("Жулики и воры!", Kind.ANGER),
        ("this is ridiculous", Kind.ANGER),
        ("😡😡😡", Kind.SWEARING),
        ("блин", Kind.SWEARING),
        ("wtf", Kind.SWEARING),
        ("хочу пожаловаться", Kind.COMPLAINT),
        ("Хочу пожаловатся на курьера: нахамил и бросил посылку под дверью", Kind.COMPLAINT),
        ("I want to complain about your courier", Kind.COMPLAINT),
    ],
)
def test_what_is_no_question(text: str, kind: Kind | None) -> None:
    assert small_talk(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "привет, где мой заказ",
        "верните деньги, жулики",
        "спасибо, но как применить промокод?",
        "как пожаловаться на курьера?",
        "where do I complain?",
        "обмен",
        "привез?",
        "пора забирать?",
        "карта",
        "помогите вернуть деньги",
        "жду заказ третий день",
        "12345",
        "нет",
        "оператор",
        "where is my order",
    ],
)
def test_what_is_asked(text: str) -> None:
    assert small_talk(text) is None


@given(st.text(max_size=3000))
@settings(deadline=None, max_examples=60)
def test_anything_at_all_is_heard_the_same_twice(text: str) -> None:
    assert small_talk(text) == small_talk(text)
