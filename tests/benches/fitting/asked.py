"""A simulated knowledge base asked with the product's own parts, to learn from what they find."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from faq.files.glossary import Glossary
from faq.judging.labelled import Labelled
from faq.matching.confidence import Confidence
from faq.matching.match import MOST_OFFERED
from faq.matching.meaning import Encoder
from faq.matching.search import PARTS, PARTS_OF_MEANING, NearEntries, Search
from faq.matching.staged import StagedMatcher
from faq.matching.ways import Ways
from faq.matching.weights import Weights
from faq.matching.wording import Wording
from tests.benches.matching.cases import Case

EVEN = dict.fromkeys((*PARTS, *PARTS_OF_MEANING), 1.0)
UNFITTED = Weights(EVEN, EVEN, {}, {}, sure=1, unsure=1, right=0.5, strangers=1)
"""All parts count alike: what is found is the same for any weights, only its order is not."""


@dataclass(frozen=True)
class Seen:
    """One question and what was found for it."""

    question: Wording
    found: NearEntries
    intents: tuple[str, ...]
    """Of the entries found, best first; there is at least one."""
    wanted: str
    word_for_word: bool

    @property
    def right(self) -> bool:
        """Whether the best is the right one."""
        return self.intents[0] == self.wanted

    @property
    def among(self) -> bool:
        """Whether the right one is among those that would be offered."""
        return self.wanted in self.intents[:MOST_OFFERED]

    @property
    def place(self) -> int:
        """Where the right one stands, from 0; -1: nowhere."""
        return self.intents.index(self.wanted) if self.wanted in self.intents else -1


class Opened:
    """The matcher of a case, and what it finds before it judges."""

    def __init__(self, case: Case, weights: Weights, encoder: Encoder | None) -> None:
        renamed = Glossary().renaming()
        self._case, self._ways = case, Ways.of(case.knowledge.entries, renamed)
        self.search = Search(self._ways, weights, encoder)
        confidence = Confidence(weights.confidence, weights.choice, weights.right)
        self.matcher = StagedMatcher(
            case.knowledge, weights.thresholds(), self._ways, self.search, renamed, confidence
        )

    def asked(self, rows: Iterable[Labelled]) -> Iterator[Seen]:
        """Every one of these questions for which something was found."""
        for row in rows:
            question = self.matcher.understand(row.text)
            found = self.matcher.found(question, self._case.language)
            intents = tuple(self._ways.entries[number].id for number in found.entries.tolist())
            if intents:
                yield Seen(question, found, intents, row.intent, self.matcher.knows(question))
