"""What is wrong, as a value: a name that stays, and for how long it has been so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from locales import Texts


@dataclass(frozen=True, slots=True)
class Trouble:
    """One reason why a desk does not do its work.

    `name` is for machines, and for docs/howto/3-am.md, which says what to do about it.
    """

    name: str
    seconds: float = 0.0
    params: Mapping[str, object] = field(default_factory=dict)

    def told(self, texts: Texts, language: str) -> str:
        """The reason in a person's words."""
        length = texts.spell(language, timedelta(seconds=round(self.seconds)))
        return texts.plain(f"ready.{self.name}", language, length=length, **self.params)
