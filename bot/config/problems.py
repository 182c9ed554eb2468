"""What is wrong with a configuration: each problem names its key, none repeats a value."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from locales import Texts

BARE = re.compile(r"[\w-]+")


def as_written(path: Iterable[str | int]) -> str:
    """A key as people write it: desk.main.components[2].name, a name in quotes where TOML needs them."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{_quoted(step)}" for step in path)[1:]


def _quoted(name: str) -> str:
    return name if BARE.fullmatch(name) else json.dumps(name, ensure_ascii=not name.isprintable())


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """One thing to put right: the key it is about, the text that says what, and what goes into the text."""

    key: str
    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def line(self, texts: Texts, language: str) -> str:
        """Say it in one line."""
        said = f"{self.key}: {texts.plain(self.text, language, **self.params)}"
        return " ".join(said.split("\n"))


class ConfigProblems(Exception):  # noqa: N818 - what it holds is a list of problems, as its name says
    """All that is wrong with a configuration, found in one go."""

    def __init__(self, found: Sequence[ConfigProblem]) -> None:
        super().__init__(found)
        self.found = tuple(found)

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems in English, a line each."""
        return self.lines("en")

    def lines(self, language: str) -> tuple[str, ...]:
        """The problems in the reader's language, a line each."""
        texts = Texts()
        return tuple(problem.line(texts, language) for problem in self.found)

    def __str__(self) -> str:
        return "\n".join(self.problems)
