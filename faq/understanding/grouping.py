"""Texts put together by what they are about, without anybody having named the groups.

Every text becomes its stems and the trigrams of its words, weighed by how few texts use them. The likest
two groups are joined first, as long as their texts are alike on the average.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import TYPE_CHECKING

from faq.language.lexicon import lexicon
from faq.language.stems import stem
from faq.language.text import fold, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Features = Mapping[str, float]
Pair = tuple[int, int]

ALIKE = 0.25
"""Groups are joined while the mean cosine between their texts is at least this."""

_WEAK_STEM, _STEM, _TRIGRAM = 0.4, 1.0, 0.35
_EXACT = 9
"""Digits of a likeness that count: the last ones depend on the order in which numbers were added."""


def group(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The places of texts that belong together, larger groups first, and in each the most typical first.

    A text that is like no other is a group of one; a text of nothing but greetings or signs is in none. The
    order of the texts does not matter. Five thousand take a second or two: call it in a thread.
    """
    places = defaultdict[str, list[int]](list)
    for place, text in enumerate(texts):
        if said := _meaning(text):
            places[" ".join(said)].append(place)
    unique = sorted(places)
    vectors = _vectors([text.split() for text in unique])
    groups = []
    for members in _joined(vectors):
        copies = {member: places[unique[member]] for member in members}
        ordered = _by_typicality(members, vectors, {member: len(where) for member, where in copies.items()})
        groups.append(tuple(place for member in ordered for place in _shortest_first(copies[member], texts)))
    return tuple(sorted(groups, key=lambda found: (-len(found), texts[found[0]], found[0])))


def typical(texts: Sequence[str]) -> int:
    """The place of the text that is most like the others; of equals the shortest. There must be one."""
    vectors = _vectors([_meaning(text) for text in texts])
    total = _sum(vectors)
    likeness = [round(_dot(vector, total), _EXACT) for vector in vectors]
    return min(range(len(texts)), key=lambda place: (-likeness[place], len(texts[place]), texts[place]))


def _shortest_first(places: Iterable[int], texts: Sequence[str]) -> list[int]:
    return sorted(places, key=lambda place: (len(texts[place]), texts[place], place))


def _meaning(text: str) -> list[str]:
    return lexicon().meaningful(words(fold(text)))


def _vectors(said: Sequence[Sequence[str]]) -> list[Features]:
    """Each of length one; what every text has weighs least."""
    raw = [_features(one) for one in said]
    used = Counter(name for features in raw for name in features)
    return [
        _normal({name: weight * log(1 + len(raw) / used[name]) for name, weight in features.items()})
        for features in raw
    ]


def _features(said: Iterable[str]) -> Features:
    weak = lexicon().weak
    found: dict[str, float] = {}
    for word in said:
        heavy = word not in weak
        found[stem(word)] = _STEM if heavy else _WEAK_STEM
        if heavy:
            marked = f"<{word}>"
            found.update((f"~{marked[at : at + 3]}", _TRIGRAM) for at in range(len(marked) - 2))
    return found


def _normal(features: Features) -> Features:
    length = sqrt(sum(weight * weight for weight in features.values())) or 1.0
    return {name: weight / length for name, weight in features.items()}


def _joined(vectors: Sequence[Features]) -> list[list[int]]:
    """Average linkage over the pairs that are alike themselves, the likest first."""
    member_of = list(range(len(vectors)))
    members = {number: [number] for number in member_of}
    sums: dict[int, dict[str, float]] = {}
    apart: dict[Pair, Pair] = {}
    for one, other in _alike(vectors):
        left, right = sorted((member_of[one], member_of[other]))
        sizes = (len(members.get(left, ())), len(members.get(right, ())))
        if left == right or apart.get((left, right)) == sizes:
            continue
        ours, theirs = (sums.get(side) or dict(vectors[side]) for side in (left, right))
        if round(_dot(ours, theirs) / (sizes[0] * sizes[1]), _EXACT) < ALIKE:
            apart[left, right] = sizes
            continue
        for name, weight in theirs.items():
            ours[name] = ours.get(name, 0.0) + weight
        sums[left] = ours
        for number in (moved := members.pop(right)):
            member_of[number] = left
        members[left] += moved
    return list(members.values())


def _alike(vectors: Sequence[Features]) -> list[Pair]:
    """Pairs that are alike enough to begin with, the likest first."""
    import numpy as np

    where = defaultdict[str, list[int]](list)
    weights = defaultdict[str, list[float]](list)
    for place, features in enumerate(vectors):
        for name, weight in features.items():
            where[name].append(place)
            weights[name].append(weight)
    shared = {name for name, places in where.items() if len(places) > 1}
    columns = {name: (np.array(where[name]), np.array(weights[name])) for name in shared}
    found: list[tuple[float, int, int]] = []
    for place, features in enumerate(vectors):
        names = [name for name in features if name in shared]
        if not names:
            continue
        likeness = _likeness(features, names, columns, len(vectors))
        likeness[: place + 1] = 0.0
        near = np.flatnonzero(likeness >= ALIKE)
        found += [(-round(float(likeness[other]), _EXACT), place, int(other)) for other in near]
    return [(one, other) for _, one, other in sorted(found)]


def _likeness(
    features: Features,
    names: Sequence[str],
    columns: "Mapping[str, tuple[NDArray[np.int64], NDArray[np.float64]]]",
    count: int,
) -> "NDArray[np.float64]":
    import numpy as np

    places = np.concatenate([columns[name][0] for name in names])
    worth = np.concatenate([columns[name][1] * features[name] for name in names])
    return np.bincount(places, weights=worth, minlength=count).astype(np.float64, copy=False)


def _by_typicality(
    members: Sequence[int], vectors: Sequence[Features], copies: Mapping[int, int]
) -> list[int]:
    total: dict[str, float] = {}
    for member in members:
        for name, weight in vectors[member].items():
            total[name] = total.get(name, 0.0) + weight * copies[member]
    return sorted(members, key=lambda one: (-round(_dot(vectors[one], total), _EXACT), one))


def _sum(vectors: Iterable[Features]) -> Features:
    total: dict[str, float] = {}
    for features in vectors:
        for name, weight in features.items():
            total[name] = total.get(name, 0.0) + weight
    return total


def _dot(one: Features, other: Features) -> float:
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    total, worth = 0.0, many.get
    for name, weight in few.items():
        total += weight * worth(name, 0.0)
    return total
