"""By which words a component is known: those of the configuration and its names, in any form."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from desk.component import Component
from faq.language.lexicon import lexicon
from faq.language.slips import is_slip
from faq.language.stems import stem
from faq.language.text import fold, words

Roots = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComponentNames:
    """The names of things as roots, and those of one word as they are written."""

    named: frozenset[Roots]
    plain: frozenset[str]

    def stands_in(self, text: str) -> bool:
        """Whether one of the names is said, in any form or with a usual slip."""
        spoken = words(fold(text))
        roots = tuple(map(stem, spoken))
        for name in self.named:
            if any(roots[at : at + len(name)] == name for at in range(len(roots) - len(name) + 1)):
                return True
        typed = [word for word in spoken if word not in lexicon().known]
        return any(is_slip(word, meant) for word in typed for meant in self.plain)


def names_of(components: Iterable[Component]) -> ComponentNames:
    """How these components are named."""
    return _names(tuple(thing for each in components for thing in (*each.words, *each.names.values())))


@lru_cache(maxsize=256)
def _names(things: tuple[str, ...]) -> ComponentNames:
    spoken = [tuple(words(fold(thing))) for thing in things]
    return ComponentNames(
        named=frozenset(tuple(map(stem, each)) for each in spoken if each),
        plain=frozenset(each[0] for each in spoken if len(each) == 1),
    )
