"""A text as the matcher sees it: the stems of its words, without what says nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from faq.lexicon import lexicon
from faq.repair import Repair, Word
from faq.stems import stem
from faq.text import fold, words


@dataclass(frozen=True, slots=True)
class Wording:
    """Stems with the trust each deserves; `content` are those that carry meaning by themselves."""

    stems: Mapping[str, float]
    content: frozenset[str]
    joined: str
    empty: bool

    @classmethod
    def of_phrasing(cls, text: str) -> Self:
        return cls._of([Word(word) for word in words(fold(text))])

    @classmethod
    def of_question(cls, text: str, repair: Repair) -> Self:
        return cls._of(repair.words(text))

    @classmethod
    def _of(cls, found: Sequence[Word]) -> Self:
        """A text of nothing but greetings is kept as it is, since there is nothing better."""
        trust = {word.text: word.trust for word in found}
        meaningful = lexicon().meaningful([word.text for word in found])
        kept = meaningful or list(trust)
        stems = {stem(word): trust[word] for word in kept}
        content = frozenset(stem(word) for word in meaningful if word not in lexicon().weak)
        return cls(stems, content, " ".join(sorted(stems)), not meaningful)
