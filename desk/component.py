"""A component: a part of the service that can be broken by itself, as the configuration names it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of the service; `names` and `groups` are by language, by `words` a question is about it."""

    id: str
    names: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Its name in a language, else in the first there is, else its id."""
        return _in(self.names, language) or self.id

    def group(self, language: str) -> str | None:
        """The heading it stands under; None for a component that stands alone."""
        return _in(self.groups, language)


def _in(said: Mapping[str, str], language: str) -> str | None:
    return said.get(language) or next(iter(said.values()), None)
