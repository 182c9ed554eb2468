"""Entries that take each other's questions, and what would part them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from faq.entries.entry import Entry
from faq.entries.same_answer import duplicates
from faq.judging.flaws import Cure, Flaw, FlawKind, Rebuild, shortened
from faq.judging.leaving_out import UnseenPhrasing, leaving_out
from faq.judging.parting import Cures
from faq.matching.match import Sure

_EVEN_ODDS = 0.5
_FEW = 2
"""One slip of the matcher is no twin, unless the entry has hardly more to be asked by."""


def twins(entries: Sequence[Entry], rebuild: Rebuild) -> Iterator[Flaw]:
    """Pairs of which one would be answered for the other, each pair once."""
    every = list(leaving_out(list(enumerate(entries)), rebuild))
    times = Counter(one.entry for one in every)
    pairs: dict[frozenset[str], list[UnseenPhrasing]] = defaultdict(list)
    for one in every:
        if one.strayed:
            pairs[frozenset((one.entry, one.other))].append(one)
    told = [
        max(strayed, key=lambda one: one.confidence)
        for strayed in sorted(pairs.values(), key=len, reverse=True)
        if _is_told(strayed, times)
    ]
    alike = duplicates(entries)
    parted = Cures(entries, every, rebuild).of(
        [one for one in told if one.other not in alike.get(one.entry, ())]
    )
    for one in told:
        number = len(pairs[frozenset((one.entry, one.other))])
        cure, words = parted.get(one, (Cure.JOIN, {}))
        params: dict[str, str | int] = {"example": shortened(one.text), "n": number, **words}
        yield Flaw(FlawKind.TWIN, one.entry, one.other, params, cure)


def _is_told(strayed: list[UnseenPhrasing], times: Counter[str]) -> bool:
    """Whether either of the two loses enough of its own to the other."""
    return any(
        _loses([one for one in strayed if one.entry == entry], len(strayed), times[entry])
        for entry in {one.entry for one in strayed}
    )


def _loses(mine: list[UnseenPhrasing], together: int, asked: int) -> bool:
    first = max(mine, key=lambda one: one.confidence)
    if asked <= _FEW:
        return first.confidence >= _EVEN_ODDS
    return together >= _FEW and (isinstance(first.match, Sure) or 2 * len(mine) >= asked)
