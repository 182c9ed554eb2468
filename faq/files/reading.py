"""faq.yaml read into entries, collecting everything that is wrong on the way.

The file is read as YAML's nodes and not as values: nodes know their lines, and a phrasing such as
`no` or `404` stays the text that was typed.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from faq.entries.problem import ProblemKind
from faq.files.fields import Fields, line_of
from faq.files.page import Page

if TYPE_CHECKING:
    from yaml.nodes import Node


def read(path: Path, content: bytes | None = None, media: frozenset[str] | None = None) -> Page:
    """The file's entries and problems, never an exception; `content` is what it holds, if that is at hand."""
    page = Page(path, media)
    try:
        text = (path.read_bytes() if content is None else content).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        page.unreadable(error)
    else:
        _read_text(page, text)
    page.problems.sort(key=lambda problem: problem.line)
    return page


def _read_text(page: Page, text: str) -> None:
    import yaml

    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        page.wrong(mark.line + 1 if mark else 1, "", ProblemKind.SYNTAX, reason=error.problem or "not YAML")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        page.wrong(1, "", ProblemKind.SYNTAX, reason=str(error).partition("\n")[0])
    else:
        _read_root(page, root)


def _read_root(page: Page, root: "Node | None") -> None:
    from yaml.nodes import ScalarNode, SequenceNode

    if isinstance(root, SequenceNode):
        for node in root.value:
            _read_entry(page, node)
    elif root is None or (isinstance(root, ScalarNode) and not root.value):
        page.wrong(1, "", ProblemKind.EMPTY_FILE)
    else:
        page.wrong(line_of(root), "", ProblemKind.NOT_A_LIST)


def _read_entry(page: Page, node: "Node") -> None:
    from yaml.nodes import MappingNode

    if not isinstance(node, MappingNode):
        page.wrong(line_of(node), "", ProblemKind.NOT_A_TABLE)
        return
    before = len(page.problems)
    entry = Fields(page, node).entry()
    if entry.id:
        page.named.append((entry.id, line_of(node)))
    if len(page.problems) == before:
        page.entries.append(entry)
