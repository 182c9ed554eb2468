"""Which words two entries share, and which only one of them has, as they were typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import log

from faq.entries.entry import Entry, ways_to_ask
from faq.language.lexicon import lexicon
from faq.language.stems import stem
from faq.language.text import fold, is_cyrillic

_WORD = re.compile(r"[^\W_]+")
_SHOWN = 3
_LEAST_LETTERS, _TELLING_LETTERS = 3, 6
"""A word that was typed once, and not in the question, must be long, or it may say nothing."""

Spoken = Mapping[str, Sequence[str]]
"""Words that carry a meaning by their stems, each as often as it was typed."""


class OwnWords:
    """Of an entry beside another, in the script of the phrasings that went astray."""

    def __init__(self, entry: Entry, other: Entry, astray: Sequence[str]) -> None:
        script = is_cyrillic(astray[0])
        ways, others = (
            [text for text in ways_to_ask(one) if is_cyrillic(text) is script] for one in (entry, other)
        )
        self.text = astray[0]
        self.question = ways[0] if ways else ""
        self._asked, self._astray = spoken(astray[:1]), spoken(astray)
        self._ours, self._theirs = spoken(ways), spoken(others)

    @property
    def shared(self) -> list[str]:
        """What both say, above all in the phrasing itself."""
        both = [root for root in self._ours if root in self._theirs]
        first = [root for root in self._asked if root in both]
        return [self._typed(root) for root in (first or both)[:_SHOWN]]

    @property
    def none(self) -> bool:
        """Whether the other entry has all its words, so that by words nothing tells it from that one."""
        return bool(self._ours) and self._ours.keys() <= self._theirs.keys()

    def own(self, entries_with: Mapping[str, int]) -> list[str]:
        """What only this entry says, and none that went astray: the usual here and rare elsewhere first."""
        named = spoken([self.question])
        roots = [
            root
            for root, (word, *more) in self._ours.items()
            if root not in self._theirs
            and root not in self._astray
            and (more or root in named or len(word) >= _TELLING_LETTERS)
            if len(word) >= _LEAST_LETTERS
        ]
        most = max(entries_with.values(), default=0) + 1

        def worth(root: str) -> float:
            times = len(self._ours[root]) + (root in named)
            return times * log(1 + most / entries_with.get(root, 1))

        return [self._typed(root) for root in sorted(roots, key=worth, reverse=True)[:_SHOWN]]

    def _typed(self, root: str) -> str:
        return self._asked.get(root, self._ours[root])[0]


def spoken(texts: Iterable[str]) -> dict[str, list[str]]:
    """The words of some texts that carry a meaning."""
    found: dict[str, list[str]] = {}
    for text in texts:
        for word in _WORD.findall(text):
            if (plain := fold(word)) not in lexicon().known:
                found.setdefault(stem(plain), []).append(word if word.isupper() else word.lower())
    return found
