"""faq.yaml read into entries, collecting everything that is wrong on the way.

The file is read as YAML's nodes and not as values: nodes know their lines, and a phrasing such as
`no` or `404` stays the text that was typed.
"""

from itertools import groupby
from typing import TYPE_CHECKING

from faq.entries.entry import is_id
from faq.entries.problem import ProblemKind
from faq.files.fields import KEYS, Fields
from faq.files.nodes import line_of
from faq.files.page import Page
from faq.files.shapes.columns import Told, by_name
from faq.files.shapes.json_text import json_node
from faq.files.shapes.nested import in_shapes
from faq.files.shapes.rough_entry import add_entries

if TYPE_CHECKING:
    from yaml.nodes import Node


def read_yaml(page: Page, text: str, told: Told) -> None:
    """Entries as we write them, or in another shape that YAML has."""
    import yaml

    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        page.wrong(mark.line + 1 if mark else 1, "", ProblemKind.SYNTAX, reason=error.problem or "not YAML")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        page.wrong(1, "", ProblemKind.SYNTAX, reason=str(error).partition("\n")[0])
    else:
        _read_root(page, root, told)


def read_json(page: Page, text: str, told: Told) -> None:
    """The same shapes as JSON, or one object a line."""
    root = json_node(page, text)
    if root is not None:
        _read_root(page, root, told)


def _read_root(page: Page, root: "Node | None", told: Told) -> None:
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode

    if isinstance(root, SequenceNode):
        page.ids |= {name for node in root.value if is_id(name := _id_of(node))}
        for ours, nodes in groupby(root.value, lambda node: _is_ours(node, told)):
            if ours:
                for node in nodes:
                    _read_entry(page, node)
            else:
                _read_others(page, list(nodes), told)
    elif isinstance(root, MappingNode) and (found := in_shapes([root], page, told)):
        add_entries(page, found)
    elif root is None or (isinstance(root, ScalarNode) and not root.value):
        page.wrong(1, "", ProblemKind.EMPTY_FILE)
    else:
        page.wrong(line_of(root), "", ProblemKind.NOT_A_LIST)


def _read_others(page: Page, nodes: "list[Node]", told: Told) -> None:
    """Items of other shapes; what is none of them is told what our shape wants."""
    for understood, several in groupby(nodes, lambda node: bool(in_shapes([node], None, told))):
        if understood:
            add_entries(page, in_shapes(list(several), page, told))
        else:
            for node in several:
                _read_entry(page, node)


def _is_ours(node: "Node", told: Told) -> bool:
    """Whether an item has a question and an answer under our names, and nothing else that we understand."""
    from yaml.nodes import MappingNode

    if not isinstance(node, MappingNode):
        return False
    names = [key.value for key, _ in node.value if isinstance(key.value, str)]
    whole = "question" in names and not {"answer", "call_person"}.isdisjoint(names)
    return whole and not told and all(column.name in KEYS for column in by_name(names).used)


def _id_of(node: "Node") -> str:
    pairs = node.value if isinstance(node.value, list) else []
    named = (pair[1].value for pair in pairs if isinstance(pair, tuple) and pair[0].value == "id")
    return str(next(named, ""))


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
        page.made += not _id_of(node)
        page.ids.add(entry.id)
        page.entries.append(entry)
