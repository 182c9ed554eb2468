"""A simulated knowledge base asked with the product's own parts, to learn from what they find."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from faq.files.glossary import Glossary
from faq.language.repair import Repair
from faq.matching.confidence import Evidence, evidence
from faq.matching.exact import Exact
from faq.matching.meaning import Encoder
from faq.matching.search import PARTS, PARTS_OF_MEANING, NearEntries, Search
from faq.matching.ways import Ways
from faq.matching.weights import Weights
from faq.matching.wording import Wording, of_question
from tests.benches.matching.cases import Case

EVEN = dict.fromkeys((*PARTS, *PARTS_OF_MEANING), 1.0)
UNFITTED = Weights(EVEN, EVEN, {})
"""All parts count alike: what is found is the same for any weights, only its order is not."""
_NONE_CLOSED = np.zeros(0, np.intp)


@dataclass(frozen=True)
class Seen:
    """One question and what was found for it."""

    question: Wording
    found: NearEntries
    intents: tuple[str, ...]
    """Of the entries found, best first."""
    wanted: str
    word_for_word: bool


class Opened:
    """The matcher of a case, taken apart."""

    def __init__(self, case: Case, weights: Weights, encoder: Encoder | None) -> None:
        self._renamed = Glossary().renaming()
        self._case, self._ways = case, Ways.of(case.knowledge.entries, self._renamed)
        self._repair = Repair(word for wording in self._ways.wordings for word in wording.words)
        self._exact = Exact(self._ways)
        self.search = Search(self._ways, weights, encoder)

    def asked(self) -> Iterator[Seen]:
        """Every question of the case."""
        for row in self._case.rows:
            question = of_question(row.text, self._repair, self._renamed)
            found = self.search.find(question, _NONE_CLOSED)
            intents = tuple(self._ways.entries[number].id for number in found.entries.tolist())
            yield Seen(question, found, intents, row.intent, bool(self._exact.owners(question)))

    def evidence(self, seen: Seen) -> Evidence:
        """As the matcher itself weighs it."""
        return evidence(seen.question, seen.found, self.search, self._ways)
