"""What a customer types in a hurry is understood as well as what they meant to type."""

import pytest

from faq.entries.knowledge import Knowledge
from faq.matching.match import Candidate, Matcher, NoMatch, Sure, Thresholds, Unsure
from faq.matching.matcher import build
from tests.knowledge.shelf import ask, best, entry, starter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("где мой заказ", "order-status"),
        ("Здравствуйте! Подскажите, пожалуйста, где мой заказ???", "order-status"),
        ("как вернуть деньги", "refund"),
        ("сколько стоит доставка", "delivery-cost"),
        ("не пришёл код", "login-code"),
        ("курьер так и не приехал", "delivery-late"),
        ("деньги списали два раза", "payment-failed"),
        ("хочу удалить свой аккаунт", "account-delete"),
        ("where is my order", "order-status"),
        ("my card was declined twice", "payment-failed"),
    ],
)
def test_a_plain_question_is_answered_at_once(matcher: Matcher, text: str, expected: str) -> None:
    match = matcher.match(text, "ru")
    assert isinstance(match, Sure), match
    assert match.best.entry.id == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ghbdtn? rfr dthyenm ltymub", "refund"),
        ("цруку шы ьн щквук", "order-status"),
        ("kak vernut dengi", "refund"),
        ("гдемойзаказ", "order-status"),
        ("какверн\u00adуть деньги", "refund"),
        ("ГДЕ МОЙ ЗАКАЗ", "order-status"),
        ("где 📦 мой заказ 😡😡", "order-status"),
        ("ｗｈｅｒｅ ｉｓ ｍｙ ｏｒｄｅｒ", "order-status"),
        ("не пришел код", "login-code"),
        ("привет, rfr dthyenm деньги", "refund"),
        ("блин, ну где мой заказ", "order-status"),
    ],
)
def test_slips_of_the_hand_do_not_matter(matcher: Matcher, text: str, expected: str) -> None:
    match = matcher.match(text, "ru")
    assert isinstance(match, Sure), match
    assert match.best.entry.id == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("skolko stoit dostavka", "delivery-cost"),
        ("где зкааз", "order-status"),
        ("дсотавка сколкьо стоит", "delivery-cost"),
    ],
)
def test_slips_in_other_words_still_bring_the_right_entry_first(
    matcher: Matcher, text: str, expected: str
) -> None:
    match = matcher.match(text, "ru")
    assert not isinstance(match, NoMatch)
    assert match.ranked[0].entry.id == expected


def test_other_endings_are_the_same_words() -> None:
    knowledge = Knowledge(
        (entry("return", "возврат товара"), entry("pay", "как оплатить"), entry("x", "чек"))
    )
    match = ask(knowledge, "возвратами товаров")
    assert isinstance(match, Sure), match
    assert match.best.entry.id == "return"


def test_yo_may_be_written_without_its_dots(matcher: Matcher) -> None:
    assert matcher.match("не пришел код", "ru") == matcher.match("не пришёл код", "ru")


def test_the_shortest_words_change_layout_with_the_others() -> None:
    knowledge = Knowledge((entry("way", "товар в пути"), entry("pay", "как оплатить"), entry("x", "чек")))
    assert ask(knowledge, "njdfh d genb") == ask(knowledge, "товар в пути")


def test_words_that_only_build_a_sentence_do_not_decide() -> None:
    knowledge = Knowledge(
        (entry("how", "как тут у вас"), entry("return", "оформить возврат"), entry("x", "чек"))
    )
    assert best(ask(knowledge, "как у вас с возвратом")) == "return"


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("доставка", {"delivery-cost", "delivery-time"}),
        ("возврат", {"refund", "return"}),
        ("оплата", {"payment-methods", "payment-failed"}),
    ],
)
def test_a_vague_question_gives_a_choice(matcher: Matcher, text: str, among: set[str]) -> None:
    match = matcher.match(text, "ru")
    assert isinstance(match, Unsure), match
    assert among <= {candidate.entry.id for candidate in match.candidates}
    assert len(match.candidates) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "какая завтра погода",
        "расскажи анекдот",
        "как приготовить борщ",
        "сколько будет дважды два",
        "what is the meaning of life",
        "йцкщшзх ваопр",
        "12345",
    ],
)
def test_a_question_about_something_else_goes_to_a_person(matcher: Matcher, text: str) -> None:
    assert isinstance(matcher.match(text, "ru"), NoMatch)


