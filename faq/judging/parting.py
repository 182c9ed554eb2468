"""What would part two entries that take each other's questions, said only if it was tried and helped.

Phrasings are tried in a small base of the pair and its neighbours, whose questions it might take; those that
help there are put into the whole base together, once.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from faq.entries.entry import Entry, ways_to_ask
from faq.entries.knowledge import Knowledge
from faq.judging.flaws import Cure, Rebuild
from faq.judging.leaving_out import TURNS, UnseenPhrasing, asked, leaving_out, left_out, without
from faq.judging.own_words import OwnWords, spoken
from faq.matching.match import Matcher

_MOST_TRIED = 12
"""Pairs: with more, looking a base over would take much longer than finding them did."""
_NEIGHBOURS, _LOOKED_AT = 10, 3
_WORDS_TRIED = 2
_LONGEST = 80
"""A suggestion must be read at a glance, and whole: it was tried as it stands."""

Advice = tuple[Cure, Mapping[str, str]]


class Cures:
    """Of one base, all of whose phrasings were left out in turn."""

    def __init__(self, entries: Sequence[Entry], every: Sequence[UnseenPhrasing], rebuild: Rebuild) -> None:
        self._entries = {entry.id: (place, entry) for place, entry in enumerate(entries)}
        self._every, self._rebuild = every, rebuild
        self._astray = defaultdict[tuple[str, str], list[str]](list)
        for one in every:
            if one.strayed:
                self._astray[one.entry, one.other].append(one.text)

    def of(self, told: Iterable[UnseenPhrasing]) -> dict[UnseenPhrasing, Advice]:
        """For each phrasing that went astray what parts the two, with the words that say it."""
        found: dict[UnseenPhrasing, Advice] = {}
        tried: dict[str, tuple[UnseenPhrasing, Advice]] = {}
        for number, one in enumerate(told):
            said = OwnWords(
                self._entries[one.entry][1],
                self._entries[one.other][1],
                [one.text, *self._astray[one.entry, one.other]],
            )
            found[one] = _by_words(said)
            if found[one][0] is Cure.SHARED_WORDS and number < _MOST_TRIED and one.entry not in tried:
                own = said.own(self._entries_with)
                if helpful := next((each for each in _phrasings(said, own) if self._helps(one, each)), None):
                    words = {**found[one][1], "own": ", ".join(own), "suggestion": helpful}
                    tried[one.entry] = one, (Cure.PHRASING, words)
        return found | self._confirmed(tried.values())

    def _helps(self, told: UnseenPhrasing, phrasing: str) -> bool:
        """Whether with it the phrasing comes home, and none of its neighbours' does that did not."""
        place, entry = self._entries[told.entry]
        turns = sorted(range(TURNS), key=lambda turn: told.text not in left_out(place, entry, turn))
        taken = {text for (_, other), texts in self._astray.items() if other == told.entry for text in texts}
        for one in leaving_out(self._neighbours(told), self._rebuild, {told.entry: phrasing}, turns):
            if one.entry == told.entry:
                if one.text == told.text and not one.came:
                    return False
            elif one.strayed and one.other == told.entry and one.text not in taken:
                return False
        return True

    def _confirmed(self, tried: Collection[tuple[UnseenPhrasing, Advice]]) -> dict[UnseenPhrasing, Advice]:
        """What also holds in the whole base, with all that was suggested in it."""
        if not tried:
            return {}
        of = {one.entry: (one.text, advice["suggestion"]) for one, (_, advice) in tried}
        kept = (self._with(place, entry, *of.get(entry.id, ())) for place, entry in self._entries.values())
        matcher = self._rebuild(Knowledge(tuple(entry for entry in kept if entry)))
        return {one: advice for one, advice in tried if self._asked(matcher, one).came}

    def _with(self, place: int, entry: Entry, text: str = "", suggestion: str = "") -> Entry | None:
        """As it was when the phrasing was left out, but with what is suggested."""
        groups = (left_out(place, entry, turn) for turn in range(TURNS))
        return without(entry, next((group for group in groups if text in group), ()), suggestion)

    def _asked(self, matcher: Matcher, one: UnseenPhrasing) -> UnseenPhrasing:
        return replace(one, match=asked(matcher, self._entries[one.entry][1], one.text))

    def _neighbours(self, told: UnseenPhrasing) -> list[tuple[int, Entry]]:
        """The pair, and whose questions come nearest to the first of it."""
        near = Counter(
            one.entry
            for one in self._every
            if told.entry in (each.entry.id for each in one.match.ranked[:_LOOKED_AT])
        )
        chosen = {told.entry, told.other, *(each for each, _ in near.most_common(_NEIGHBOURS))}
        return [self._entries[each] for each in self._entries if each in chosen]

    @cached_property
    def _entries_with(self) -> Counter[str]:
        """How many entries have a word, by its stem."""
        return Counter(root for _, entry in self._entries.values() for root in spoken(ways_to_ask(entry)))


def _by_words(said: OwnWords) -> Advice:
    """What is known without trying anything."""
    if not said.shared:
        return Cure.DIFFER, {}
    cure = Cure.SAME_WORDS if said.none else Cure.SHARED_WORDS
    return cure, {"shared": ", ".join(said.shared)}


def _phrasings(said: OwnWords, own: Sequence[str]) -> list[str]:
    """What a customer might write who says what both say and names what sets this entry apart."""
    text, question = (each.rstrip(" ?!.…") for each in (said.text, said.question))
    known = spoken([question])
    lacking = " ".join(word for root, (word, *_) in spoken(said.shared).items() if root not in known)
    together = " ".join(said.shared)
    tried = [
        *([f"{question}: {lacking}"] if own and lacking else ()),
        *(f"{together} {word}" for word in own[:_WORDS_TRIED]),
        *(f"{text}, {word}" for word in own[:1]),
    ]
    return [each for each in tried if len(each) <= _LONGEST]
