"""Questions are put together by what they are about, whoever asked first."""

import time
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from faq.understanding.grouping import group, typical

CHECK = ["где мой чек", "где чек?", "мне нужен чек", "не пришёл чек", "Где мой чек!!"]
SIZE = ["какой размер выбрать", "не знаю какой размер выбрать", "помогите выбрать размер"]
ALONE = ["почему мой зонтик поёт по ночам", "сколько звёзд на небе"]


def as_sets(texts: list[str]) -> set[frozenset[int]]:
    return {frozenset(each) for each in group(texts)}


def test_what_is_about_the_same_comes_together() -> None:
    assert as_sets([*CHECK, *SIZE, *ALONE]) == {
        frozenset({0, 1, 2, 3, 4}),
        frozenset({5, 6, 7}),
        frozenset({8}),
        frozenset({9}),
    }


def test_larger_groups_come_first_and_the_typical_text_leads() -> None:
    first, second, *_ = group([*SIZE, *CHECK])
    assert len(first) == 5
    assert [*SIZE, *CHECK][first[0]] in {"где мой чек", "Где мой чек!!"}
    assert len(second) == 3


def test_greetings_and_signs_are_about_nothing() -> None:
    assert group(["здравствуйте", "😡😡😡", "", "   ", "спасибо"]) == ()


def test_a_common_word_alone_joins_nothing() -> None:
    told = ["можно ли вернуть лампу", "можно ли поменять цвет шкафа", "можно ли позвонить ночью"]
    assert as_sets(told) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_the_reply_most_like_the_others_is_the_typical_one() -> None:
    replies = [
        "Погода хорошая",
        "Чек придёт на почту в течение часа",
        "Чек придёт на почту через час",
        "Чек приходит на почту, обычно в течение часа",
    ]
    assert typical(replies) == 1
    assert typical(["одна"]) == 0
    assert typical(["", ""]) == 0


texts = st.lists(
    st.one_of(st.sampled_from([*CHECK, *SIZE, *ALONE, "Привет"]), st.text(max_size=40)), max_size=25
)


@given(texts, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=150)
def test_order_decides_nothing_and_nothing_is_in_two_groups(said: list[str], chance: Random) -> None:
    found = group(said)
    places = [place for each in found for place in each]
    assert len(places) == len(set(places))
    shuffled = list(range(len(said)))
    chance.shuffle(shuffled)
    again = group([said[place] for place in shuffled])
    assert [[said[place] for place in each] for each in found] == [
        [said[shuffled[place]] for place in each] for each in again
    ]


def test_five_thousand_questions_take_less_than_three_seconds() -> None:
    chance = Random(3)
    nouns = ["".join(chance.choices("абвгдежзиклмнопрст", k=chance.randint(4, 9))) for _ in range(2500)]
    said = [" ".join(["как", *chance.choices(nouns, k=chance.randint(2, 7))]) for _ in range(5000)]
    begun = time.thread_time()
    assert sum(map(len, group(said))) == 5000
    assert time.thread_time() - begun < 3
