"""What is hardest to read: what a text of it costs, and how long others wait while one account sends it."""

import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from faq.files.loading import load_knowledge
from faq.language.text import LONGEST
from faq.matching.matcher import build
from faq.understanding.several import hear
from faq.understanding.small_talk import small_talk
from faq.understanding.wishes import wants_person
from sandbox import Customer
from sandbox.changes import Change
from tests.benches.stage import ROOT, percentile, running, show, stage, text_of

PEOPLE, PER_SECOND, HOSTILE_PER_SECOND, SECONDS, WARM = 40, 10, 15, 20, 20
TEXTS = 60
SAID = "хочу вернуть деньги за заказ который пришел сломанным и узнать сколько стоит доставка курьером домой"
CHANCE = random.Random(7)
USUAL = (
    "как вернуть деньги за заказ, который не пришёл?",
    "сколько стоит доставка до Казани",
    "не могу войти в личный кабинет, пишет неверный пароль",
    "где мой заказ 12345?",
)


def glued(letters: int) -> str:
    """Words written together."""
    return "".join(CHANCE.choices(SAID.split(), k=letters))[:letters]


def jumble(alphabet: str) -> str:
    """No word of any language."""
    return "".join(CHANCE.choices(alphabet, k=15))


def many(word: Callable[[], str], between: str = " ") -> str:
    """As much of it as is looked at."""
    return between.join(word() for _ in range(200))[:LONGEST]


HOSTILE: tuple[Callable[[], str], ...] = (
    lambda: many(lambda: glued(78)),
    lambda: many(lambda: glued(20)),
    lambda: many(lambda: glued(40), ", "),
    lambda: many(lambda: glued(78) + "?", "\n"),
    lambda: many(lambda: jumble("абвгдежзийклмнопрстуфхцчшщыьэюя")),
    lambda: many(lambda: jumble("qwertyuiop[]asdfghjkl;'zxcvbnm,.")),
)


def costs() -> dict[str, Any]:
    """Milliseconds of work to find out what a text is and what it asks, the usual and the hostile."""
    matcher = build(load_knowledge([ROOT / "faq" / "starter.yaml"]))

    def cost(text: str) -> float:
        wants_person.cache_clear()
        small_talk.cache_clear()
        begun = time.process_time()
        wants_person(text)
        small_talk(text)
        hear(matcher, text, "ru")
        return (time.process_time() - begun) * 1000

    cost(USUAL[0])
    usual = [cost(text) for _ in range(TEXTS) for text in USUAL]
    hostile = [cost(make()) for _ in range(TEXTS) for make in HOSTILE]
    return {
        "what": "work of a text",
        "usual_p50_ms": round(percentile(usual, 0.5), 2),
        "usual_p99_ms": round(percentile(usual, 0.99), 2),
        "hostile_p50_ms": round(percentile(hostile, 0.5), 2),
        "hostile_p99_ms": round(percentile(hostile, 0.99), 2),
    }


async def measure(*, home: Path = ROOT) -> dict[str, Any]:
    """Milliseconds from others' questions to their answers while one account sends hostile texts."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=True, home=home) as set_up, running(set_up.otklik()):
            await set_up.polled()
            people = [Customer(set_up.world, set_up.bot, f"Person {n}") for n in range(PEOPLE)]
            eve = Customer(set_up.world, set_up.bot, "Eve")
            for person in (eve, *people):
                person.chat.standing = "open"
            asked: dict[int, float] = {}
            waits: list[float] = []

            def watch(change: Change) -> None:
                if "«Заказы»" in text_of(change) and change.chat is not None and change.chat.id in asked:
                    waits.append((time.perf_counter() - asked.pop(change.chat.id)) * 1000)

            set_up.world.subscribe(watch)
            hostile = asyncio.create_task(attack(eve))
            for n in range(PER_SECOND * SECONDS):
                person = people[n % PEOPLE]
                asked.setdefault(person.id, time.perf_counter())
                await person.says("как вернуть деньги")
                await asyncio.sleep(1 / PER_SECOND)
            hostile.cancel()
            await set_up.until(lambda: not asked, 120)
            kept = waits[WARM:]
            return {
                "what": "answers beside hostile texts",
                "questions": len(kept),
                "p50_ms": round(percentile(kept, 0.5), 1),
                "p99_ms": round(percentile(kept, 0.99), 1),
            }


async def attack(eve: Customer) -> None:
    """One account, fifteen hostile texts a second, none of them twice."""
    number = 0
    while True:
        await eve.says(HOSTILE[number % len(HOSTILE)]())
        number += 1
        await asyncio.sleep(1 / HOSTILE_PER_SECOND)


async def main() -> None:
    """Both."""
    show(costs())
    show(await measure())


if __name__ == "__main__":
    asyncio.run(main())
