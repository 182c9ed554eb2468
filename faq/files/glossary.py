"""Words that mean the same to the customers of a desk: «карта», «картон», «карточка».

A glossary file is YAML: a list of groups, each a list of words or short expressions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from faq.entries.problem import BrokenFaq, ProblemKind
from faq.files.nodes import line_of
from faq.files.page import Page
from faq.language.lexicon import LANGUAGES, language_data
from faq.language.stems import stem
from faq.language.text import fold, words

if TYPE_CHECKING:
    from yaml.nodes import Node

Group = tuple[str, ...]
Renaming = Callable[[list[str]], list[str]]
"""Puts the first of several equal words in place of the others."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """Groups of equal expressions; the first of a group stands for all."""

    groups: tuple[Group, ...] = ()

    @classmethod
    def load(cls, paths: Sequence[Path]) -> Self:
        """Raises BrokenFaq with everything wrong in the files."""
        groups: list[Group] = []
        pages = [Page(Path(path)) for path in paths]
        for page in pages:
            groups += _read(page)
        problems = [problem for page in pages for problem in page.problems]
        if problems:
            raise BrokenFaq(problems)
        return cls(tuple(groups))

    def renaming(self) -> Renaming:
        """Puts the first of each group in place of the others; together with what is shipped."""
        return _renaming(self.groups)


@lru_cache(maxsize=16)
def _renaming(groups: tuple[Group, ...]) -> Renaming:
    """The stems of all names are found once: desks that share a glossary, or have none, share them."""
    shipped = (tuple(group) for language in LANGUAGES for group in language_data(language)["equal"])
    names = {
        tuple(map(stem, other.split())): group[0].split()
        for group in (*shipped, *groups)
        for other in group[1:]
    }
    beginnings = {name[0] for name in names}
    longest = max(map(len, names))

    def renamed(said: list[str]) -> list[str]:
        stems = [stem(word) for word in said]
        if beginnings.isdisjoint(stems):
            return said
        found: list[str] = []
        place = 0
        while place < len(said):
            size = next(
                (size for size in range(longest, 0, -1) if tuple(stems[place : place + size]) in names), 0
            )
            found += names[tuple(stems[place : place + size])] if size else said[place : place + 1]
            place += size or 1
        return found

    return renamed


def _read(page: Page) -> Iterable[Group]:
    import yaml

    try:
        root = yaml.compose(page.path.read_bytes().decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        page.unreadable(error)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        page.wrong(mark.line + 1 if mark else 1, "", ProblemKind.SYNTAX, reason=error.problem or "not YAML")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        page.wrong(1, "", ProblemKind.SYNTAX, reason=str(error).partition("\n")[0])
    else:
        return _groups(page, root)
    return ()


def _groups(page: Page, root: "Node | None") -> list[Group]:
    from yaml.nodes import SequenceNode

    if root is not None and not isinstance(root, SequenceNode):
        page.wrong(line_of(root), "", ProblemKind.NOT_A_GLOSSARY)
        return []
    found = [_group(page, node) for node in root.value] if root is not None else []
    return [group for group in found if group]


def _group(page: Page, node: "Node") -> Group:
    from yaml.nodes import ScalarNode, SequenceNode

    written = node.value if isinstance(node, SequenceNode) else []
    texts = [one.value for one in written if isinstance(one, ScalarNode)]
    spoken = tuple(dict.fromkeys(" ".join(words(fold(text))) for text in texts))
    if len(spoken) < 2 or not all(spoken) or len(texts) != len(written):
        page.wrong(line_of(node), "", ProblemKind.NOT_A_GLOSSARY)
        return ()
    return spoken
