"""Simulated knowledge bases out of the training parts of public sets; nothing here ever sees a test part."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from faq.judging.labelled import Labelled
from tests.benches.matching.cases import (
    BANKING,
    CLINC,
    EVERYDAY,
    HOME,
    LEARNABLE,
    SEEN,
    Case,
    PublicSet,
    base,
    read,
)

TRAINING, ASKING, STRANGE = ("train", ""), ("val",), ("oos_train", "oos_val")
LEAST_PHRASINGS = 6
SHOTS = {BANKING.name: (3, 5, 10), CLINC.name: (3, 5, 10), HOME.name: (3,)}


@dataclass(frozen=True)
class Pool:
    """What of one public set may be learned from."""

    public: PublicSet
    phrasings: Mapping[str, Sequence[str]]
    asked: Sequence[Labelled]
    """Questions of a part of their own; without one, what was not drawn as a phrasing is asked."""
    strangers: Sequence[str]
    """Questions that none of its entries answers."""
    everyday: bool = False
    """Whether these are of all sorts, and so as strange to any other base of the language."""


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
    everyday = folder / EVERYDAY.file
    if is_everyday := public is HOME and everyday.is_file():
        strangers = [row.text for row, _ in read(everyday)][:SEEN]
    enough = {intent: texts for intent, texts in phrasings.items() if len(texts) >= LEAST_PHRASINGS}
    return Pool(public, enough, asked, strangers, is_everyday)


@dataclass(frozen=True)
class Desk:
    """A base with the questions it is evaluated on, and others that were put to it before."""

    case: Case
    traffic: tuple[Labelled, ...]


def even(pool: Pool, *, quick: bool) -> Iterator[Case]:
    """Bases of all entries, none left out, with equally many phrasings each."""
    return (desk.case for desk in at_work(pool, 0, quick=quick))


def at_work(pool: Pool, traffic: int, *, quick: bool) -> Iterator[Desk]:
    """The same, having been asked so many other questions before, or as many as there are."""
    questions = 200 if quick else 800
    for shots in SHOTS[pool.public.name]:
        for seed in range(1 if quick else 2):
            case = evenly(pool, shots, questions + traffic, seed)
            rows = case.rows[:questions]
            yield Desk(replace(case, rows=rows), (*case.rows[questions:], *rows)[:traffic])


def evenly(pool: Pool, shots: int, questions: int, seed: int) -> Case:
    """A knowledge base with so many phrasings an entry, and questions it has an answer to."""
    lot = Random(seed)
    known, rest = dict[str, list[str]](), list[Labelled]()
    for intent in sorted(pool.phrasings):
        texts = lot.sample(pool.phrasings[intent], len(pool.phrasings[intent]))
        known[intent] = texts[:shots]
        rest += [Labelled(text, intent) for text in texts[shots:]]
    asked = [row for row in pool.asked if row.intent in known] or rest
    lot.shuffle(asked)
    return Case(pool.public.name, pool.public.language, base(known), tuple(asked[:questions]))
