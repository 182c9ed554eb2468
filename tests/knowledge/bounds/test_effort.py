"""What is hard to read costs little more than what is not: the effort is counted, and it has an end."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from faq.language.effort import Effort
from faq.language.repair import Repair
from faq.language.text import LONGEST
from faq.matching.match import Match, Matcher, Sure
from faq.understanding.several import hear
from faq.understanding.wishes import wants_person

CHANCE = random.Random(7)
SAID = "хочу вернуть деньги за заказ который пришел сломанным и узнать сколько стоит доставка курьером домой"
CYRILLIC, LATIN = "абвгдежзийклмнопрстуфхцчшщыьэюя", "qwertyuiop[]asdfghjkl;'zxcvbnm,."
MOST_STEPS = 1100
"""Letters and words: what is left of two thousand letters, three readings and thirteen pieces of each."""


def glued(letters: int) -> str:
    return "".join(CHANCE.choices(SAID.split(), k=letters))[:letters]


def jumble(letters: int, alphabet: str) -> str:
    return "".join(CHANCE.choices(alphabet, k=letters))


def many(word: object, between: str = " ") -> str:
    assert callable(word)
    return between.join(word() for _ in range(200))[:LONGEST]


HOSTILE = {
    "glued words": many(lambda: glued(78)),
    "glued words, not as many": many(lambda: glued(20)),
    "glued clauses": many(lambda: glued(40), ", "),
    "glued lines": many(lambda: glued(78) + "?", "\n"),
    "no words": many(lambda: jumble(15, CYRILLIC)),
    "another layout": many(lambda: jumble(15, LATIN)),
    "one word": "а" * LONGEST,
    "letters": many(lambda: jumble(1, CYRILLIC)),
}


class Counting:
    """A matcher that counts how often it is asked."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher, self.times = matcher, 0

    def match(self, text: str, language: str) -> Match:
        self.times += 1
        return self._matcher.match(text, language)

    def __getattr__(self, name: str) -> object:
        return getattr(self._matcher, name)


@contextmanager
def efforts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Effort]]:
    """All efforts that are made."""
    made: list[Effort] = []
    begin = Effort.on.__func__  # type: ignore[attr-defined]  # a class method is one
    monkeypatch.setattr(
        Effort, "on", classmethod(lambda cls, text: made.append(begin(cls, text)) or made[-1])
    )
    yield made


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_longest_and_worst_text_takes_a_bounded_effort(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    counting = Counting(matcher)
    with efforts(monkeypatch) as made:
        wants_person.__wrapped__(text)
        asked = len(made)
        hear(counting, text, "ru")  # type: ignore[arg-type]  # explain is passed on
    assert asked == 1, "one effort for all clauses of a text"
    assert counting.times <= 14
    assert max(each.spent for each in made) <= MOST_STEPS
    if text.startswith(HOSTILE["glued lines"][:40]):
        assert counting.times == 1, "nobody writes several questions without spaces"


def test_the_rest_of_a_text_stays_as_it_was_typed() -> None:
    repair = Repair(SAID.split())
    text = " ".join(["деньгизазаказ"] * 40)
    found = [word.text for word in repair.words(text)]
    assert found[:3] == ["деньги", "за", "заказ"]
    assert found[-1] == "деньгизазаказ"


@pytest.mark.parametrize(
    "text",
    [
        "сколькостоитдоставка",
        "скольк стоит доствка",
        "crjkmrj cnjbn ljcnfdrf",
        "skolko stoit dostavka",
    ],
)
def test_whoever_errs_as_people_do_is_understood(matcher: Matcher, text: str) -> None:
    found = hear(matcher, text, "ru")
    assert any(isinstance(each.match, Sure) or each.match.ranked for each in found)
    assert "delivery" in found[-1].match.ranked[0].entry.id
