"""YAML's nodes: their lines, and plain data as nodes, so that one reader serves files and data."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yaml.nodes import Node

TAG = "tag:yaml.org,2002:"
NULL = f"{TAG}null"


def line_of(node: "Node") -> int:
    """Its first line, counted from 1."""
    return int(node.start_mark.line) + 1


def node_of(value: Any, line: int = 1) -> Any:
    """The data as nodes, all on one line."""
    from yaml import Mark
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode

    mark = Mark("", 0, line - 1, 0, None, 0)

    def node(value: Any) -> Any:
        if isinstance(value, Mapping):
            pairs = [(node(key), node(each)) for key, each in value.items()]
            return MappingNode(f"{TAG}map", pairs, start_mark=mark)
        if isinstance(value, list | tuple):
            return SequenceNode(f"{TAG}seq", [node(each) for each in value], start_mark=mark)
        kind = "null" if value is None else "str"
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return ScalarNode(f"{TAG}{kind}", text, start_mark=mark)

    return node(value)
