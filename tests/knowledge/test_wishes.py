"""«Позовите оператора» in words is as good as the button."""

from collections.abc import Callable

import pytest

from faq.language.typing_habits import other_layout, to_latin
from faq.understanding.wishes import wants_person

STORY = """заказал у вас куртку две недели назад, оплатил картой, деньги списались сразу. письмо пришло.
сначала обещали привезти в среду, потом в пятницу, курьер не позвонил и не приехал, я весь день ждал. """


@pytest.mark.parametrize(
    "text",
    [
        "оператор",
        "Оператора!!!",
        "опрератор",
        "jgthfnjh",
        "operatora pozovite",
        "позовитеоператора",
        "живой человек",
        "хочу поговорить с живым человеком",
        "позовите кого-нибудь",
        "Здравствуйте, соедините с оператором",
        "есть кто живой?",
        "кто-нибудь ответит?",
        "вы мне не помогли, дайте оператора",
        "Бот тупой! Переключите меня на специалиста",
        "я третий день жду ответа позовите уже человека который разберётся",
        "как связаться с оператором",
        "talk to a human",
        "I want to talk to a humna",
        "can I speak to someone please",
        "connect me to an agent",
        "is anyone there?",
    ],
)
def test_a_person_is_asked_for(text: str) -> None:
    assert wants_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "какой у меня оператор связи?",
        "как подключить оператора связи",
        "какой оператор доставляет посылки",
        "не зовите оператора",
        "не нужен оператор",
        "кто-нибудь знает, где мой заказ",
        "вы бот или человек?",
        "сколько человек у вас работает",
        "как стать оператором",
        "оператор вчера обещал перезвонить",
        "может ли забрать другой человек",
        "требую вернуть деньги",
        "how many people work here",
        "my mobile operator blocks your sms",
        "can someone else collect it",
        "где мой заказ",
        "привет",
        "",
        "😀",
    ],
)
def test_a_question_about_people_is_still_a_question(text: str) -> None:
    assert not wants_person(text)


@pytest.mark.parametrize("asked", ["позовите человека", "живой человек нужен", "оператора!"])
@pytest.mark.parametrize("words", [40, 200])
def test_it_is_heard_at_the_end_of_a_long_story(words: int, asked: str) -> None:
    story = " ".join((STORY * 6).split()[:words])
    assert not wants_person(story)
    assert wants_person(f"{story}, {asked}")


@pytest.mark.parametrize("typed", [other_layout, to_latin])
def test_it_is_heard_at_the_end_of_a_long_story_however_it_was_typed(typed: Callable[[str], str]) -> None:
    story = " ".join((STORY * 6).split()[:200]).replace("ё", "е")
    clauses = [*story.split(", "), "позовите человека"]
    assert wants_person(", ".join(" ".join(map(typed, clause.split())) for clause in clauses))
