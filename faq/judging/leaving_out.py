"""Every phrasing put to a matcher that has not seen it, as a new customer's words would be.

Leaving them out one by one would mean a matcher for each; leaving out every fourth of each entry needs only
four.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from faq.entries.entry import ANY, Entry, ways_to_ask
from faq.entries.knowledge import Knowledge
from faq.judging.flaws import Rebuild, plain_words
from faq.matching.match import Match, Matcher, Sure, Unsure

TURNS = 4

Numbered = Sequence[tuple[int, Entry]]
"""Entries with their places in the whole base, which say when which of their phrasings is left out."""


@dataclass(frozen=True, slots=True)
class UnseenPhrasing:
    """A phrasing of an entry, and what was found for it without it."""

    entry: str
    text: str
    match: Match

    @property
    def strayed(self) -> bool:
        """Whether another entry came to the top, as an answer or as the first button.

        Only what a customer would have been shown counts: who gets a person sees nothing of what came near.
        """
        return isinstance(self.match, Sure | Unsure) and self.other != self.entry

    @property
    def came(self) -> bool:
        """Whether a customer would have been shown its entry, and first."""
        return isinstance(self.match, Sure | Unsure) and self.other == self.entry

    @property
    def other(self) -> str:
        """What came to the top."""
        return self.match.ranked[0].entry.id if self.match.ranked else ""

    @property
    def confidence(self) -> float:
        return self.match.ranked[0].confidence if self.match.ranked else 0.0


def leaving_out(
    entries: Numbered,
    rebuild: Rebuild,
    added: Mapping[str, str] | None = None,
    turns: Sequence[int] = range(TURNS),
) -> Iterator[UnseenPhrasing]:
    """All of them; `added` are further phrasings by entry that are there all the time.

    What several entries say word for word is not asked: it is told by itself.
    """
    shared = _shared(entries)
    more = added or {}
    for turn in turns if len(entries) > 1 else ():
        gone = {entry.id: left_out(place, entry, turn) for place, entry in entries}
        kept = (without(entry, gone[entry.id], more.get(entry.id)) for _, entry in entries)
        matcher = rebuild(Knowledge(tuple(entry for entry in kept if entry)))
        for _, entry in entries:
            for text in gone[entry.id]:
                if plain_words(text) not in shared:
                    yield UnseenPhrasing(entry.id, text, asked(matcher, entry, text))


def left_out(place: int, entry: Entry, turn: int) -> tuple[str, ...]:
    """Every fourth way to ask. Neighbours begin with another one each, or twins would lose the same."""
    return _ways(entry)[(turn + place) % TURNS :: TURNS]


def without(entry: Entry, gone: Sequence[str], added: str | None = None) -> Entry | None:
    """The entry, always open, as it would be without some ways to ask; None if nothing remains."""
    kept = [text for text in _ways(entry) if text not in gone] + ([added] if added else [])
    always = replace(entry, valid_from=None, valid_until=None, season=None)
    rest = {ANY: tuple(kept[1:])} if kept[1:] else {}
    return replace(always, question={ANY: kept[0]}, phrasings=rest) if kept else None


def asked(matcher: Matcher, entry: Entry, text: str) -> Match:
    """In the language a phrasing was written for; if for everybody's, in one the entry is offered in."""
    own = [code for code, texts in entry.phrasings.items() if text in texts]
    own += [code for code, question in entry.question.items() if text == question]
    language = next((code for code in own if code != ANY), next(iter(entry.languages), "ru"))
    return matcher.match(text, language)


def _ways(entry: Entry) -> tuple[str, ...]:
    """The same words in another case would give away what was left out."""
    return tuple({plain_words(text): text for text in reversed(ways_to_ask(entry))}.values())[::-1]


def _shared(entries: Numbered) -> set[str]:
    said = Counter(plain_words(text) for _, entry in entries for text in _ways(entry))
    return {text for text, times in said.items() if times > 1}
