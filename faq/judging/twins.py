"""Entries that take each other's questions.

Every phrasing is put to a matcher that has not seen it, as a new customer's words would be. Leaving them
out one by one would mean a matcher for each; leaving out every fourth of each entry needs only four.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from faq.entries.entry import ANY, Entry, ways_to_ask
from faq.entries.knowledge import Knowledge
from faq.judging.flaws import Flaw, FlawKind, Rebuild, plain_words, shortened
from faq.matching.match import Matcher, Sure, Unsure

_TURNS = 4
_EVEN_ODDS = 0.5
_FEW = 2
"""One slip of the matcher is no twin, unless the entry has hardly more to be asked by."""


@dataclass(frozen=True, slots=True)
class Strayed:
    """A phrasing that brought another entry to the top, as an answer or as the first button."""

    entry: str
    other: str
    text: str
    confidence: float
    sure: bool


def twins(entries: Sequence[Entry], rebuild: Rebuild | None = None) -> Iterator[Flaw]:
    """Pairs of which one would be answered for the other, each pair once."""
    asked: Counter[str] = Counter()
    pairs: dict[frozenset[str], list[Strayed]] = defaultdict(list)
    shared = _shared(entries)
    for turn in range(_TURNS if len(entries) > 1 else 0):
        gone = {entry.id: _left_out(entry, turn + place) for place, entry in enumerate(entries)}
        kept = (_without(entry, gone[entry.id]) for entry in entries)
        matcher = (rebuild or _build)(Knowledge(tuple(entry for entry in kept if entry)))
        for entry in entries:
            for text in gone[entry.id]:
                if plain_words(text) not in shared:
                    asked[entry.id] += 1
                    if found := _stray(matcher, entry, text):
                        pairs[frozenset((found.entry, found.other))].append(found)
    for strayed in sorted(pairs.values(), key=len, reverse=True):
        yield from _told(strayed, asked)


def _left_out(entry: Entry, turn: int) -> tuple[str, ...]:
    """Every fourth way to ask. Neighbours begin with another one each, or twins would lose the same."""
    return _ways(entry)[turn % _TURNS :: _TURNS]


def _told(strayed: list[Strayed], asked: Counter[str]) -> Iterator[Flaw]:
    first = max(strayed, key=lambda one: one.confidence)
    often = 2 * sum(one.entry == first.entry for one in strayed) >= asked[first.entry]
    if asked[first.entry] <= _FEW:
        told = first.confidence >= _EVEN_ODDS
    else:
        told = len(strayed) >= _FEW and (first.sure or often)
    if told:
        yield Flaw(
            FlawKind.TWIN, first.entry, first.other, {"example": shortened(first.text), "n": len(strayed)}
        )


def _stray(matcher: Matcher, entry: Entry, text: str) -> Strayed | None:
    """Only what a customer would have been shown counts: who gets a person sees nothing of what came near."""
    match match := matcher.match(text, _language(entry, text)):
        case Sure(best) | Unsure((best, *_)) if best.entry.id != entry.id:
            return Strayed(entry.id, best.entry.id, text, best.confidence, isinstance(match, Sure))
    return None


def _language(entry: Entry, text: str) -> str:
    """The language a phrasing was written for; for everybody's, one the entry is offered in."""
    own = [code for code, texts in entry.phrasings.items() if text in texts]
    own += [code for code, question in entry.question.items() if text == question]
    return next((code for code in own if code != ANY), next(iter(entry.languages), "ru"))


def _without(entry: Entry, gone: tuple[str, ...]) -> Entry | None:
    """The entry, always open, as it would be without some ways to ask; None if nothing remains."""
    kept = [text for text in _ways(entry) if text not in gone]
    always = replace(entry, valid_from=None, valid_until=None, season=None)
    rest = {ANY: tuple(kept[1:])} if kept[1:] else {}
    return replace(always, question={ANY: kept[0]}, phrasings=rest) if kept else None


def _ways(entry: Entry) -> tuple[str, ...]:
    """The same words in another case would give away what was left out."""
    return tuple({plain_words(text): text for text in reversed(ways_to_ask(entry))}.values())[::-1]


def _shared(entries: Sequence[Entry]) -> set[str]:
    """What several entries say word for word is told by itself."""
    said = Counter(plain_words(text) for entry in entries for text in _ways(entry))
    return {text for text, times in said.items() if times > 1}


def _build(knowledge: Knowledge) -> Matcher:
    from faq.matching.matcher import build

    return build(knowledge)
