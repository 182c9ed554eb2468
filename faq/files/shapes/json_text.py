"""JSON as nodes of YAML, which know their lines."""

import json
import re
from typing import TYPE_CHECKING, Any

from faq.entries.problem import ProblemKind
from faq.files.nodes import node_of
from faq.files.page import Page

if TYPE_CHECKING:
    from yaml.nodes import Node

_ESCAPED = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|.)", re.DOTALL)
"""An escape, two of them where they make one sign."""


def json_node(page: Page, text: str) -> "Node | None":
    """The text as a node; None if it is no JSON, which is said on the page."""
    try:
        data = json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        rows = _lines(text)
        if rows is not None:
            return rows
        page.wrong(error.lineno, "", ProblemKind.SYNTAX, reason=error.msg)
        return None
    except RecursionError:
        page.wrong(1, "", ProblemKind.SYNTAX, reason="too many parts inside each other")
        return None
    return _with_lines(text) or _without_lines(page, data)


def _without_lines(page: Page, data: Any) -> "Node | None":
    try:
        node: Node = node_of(data)
    except RecursionError:
        page.wrong(1, "", ProblemKind.SYNTAX, reason="too many parts inside each other")
        return None
    return node


def _with_lines(text: str) -> "Node | None":
    """JSON is YAML but for tabs and some escapes."""
    import yaml

    plain = _ESCAPED.sub(_as_yaml, text.replace("\t", "  "))
    try:
        return yaml.compose(plain, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError, ValueError):
        return None


def _as_yaml(found: re.Match[str]) -> str:
    if found[0] == "\\/":
        return "/"
    return str(json.loads(f'"{found[0]}"')) if len(found[0]) > 2 else found[0]


def _lines(text: str) -> "Node | None":
    """One object a line, as programs write them; None if it is not that."""
    from yaml.nodes import SequenceNode

    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                rows.append(node_of(json.loads(line), number))
            except (ValueError, RecursionError):
                return None
    return (
        SequenceNode("tag:yaml.org,2002:seq", rows, start_mark=rows[0].start_mark) if len(rows) > 1 else None
    )
