"""What is hardest to read: what a text of it costs, and how long others wait while one account sends it."""

import asyncio
import tempfile
import time
from itertools import cycle
from pathlib import Path
from typing import Any

from bot.terminal.serving import collect_seldom
from faq.files.loading import load_knowledge
from faq.matching.matcher import build
from faq.understanding.several import hear
from faq.understanding.small_talk import small_talk
from faq.understanding.wishes import wants_person
from sandbox import Customer
from tests.benches.hostile_texts import HOSTILE, QUESTIONS
from tests.benches.matching.cases import provider
from tests.benches.stage import ROOT, answers, percentile, running, show, stage, waited

PEOPLE, PER_SECOND, HOSTILE_PER_SECOND, SECONDS, WARM = 40, 10, 15, 20, 20
TEXTS = 60
USUAL = (
    "как вернуть деньги за заказ, который не пришёл?",
    "сколько стоит доставка до Казани",
    "не могу войти в личный кабинет, пишет неверный пароль",
    "где мой заказ 12345?",
)


def costs() -> dict[str, Any]:
    """Milliseconds of work to find out what a text is and what it asks.

    Usual: four texts over and over. First: people's questions, each for the first time. Hostile: the longest
    and worst in one piece; questions: many that are as bad.
    """
    matcher = build(load_knowledge([ROOT / "faq" / "starter.yaml"]))
    collect_seldom()  # as the bot's process does

    def cost(text: str) -> float:
        wants_person.cache_clear()
        small_talk.cache_clear()
        begun = time.process_time()
        wants_person(text)
        small_talk(text)
        hear(matcher, text, "ru")
        return (time.process_time() - begun) * 1000

    cost(USUAL[0])
    taken = {
        "usual": [cost(text) for _ in range(TEXTS) for text in USUAL],
        "first": [cost(row.text) for row in provider().rows],
        "hostile": [cost(make()) for _ in range(TEXTS) for make in HOSTILE.values()],
        "questions": [cost(make()) for _ in range(TEXTS) for make in QUESTIONS.values()],
    }
    figures = {
        f"{kind}_p{round(share * 100)}_ms": round(percentile(times, share), 2)
        for kind, times in taken.items()
        for share in (0.5, 0.99)
    }
    return {"what": "work of a text", **figures}


async def measure(*, home: Path = ROOT) -> dict[str, Any]:
    """Milliseconds from others' questions to their answers while one account sends hostile texts."""
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Path(folder), limits=True, home=home) as set_up, running(set_up.otklik()):
            await set_up.polled()
            people = [Customer(set_up.world, set_up.bot, f"Person {n}") for n in range(PEOPLE)]
            eve = Customer(set_up.world, set_up.bot, "Eve")
            for person in (eve, *people):
                person.chat.standing = "open"
            hostile = asyncio.create_task(attack(eve))
            waits = await answers(set_up, people, PER_SECOND, PER_SECOND * SECONDS)
            hostile.cancel()
            return waited("answers beside hostile texts", waits[WARM:])


async def attack(eve: Customer) -> None:
    """One account, fifteen hostile texts a second, none of them twice."""
    for make in cycle(HOSTILE.values()):
        await eve.says(make())
        await asyncio.sleep(1 / HOSTILE_PER_SECOND)


async def main() -> None:
    """Both."""
    show(costs())
    show(await measure())


if __name__ == "__main__":
    asyncio.run(main())
