"""Proposes phrasings: questions that were rightly understood and would help the matcher."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desk.hiding.masking import masked
from editorial.learning.evidence import AskedQuestion, Label
from editorial.learning.proposal import Gap, Proposal, ProposalKind, ProposalState, folded
from faq.entries.entry import Entry
from faq.entries.knowledge import Knowledge
from faq.language.lexicon import lexicon
from faq.language.stems import stem
from faq.language.text import fold, words
from faq.matching.match import Matcher, Sure

FEWEST_WORDS, MOST_WORDS = 2, 20
_NEARLY = 90
"""The likeness (0 to 100, letters in their order) from which two phrasings count as one."""


@dataclass(frozen=True, slots=True)
class GrownProposal:
    """Further questions for a proposal that waits."""

    proposal_id: int
    asked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """New gaps, and proposals with further questions."""

    new: tuple[Gap, ...] = ()
    grown: tuple[GrownProposal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """A phrasing of an entry, and the questions that used it."""

    text: str
    asked: tuple[AskedQuestion, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(each.id for each in self.asked)


def learn(
    labels: Iterable[Label], known: Sequence[Proposal], knowledge: Knowledge, matcher: Matcher
) -> Lesson:
    """The phrasings that would help; each different text costs the matcher about a millisecond."""
    before = defaultdict[str, list[Proposal]](list)
    for proposal in known:
        if proposal.gap.kind is ProposalKind.PHRASING:
            before[proposal.gap.entry_id or ""].append(proposal)
    new: list[Gap] = []
    grown: list[GrownProposal] = []
    for entry_id, asked in sorted(_trusted(labels).items()):
        entry = knowledge.get(entry_id)
        if entry is None or not knowledge.is_open(entry):
            continue
        told = {folded(each.gap.question) for each in before[entry_id]}
        news = (
            same
            for text, same in _spelled(asked)
            if folded(text) in told or _is_news(text, same[0].language, entry, matcher)
        )
        for way in _ways(news):
            same = _same(way.text, before[entry_id])
            if same is None:
                new.append(_found(way, entry_id))
            elif same.state is ProposalState.OPEN and not set(way.ids) <= set(same.gap.asked):
                grown.append(GrownProposal(same.id, tuple(sorted(way.ids))))
    return Lesson(tuple(new), tuple(grown))


def phrase(asked: AskedQuestion) -> str:
    """The question on one line, with what belongs to its customer masked."""
    return " ".join(masked(asked.text, asked.names, hole="").split())


def is_phrasing(text: str) -> bool:
    """Whether a text has enough words to be a phrasing, and says more than a greeting."""
    said = words(fold(text))
    return FEWEST_WORDS <= len(said) <= MOST_WORDS and bool(lexicon().meaningful(said))


def nearly(one: str, other: str) -> bool:
    """Whether two phrasings differ only in endings, order, politeness or a slip of the finger."""
    from rapidfuzz import fuzz

    first, second = folded(one), folded(other)
    if first == second or _core(one) == _core(other):
        return True
    same_words = len(first.split()) == len(second.split())  # a «не» more or less is another question
    return same_words and fuzz.ratio(first, second) >= _NEARLY


def _trusted(labels: Iterable[Label]) -> dict[str, list[AskedQuestion]]:
    """Questions by the entry that was right for them, without those that were as often wrong."""
    labels = list(labels)
    votes = Counter[tuple[str, str]]()
    others = defaultdict[str, set[str]](set)
    for label in labels:
        said = folded(label.asked.text)
        votes[said, label.entry_id] += 1 if label.right else -1
        others[said].add(label.entry_id)
    right = defaultdict[str, list[AskedQuestion]](list)
    for label in labels:
        said = folded(label.asked.text)
        mine = votes[said, label.entry_id]
        rivals = (votes[said, other] for other in others[said] if other != label.entry_id)
        if label.right and mine > 0 and all(mine > rival for rival in rivals):
            right[label.entry_id].append(label.asked)
    return right


def _spelled(asked: Iterable[AskedQuestion]) -> list[tuple[str, list[AskedQuestion]]]:
    """Questions with the same words together, the commonest first."""
    found = defaultdict[str, list[AskedQuestion]](list)
    for each in asked:
        if is_phrasing(phrase(each)):
            found[folded(phrase(each))].append(each)
    ordered = sorted(found.items(), key=lambda one: (-len(one[1]), len(one[0]), one[0]))
    return [(phrase(same[0]), same) for _, same in ordered]


def _is_news(text: str, language: str, entry: Entry, matcher: Matcher) -> bool:
    """Whether the matcher is not yet sure of the entry for these words."""
    said = folded(text)
    ways = (*entry.question.values(), *(way for ways in entry.phrasings.values() for way in ways))
    if any(folded(way) == said for way in ways):
        return False
    match matcher.match(text, language):
        case Sure(best):
            return best.entry.id != entry.id
        case _:
            return True


def _ways(spelled: Iterable[list[AskedQuestion]]) -> list[_Way]:
    """Nearly equal questions as one way, in the words that most people used."""
    ways: list[_Way] = []
    for same in spelled:
        text = phrase(same[0])
        place = next((place for place, way in enumerate(ways) if nearly(way.text, text)), None)
        if place is None:
            ways.append(_Way(text, tuple(same)))
        else:
            ways[place] = _Way(ways[place].text, (*ways[place].asked, *same))
    return ways


def _same(text: str, proposals: Iterable[Proposal]) -> Proposal | None:
    return next((each for each in proposals if nearly(each.gap.question, text)), None)


def _found(way: _Way, entry_id: str) -> Gap:
    language = way.asked[0].language
    return Gap(
        kind=ProposalKind.PHRASING, question=way.text, language=language, entry_id=entry_id, asked=way.ids
    )


@lru_cache(maxsize=8192)
def _core(text: str) -> frozenset[str]:
    return frozenset(map(stem, lexicon().meaningful(words(fold(text)))))
