"""A greeting is answered as a greeting, and a question with a greeting as a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.understanding.small_talk import SmallTalk, small_talk


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("привет", SmallTalk.GREETING),
        ("Добрый вечер!!!", SmallTalk.GREETING),
        ("здраствуйте", SmallTalk.GREETING),
        ("ghbdtn", SmallTalk.GREETING),
        ("privet", SmallTalk.GREETING),
        ("Hello there", SmallTalk.GREETING),
        ("Спасибо большое, вы мне очень помогли!", SmallTalk.THANKS),
        ("cgfcb,j", SmallTalk.THANKS),
        ("спасибо, до свидания", SmallTalk.THANKS),
        ("thx!", SmallTalk.THANKS),
        ("🙏", SmallTalk.THANKS),
        ("всего доброго", SmallTalk.FAREWELL),
        ("have a nice day", SmallTalk.FAREWELL),
        ("вы бот или человек?", SmallTalk.WHO),
        ("with whom am I talking? are you a bot?", None),
        ("are you a bot?", SmallTalk.WHO),
        ("супер, всё заработало", SmallTalk.PRAISE),
        ("Добрый день! Подскажите, пожалуйста", SmallTalk.OPENER),
        ("у меня вопрос", SmallTalk.OPENER),
        ("can you help me?", SmallTalk.OPENER),
        ("ок, понятно", SmallTalk.AGREEMENT),
        ("👍", SmallTalk.AGREEMENT),
        ("???", SmallTalk.CALL),
        ("ау", SmallTalk.CALL),
        ("🚲", SmallTalk.NOTHING),
        ("", SmallTalk.NOTHING),
        ("не помогло", SmallTalk.NOT_HELPED),
        ("нет, это не то", SmallTalk.NOT_HELPED),
        ("this didn't help", SmallTalk.NOT_HELPED),
        ("вы издеваетесь", SmallTalk.ANGER),
        ("Жулики и воры!", SmallTalk.ANGER),
        ("this is ridiculous", SmallTalk.ANGER),
        ("😡😡😡", SmallTalk.SWEARING),
        ("блин", SmallTalk.SWEARING),
        ("wtf", SmallTalk.SWEARING),
        ("хочу пожаловаться", SmallTalk.COMPLAINT),
        ("Хочу пожаловатся на курьера: нахамил и бросил посылку под дверью", SmallTalk.COMPLAINT),
        ("I want to complain about your courier", SmallTalk.COMPLAINT),
    ],
)
def test_what_is_no_question(text: str, kind: SmallTalk | None) -> None:
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