@pytest.mark.parametrize(
    "text",
    ["привет", "Добрый день!", "спасибо большое", "блять", "сука!!!", "hello", "thank you", "fuck", "ghbdtn"],
)
def test_a_greeting_or_a_curse_is_never_answered_from_the_faq(matcher: Matcher, text: str) -> None:
    assert isinstance(matcher.match(text, "ru"), NoMatch)


@pytest.mark.parametrize("text", ["привет", "здравствуйте, привет", "блять"])
def test_not_even_when_an_entry_is_about_just_that(text: str) -> None:
    knowledge = Knowledge((entry("hi", "Привет"), entry("curse", "блять"), entry("order", "где заказ")))
    assert not isinstance(ask(knowledge, text), Sure)


@pytest.mark.parametrize("text", ["курьер нахамил мне вчера", "курьер", "мой курьер хороший человек"])
def test_one_shared_word_is_never_enough(text: str) -> None:
    knowledge = Knowledge(
        (entry("courier", "курьер не приехал"), entry("pay", "как оплатить"), entry("x", "чек"))
    )
    assert not isinstance(ask(knowledge, text), Sure)


def test_a_one_word_phrasing_is_answered_when_it_is_all_that_is_asked() -> None:
    knowledge = Knowledge((entry("pickup", "самовывоз"), entry("pay", "как оплатить"), entry("x", "чек")))
    assert isinstance(ask(knowledge, "Самовывоз?"), Sure)


def test_twin_entries_are_offered_rather_than_guessed_between() -> None:
    knowledge = Knowledge(
        (entry("one", "как вернуть деньги"), entry("two", "как вернуть деньги"), entry("x", "чек")),
    )
    match = ask(knowledge, "как вернуть деньги")
    assert isinstance(match, Unsure), match
    assert {candidate.entry.id for candidate in match.candidates} == {"one", "two"}


@pytest.mark.parametrize("text", ["где мой заказ", "доставка", "расскажи анекдот", "😀", ""])
def test_the_three_nearest_are_always_named_best_first(matcher: Matcher, text: str) -> None:
    ranked = matcher.match(text, "ru").ranked
    assert len(ranked) >= 3
    assert len({candidate.entry.id for candidate in ranked}) == len(ranked)
    confidences = [candidate.confidence for candidate in ranked]
    assert confidences == sorted(confidences, reverse=True)


def test_a_choice_has_something_to_choose_however_low_a_desk_sets_its_threshold() -> None:
    hopeless = (Candidate(entry("one", "как вернуть деньги"), 0.0), Candidate(entry("two", "чек"), 0.0))
    match = Thresholds(1, 0).judge(hopeless, 0.0)
    assert isinstance(match, Unsure)
    assert match.candidates == hopeless[:1]


def test_thresholds_decide_between_answer_choice_and_person() -> None:
    knowledge = starter()
    text = "промокод не срабатывает"
    assert isinstance(build(knowledge, Thresholds(0.5, 0.2)).match(text, "ru"), Sure)
    assert isinstance(build(knowledge, Thresholds(0.99, 0.2)).match(text, "ru"), Unsure)
    assert isinstance(build(knowledge, Thresholds(0.99, 0.98)).match(text, "ru"), NoMatch)


def test_an_empty_knowledge_base_sends_everybody_to_a_person() -> None:
    assert ask(Knowledge(()), "где мой заказ") == NoMatch(())
