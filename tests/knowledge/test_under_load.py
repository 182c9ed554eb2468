"""A large knowledge base answers in no time, and reading a new version disturbs nobody."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from statistics import median
from time import perf_counter

import pytest

from faq.entries.knowledge import Knowledge
from faq.language.stems import stem
from faq.matching.matcher import build
from tests.knowledge.shelf import entry

BEGINNINGS = ("возвра", "опла", "доста", "зака", "гара", "скид", "карто", "посы", "адре", "това")
MIDDLES = ("тил", "чен", "вля", "зыва", "нтий", "очн", "чк", "лоч", "сат", "рн", "мист", "ковк")
ENDINGS = ("ать", "ание", "ого", "ющийся", "ами", "ке", "ся", "ный")
WORDS = ["".join(parts) for parts in product(BEGINNINGS, MIDDLES, ENDINGS)]


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads that change places as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_a_thousand_entries_take_a_few_milliseconds() -> None:
    ways = [" ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 6)) for number in range(4000)]
    entries = tuple(
        entry(f"e{number}", *(f"как {way} мой заказ" for way in ways[number * 4 : number * 4 + 4]))
        for number in range(1000)
    )
    matcher = build(Knowledge(entries))
    taken = []
    for way in ways[:200]:
        begun = perf_counter()
        matcher.match(f"здравствуйте, как {way[3:]} заказом", "ru")
        taken.append(perf_counter() - begun)
    assert median(taken) < 0.02


@pytest.mark.usefixtures("hasty_threads")
def test_threads_do_not_mix_up_each_others_words() -> None:
    alone = [stem.__wrapped__(word) for word in WORDS]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda _: [stem.__wrapped__(word) for word in WORDS], range(12)))
    assert all(stems == alone for stems in together)
