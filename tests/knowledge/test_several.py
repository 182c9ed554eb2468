"""Two questions in one message are two questions; one question in two sentences is one."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq.entries.entry import Entry
from faq.language.effort import Effort
from faq.matching.match import Candidate, Match, Matcher, NoMatch, Sure, Thresholds
from faq.matching.matcher import build
from faq.understanding.several import MOST_PARTS, HeardQuestion, hear
from tests.knowledge import shelf

UNKNOWN = "почему мой зонтик поёт по ночам?"

EAGER = Thresholds(0.9, 0.4)
"""What is heard must not hang on how sure an answer has to be."""


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return build(shelf.starter(), EAGER)


def asked(matcher: Matcher, text: str) -> list[str]:
    """The parts' entries as far as they are known, in order."""
    return [
        "?" if isinstance(each.match, NoMatch) else shelf.best(each.match)
        for each in hear(matcher, text, "ru")
    ]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("Сколько стоит доставка? И как вернуть деньги?", ["delivery-cost", "refund"]),
        ("сколько стоит доставка и как вернуть деньги", ["delivery-cost", "refund"]),
        ("где мой заказ\nкак вернуть деньги", ["order-status", "refund"]),
        ("1) где мой заказ\n2) как вернуть деньги", ["order-status", "refund"]),
        ("как оплатить картой, а также когда вы работаете", ["payment-methods", "hours"]),
        ("Добрый день! Сколько стоит доставка? И ещё промокод не работает", ["delivery-cost", "promo"]),
        ("Hi! Where is my order? Also, can I pay by card?", ["order-status", "payment-methods"]),
        ("how much is delivery and how do I get a refund?", ["delivery-cost", "refund"]),
    ],
)
def test_several_are_heard(matcher: Matcher, text: str, entries: list[str]) -> None:
    assert asked(matcher, text) == entries


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Здравствуйте! Где мой заказ? Спасибо", "order-status"),
        ("Не приходит код. Что делать?", "login-code"),
        ("где мой заказ? когда он придёт?", "order-status"),
        ("Деньги списались. Заказ не оплачен", "payment-failed"),
        ("Верните деньги! Жулики!", "refund"),
        ("Как вернуть товар, если он не подошёл?", "return"),
        ("Заказывал кроссовки вчера. Где мой заказ? Он не пришёл", "order-status"),
    ],
)
def test_one_stays_one_with_all_that_was_said_about_it(matcher: Matcher, text: str, entry: str) -> None:
    [heard] = hear(matcher, text, "ru")
    assert (heard.text, shelf.best(heard.match)) == (text, entry)
    assert isinstance(heard.match, Sure)


def test_a_greeting_stays_with_its_question(matcher: Matcher) -> None:
    first, second = hear(matcher, "Привет! Где мой заказ? Заодно: когда вы работаете? Спасибо!", "ru")
    assert first.text == "Привет! Где мой заказ?"
    assert second.text == "когда вы работаете? Спасибо!"


class Scripted:
    """Knows a few sentences word for word, and counts how often it is asked."""

    def __init__(self, **known: str) -> None:
        self.known, self.asked = known, list[str]()

    def match(self, text: str, language: str, effort: Effort | None = None) -> Match:
        self.asked.append(text)
        found = [entry for entry, says in self.known.items() if says in text.lower()]
        entries: Sequence[Entry] = [shelf.entry(each, each) for each in found]
        ranked = tuple(Candidate(each, 0.95 / len(entries)) for each in entries)
        return Sure(ranked[0], ranked[1:]) if len(ranked) == 1 else NoMatch(ranked)

    def explain(self, text: str, language: str) -> None:
        raise NotImplementedError


def test_what_nobody_knows_is_a_question_of_its_own() -> None:
    matcher = Scripted(delivery="доставка")
    heard = hear(matcher, f"Сколько стоит доставка? И {UNKNOWN}", "ru")
    assert [(each.text, type(each.match)) for each in heard] == [
        ("Сколько стоит доставка?", Sure),
        (f"И {UNKNOWN}", NoMatch),
    ]


def test_a_message_of_one_question_is_asked_once() -> None:
    matcher = Scripted(delivery="доставка")
    for text in ("Сколько стоит доставка?", "Привет! сколько стоит доставка. Спасибо", UNKNOWN, "", "?!"):
        hear(matcher, text, "ru")
        assert matcher.asked == [text]
        matcher.asked.clear()


def test_more_than_anybody_reads_goes_to_people_in_one_piece() -> None:
    words = ["доставка", "возврат", "обмен", "гарантия", "чек", "промокод", "бонусы"]
    matcher = Scripted(**{f"e{number}": word for number, word in enumerate(words)})
    heard = hear(matcher, "\n".join(f"как там {word}?" for word in words), "ru")
    assert len(heard) == MOST_PARTS
    assert [type(each.match) for each in heard] == [Sure] * 4 + [NoMatch]
    assert heard[-1].text.splitlines() == [f"как там {word}?" for word in words[4:]]


PIECES = st.sampled_from(
    [
        "где мой заказ?",
        "как вернуть деньги",
        "Привет!",
        "спасибо",
        UNKNOWN,
        "и ещё",
        "1)",
        "\n",
        ", ",
        " и ",
        "😡",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join)))
def test_nothing_is_lost_invented_or_left_to_chance(matcher: Matcher, text: str) -> None:
    heard: Sequence[HeardQuestion] = hear(matcher, text, "ru")
    assert 1 <= len(heard) <= MOST_PARTS
    assert list(heard) == list(hear(matcher, text, "ru"))
    place = 0
    for each in heard:
        place = text.index(each.text, place) + len(each.text)
