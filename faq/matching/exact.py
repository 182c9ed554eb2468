"""Questions put word for word as a phrasing is, whatever the capitals, signs and politeness around."""

from collections import defaultdict

from faq.matching.ways import Ways
from faq.matching.wording import Wording


class Exact:
    """Looks a wording up."""

    def __init__(self, ways: Ways) -> None:
        self._owners = defaultdict[str, set[int]](set)
        for wording, owner in zip(ways.wordings, ways.owners, strict=True):
            if not wording.empty:
                self._owners[wording.text].add(ways.sides[owner])

    def owners(self, question: Wording) -> frozenset[int]:
        """Entries that have it; a single word that had to be corrected may have been another."""
        if question.empty or (question.trust and len(question.words) == 1):
            return frozenset()
        return frozenset(self._owners.get(question.text, ()))
