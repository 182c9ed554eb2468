"""Texts that are hard to read, each kind made anew whenever it is asked for."""

import random
from collections.abc import Callable, Mapping

from faq.language.text import LONGEST

SAID = "хочу вернуть деньги за заказ который пришел сломанным и узнать сколько стоит доставка курьером домой"
CYRILLIC, LATIN = "абвгдежзийклмнопрстуфхцчшщыьэюя", "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_SHORTER = 1190
"""Longer texts are not taken apart."""
_CHANCE = random.Random(7)


def glued(letters: int) -> str:
    """Words written together."""
    return "".join(_CHANCE.choices(SAID.split(), k=letters))[:letters]


def jumble(letters: int, alphabet: str) -> str:
    """No word of any language."""
    return "".join(_CHANCE.choices(alphabet, k=letters))


def many(word: Callable[[], str], between: str = " ") -> str:
    """As much of it as is looked at."""
    return between.join(word() for _ in range(700))[:LONGEST]


def questions(word: Callable[[], str], words: int) -> str:
    """As many questions of it as are looked for."""
    return many(lambda: " ".join(word() for _ in range(words)), "? ")[:_SHORTER]


HOSTILE: Mapping[str, Callable[[], str]] = {
    "glued words": lambda: many(lambda: glued(78)),
    "glued words, not as many": lambda: many(lambda: glued(20)),
    "glued clauses": lambda: many(lambda: glued(40), ", "),
    "glued lines": lambda: many(lambda: glued(78) + "?", "\n"),
    "no words": lambda: many(lambda: jumble(15, CYRILLIC)),
    "another layout": lambda: many(lambda: jumble(15, LATIN)),
}
QUESTIONS: Mapping[str, Callable[[], str]] = {
    "glued questions": lambda: questions(lambda: glued(20), 4),
    "questions without words": lambda: questions(lambda: jumble(6, CYRILLIC), 9),
    "questions in another layout": lambda: questions(lambda: jumble(6, LATIN), 9),
    "long words in another layout": lambda: questions(lambda: jumble(15, LATIN), 1),
}
CLAUSES: Mapping[str, Callable[[], str]] = {
    "letters": lambda: many(lambda: jumble(1, CYRILLIC)),
    "clauses of a letter": lambda: many(lambda: jumble(1, CYRILLIC), ", "),
    "clauses of a short word": lambda: many(lambda: jumble(4, CYRILLIC), ", "),
    "clauses in another layout": lambda: many(lambda: jumble(5, LATIN), ", "),
    "signs that stand for words": lambda: many(lambda: "\ufdfa", ", "),
    "one word": lambda: "а" * LONGEST,
}
