"""Harder bases: as uneven, noisy and incomplete as those that companies have.

What makes confidence wrong on a base it was not fitted to is, first, a question whose entry is missing among
others of its field, and then entries known by a phrasing or two beside others with many. These have both.
"""

from collections.abc import Iterator, Sequence
from math import exp, log
from random import Random

import numpy as np

from faq.judging.labelled import OUT_OF_SCOPE, Labelled
from faq.matching.features import features
from faq.matching.postings import Postings
from tests.benches.fitting.bases import Desk, Pool
from tests.benches.matching import noise
from tests.benches.matching.cases import BANKING, CLINC, HOME, Case, base

BASES = {BANKING.name: 50, CLINC.name: 50, HOME.name: 40}
QUICK = 6
LEAST_ENTRIES = {BANKING.name: 12, CLINC.name: 12, HOME.name: 8}
MORE_PHRASINGS = (0, 0.5, 1, 2, 4, 8, 15)
"""How many an entry has beyond the first, on average over the base."""
MOST_PHRASINGS, LEFT_TO_ASK = 40, 3
MOST_LEFT_OUT, NEIGHBOURS, NOISY = 0.5, 1 / 3, 1 / 4
QUESTIONS, STRANGERS = 300, (10, 30, 60)


def hard(pool: Pool, *, quick: bool) -> Iterator[Case]:
    """Bases of one set; each is drawn by its own lot, so that it is the same whatever else is drawn."""
    for seed in range(QUICK if quick else BASES[pool.public.name]):
        yield drawn(pool, seed)


def strange(pool: Pool, every: Sequence[Pool]) -> Sequence[str]:
    """Questions of quite another sort: the set's own strangers, or those of another set in its language.

    Never the same for two sets, and nothing where there are none.
    """
    alike = (one for one in every if one.public.language == pool.public.language and one.strangers)
    return pool.strangers[::2] or next((one.strangers[1::2] for one in alike), ())


def drawn(pool: Pool, seed: int) -> Case:
    """A base and its questions, those of the entries it lacks and strangers' among them."""
    return at_work(pool, seed, 0).case


def at_work(pool: Pool, seed: int, traffic: int) -> Desk:
    """The same, having been asked so many other questions of the same kind, or as many as there are."""
    name, language = pool.public.name, pool.public.language
    lot = Random(f"hard:{name}:{seed}")
    intents = sorted(pool.phrasings)
    size = round(exp(lot.uniform(log(min(LEAST_ENTRIES[name], len(intents))), log(len(intents)))))
    near = lot.random() < NEIGHBOURS
    chosen = _neighbours(lot, pool, size) if near else sorted(lot.sample(intents, size))
    absent = set(lot.sample(chosen, int(size * lot.uniform(0, MOST_LEFT_OUT))))
    known, rest = _dealt(lot, pool, chosen, absent)
    asked = [row for row in pool.asked if row.intent in chosen] or rest
    lot.shuffle(asked)
    every = [row if row.intent in known else Labelled(row.text, OUT_OF_SCOPE) for row in asked]
    strangers = lot.sample(list(pool.strangers), min(len(pool.strangers), lot.choice(STRANGERS)))
    rows = [*every[:QUESTIONS], *(Labelled(text, OUT_OF_SCOPE) for text in strangers)]
    case = Case(name, language, base(known), tuple(_spoilt(lot, row, language) for row in rows))
    others = sorted(set(pool.strangers).difference(strangers))
    later = _mixed(lot, every[QUESTIONS:], others, len(strangers) / len(rows), traffic)
    heard = [_spoilt(lot, row, language) for row in later]
    return Desk(case, (*heard, *lot.sample(case.rows, len(case.rows)))[:traffic])


def _mixed(
    lot: Random, rows: Sequence[Labelled], others: Sequence[str], share: float, number: int
) -> list[Labelled]:
    """So many of the rows, such a share of which is put by strangers."""
    strange = min(len(others), round(min(len(rows), number) * share / (1 - share)))
    mixed = [*rows, *(Labelled(text, OUT_OF_SCOPE) for text in lot.sample(others, strange))]
    lot.shuffle(mixed)
    return mixed[:number]


def _dealt(
    lot: Random, pool: Pool, chosen: list[str], absent: set[str]
) -> tuple[dict[str, list[str]], list[Labelled]]:
    """What each entry is known by, and what is left to ask."""
    more = lot.choice(MORE_PHRASINGS)
    known, rest = dict[str, list[str]](), list[Labelled]()
    for intent in chosen:
        texts = lot.sample(pool.phrasings[intent], len(pool.phrasings[intent]))
        shots = 1 + int(lot.expovariate(1 / more)) if more else 1
        shots = 0 if intent in absent else min(shots, MOST_PHRASINGS, len(texts) - LEFT_TO_ASK)
        if shots:
            known[intent] = texts[:shots]
        rest += [Labelled(text, intent) for text in texts[shots:]]
    return known, rest


def _neighbours(lot: Random, pool: Pool, number: int) -> list[str]:
    """Entries of one field: those most like one that is drawn."""
    every = sorted(pool.phrasings)
    texts = [(intent, features(text.lower().split())) for intent in every for text in pool.phrasings[intent]]
    index = Postings([counted for _, counted in texts], [every.index(intent) for intent, _ in texts])
    one = lot.choice(every)
    near = sum(index.middle(index.nearness(counted)) for intent, counted in texts if intent == one)
    return sorted(every[at] for at in np.argsort(-near, kind="stable")[:number].tolist())


def _spoilt(lot: Random, row: Labelled, language: str) -> Labelled:
    """Every fourth question as people type it."""
    if lot.random() >= NOISY:
        return row
    return Labelled(noise.noisy("mixed", noise.kinds(language)["mixed"], row.text), row.intent)
