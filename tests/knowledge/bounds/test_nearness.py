"""However quickly it is counted, what the light index finds is what counting by hand finds."""

from math import log, sqrt
from random import Random

import pytest

from faq.matching.features import WORD, features
from faq.matching.postings import Postings

WORDS = (
    "как",
    "вернуть",
    "деньги",
    "за",
    "заказ",
    "отменить",
    "доставку",
    "карта",
    "оплата",
    "адрес",
    "пароль",
)
OWNERS = (0, 0, 0, 1, 2, 2, 3, 3, 3, 3, 3, 4, 5, 5)


def weighed(counted: dict[str, float], rarity: dict[str, float], unknown: float) -> dict[str, float]:
    """Both families of features as long as each other."""
    found = {feature: worth * rarity.get(feature, unknown) for feature, worth in counted.items()}
    lengths = dict.fromkeys((True, False), 0.0)
    for feature, weight in found.items():
        lengths[feature[0] == WORD] += weight * weight
    return {feature: weight * sqrt(0.5 / lengths[feature[0] == WORD]) for feature, weight in found.items()}


def test_nearness_is_the_cosine_of_the_weighed_features() -> None:
    lot = Random(1)
    phrasings = [features(lot.sample(WORDS, lot.randint(2, 5))) for _ in OWNERS]
    index = Postings(phrasings, OWNERS)
    entries = OWNERS[-1] + 1
    used = {
        feature: len({owner for owner, counted in zip(OWNERS, phrasings, strict=True) if feature in counted})
        for counted in phrasings
        for feature in counted
    }
    rarity = {feature: log((1 + entries) / (1 + number)) + 1 for feature, number in used.items()}
    asked = features(["верните", "деньги", "срочно", "карта"], {"верните": 0.85})
    question = weighed(asked, rarity, log(1 + entries) + 1)
    by_hand = [
        sum(weight * question.get(feature, 0.0) for feature, weight in weighed(counted, rarity, 1.0).items())
        for counted in phrasings
    ]
    nearness = index.nearness(asked)
    assert max(by_hand) > 0.1
    assert nearness.tolist() == pytest.approx(by_hand, abs=1e-6)
    places = [[place for place, owner in enumerate(OWNERS) if owner == entry] for entry in range(entries)]
    assert [list(index.places(entry)) for entry in range(entries)] == places
    assert index.best(nearness).tolist() == pytest.approx(
        [max(by_hand[place] for place in own) for own in places], abs=1e-6
    )
    assert index.middle(nearness).tolist() == pytest.approx(
        [sum(by_hand[place] for place in own) / len(own) for own in places], abs=1e-6
    )


def test_what_shares_nothing_is_near_nothing() -> None:
    index = Postings([features(["вернуть", "деньги"])], [0])
    assert index.nearness(features(["xyz"])).tolist() == [0.0]
    assert index.nearness({}).tolist() == [0.0]
