"""A text as the matcher sees it: its words as they were meant, without what says nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from faq.files.glossary import Renaming
from faq.language.effort import Effort, Word
from faq.language.lexicon import lexicon
from faq.language.repair import Repair
from faq.language.stems import stem
from faq.language.text import fold, words
from faq.matching.features import marked


@dataclass(frozen=True)
class Wording:
    """Words in their order, with the trust those deserve that were typed otherwise."""

    words: tuple[str, ...]
    trust: Mapping[str, float]
    empty: bool
    """Nothing but greetings, politeness or strong language: kept, since there is nothing better."""

    @cached_property
    def text(self) -> str:
        return " ".join(self.words)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(map(stem, self.words))

    @cached_property
    def sorted_stems(self) -> str:
        """For comparing texts whatever the order of their words."""
        return " ".join(sorted(set(self.stems)))

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems, marked as features are, that carry a meaning by themselves."""
        weak = lexicon().weak
        return frozenset(
            marked(root) for word, root in zip(self.words, self.stems, strict=True) if word not in weak
        )

    @cached_property
    def told(self) -> frozenset[str]:
        """What there is of content, or all stems if there is none."""
        return self.content or frozenset(map(marked, self.stems))

    def says_the_same(self, other: "Wording") -> bool:
        """All words that carry a meaning are shared, and at most one that does not is another."""
        return self.content == other.content and len(set(self.stems) ^ set(other.stems)) <= 1

    @cached_property
    def negated(self) -> bool:
        return not lexicon().negations.isdisjoint(self.words)


def of_phrasing(text: str, renamed: Renaming) -> Wording:
    """A phrasing is taken as it is written."""
    return _of([Word(word) for word in words(fold(text))], renamed)


def of_question(text: str, repair: Repair, renamed: Renaming, effort: Effort | None = None) -> Wording:
    """A question as it was probably meant."""
    return _of(repair.words(text, effort), renamed)


def _of(found: Sequence[Word], renamed: Renaming) -> Wording:
    spoken = [word.text for word in found]
    meaningful = lexicon().meaningful(spoken)
    return Wording(
        words=tuple(renamed(meaningful or spoken)),
        trust={word.text: word.trust for word in found if word.trust < 1},
        empty=not meaningful,
    )
