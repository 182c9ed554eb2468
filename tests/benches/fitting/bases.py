"""Simulated knowledge bases out of the training parts of public sets; nothing here ever sees a test part.

Some entries of a base are left out, so that their questions have no answer in it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from faq.judging.labelled import OUT_OF_SCOPE, Labelled
from tests.benches.matching.cases import (
    BANKING,
    CLINC,
    EVERYDAY,
    HOME,
    LEARNABLE,
    Case,
    PublicSet,
    base,
    read,
)

TRAINING, ASKING, STRANGE = ("train", ""), ("val",), ("oos_train", "oos_val")
LEAST_PHRASINGS, MOST_STRANGERS, EVERYDAY_STRANGERS = 6, 60, 1000
LEFT_OUT = (0, 0.15, 0.3)
SHOTS = (2, 3, 4, 5, 8, 10)
LOT = 7


@dataclass(frozen=True)
class Pool:
    """What of one public set may be learned from."""

    public: PublicSet
    phrasings: Mapping[str, Sequence[str]]
    asked: Sequence[Labelled]
    """Questions of a part of their own; without one, what was not drawn as a phrasing is asked."""
    strangers: Sequence[str]
    """Questions that none of its entries answers."""


@dataclass(frozen=True)
class Draw:
    """What is drawn by lot for one knowledge base."""

    shots: int
    questions: int
    seed: int
    entries: int | None = None
    left_out: float = 0
    """The share of entries that are asked about without being there."""
    strangers: int = 0


@dataclass(frozen=True)
class Plan:
    """How a set is used: `shots` for ranking, `drawn` and `entries` to draw from for confidence."""

    shots: Sequence[int]
    drawn: Sequence[int]
    entries: Sequence[int]
    bases: int


PLANS = {
    BANKING.name: Plan((3, 5, 10), SHOTS, (25, 50, 77), 10),
    CLINC.name: Plan((3, 5, 10), SHOTS, (30, 75, 150), 10),
    HOME.name: Plan((3,), SHOTS[:3], (12, 25), 8),
}


def pools(folder: Path) -> list[Pool]:
    """Those whose files are there. Entries with a handful of phrasings are left out."""
    return [_pool(one, folder) for one in LEARNABLE if (folder / one.file).is_file()]


def _pool(public: PublicSet, folder: Path) -> Pool:
    phrasings: dict[str, list[str]] = defaultdict(list)
    asked, strangers = [], []
    for row, role in read(folder / public.file):
        if role in STRANGE:
            strangers.append(row.text)
        elif role in ASKING:
            asked.append(row)
        elif role in TRAINING:
            phrasings[row.intent].append(row.text)
    if public is HOME and (everyday := folder / EVERYDAY.file).is_file():
        strangers = [row.text for row, _ in read(everyday)][:EVERYDAY_STRANGERS]
    enough = {intent: texts for intent, texts in phrasings.items() if len(texts) >= LEAST_PHRASINGS}
    return Pool(public, enough, asked, strangers)


def for_ranking(pool: Pool, *, quick: bool) -> Iterator[Case]:
    """Bases of all entries, none left out, for each number of phrasings."""
    for shots in PLANS[pool.public.name].shots:
        for seed in range(1 if quick else 2):
            yield simulated(pool, Draw(shots, 200 if quick else 800, seed))


def for_confidence(every: Sequence[Pool], *, quick: bool) -> Iterator[tuple[Pool, Draw]]:
    """One lottery for all sets, so that the others' bases stay the same where one set is held out."""
    lot = Random(LOT)
    for pool in every:
        plan = PLANS[pool.public.name]
        for seed in range(4 if quick else plan.bases):
            shots, entries, left_out = lot.choice(plan.drawn), lot.choice(plan.entries), lot.choice(LEFT_OUT)
            yield pool, Draw(shots, 150 if quick else 350, seed, entries, left_out, MOST_STRANGERS)


def simulated(pool: Pool, draw: Draw) -> Case:
    """A knowledge base and questions to it; those of entries that are left out are out of scope."""
    lot = Random(draw.seed)
    intents = sorted(pool.phrasings)
    if draw.entries and draw.entries < len(intents):
        intents = sorted(lot.sample(intents, draw.entries))
    absent = set(lot.sample(intents, int(len(intents) * draw.left_out)))
    known: dict[str, list[str]] = {}
    rest: list[Labelled] = []
    for intent in intents:
        texts = list(pool.phrasings[intent])
        lot.shuffle(texts)
        if intent not in absent:
            known[intent] = texts[: draw.shots]
        rest += [Labelled(text, intent) for text in texts[0 if intent in absent else draw.shots :]]
    if pool.asked:
        rest = [row for row in pool.asked if row.intent in set(intents)]
    lot.shuffle(rest)
    rows = [row if row.intent in known else Labelled(row.text, OUT_OF_SCOPE) for row in rest]
    rows = rows[: draw.questions] + _strangers(pool, draw)
    return Case(pool.public.name, pool.public.language, base(known), tuple(rows))


def _strangers(pool: Pool, draw: Draw) -> list[Labelled]:
    texts = Random(draw.seed).sample(list(pool.strangers), min(len(pool.strangers), draw.strangers))
    return [Labelled(text, OUT_OF_SCOPE) for text in texts]
